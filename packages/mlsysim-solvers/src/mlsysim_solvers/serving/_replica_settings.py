"""The settings that every serving solver takes, checked and made into a replica."""

from typing import Any

from mlsysim_core._arguments import (
    check_efficiency,
    find_hardware,
    find_model,
    find_stack,
    whole_number,
)
from mlsysim_core.errors import InputError, nearest
from mlsysim_core.formats import resolve

from ._layout import Layout
from ._replica import Replica, format_or_none

__all__ = ["cache_tokens", "replica_of"]

_SETTINGS = (
    "tp", "pp", "ep", "dp_attention", "kv_precision", "activation_precision", "stack",
)  # fmt: skip
_WORKSPACE = 0.02
"""Part of the memory for activations, beside the runtime's reserve."""


def replica_of(
    model: Any, hardware: Any, precision: Any, efficiency: float | None = None, **settings: Any
) -> Replica:
    """Check settings, and build a replica.

    Raises
    ------
    InputError, InputTypeError, UnknownEntryError
        If something cannot be used; they say what can.
    """
    for name in settings:
        if name not in _SETTINGS:
            close = nearest(name, _SETTINGS)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise InputError(f"no setting {name!r}; there are {', '.join(_SETTINGS)}{hint}")
    return Replica(
        model=find_model(model),
        hardware=find_hardware(hardware),
        stack=find_stack(settings.get("stack")),
        precision=resolve(precision),
        activation_precision=format_or_none(
            settings.get("activation_precision"), "activation_precision"
        ),
        kv_precision=format_or_none(settings.get("kv_precision"), "kv_precision"),
        efficiency=None if efficiency is None else check_efficiency(efficiency),
        layout=Layout(
            tensor=whole_number("tp", settings.get("tp", 1)),
            pipeline=whole_number("pp", settings.get("pp", 1)),
            experts=whole_number("ep", settings.get("ep", 1)),
            data=whole_number("dp_attention", settings.get("dp_attention", 1)),
        ),
    )


def cache_tokens(replica: Replica, length: int) -> float:
    """Return the tokens of context for which a replica has memory, in sequences so long."""
    device = replica.machine
    one = replica.held(1.0, float(max(length, 1)))
    free = device.capacity * (1.0 - _WORKSPACE) - device.reserve - float(one.weights)
    if free <= 0.0:
        return 0.0
    each = float(one.cache) / max(length, 1)
    return free / each * replica.layout.data if each else float("inf")
