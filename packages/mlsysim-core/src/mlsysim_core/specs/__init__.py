"""Descriptions of models, devices, systems and scenarios: frozen and validated."""

from typing import TYPE_CHECKING

from ..deprecation import module_getattr
from ._base import NamedSpec, Spec, data_version, stamped
from ._habits import Overlap, SchedulingPolicy, ServingHabits, TrainingHabits
from ._layers import Attention, Convolution, Convolution3D, Elementwise, Linear, Pool
from ._mixers import Experts, LatentAttention, LinearAttention, StateSpaceMixer, Window
from ._restoring import restored
from .decoder import Decoder, StateSpace
from .encoder import Encoder, EncoderDecoder
from .hardware import CloudPrice, Compute, HardwareSpec, Link, Memory, Peak, Store
from .model import Architecture, ModelSpec, Totals
from .network import Network
from .stack import FormatFraction, StackSpec, ideal_stack, optimized_stack

if TYPE_CHECKING:
    from .place import FailureSpec, LinkSpec, OperatorSpec, RegionSpec, StorageSpec
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
    "restored",
    "stamped",
]

_PLACES = ("FailureSpec", "LinkSpec", "OperatorSpec", "RegionSpec", "StorageSpec")
_SYSTEMS = ("FabricSpec", "GridSpec", "NodeSpec", "RackSpec", "SystemSpec", "TierSpec")
_LAZY = {  # pydantic takes a while to make a class, and one answer on one device needs none
    **{name: f"{__name__}.place:{name}" for name in _PLACES},
    **{name: f"{__name__}.system:{name}" for name in _SYSTEMS},
}

if not TYPE_CHECKING:
    __getattr__ = module_getattr(__name__, {}, lazy=_LAZY)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
