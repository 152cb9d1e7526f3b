"""The helpers by which tutorials of old printed."""

from collections.abc import Sequence
from typing import Any

from mlsysim_core.deprecation import Deprecated

__all__ = ["DEPRECATED"]

_ALIGN = {"<": str.ljust, ">": str.rjust, "^": str.center}


def _text(value: Any) -> str:
    if hasattr(value, "m_as"):
        return f"{value:.4g~P}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _info(title: str | None = None, /, **fields: Any) -> None:
    if title:
        print(f"-- {title} --")
    labels = {f"{name.replace('_', ' ')}:": _text(value) for name, value in fields.items()}
    width = max(map(len, labels), default=0)
    for label, value in labels.items():
        print(f"{label:<{width}}  {value}")


def _table(
    headers: Sequence[str], rows: Sequence[Sequence[Any]], alignments: str | None = None
) -> None:
    cells = [list(headers), *([_text(value) for value in row] for row in rows)]
    ways = (alignments or "<").ljust(len(headers), ">")
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(map(_aligned, row, widths, ways)).rstrip())


def _aligned(text: str, width: int, way: str) -> str:
    return _ALIGN[way](text, width)


def _banner(text: str) -> None:
    print(f"\n=== {text} ===")


DEPRECATED = {
    "banner": Deprecated(target=lambda: _banner, use="print"),
    "info": Deprecated(target=lambda: _info, use="print, or .explain() of a result"),
    "table": Deprecated(
        target=lambda: _table, use="mlsysim.solvers.DSE, whose tables write CSV and Markdown"
    ),
}
"""Name to what it stands for."""
