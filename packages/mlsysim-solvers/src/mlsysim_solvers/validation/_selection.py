"""Which rows of a file are about one device and one stack."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mlsysim_core._arguments import find_stack
from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MLSysimError
from mlsysim_core.specs import HardwareSpec, StackSpec

from ._rows import Row, read_row
from .tasks._devices import device_of
from .tasks._stacks import software_of

__all__ = ["belongs", "the_device", "the_software", "usable"]


def usable(
    raw: Iterable[Mapping[str, object]], tasks: set[str] | None, ignored: Counter[str]
) -> list[Row]:
    rows = []
    for values in raw:
        try:
            row = read_row(values)
        except MLSysimError as error:
            ignored[str(error)] += 1
            continue
        if row.flagged:
            ignored["marked FLAG"] += 1
        elif tasks is None or row["task"] in tasks:
            rows.append(row)
    return rows


def _name_of(row: Row) -> str:
    try:
        return device_of(row["hardware"]).name
    except MLSysimError:
        return row["hardware"]


def the_device(rows: Sequence[Row], name: str | None) -> HardwareSpec:
    if name is not None:
        return device_of(name)
    counted = Counter(map(_name_of, rows))
    if len(counted) > 1:
        raise InputError(
            "the rows are of several devices: choose one of "
            + ", ".join(f"{device} ({count} rows)" for device, count in counted.most_common(8))
        )
    if not counted:
        raise InputError("no row to calibrate with")
    return find("hardware", next(iter(counted)))


def the_software(rows: Sequence[Row], name: str | None) -> StackSpec:
    if name is not None:
        return find_stack(name)
    counted = Counter(software_of(row).name for row in rows)
    if len(counted) > 1:
        raise InputError(
            "the rows are of several stacks: choose one of "
            + ", ".join(f"{stack} ({count} rows)" for stack, count in counted.most_common(8))
        )
    return software_of(rows[0])


def belongs(
    row: Row, device: HardwareSpec, software: StackSpec, ignored: Counter[str], *, named: bool
) -> bool:
    if _name_of(row) != device.name:
        ignored["of other devices"] += 1
        return False
    recognised = software_of(row).name
    unknown = recognised == find_stack(None).name
    if recognised != software.name and not (named and unknown):
        ignored["of other stacks"] += 1
        return False
    return True
