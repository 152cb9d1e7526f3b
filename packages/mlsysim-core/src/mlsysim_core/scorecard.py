"""What came of a scenario: a check of each of its limits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from ._shown import Shown
from .results import PerformanceProfile

if TYPE_CHECKING:
    from .scenario import Scenario
    from .sheets import Section

__all__ = ["Check", "Evaluation", "Level"]

Level = Literal["feasibility", "performance", "energy", "quality"]


class Check(NamedTuple):
    """One line of a scorecard."""

    level: Level
    what: str
    value: float | None
    """What is predicted, in ``unit``; nothing where there is no answer."""
    limit: float | None
    """What the scenario allows or asks for, if it does."""
    unit: str
    passed: bool | None
    """Whether the limit is kept; nothing where there is none, or none can be checked."""
    note: str = ""
    """By how much, and why."""


@dataclass(frozen=True)
class Evaluation(Shown):
    """What came of a scenario: its prediction, and a check of each of its limits."""

    scenario: "Scenario"
    profile: PerformanceProfile
    """The prediction that the checks are of."""
    devices: int
    """Devices that a pass is divided over."""
    rows: tuple[Check, ...]
    notes: tuple[str, ...]
    """What was assumed."""

    @property
    def passed(self) -> bool:
        """Whether it fits, and no limit that can be checked is broken."""
        return not any(row.passed is False for row in self.rows)

    @property
    def feasible(self) -> bool:
        """Whether it fits in memory."""
        return self.profile.feasible

    @property
    def unchecked(self) -> tuple[Check, ...]:
        """Limits of which nothing can be said."""
        return tuple(row for row in self.rows if row.limit is not None and row.passed is None)

    def sections(self) -> "list[Section]":
        """Return the scorecard part by part."""
        from .sheets import Section  # noqa: PLC0415  # few scorecards are shown

        details = self.profile.details
        setting = [details.precision, details.phase, f"batch {details.batch_size:,}"]
        if details.seq_len is not None:
            setting.append(f"{details.seq_len:,} tokens")
        about = [
            ("verdict", "PASSES" if self.passed else "DOES NOT PASS"),
            ("workload", details.model),
            ("system", details.hardware),
            ("pass", ", ".join(setting)),
        ]
        card = Section(
            heading="Scorecard",
            header=("", "level", "what", "is", "limit", "by how much"),
            rows=[_row(check) for check in self.rows],
            right=frozenset({3, 4}),
            dispensable=(1,),
        )
        sections = [Section(heading=f"Scenario {self.scenario.name}", rows=about), card]
        return [*sections, Section(heading="Notes", lines=self.notes)] if self.notes else sections

    def scorecard(self) -> str:
        """Write the scorecard as text."""
        from .sheets import as_text  # noqa: PLC0415

        return as_text(self.sections())

    def __str__(self) -> str:
        return self.scorecard()

    def __repr__(self) -> str:
        kept = sum(row.passed is True for row in self.rows)
        limits = sum(row.limit is not None for row in self.rows)
        verdict = "passed" if self.passed else "failed"
        return f"<Evaluation of {self.scenario.name}: {verdict}, {kept} of {limits} limits kept>"


def _row(check: Check) -> tuple[str, ...]:
    mark = {True: "kept", False: "BROKEN", None: "" if check.limit is None else "?"}
    value, limit = _number(check.value, check.unit), _number(check.limit, check.unit)
    return mark[check.passed], check.level, check.what, value, limit, check.note


def _number(value: float | None, unit: str) -> str:
    from .quantities import brief  # noqa: PLC0415

    return "-" if value is None else brief(value, unit)
