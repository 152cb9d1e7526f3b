"""Parts of a design space as arrays, ready to be worked out."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mlsysim_core.arrays import Setting, numpy_or_error

from ._expression_units import NONE
from ._expressions import Expression, Names, parse

__all__ = ["FAST", "NUMBERS", "PARAMETERS", "Block", "condition", "formula", "keep_pages", "words"]

PARAMETERS: Names = {
    "model": "text",
    "hardware": "text",
    "precision": "text",
    "stack": "text",
    "phase": "text",
    "efficiency": NONE,
    "batch_size": NONE,
    "seq_len": NONE,
}
"""Names that an expression of a space may use."""

NUMBERS = ("efficiency", "batch_size", "seq_len")
"""Parameters that are numbers, from the one that changes last."""

FAST = 32768
"""Points whose arrays suit a core's own cache, and are many for what Python does for each array."""


def keep_pages() -> None:
    """Have the memory of such arrays kept for the next ones.

    The C library of Linux gives back what is freed at once, and asking for it again takes longer
    than most of what is done with an array. It keeps twice the largest block that was ever freed.
    """
    numpy_or_error("exploring a design space").empty(32 * FAST)


class Block(NamedTuple):
    """Part of a space: one setting, and arrays that broadcast to its points."""

    setting: Setting
    efficiency: Any
    batch_size: Any
    seq_len: Any
    kept: Any
    """Which points are in the space; nothing if all are."""
    dependent: str | None
    """The parameter that is an expression, if one is."""
    unusable: Any
    """Where its value cannot be used, and one stands in; nothing without such a parameter."""

    @classmethod
    def of(
        cls,
        setting: Setting,
        numbers: tuple[Any, Any, Any],
        dependent: Mapping[str, Expression],
        where: Sequence[Expression],
    ) -> "Block":
        """Make a block of arrays of efficiencies, batch sizes and lengths.

        Parameters
        ----------
        setting : Setting
            What stays the same.
        numbers : tuple of array
            Those three; nothing in place of what is left out, or depends on the others.
        dependent : mapping of str to Expression
            What depends on the others.
        where : sequence of Expression
            What points must fulfil to be in the space.
        """
        np = numpy_or_error("exploring a design space")
        found = dict(zip(NUMBERS, numbers, strict=True))
        told = words(setting)

        def lookup(name: str) -> Any:
            if name in told:
                return told[name]
            return np.nan if found[name] is None else found[name]

        depending, unusable = None, None
        for depending, expression in dependent.items():
            values = np.asarray(expression(lookup), dtype=float)
            usable = np.isfinite(values) & (values >= 1.0) & (values == np.floor(values))
            unusable = ~usable
            found[depending] = np.where(usable, values, 1.0)
        kept = None
        for one in where:
            true = one(lookup)
            kept = true if kept is None else np.logical_and(kept, true)
        return cls(setting, **found, kept=kept, dependent=depending, unusable=unusable)


def words(setting: Setting) -> dict[str, str]:
    """Return what a setting is, by the names of its parameters."""
    return {
        "model": setting.model.name,
        "hardware": setting.hardware.name,
        "precision": setting.precision,
        "stack": setting.stack.name,
        "phase": setting.phase_name,
    }


def formula(name: str, text: str) -> Expression:
    """Read what a parameter depends on."""
    names = {one: what for one, what in PARAMETERS.items() if one != name}
    return parse(text, names, kind="number", what=name)


def condition(text: str) -> Expression:
    """Read what points must fulfil to be in a space."""
    return parse(text, PARAMETERS, kind="truth", what="where")
