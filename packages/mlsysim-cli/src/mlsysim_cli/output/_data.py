"""Answers as data: plain documents, in JSON or CSV."""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError

__all__ = ["as_csv", "as_json", "flat", "measure", "save"]


def measure(value: float | None, unit: str, reason: str = "") -> dict[str, Any]:
    """Pair a number with its unit; what is no number is null, with the reason."""
    if value is None or not math.isfinite(value):
        why = reason or ("unknown" if value is None else "infinite" if value > 0 else "undefined")
        return {"value": None, "unit": unit, "reason": why}
    return {"value": value, "unit": unit}


def as_json(document: Any) -> str:
    """Write one JSON document, in characters that standard output has."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    ascii_only = encoding.lower().replace("-", "") != "utf8"
    return json.dumps(document, indent=2, ensure_ascii=ascii_only, allow_nan=False) + "\n"


def save(document: Any, path: Path) -> None:
    """Write a JSON document to a file of its own, for other programs."""
    try:
        path.write_text(json.dumps(document), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from None


def flat(document: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Columns of a nested document: dotted names, with the unit in brackets."""
    for key, value in document.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and "unit" in value and "value" in value:
            yield f"{name} [{value['unit']}]", value["value"]
        elif isinstance(value, Mapping):
            yield from flat(value, f"{name}.")
        elif isinstance(value, list | tuple):
            yield name, "; ".join(str(one) for one in value)
        else:
            yield name, value


def as_csv(documents: Iterable[Mapping[str, Any]]) -> str:
    """Write one line for each document under a line of names."""
    import csv  # noqa: PLC0415  # only this format needs it
    from io import StringIO  # noqa: PLC0415

    records = [dict(flat(document)) for document in documents]
    names = list(dict.fromkeys(name for record in records for name in record))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(record.get(name)) for name in names] for record in records)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
