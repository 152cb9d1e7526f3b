"""How kinds differ: by color, and by pattern, marker or dash, for prints in grey."""

from typing import NamedTuple

__all__ = ["DASHES", "INK", "MARKERS", "STYLES", "Style", "styled"]

INK = "#1b1f23"


class Style(NamedTuple):
    """How a kind of segment is filled."""

    ground: str
    """Color."""
    stroke: str = ""
    """Color of the pattern, if there is one."""
    hatch: str = ""
    """Pattern, as matplotlib spells it."""


STYLES = (
    Style("#1f4e79"),
    Style("#f6c26b", "#7a4a00", "//"),
    Style("#a9d8c4", "#0b5d45", ".."),
    Style("#e3e7eb"),
    Style("#d9b3d9", "#5a2a6b", "xx"),
    Style("#bfe0f5", "#1c5d8a", "\\\\"),
    Style("#8a939c"),
    Style("#f5e79e", "#6b5d00", "--"),
    Style("#f2b8a0", "#8a2f0b", "||"),
    Style("#ffffff", "#555555", "++"),
)
"""Fills, of which neighbors differ in lightness as well as in pattern."""

DASHES = ((), (7, 3), (2, 2), (9, 3, 2, 3), (12, 4), (4, 4))
"""Lengths of strokes and gaps."""

MARKERS = ("circle", "square", "triangle", "diamond", "cross", "plus")

_KNOWN = {
    **dict.fromkeys(("compute", "forward"), 0),
    **dict.fromkeys(("weights", "backward", "context"), 1),
    **dict.fromkeys(("cache", "gradients", "memory"), 2),
    **dict.fromkeys(("launch", "reserve"), 3),
    **dict.fromkeys(("activations", "expert"), 4),
    **dict.fromkeys(("exchange", "tensor"), 5),
    **dict.fromkeys(("overhead", "buffers", "data"), 6),
    **dict.fromkeys(("optimizer", "draft"), 7),
    **dict.fromkeys(("host", "pipeline", "transfer", "transient"), 8),
    "bubble": 9,
}
"""Parts that look the same in every picture."""


def styled(parts: list[str]) -> dict[str, Style]:
    """Give each part of a picture a fill of its own."""
    found: dict[str, Style] = {}
    for part in parts:
        if part in _KNOWN and STYLES[_KNOWN[part]] not in found.values():
            found[part] = STYLES[_KNOWN[part]]
    for part in parts:
        if part not in found:
            unused = [style for style in STYLES if style not in found.values()]
            found[part] = unused[0] if unused else STYLES[len(found) % len(STYLES)]
    return found
