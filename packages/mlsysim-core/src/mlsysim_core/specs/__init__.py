"""Descriptions of models, devices, systems and scenarios: frozen and validated."""

from ._base import NamedSpec, Spec, data_version, stamped
from ._habits import Overlap, SchedulingPolicy, ServingHabits, TrainingHabits
from ._layers import Attention, Convolution, Convolution3D, Elementwise, Linear, Pool
from ._mixers import Experts, LatentAttention, LinearAttention, StateSpaceMixer, Window
from .decoder import Decoder, StateSpace
from .encoder import Encoder, EncoderDecoder
from .hardware import CloudPrice, Compute, HardwareSpec, Link, Memory, Peak, Store
from .model import Architecture, ModelSpec, Totals
from .network import Network
from .place import FailureSpec, LinkSpec, OperatorSpec, RegionSpec, StorageSpec
from .stack import FormatFraction, StackSpec, ideal_stack, optimized_stack
from .system import FabricSpec, GridSpec, NodeSpec, RackSpec, SystemSpec, TierSpec

__all__ = [
    "Architecture",
    "Attention",
    "CloudPrice",
    "Compute",
    "Convolution",
    "Convolution3D",
    "Decoder",
    "Elementwise",
    "Encoder",
    "EncoderDecoder",
    "Experts",
    "FabricSpec",
    "FailureSpec",
    "FormatFraction",
    "GridSpec",
    "HardwareSpec",
    "LatentAttention",
    "Linear",
    "LinearAttention",
    "Link",
    "LinkSpec",
    "Memory",
    "ModelSpec",
    "NamedSpec",
    "Network",
    "NodeSpec",
    "OperatorSpec",
    "Overlap",
    "Peak",
    "Pool",
    "RackSpec",
    "RegionSpec",
    "SchedulingPolicy",
    "ServingHabits",
    "Spec",
    "StackSpec",
    "StateSpace",
    "StateSpaceMixer",
    "StorageSpec",
    "Store",
    "SystemSpec",
    "TierSpec",
    "Totals",
    "TrainingHabits",
    "Window",
    "data_version",
    "ideal_stack",
    "optimized_stack",
    "stamped",
]
