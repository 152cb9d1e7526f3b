"""Fits the few numbers of a device and a stack to somebody's own runs."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.specs import HardwareSpec, StackSpec

from ._descent import descend
from ._profile import toml
from ._rows import Row, read
from ._selection import belongs, the_device, the_software, usable
from ._trial import NUMBERS, Number, Trial, changed, trial

__all__ = ["Calibration", "Fitted", "calibrate"]

_NOISE = 0.1
"""Logarithm by which a run may differ from a right prediction."""
_MOST_FOLDS = 5
_NUDGE = 0.05
_SAME = 1e-9
_UNFIT = 2.0
"""Loss of a row that a trial could not predict."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One number: what a registry has, and what the runs say."""

    name: str
    before: float
    after: float
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """Numbers fitted to runs, and whether they help. Errors are fractions."""

    hardware: HardwareSpec
    stack: StackSpec
    numbers: tuple[Fitted, ...]
    rows: int
    """Runs that they were fitted to."""
    ignored: Mapping[str, int]
    """Rows that were left out, by reason."""
    before: float
    """Mean absolute error with the registry's numbers."""
    after: float
    """Mean absolute error with the fitted ones, on the very rows they were fitted to."""
    held_back: float
    """Mean absolute error on rows that were held back while the numbers were fitted."""
    folds: int
    """Parts of the rows that were held back in turn."""
    profile: str
    """The fitted entries as a TOML file."""

    @property
    def helped(self) -> bool:
        """Whether rows that were held back are predicted better than before."""
        return self.held_back < self.before


def calibrate(
    source: str | Path | Iterable[Mapping[str, object]],
    *,
    hardware: str | None = None,
    stack: str | None = None,
    tasks: Iterable[str] | None = None,
    suffix: str = "calibrated",
    progress: Callable[[int, int], Any] | None = None,
) -> Calibration:
    """Fit the few numbers of a device and a stack to two runs or more.

    A number moves only as far as the runs insist: each is held by what the registry has, and
    those of a data sheet more tightly than those of the software. Numbers that no run depends
    on stay. This changes the registries of the process while it runs, and restores them.

    Parameters
    ----------
    source : path or iterable of mapping
        A CSV file in the measurement format, or its rows.
    hardware : str, optional
        The device; rows of others are left out. Needed where the file has several.
    stack : str, optional
        The software; rows of others are left out. Needed where the file has several.
    tasks : iterable of str, optional
        Only rows of these tasks.
    suffix : str
        What the names of the fitted entries end in.
    progress : callable, optional
        Told the number of fits done, and of all.

    Returns
    -------
    Calibration
        The numbers, and the errors with and without them.

    Raises
    ------
    InputError
        If fewer than two rows are left, or they are of several devices or stacks.
    """
    raw = read(source) if isinstance(source, str | Path) else source
    ignored: Counter[str] = Counter()
    kept = usable(raw, None if tasks is None else set(tasks), ignored)
    device = the_device(kept, hardware)
    software = the_software(kept, stack)
    kept = [row for row in kept if belongs(row, device, software, ignored, named=bool(stack))]
    with trial() as tried:
        errors = tried.log_errors(kept, device, software)
        rows = [row for row, error in zip(kept, errors, strict=True) if error is not None]
        ignored["could not be predicted"] += len(kept) - len(rows)
        if len(rows) < 2:
            left = ", ".join(f"{n} {reason}" for reason, n in ignored.items() if n)
            raise InputError(
                f"calibration needs two rows or more of {device.name} with {software.name}, got "
                f"{len(rows)}" + (f" (left out: {left})" if left else "")
            )
        fit = _Fit(tried, device, software, rows)
        folds = min(len(rows), _MOST_FOLDS)
        held: list[float] = []
        for fold in range(folds):
            if progress:
                progress(fold, folds + 1)
            others = [row for place, row in enumerate(rows) if place % folds != fold]
            apart = [row for place, row in enumerate(rows) if place % folds == fold]
            held += fit.errors(apart, fit.best(others))
        values = fit.best(rows)
        before, after = fit.errors(rows, fit.start), fit.errors(rows, values)
    found = tuple(
        Fitted(number.label, number.of(fit.spec(number)), float(f"{value:.3g}"), number.unit)
        for number, value in zip(fit.numbers, values, strict=True)
    )
    means = (fmean(before), fmean(after), fmean(held))
    return Calibration(
        hardware=changed(device, "hardware", fit.numbers, values),
        stack=changed(software, "stack", fit.numbers, values),
        numbers=found,
        rows=len(rows),
        ignored={reason: count for reason, count in ignored.items() if count},
        before=means[0],
        after=means[1],
        held_back=means[2],
        folds=folds,
        profile=_profile(fit, values, suffix, means),
    )


