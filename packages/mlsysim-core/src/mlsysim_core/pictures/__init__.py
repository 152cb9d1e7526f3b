"""Pictures of results: SVG that needs nothing else, and matplotlib figures where it is installed.

Colors are never alone: segments have patterns, points have markers, lines have dashes, and all
of them have words.
"""

from ._axis import spanning
from ._breakdown import breakdown, memory, stacked
from ._figure import Axis, Bars, Curve, Dots, Picture, Plot, Row, Segment
from ._roofline import roofline

__all__ = [
    "Axis",
    "Bars",
    "Curve",
    "Dots",
    "Picture",
    "Plot",
    "Row",
    "Segment",
    "breakdown",
    "memory",
    "roofline",
    "spanning",
    "stacked",
]
