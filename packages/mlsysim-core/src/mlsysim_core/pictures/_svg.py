"""Pictures as SVG: title, description, and panels one below another."""

from html import escape
from zlib import crc32

from ._figure import Bars, Picture
from ._styles import INK
from ._svg_bars import bars
from ._svg_parts import PAPER, SIZE, WIDTH, text, wrapped
from ._svg_plot import plot

__all__ = ["write"]

_HEAD = 15.0
_GAP = 18.0


def write(picture: Picture) -> str:
    """Write a picture; equal pictures are written equally."""
    # Identifiers must differ between pictures of one page.
    mark = f"m{crc32((picture.title + picture.description).encode()):08x}"
    lines: list[str] = []
    top = 8.0
    for line in wrapped(picture.title, WIDTH - 16, _HEAD, bold=True):
        top += _HEAD * 1.2
        lines.append(text(8, top - 3, line, anchor="start", size=_HEAD, bold=True))
    top += 6.0
    for number, panel in enumerate(picture.panels):
        draw = bars if isinstance(panel, Bars) else plot
        drawn, height = draw(panel, top, f"{mark}-{number}")  # type: ignore[arg-type]
        lines += drawn
        top += height + _GAP
    height = round(top - _GAP + 10)
    space = f'width="{WIDTH:g}" height="{height}" viewBox="0 0 {WIDTH:g} {height}"'
    said = f'role="img" aria-labelledby="{mark}-title {mark}-about"'
    font = f'font-family="Helvetica, Arial, sans-serif" font-size="{SIZE:g}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {space} {said} {font} fill="{INK}">',
            f'<title id="{mark}-title">{escape(picture.title)}</title>',
            f'<desc id="{mark}-about">{escape(picture.description)}</desc>',
            f'<rect width="{WIDTH:g}" height="{height}" fill="{PAPER}"/>',
            *lines,
            "</svg>",
            "",
        )
    )
