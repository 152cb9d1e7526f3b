"""A pipeline in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlsysim_core._docstrings import summary

if TYPE_CHECKING:
    from ._stage import Output, Stage

__all__ = ["explained"]


def explained(stages: "tuple[Stage, ...]", before: Mapping[str, frozenset[str]]) -> str:
    """Say of each stage what it takes from whom, and what it takes for granted."""
    lines = []
    for one in stages:
        after = [other.name for other in stages if other.name in before[one.name]]
        order = f", after {', '.join(after)}" if after else ""
        lines.append(f"{one.name}{order}: {summary(one.solver or one.function)}")
        for key, source in one.wired.items():
            lines.append(f"  {key} <- {source}{_change(source, one.takes[key].unit)}")
        for key, value in one.fixed.items():
            shown = getattr(value, "name", None) or repr(value)
            lines.append(f"  {key} = {shown:.60}")
        needed = [key for key, parameter in one.free.items() if parameter.needed]
        if needed:
            lines.append(f"  asked of the pipeline: {', '.join(needed)}")
        assumed = getattr(one.solver, "assumptions", ())
        lines += [f"  assumes: {assumption}" for assumption in assumed]
    return "\n".join(lines)


def _change(source: "Output", unit: str) -> str:
    given = source.port.unit
    if not given:
        return ""
    return f" [{given}]" if given == unit or not unit else f" [{given}, taken in {unit}]"
