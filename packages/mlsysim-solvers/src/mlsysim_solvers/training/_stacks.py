"""What the software of a training run does, from a description of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mlsysim_core.specs import HardwareSpec, ModelSpec, Network, StackSpec, Totals

from ._costs import Habits

__all__ = ["TrainingStack", "training_stack"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingStack:
    """A stack, and how it trains. The numbers were fitted on published measurements."""

    stack: StackSpec
    habits: Habits
    keywords: tuple[str, ...] = ()
    overlap: Any = True


def _stack(name: str, **numbers: Any) -> StackSpec:
    return StackSpec(name=name, **{"launch": "1 us", **numbers})


_MEGATRON = TrainingStack(
    stack=_stack("Megatron", bandwidth_fraction=0.85, dispatch="8 us"),
    habits=Habits(passes=1.6, adds_in_place=False),
    overlap=False,
)
"""Megatron-LM of 2021: no fused attention, collectives after computation."""

_MEGATRON_2022 = TrainingStack(
    stack=_stack("Megatron-2022", bandwidth_fraction=0.85, dispatch="8 us"),
    habits=Habits(),
    overlap=("tensor",),
)
"""With sequence parallelism to choose: collectives beside gradients of weights."""

_DEEPSPEED = TrainingStack(
    stack=_stack(
        "Megatron-DeepSpeed", compute_fraction=0.92, bandwidth_fraction=0.97, dispatch="74 us"
    ),
    habits=Habits(passes=2.0, adds_in_place=False),
    keywords=("deepspeed",),
    overlap=False,
)
"""Its dispatch is of an operator, which several calls from Python make up."""

_EAGER = TrainingStack(
    stack=_stack("PyTorch", bandwidth_fraction=0.9, dispatch="4 us"),
    habits=Habits(adds_in_place=False, passes=3.0, attention=0.8, attention_backward=0.55),
)
"""PyTorch without a compiler, sharded data parallelism."""

_COMPILED = TrainingStack(
    stack=_stack("Compiled", bandwidth_fraction=0.9),
    habits=Habits(attention_backward=0.8),
    keywords=("torch.compile", "maxtext", "jax", "xla", "llm.c"),
)

_TRANSFORMER_ENGINE = TrainingStack(
    stack=_stack("TransformerEngine", bandwidth_fraction=0.9, dispatch="2 us"),
    habits=Habits(attention=1.35, attention_backward=1.1, grouped=0.5, routing=10.0),
    keywords=("nemo", "transformer engine", "megatron-bridge"),
)

_CHANNELS_FIRST = 1.35
"""Times that activations move more often if channels come before rows and columns."""

_VISION = TrainingStack(
    stack=_stack("PyTorch-vision", bandwidth_fraction=0.63, dispatch="3 us", activation_passes=2.8),
    habits=Habits(passes=1.75),
)
"""Convolutions, whose normalisation and activation run as kernels of their own."""

_TOTALS = TrainingStack(
    stack=_stack("PyTorch-totals", bandwidth_fraction=0.78, dispatch="4 us", activation_passes=4.0),
    habits=Habits(),
)
"""The same where only totals are known, which leave element-wise work out."""

_STACKS = (_COMPILED, _TRANSFORMER_ENGINE, _DEEPSPEED)


def training_stack(
    row: Mapping[str, str], model: ModelSpec, hardware: HardwareSpec
) -> TrainingStack:
    """Recognise the software of a row by its stack and its notes, or by the device."""
    text = f"{row.get('stack') or ''} {row.get('notes') or ''}".casefold()
    if isinstance(model.architecture, Network):
        return _transposed(_VISION, text)
    if isinstance(model.architecture, Totals):
        return _transposed(_TOTALS, text)
    for one in _STACKS:
        if any(keyword in text for keyword in one.keywords):
            return one
    if hardware.vendor == "Google":  # its devices run what XLA compiles, and nothing else
        return _COMPILED
    if row.get("flash_attention") != "0":
        return _EAGER
    return _MEGATRON_2022 if row.get("sequence_parallel") else _MEGATRON


def _transposed(one: TrainingStack, text: str) -> TrainingStack:
    """Let activations move more often where channels come first, as no matrix engine wants."""
    if "channels_first" not in text and "nchw" not in text:
        return one
    passes = one.stack.activation_passes * _CHANNELS_FIRST
    return replace(one, stack=one.stack.model_copy(update={"activation_passes": passes}))
