"""What would fit, where something does not: each answer asked of the engine."""

from collections.abc import Callable, Iterator
from typing import Any

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError
from mlsysim_core.formats import FORMATS, WIDTH, resolve
from mlsysim_core.results import PerformanceProfile

from ._halving import largest
from ._question import Question

__all__ = ["advice"]

_MOST_DEVICES = 65536


def advice(question: Question, profile: PerformanceProfile) -> list[dict[str, Any]]:
    """List the single changes that make a pass fit, each with the setting to change."""
    return [
        {"change": change, "to": value, "text": text}
        for change, value, text in _changes(question, profile)
    ]


def _changes(question: Question, profile: PerformanceProfile) -> Iterator[tuple[str, Any, str]]:
    details = profile.details

    def fits(**changes: Any) -> bool:
        return question.ask(**changes).feasible

    batch = largest(details.batch_size, lambda size: fits(batch_size=size))
    if batch:
        yield "batch_size", batch, f"a batch of at most {batch:,} (--batch-size {batch})"
    if details.seq_len:
        length = largest(details.seq_len, lambda tokens: fits(seq_len=tokens))
        if length:
            yield "seq_len", length, f"at most {length:,} tokens (--seq-len {length})"
    for option in ("precision", "kv_precision"):
        held = details.precision if option == "precision" else _cache_format(question, details)
        if option == "kv_precision" and not details.cache:
            continue
        for name in _narrower(held, _formats(question)):
            if _accepted(fits, **{option: name}):
                flag = option.replace("_", "-")
                what = "weights" if option == "precision" else "a cache"
                yield option, name, f"{what} in {name} (--{flag} {name})"
                break
    devices = _devices(question)
    if devices:
        yield "devices", devices, f"{devices:,} x {details.hardware}, by memory alone"


def _cache_format(question: Question, details: Any) -> str:
    return str(question.settings.get("kv_precision") or details.precision)


def _formats(question: Question) -> set[str]:
    """Formats that people store weights in, and those that the device computes in."""
    return {"fp16", "int8", "int4", *_device(question).precisions}


def _narrower(precision: str, known: set[str]) -> list[str]:
    """Formats that take less memory, the widest of them first."""
    width = WIDTH[resolve(precision)]
    return sorted(
        (name for name in FORMATS if name in known and WIDTH[name] < width),
        key=lambda name: -WIDTH[name],
    )


def _device(question: Question) -> Any:
    device = question.hardware
    return find("hardware", device) if isinstance(device, str) else device


def _accepted(fits: Callable[..., bool], **changes: Any) -> bool:
    try:
        return fits(**changes)
    except InputError:  # not every pass can be computed in every format
        return False


def _devices(question: Question) -> int:
    """Find how many devices' memory holds it, taken as one memory; zero if very many."""
    device = _device(question)
    capacity = device.memory.number("capacity")

    def fits(count: int) -> bool:
        larger = device.model_copy(update={"memory.capacity": f"{count * capacity!r} B"})
        return question.ask(hardware=larger).feasible

    most = 2
    while not fits(most):
        most *= 2
        if most > _MOST_DEVICES:
            return 0
    least = most // 2
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if fits(middle) else (middle, most)
    return most
