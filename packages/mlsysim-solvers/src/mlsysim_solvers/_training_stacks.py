"""What the software of a training run does, from a description of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlsysim_core.specs import StackSpec

from ._costs import Habits

__all__ = ["TrainingStack", "training_stack"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingStack:
    """A stack, and how it trains."""

    stack: StackSpec
    habits: Habits
    keywords: tuple[str, ...] = ()
    overlap: Any = True
    settings: Mapping[str, Any] = field(default_factory=dict)


def _stack(name: str, **numbers: Any) -> StackSpec:
    return StackSpec(name=name, **numbers)


_MEGATRON = TrainingStack(
    stack=_stack(
        "Megatron", launch="1 us", compute_fraction=0.9, bandwidth_fraction=0.85, dispatch="8 us"
    ),
    habits=Habits(passes=1.0),
    overlap=False,
)
"""Megatron-LM of 2021 and 2022: no fused attention, collectives after computation."""

_EAGER = TrainingStack(
    stack=_stack(
        "PyTorch",
        launch="1 us",
        compute_fraction=0.87,
        bandwidth_fraction=0.85,
        dispatch="6 us",
        kernels=1.5,
    ),
    habits=Habits(passes=2.0, attention=0.8, attention_backward=0.6),
)
"""PyTorch without a compiler, sharded data parallelism."""

_COMPILED = TrainingStack(
    stack=_stack("Compiled", launch="1 us", compute_fraction=0.87, bandwidth_fraction=0.9),
    habits=Habits(),
    keywords=("torch.compile", "maxtext", "jax", "xla", "llm.c", "per chip", "chips"),
)

_TRANSFORMER_ENGINE = TrainingStack(
    stack=_stack(
        "TransformerEngine", launch="1 us", compute_fraction=0.87, bandwidth_fraction=0.85
    ),
    habits=Habits(passes=1.5),
    keywords=("nemo", "transformer engine", "megatron-bridge", "submitter=nvidia"),
)

_STACKS = (_COMPILED, _TRANSFORMER_ENGINE)


def training_stack(row: Mapping[str, str]) -> TrainingStack:
    """Recognise the software of a row by its stack and its notes."""
    text = f"{row.get('stack') or ''} {row.get('notes') or ''}".casefold()
    for one in _STACKS:
        if any(keyword in text for keyword in one.keywords):
            return one
    return _MEGATRON if row.get("flash_attention") == "0" else _EAGER
