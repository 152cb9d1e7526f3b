"""Lists what a contributor could make better: the work of `audit`."""

from collections import Counter
from typing import Any

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, nearest
from mlsysim_registry import audit

from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import complain, write
from ._columns import category_of

__all__ = ["listing"]

_MOST_PATHS = 4


def listing(category: str | None, name: str | None, issue: str | None, form: Format) -> int:
    """Write the findings: of everything as counts, of a list by entry, of an entry in full."""
    from mlsysim_registry._audit import ISSUES  # noqa: PLC0415

    if issue is not None and issue not in ISSUES:
        close = nearest(issue, ISSUES)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise InputError(f"--issue must be one of {', '.join(ISSUES)}; got {issue!r}{hint}")
    kind = None if category is None else category_of(category, "audit")[1].kind
    exact = None if name is None or kind is None else find(kind, name).name
    found = [one for one in audit(kind, exact) if issue in {None, one.issue}]
    if form in {Format.JSON, Format.CSV}:
        records = [one._asdict() for one in found]
        if form is Format.CSV:
            return write(as_csv(records) if records else "")
        return write(as_json({"count": len(records), "findings": records}))
    if not found:
        complain("nothing to find fault with")
        return 0
    section = _full(found) if exact else _by_entry(found) if kind else _counts(found, ISSUES)
    after = [] if kind else [Section(heading="How to go on", lines=_HINTS)]
    sections = [section, *after]
    return write(for_people(sections, form))


_HINTS = (
    "mlsysim audit hardware --issue recalled",
    "mlsysim audit hardware H100",
    "mlsysim audit -o csv > findings.csv",
)


def _counts(found: list[Any], issues: tuple[str, ...]) -> Section:
    counts = Counter((one.kind, one.issue) for one in found)
    kept = [issue for issue in issues if any(counts[kind, issue] for kind, _ in counts)]
    kinds = dict.fromkeys(one.kind for one in found)
    rows = [(kind, *(f"{counts[kind, issue]:,}" for issue in kept)) for kind in kinds]
    right = frozenset(range(1, len(kept) + 1))
    return Section(header=("values of", *kept), rows=rows, right=right)


def _by_entry(found: list[Any]) -> Section:
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in found:
        grouped.setdefault((one.name, one.issue), []).append(one.path or one.text)
    rows = [
        (name, issue, f"{len(paths)}", _shortened(paths))
        for (name, issue), paths in sorted(grouped.items(), key=lambda item: item[0][0].casefold())
    ]
    header = ("entry", "issue", "values", "which")
    return Section(header=header, rows=rows, right=frozenset({2}), clip=True)


def _shortened(paths: list[str]) -> str:
    more = len(paths) - _MOST_PATHS
    return ", ".join(paths[:_MOST_PATHS]) + (f" and {more} more" if more > 0 else "")


def _full(found: list[Any]) -> Section:
    rows = [(one.path, one.issue, one.text) for one in found]
    heading = f"{found[0].kind} {found[0].name}"
    return Section(heading=heading, header=("value", "issue", "why"), rows=rows)