class _Fit:
    """The numbers that some rows depend on."""

    def __init__(
        self, tried: Trial, device: HardwareSpec, software: StackSpec, rows: Sequence[Row]
    ) -> None:
        self.tried, self.device, self.software = tried, device, software
        self.numbers: tuple[Number, ...] = NUMBERS
        plain = self._logs(rows, [number.of(self.spec(number)) for number in NUMBERS])
        moving = []
        for place, number in enumerate(NUMBERS):
            if number.kind == "stack" and software.ideal:
                continue
            values = [other.of(self.spec(other)) for other in NUMBERS]
            start = max(values[place], number.zero)
            nudged = start * (1.0 - _NUDGE) + number.zero * 4.0
            values[place] = nudged if nudged > number.low else start * (1.0 + _NUDGE)
            if self._logs(rows, values) != plain:
                moving.append(number)
        self.numbers = tuple(moving)
        self.start = [number.of(self.spec(number)) for number in moving]

    def spec(self, number: Number) -> HardwareSpec | StackSpec:
        """Return the entry that has a number."""
        return self.device if number.kind == "hardware" else self.software

    def best(self, rows: Sequence[Row]) -> list[float]:
        """Fit the numbers to some rows."""
        numbers = self.numbers
        origin = [
            math.log(max(value, number.zero))
            for number, value in zip(numbers, self.start, strict=True)
        ]

        def loss(point: tuple[float, ...]) -> float:
            logs = self._logs(rows, [math.exp(one) for one in point])
            misfit = sum(_UNFIT if one is None else abs(one) for one in logs) / _NOISE
            strange = sum(
                ((one - zero) / number.doubt) ** 2
                for one, zero, number in zip(point, origin, numbers, strict=True)
            )
            return misfit + 0.5 * strange

        bounds = [(math.log(number.low), math.log(number.high)) for number in numbers]
        found = descend(loss, origin, bounds)
        return [
            math.exp(one) if abs(one - zero) > _SAME else value
            for one, zero, value in zip(found, origin, self.start, strict=True)
        ]

    def errors(self, rows: Sequence[Row], values: Sequence[float]) -> list[float]:
        """Return the absolute relative errors with some numbers."""
        return [
            math.expm1(_UNFIT) if one is None else abs(math.expm1(one))
            for one in self._logs(rows, values)
        ]

    def _logs(self, rows: Sequence[Row], values: Sequence[float]) -> list[float | None]:
        return self.tried.log_errors(
            rows,
            changed(self.device, "hardware", self.numbers, values),
            changed(self.software, "stack", self.numbers, values),
        )


def _profile(
    fit: _Fit, values: Sequence[float], suffix: str, errors: tuple[float, float, float]
) -> str:
    """Write the entries whose numbers were fitted."""
    before, after, held = errors
    note = f"mean error {before:.1%} before, {after:.1%} after, {held:.1%} on rows held back"
    tables: dict[str, dict[str, Any]] = {}
    for kind, spec in (("hardware", fit.device), ("stack", fit.software)):
        own = [
            (one, value) for one, value in zip(fit.numbers, values, strict=True) if one.kind == kind
        ]
        if not own:
            continue
        entry = spec.model_dump(mode="json", exclude_unset=True)
        name = f"{entry.pop('name')}_{suffix}"
        for number, value in own:
            *parents, last = number.path.split(".")
            part = entry
            for parent in parents:
                part = part.setdefault(parent, {})
            part[last] = number.text(value)
        if kind == "stack":
            entry["keywords"] = [name.casefold()]
        entry = {"confidence": "measured", **entry}
        sources: list[dict[str, Any]] = []
        if covers := [number.path for number, _ in own]:
            title = "mlsysim calibrate"
            sources.append({"covers": covers, "title": title, "seen": True, "note": note})
        sources.append({"covers": ["*"], "title": f"As in the entry {spec.name}", "seen": True})
        tables[kind] = {name: {**entry, "source": sources}}
    return "\n".join(toml(tables)).rstrip("\n") + "\n"
