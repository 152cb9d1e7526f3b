"""Where time and memory of training and of serving go, as bars."""

from collections.abc import Sequence

from mlsysim_core.errors import InputError, InputTypeError
from mlsysim_core.pictures import Picture, stacked

from ..serving._result import ServingResult
from ..training._result import DistributedResult

__all__ = ["breakdown", "memory"]

Result = DistributedResult | ServingResult


def breakdown(*results: Result) -> Picture:
    """Draw where the time of steps, or of served batches, goes.

    Parameters
    ----------
    *results : DistributedResult or ServingResult
        One or more, of one kind. A step is a bar; a batch is two, one for the first token and
        one for each later token. What does not fit in memory has no time to draw.
    """
    for one in _alike(results):
        if not one.feasible:
            raise InputError(f"{_title(one)} has no latency to draw: it does not fit in memory")
    labels = [_label(one) for one in results]
    steps = [_some(one.part_items) for one in results if isinstance(one, DistributedResult)]
    if steps:
        rows = list(zip(labels, steps, strict=True))
        return stacked(_headed("Time of a training step", results), "latency", "s", rows)
    batches = [one for one in results if isinstance(one, ServingResult)]
    first = [_some(one.prefill_parts) for one in batches]
    later = [_some(one.decode_parts) for one in batches]
    both = [
        stacked(name, "latency", "s", list(zip(labels, parts, strict=True)))
        for name, parts in (("First token", first), ("Each later token", later))
    ]
    about = " ".join(f"{one.title}: {one.description}" for one in both)
    panels = [one.panels[0]._replace(title=one.title) for one in both]
    return Picture(_headed("Time of tokens", results), about, panels)


def memory(*results: Result) -> Picture:
    """Draw what the memory of the fullest device holds, and how much there is.

    Parameters
    ----------
    *results : DistributedResult or ServingResult
        One or more, of one kind; each is a bar.
    """
    rows, limits = [], []
    for one in _alike(results):
        if isinstance(one, DistributedResult):
            held, limit = _some(one.held_items), one.capacity
        else:
            held, limit = one.memory.parts, one.memory.capacity
        rows.append((_label(one), held))
        limits.append(limit)
    heading = _headed("Memory of the fullest device", results)
    return stacked(heading, "memory", "byte", rows, limits=limits, limit="capacity")


def _alike(results: Sequence[Result]) -> Sequence[Result]:
    kinds = list(dict.fromkeys(type(one).__name__ for one in results))
    if not kinds:
        raise InputError("there is nothing to draw: give one result or more")
    if len(kinds) > 1 or not isinstance(results[0], DistributedResult | ServingResult):
        raise InputTypeError(
            "a picture shows results of DistributedModel, or of ServingModel; "
            f"got {' and '.join(kinds)}"
        )
    return results


def _some(items: tuple[tuple[str, float], ...]) -> dict[str, float]:
    return {name: value for name, value in items if value}


def _title(one: Result) -> str:
    if isinstance(one, DistributedResult):
        return f"{one.model} on {one.system}"
    return f"{one.settings.model} on {one.settings.devices} x {one.settings.hardware}"


def _label(one: Result) -> str:
    """Say how the devices share the work, or how large the batch is."""
    if isinstance(one, ServingResult):
        asked = one.settings
        return f"b{asked.batch_size:,}, {asked.seq_len:,} in, {asked.output_len:,} out"
    plan = one.layout
    sizes = {"tp": plan.tp, "pp": plan.pp, "cp": plan.cp, "ep": plan.ep, "dp": plan.dp}
    shown = [f"{name}{size}" for name, size in sizes.items() if size > 1]
    shown += [f"zero{plan.zero}"] if plan.zero else []
    return " ".join([*shown, f"{plan.microbatches} x {plan.microbatch}"])


def _headed(what: str, results: Sequence[Result]) -> str:
    return f"{what}: {', '.join(dict.fromkeys(map(_title, results)))}"
