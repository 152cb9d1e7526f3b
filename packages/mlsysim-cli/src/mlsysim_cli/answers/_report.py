"""A prediction for people: what comes out, why, and what would fit."""

from collections.abc import Sequence
from typing import Any

from mlsysim_core.report import operators
from mlsysim_core.results import PerformanceProfile

from ..output._form import Format
from ..output._render import Section, for_people

__all__ = ["report"]


def report(
    profile: PerformanceProfile,
    verdicts: Sequence[Any],
    advice: Sequence[dict[str, Any]],
    form: Format,
    *,
    by_operator: bool,
) -> str:
    """Write a prediction as text or as Markdown."""
    sections = _sections(profile, verdicts, advice)
    if by_operator:
        sections.append(operators(profile.explain()))
    return for_people(sections, form)


def _sections(
    profile: PerformanceProfile, verdicts: Sequence[Any], advice: Sequence[dict[str, Any]]
) -> list[Section]:
    outcome, *rest = profile.sections()
    sections = [outcome]
    if not profile.feasible:
        texts = [one["text"] for one in advice]
        sections.append(
            Section(
                heading="What would fit",
                lines=texts or ["no single change of batch, length, precision or devices"],
            )
        )
    if verdicts:
        rows = [("kept" if one.satisfied else "VIOLATED", str(one)) for one in verdicts]
        sections.append(Section(heading="Constraints", rows=rows))
    return sections + rest
