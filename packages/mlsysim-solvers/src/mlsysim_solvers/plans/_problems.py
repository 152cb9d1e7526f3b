"""What is wrong with a plan, and where in its file."""

from collections.abc import Iterable
from typing import NamedTuple

from mlsysim_core.errors import InputError

__all__ = ["PlanError", "Problem"]


class Problem(NamedTuple):
    """One thing that is wrong with a plan."""

    file: str
    """Empty if the plan is from no file."""
    line: int
    """From 1; 0 if the plan is from no file."""
    column: int
    """From 1; 0 if the plan is from no file."""
    key: str
    """Dotted path of the value that is wrong; empty if it is none."""
    message: str

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}:{self.column}"
        return ": ".join(part for part in (where, self.key, self.message) if part)


class PlanError(InputError):
    """A plan that cannot be used.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that is wrong with it, each with file, line and column.
    """

    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "PlanError":
        """Make the error of several problems, a line each.

        Parameters
        ----------
        problems : iterable of Problem
            What is wrong.
        """
        listed = tuple(sorted(problems, key=lambda one: (one.line, one.column)))
        error = cls("\n".join(map(str, listed)))
        error.problems = listed
        return error
