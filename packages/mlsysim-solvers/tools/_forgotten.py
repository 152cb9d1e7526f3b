"""Scores of devices without what was measured on them: as of a chip with a data sheet alone."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean, median

from _grouped import grouped
from mlsysim_core.catalog import find
from mlsysim_core.specs import HardwareSpec
from mlsysim_solvers.validation._trial import trial

__all__ = ["MEASURED", "forgotten"]

MEASURED = ("compute.ceiling", "compute.steady", "memory.sustained", "memory.latency")
"""Numbers of devices that come from measurements of them."""


def forgotten(raw: Sequence[Mapping[str, object]], tasks: Sequence[str]) -> dict[str, list[float]]:
    """Score each device by its rows, with its measured numbers and with their defaults.

    Returns
    -------
    dict of str to list of float
        By task: mean over devices of the median absolute error, with the numbers and without
        them, and the count of devices.
    """
    by_device = grouped(raw, tasks, lambda row: find("hardware", row["hardware"]).name)
    medians: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    with trial() as tried:
        for name, rows in sorted(by_device.items()):
            known = find("hardware", name)
            for place, device in enumerate((known, _plain(known))):
                errors: dict[str, list[float]] = defaultdict(list)
                for row, error in zip(rows, tried.log_errors(rows, device, None), strict=True):
                    if error is not None:
                        errors[row["task"]].append(abs(math.expm1(error)))
                for task, found in errors.items():
                    medians[task][place].append(median(found))
    return {
        task: [round(fmean(known), 4), round(fmean(plain), 4), len(known)]
        for task, (known, plain) in medians.items()
    }


def _plain(device: HardwareSpec) -> HardwareSpec:
    """Return a device with the defaults of what was measured on it."""
    values = device.model_dump(mode="json", exclude_unset=True)
    for path in MEASURED:
        part, name = path.split(".")
        values[part].pop(name, None)
    return HardwareSpec.model_validate(values)
