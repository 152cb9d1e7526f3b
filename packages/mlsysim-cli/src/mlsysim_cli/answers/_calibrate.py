"""`mlsysim calibrate`: the numbers of a device and a stack, fitted to somebody's own runs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.quantities import brief
from mlsysim_solvers.validation import Calibration, calibrate

from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._progress import Progress
from ..output._render import Section, for_people
from ..output._terminal import write
from ._validate import share

__all__ = ["answer"]


def answer(
    file: str,
    hardware: str | None,
    stack: str | None,
    tasks: Sequence[str] | None,
    suffix: str,
    profile: Path | None,
    form: Format,
) -> int:
    """Fit, write the profile, and say whether it helped."""
    if profile is not None and not profile.parent.is_dir():
        raise InputError(f"{profile} cannot be written: there is no folder {profile.parent}")
    with Progress("fits") as progress:
        found = calibrate(
            file, hardware=hardware, stack=stack, tasks=tasks, suffix=suffix, progress=progress
        )
    if profile is not None:
        try:
            profile.write_text(found.profile, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{profile} cannot be written: {error.strerror}") from None
    if form is Format.JSON:
        return write(as_json(_document(found)))
    if form is Format.CSV:
        return write(as_csv(_document(found)["numbers"]))
    sections = _sections(found, profile)
    return write(for_people(sections, form))


def _document(found: Calibration) -> dict[str, Any]:
    return {
        "hardware": found.hardware.name,
        "stack": found.stack.name,
        "rows": found.rows,
        "ignored": dict(found.ignored),
        "numbers": [
            {"name": one.name, "before": one.before, "after": one.after, "unit": one.unit}
            for one in found.numbers
        ],
        "mean_ape": {
            "before": found.before,
            "after": found.after,
            "held_back": found.held_back,
            "folds": found.folds,
        },
        "helped": found.helped,
        "profile": found.profile,
    }


def _sections(found: Calibration, profile: Path | None) -> list[Section]:
    verdict = "it helped" if found.helped else "it did NOT help: keep the registry's numbers"
    sections = [
        Section(
            heading=f"{found.hardware.name} with {found.stack.name}, {found.rows:,} rows",
            header=("number", "registry", "fitted"),
            rows=[
                (one.name, brief(one.before, one.unit), brief(one.after, one.unit))
                for one in found.numbers
            ],
            right=frozenset({1, 2}),
        ),
        Section(
            heading="Mean error",
            rows=[
                (share(found.before), "with the registry's numbers"),
                (share(found.after), "with the fitted ones, on the rows they were fitted to"),
                (
                    share(found.held_back),
                    f"on rows held back while fitting, in {found.folds} parts: {verdict}",
                ),
            ],
            right=frozenset({0}),
        ),
    ]
    if found.ignored:
        lines = [f"{count:,} {reason:.160}" for reason, count in found.ignored.items()]
        sections.append(Section(heading="Rows left out", lines=lines))
    if profile is None:
        line = "nothing was written: --profile OUT.toml writes what --registry takes"
    else:
        line = f"written to {profile}, which --registry takes"
    sections.append(Section(heading="Profile", lines=[line]))
    return sections
