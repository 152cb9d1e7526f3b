"""Models as operators: the one list that the engine and every solver read."""

from functools import lru_cache
from typing import Any

from ..specs.decoder import Decoder, StateSpace
from ..specs.encoder import Encoder, EncoderDecoder
from ..specs.model import ModelSpec, Totals
from ..specs.network import Network
from ._decoder import decoder, state_space
from ._encoder import encoder, encoder_decoder
from ._network import network, totals
from ._operator import Lowered, Operator, Phase, Workload, asked_flops
from ._training import training

__all__ = [
    "Lowered",
    "Operator",
    "Phase",
    "Workload",
    "asked_flops",
    "forward",
    "lower",
    "lower_once",
]

_LOWERINGS: dict[type, Any] = {
    Decoder: decoder,
    StateSpace: state_space,
    Encoder: encoder,
    EncoderDecoder: encoder_decoder,
    Network: network,
    Totals: totals,
}


def forward(model: ModelSpec, work: Workload) -> Lowered:
    """Lower the forward pass alone, of whatever phase: of a training step as well."""
    lowered: Lowered = _LOWERINGS[type(model.architecture)](model.architecture, work)
    return lowered


def lower(model: ModelSpec, work: Workload, **training_settings: Any) -> Lowered:
    """Lower one pass of a model to its operators.

    Parameters
    ----------
    model : ModelSpec
        What runs.
    work : Workload
        Phase, batch, lengths and widths; batch and lengths may be arrays.
    **training_settings
        ``recompute``, ``optimizer`` and the stack's ``habits`` of a training step.

    Returns
    -------
    Lowered
        Operators, and the bytes that the pass keeps in memory.
    """
    lowered = forward(model, work)
    if work.phase == "training":
        return training(model, lowered, work, **training_settings)
    return lowered


lower_once = lru_cache(maxsize=1024)(lower)
"""The same, remembered: for plain numbers, which repeat in sweeps over devices."""
