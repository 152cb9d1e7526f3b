"""Recognises a software stack in somebody's description of it."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import MLSysimError
from mlsysim_core.specs import (
    HardwareSpec,
    ModelSpec,
    Network,
    StackSpec,
    Totals,
    optimized_stack,
)

from .._rows import Row
from ._devices import device_of
from ._models import model_from_row

__all__ = [
    "forget_stacks",
    "next_stack",
    "software_of",
    "stack_of",
    "stack_on",
    "training_stack",
    "tried_stack",
]

_COMPILED = frozenset({"Google", "Intel"})
"""Makers of devices that run what a compiler of whole graphs makes, and nothing else."""
_CHANNELS_FIRST = 1.35
"""Times that activations move more often if channels come before rows and columns, as no matrix
engine wants them."""
_UNLISTED = 1.15
"""The same where only totals are known, which leave element-wise work out."""


@lru_cache(maxsize=1)
def _keywords() -> tuple[tuple[str, str], ...]:
    """Every keyword with its stack, the most specific first."""
    pairs = [
        (keyword.casefold(), name)
        for name in names("stack")
        for keyword in find("stack", name).keywords
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


_tried: ContextVar[StackSpec | None] = ContextVar("_tried", default=None)


def stack_of(description: str, hardware: HardwareSpec | None = None) -> StackSpec:
    """Return the stack of that name, or the one whose longest keyword the description contains.

    Parameters
    ----------
    description : str
        Software and version, as people write it: ``"vLLM 0.6.3"``.
    hardware : HardwareSpec, optional
        The device; where it is given, a stack for those of another maker or class is passed over.

    Returns
    -------
    StackSpec
        The stack; the well-optimised default where nothing is recognised.
    """
    return _tried.get() or _recognised(description, hardware)


@lru_cache(maxsize=4096)
def _recognised(description: str, hardware: HardwareSpec | None) -> StackSpec:
    if description in names("stack"):
        return find("stack", description)
    return next_stack(description, (), hardware)


def next_stack(
    description: str, left_out: Collection[str], hardware: HardwareSpec | None = None
) -> StackSpec:
    """Return the stack that keywords mean if some stacks had no entry."""
    text, best, most = description.casefold(), optimized_stack(), (0, 0)
    for keyword, name in _keywords():
        if keyword not in text or name in left_out:
            continue
        stack = find("stack", name)
        if (suits := _suits(stack, hardware)) is not None:
            # Of equal words, those for such a device go first.
            place = len(keyword), suits
            if place > most:
                best, most = stack, place
    return best


def _suits(stack: StackSpec, hardware: HardwareSpec | None) -> int | None:
    """Tell how closely a stack is for a device: nothing if it is for others."""
    if hardware is None:
        return 0
    if stack.vendor not in {"", hardware.vendor}:
        return None
    if stack.device_class not in {None, hardware.device_class}:
        return None
    return 2 * bool(stack.vendor) + bool(stack.device_class)


def software_of(row: Row) -> StackSpec:
    """Return the stack of a row, whatever its task."""
    if row["task"] == "train":
        try:
            return training_stack(row, model_from_row(row), device_of(row["hardware"]))
        except MLSysimError:  # it cannot be predicted either
            pass
    return stack_on(row["stack"], row["hardware"])


def stack_on(description: str, device: str) -> StackSpec:
    """Return the stack of a description on a device of some name; on any if none has it."""
    try:
        return stack_of(description, device_of(device))
    except MLSysimError:
        return stack_of(description)


def training_stack(row: Mapping[str, str], model: ModelSpec, hardware: HardwareSpec) -> StackSpec:
    """Recognise the software of a training run by its stack and its notes, or by the device."""
    layers = isinstance(model.architecture, Network | Totals)
    stack = _tried.get() or _trains(row.get("stack") or "")
    text = f"{row.get('stack') or ''} {row.get('notes') or ''}".casefold()
    if stack is None:
        stack = _of_layers(text, hardware) if layers else _by_habit(row, text, hardware)
    if not layers:
        return stack
    passes = stack.activation_passes
    if isinstance(model.architecture, Totals):
        passes *= _UNLISTED
    if "channels_first" in text or "nchw" in text:
        passes *= _CHANNELS_FIRST
    return _passing(stack, passes)


@lru_cache(maxsize=256)
def _passing(stack: StackSpec, passes: float) -> StackSpec:
    """Return a stack with other passes of activations, built once."""
    return stack.model_copy(update={"activation_passes": passes})


def _of_layers(text: str, hardware: HardwareSpec) -> StackSpec:
    """Recognise the software that trains convolutions."""
    named = _trains(text)
    if named and "activation_passes" in named.model_fields_set:  # it says what fuses with them
        return named
    return find("stack", "XLA" if hardware.vendor in _COMPILED else "PyTorchAMP")


def _by_habit(row: Mapping[str, str], text: str, hardware: HardwareSpec) -> StackSpec:
    """Recognise the software of a training run by what it does."""
    if named := _trains(text):
        return named
    if hardware.vendor in _COMPILED:
        return find("stack", "XLA")
    sharded = (row.get("zero") or "").casefold()
    if row.get("flash_attention") != "0" or "fsdp" in sharded or "group" in sharded:
        return find("stack", "PyTorchFSDP")
    # Before attention was fused, sharding was DeepSpeed's, and so was bf16.
    if sharded or row.get("precision") == "bf16":
        return find("stack", "MegatronDeepSpeed")
    return find("stack", "Megatron_2022" if row.get("sequence_parallel") else "Megatron_2021")


@lru_cache(maxsize=4096)
def _trains(description: str) -> StackSpec | None:
    """Return the stack of that name, or by a keyword, if its entry says how it trains."""
    text = description.casefold()
    found = [name for keyword, name in _keywords() if keyword in text]
    if description in names("stack"):
        found.insert(0, description)
    stacks = (find("stack", name) for name in found)
    return next((one for one in stacks if "training" in one.model_fields_set), None)


@contextmanager
def tried_stack(stack: StackSpec | None) -> Iterator[None]:
    """Recognise one stack in every description, if one is given."""
    token = _tried.set(stack)
    try:
        yield
    finally:
        _tried.reset(token)


def forget_stacks() -> None:
    """Read every stack anew, after a registry was installed or changed."""
    _keywords.cache_clear()
    _recognised.cache_clear()
    _trains.cache_clear()
