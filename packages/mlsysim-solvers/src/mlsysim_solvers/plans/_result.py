"""What came of a plan: a scorecard."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsysim_core._shown import Shown
from mlsysim_core.errors import InputError, MissingValueError, nearest

from ..fleet._economics_result import EconomicsResult
from ..fleet._sustainability_result import SustainabilityResult
from ..training._goodput import TrainingRun
from ._assertions import Verdict
from ._vocabulary import Level

if TYPE_CHECKING:
    from mlsysim_core.sheets import Section

    from ._plan import Plan

__all__ = ["PlanResult", "Reported"]


class Reported(NamedTuple):
    """One thing that is reported of a plan."""

    name: str
    level: Level
    value: float | int | str | bool | None
    """In ``unit``; nothing where it is not known."""
    unit: str
    """Empty for what has none."""
    reason: str = ""
    """Why it is not known."""

    def __str__(self) -> str:
        from ._text import shown  # noqa: PLC0415  # only people need it

        return shown(self)


@dataclass(frozen=True, kw_only=True)
class PlanResult(Shown):
    """What came of a plan: what is predicted, and whether what must hold does."""

    plan: "Plan"
    prediction: Any
    """What the engine or the solver of that kind of work answered."""
    run: TrainingRun | None
    """The whole run, of a training plan with items."""
    use: SustainabilityResult | None
    """Energy, carbon and water, where the place says enough."""
    cost: EconomicsResult | None
    reported: tuple[Reported, ...]
    """Everything that an assertion may be about, in SI units and USD."""
    verdicts: tuple[Verdict, ...]
    """Of each assertion, in their order."""
    feasible: bool
    """Whether everything fits in memory."""
    notes: tuple[str, ...]
    """What was assumed."""

    @property
    def passed(self) -> bool:
        """Whether it fits, and everything holds that must."""
        return self.feasible and all(one.passed is not False for one in self.verdicts)

    @property
    def told(self) -> tuple[Reported, ...]:
        """What people are told: macro figures only where the plan or an assertion asks."""
        plan = self.plan
        asked = {value.name for one in self.verdicts for value in one.values}
        macro = any((plan.place, plan.machines, plan.economics, plan.duration))
        return tuple(
            one for one in self.reported if macro or one.level != "macro" or one.name in asked
        )

    @property
    def violated(self) -> tuple[Verdict, ...]:
        """What does not hold."""
        return tuple(one for one in self.verdicts if one.passed is False)

    def __getitem__(self, name: str) -> Any:
        """Return what is reported under a name, as a quantity where it has a unit.

        Raises
        ------
        InputError
            If nothing is called so.
        MissingValueError
            If it is not known; the error says why.
        """
        found = {one.name: one for one in self.reported}
        if name not in found:
            close = nearest(str(name), found)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise InputError(f"nothing is called {name!r}{hint}")
        one = found[name]
        if one.value is None:
            raise MissingValueError(f"{name} is not known: {one.reason}")
        if not one.unit:
            return one.value
        from mlsysim_core.units import ureg  # noqa: PLC0415  # only who reads one needs pint

        return ureg.Quantity(one.value, one.unit)

    def sections(self) -> "list[Section]":
        """Return feasibility, performance, macro figures and assertions, part by part."""
        from ._text import sheet  # noqa: PLC0415  # only people need it

        return sheet(self)

    def scorecard(self) -> str:
        """Write feasibility, performance, macro figures and assertions as text."""
        from mlsysim_core.sheets import as_text  # noqa: PLC0415

        return as_text(self.sections())

    def explain(self) -> str:
        """Say where the figures come from: sums that add up."""
        parts = [self.prediction, self.use, self.cost]
        return "\n\n".join(str(part.explain()) for part in parts if part is not None)

    def __str__(self) -> str:
        return self.scorecard()

    def __repr__(self) -> str:
        held = sum(one.passed is True for one in self.verdicts)
        verdict = "passed" if self.passed else "failed"
        return (
            f"<PlanResult {self.plan.name}: {verdict}, {held} of {len(self.verdicts)} assertions "
            f"hold{'' if self.feasible else ', does not fit'}>"
        )
