"""What a picture shows, apart from how it is drawn."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import InputError, MissingValueError
from ._axis import Axis

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["Axis", "Bars", "Curve", "Dots", "Panel", "Picture", "Plot", "Row", "Segment"]


class Segment(NamedTuple):
    """A part of a bar."""

    start: float
    end: float
    part: str
    """What it is: a word of the legend."""
    text: str = ""
    """What stands in it, where there is room."""
    about: str = ""
    """What a pointer on it is told."""


class Row(NamedTuple):
    """One bar, of segments one after another."""

    label: str
    segments: Sequence[Segment]
    mark: float | None = None
    """A value marked across the bar, such as a capacity."""


class Bars(NamedTuple):
    """Horizontal bars over one axis."""

    x: Axis
    rows: Sequence[Row]
    legend: Sequence[str]
    """Parts, in their order."""
    title: str = ""
    mark: str = ""
    """What the marks of the rows are."""
    beside: bool = False
    """Whether labels stand beside the bars; they stand above them otherwise."""


class Curve(NamedTuple):
    """A line through points."""

    points: Sequence[tuple[float, float]]
    label: str = ""
    """What stands at its end."""
    dash: int = 0
    """Kind of line; 0 is solid."""
    legend: str = ""
    width: float = 1.8


class Dots(NamedTuple):
    """Points of one kind."""

    points: Sequence[tuple[float, float]]
    label: str = ""
    """Word of the legend."""
    marker: int = 0
    names: Sequence[str] = ()
    """What stands beside each point, where there is room."""
    fine: bool = False
    """Whether there are so many that each is only a spot."""


class Plot(NamedTuple):
    """Lines and points over two axes."""

    x: Axis
    y: Axis
    curves: Sequence[Curve] = ()
    dots: Sequence[Dots] = ()
    title: str = ""
    height: float = 300.0


Panel: "TypeAlias" = Bars | Plot


class Picture:
    """A picture: shown by notebooks, and written to files.

    Attributes
    ----------
    title : str
        Its title.
    description : str
        What it shows, in words and numbers, for those who cannot see it.
    panels : tuple
        What it is made of, one below another.
    """

    __slots__ = ("description", "panels", "title")

    def __init__(self, title: str, description: str, panels: Sequence["Bars | Plot"]) -> None:
        self.title = title
        self.description = description
        self.panels = tuple(panels)

    def svg(self) -> str:
        """Return the picture as SVG, which needs no other file, font or program."""
        from ._svg import write  # noqa: PLC0415  # matplotlib does without

        return write(self)

    def figure(self) -> Any:
        """Return the picture as a ``matplotlib.figure.Figure``.

        Raises
        ------
        MissingValueError
            If matplotlib is not installed.
        """
        from ._matplotlib import figure  # noqa: PLC0415  # most pictures are SVG

        return figure(self)

    def save(self, path: Any) -> None:
        """Write the picture to a file: ``.svg``, or what matplotlib can write, such as ``.pdf``.

        Parameters
        ----------
        path : path-like
            The file; its ending tells the format.

        Raises
        ------
        InputError
            If nothing is written in that format, or the file cannot be written.
        MissingValueError
            If the format takes matplotlib, which is not installed.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending not in {".svg", ".png", ".pdf"}:
            raise InputError(f"a picture is written as .svg, .png or .pdf, got {str(path)!r}")
        try:
            if ending == ".svg":
                target.write_text(self.svg(), encoding="utf-8")
            else:
                self.figure().savefig(target)
        except MissingValueError as error:
            raise MissingValueError(f"{error}; .svg needs nothing") from None
        except OSError as error:
            raise InputError(f"{str(path)!r} cannot be written: {error.strerror}") from None

    def _repr_svg_(self) -> str:
        return self.svg()

    def __repr__(self) -> str:
        return f"<Picture {self.title!r}>"
