"""How often a fleet fails: from a study, from the life of a device, or part by part."""

from collections.abc import Mapping
from typing import Any

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import InputError, InputTypeError, MissingValueError
from mlsysim_core.physics.failures import joint_mtbf
from mlsysim_core.physics.reliability import fleet_mtbf
from mlsysim_core.specs import FailureSpec

from .._amounts import at_least, positive

__all__ = ["Components", "system_mtbf"]

_HOUR = 3600.0
_DAY = 86400.0

Components = Mapping[str, tuple[int, float]]
"""Name of a part to how many there are, and the hours of one between failures."""


def system_mtbf(
    devices: int,
    failure: FailureSpec | str | None,
    device_mtbf_hours: object,
    components: Components | None,
    shared_failures_per_day: object,
) -> tuple[float, tuple[str, ...]]:
    """Return the mean time between failures of everything together [s], and what it is from.

    Raises
    ------
    MissingValueError
        If nothing says how often anything fails.
    """
    found: list[tuple[str, float]] = []
    if failure is not None and device_mtbf_hours is not None:
        raise InputError("give failure or device_mtbf_hours, but not both")
    if failure is not None:
        study = _study(failure)
        hours = study.hours_per_interruption
        if hours is None:
            raise MissingValueError(
                f"{study.name} does not say how many interruptions there were in which time: "
                "give device_mtbf_hours"
            )
        found.append((f"as in {study.name}", float(fleet_mtbf(hours * _HOUR, devices))))
    if device_mtbf_hours is not None:
        hours = positive("device_mtbf_hours", device_mtbf_hours)  # type: ignore[arg-type]
        found.append((f"{hours:,.6g} h of each device", float(fleet_mtbf(hours * _HOUR, devices))))
    for name, count, life in _counted(components):
        many = positive(f"components[{name!r}]", count)
        hours = positive(f"components[{name!r}]", life)
        found.append((f"{count:,} {name}", float(fleet_mtbf(hours * _HOUR, many))))
    shared = at_least("shared_failures_per_day", shared_failures_per_day, 0.0)
    if shared:
        found.append(("failures that all devices share", _DAY / shared))
    if not found:
        raise MissingValueError(
            "nothing says how often devices fail: give failure "
            f"({', '.join(sorted(names('failure'))) or 'a FailureSpec'}), device_mtbf_hours "
            "or components"
        )
    together = found[0][1]
    for _, one in found[1:]:
        together = float(joint_mtbf(together, one))
    parts = tuple(f"{name}: every {one / _HOUR:,.4g} h" for name, one in found)
    return together, parts


def _counted(components: Any) -> list[tuple[str, Any, Any]]:
    if components is None:
        return []
    if not isinstance(components, Mapping):
        raise InputTypeError(f"components must be a mapping, got {components!r:.80}")
    found = []
    for name, value in components.items():
        if not isinstance(value, tuple | list) or len(value) != len(("count", "hours")):
            raise InputTypeError(
                f"components[{name!r}] must be how many there are, and the hours of one between "
                f"failures, got {value!r:.80}"
            )
        found.append((str(name), *value))
    return found


def _study(value: Any) -> FailureSpec:
    if isinstance(value, FailureSpec):
        return value
    if isinstance(value, str):
        return find("failure", value)
    raise InputTypeError(f"failure must be a FailureSpec or a name, got {value!r:.80}")
