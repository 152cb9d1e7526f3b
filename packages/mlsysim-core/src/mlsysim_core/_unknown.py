"""Keywords that the engine does not have, some of which others have had."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from .errors import InputTypeError, nearest

__all__ = ["refuse"]

_ELSEWHERE = {
    "activation_recomputation": "give recompute: none, selective or full",
    "dp_size": "it asks one device; DistributedModel asks many",
    "is_lora": "DistributedModel takes lora_rank",
    "raise_errors": "ask the answer whether it is feasible, or SingleNodeModel, which takes it",
    "zero_stage": "it asks one device; DistributedModel asks many",
}


def refuse(who: str, function: Callable[..., Any], names: Iterable[str]) -> None:
    """Say of the first of these keywords what to give in its place."""
    name = next(iter(names))
    if name in _ELSEWHERE:
        raise InputTypeError(f"{who} has no {name}: {_ELSEWHERE[name]}")
    parameters = inspect.signature(function).parameters.values()
    known = [one.name for one in parameters if one.kind is not one.VAR_KEYWORD]
    close = nearest(name, known)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise InputTypeError(f"{who} has no {name}{hint}; it takes {', '.join(known)}")
