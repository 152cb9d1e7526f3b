"""What the shell is told when somebody presses the tab key."""

from collections.abc import Callable, Iterable, Iterator

import typer

__all__ = [
    "any_of",
    "category",
    "column",
    "each",
    "entry",
    "group",
    "hardware",
    "issue",
    "model",
    "model_or_scenario",
    "optimizer",
    "precision",
    "stack",
    "system",
    "task",
]

Completion = Callable[[str], Iterator[str]]


def any_of(*words: str) -> Completion:
    """Complete one of a few words."""
    return lambda incomplete: _starting(words, incomplete)


def each(complete: Completion) -> Completion:
    """Complete the last of several words between commas."""

    def completed(incomplete: str) -> Iterator[str]:
        before, comma, last = incomplete.rpartition(",")
        return (f"{before}{comma}{word}" for word in complete(last))

    return completed


def model(incomplete: str) -> Iterator[str]:
    """Complete names of models."""
    return _names(incomplete, "model")


def model_or_scenario(incomplete: str) -> Iterator[str]:
    """Complete names of models and of scenarios."""
    return _names(incomplete, "model", "scenario")


def hardware(incomplete: str) -> Iterator[str]:
    """Complete names of devices."""
    return _names(incomplete, "hardware")


def system(incomplete: str) -> Iterator[str]:
    """Complete names of clusters, nodes and devices."""
    return _names(incomplete, "system", "node", "hardware")


def stack(incomplete: str) -> Iterator[str]:
    """Complete names of stacks."""
    return _names(incomplete, "stack")


def precision(incomplete: str) -> Iterator[str]:
    """Complete names of number formats."""
    from mlsysim_core.formats import FORMATS  # noqa: PLC0415  # nothing but completion needs it

    return _starting(FORMATS, incomplete)


def optimizer(incomplete: str) -> Iterator[str]:
    """Complete names of optimizers."""
    from mlsysim_core.operators._training import OPTIMIZER_STATES  # noqa: PLC0415

    return _starting(OPTIMIZER_STATES, incomplete)


def task(incomplete: str) -> Iterator[str]:
    """Complete names of tasks of measurements."""
    from mlsysim_solvers.validation import TASKS  # noqa: PLC0415

    return _starting(TASKS, incomplete)


def issue(incomplete: str) -> Iterator[str]:
    """Complete kinds of what an audit finds."""
    from mlsysim_registry._audit import ISSUES  # noqa: PLC0415

    return _starting(ISSUES, incomplete)


def category(incomplete: str) -> Iterator[str]:
    """Complete the name of a list of the zoo."""
    from ..answers._columns import CATEGORIES  # noqa: PLC0415

    return _starting(CATEGORIES, incomplete)


def entry(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Complete the name of an entry of the list that was chosen before it."""
    from ..answers._columns import CATEGORIES  # noqa: PLC0415

    chosen = CATEGORIES.get(str(ctx.params.get("category")))
    return _names(incomplete, chosen.kind) if chosen else iter(())


def column(incomplete: str) -> Iterator[str]:
    """Complete the name of a column of the zoo."""
    from ..answers._columns import CATEGORIES  # noqa: PLC0415

    columns = (one.name for category in CATEGORIES.values() for one in category.columns)
    return _starting(dict.fromkeys(["name", *columns]), incomplete)


def group(incomplete: str) -> Iterator[str]:
    """Complete the name of a group of entries."""
    from ..answers._zoo import groups_of  # noqa: PLC0415

    groups = {**groups_of("hardware"), **groups_of("model")}.values()
    return _starting(sorted(set(groups) - {""}), incomplete)


def _names(incomplete: str, *kinds: str) -> Iterator[str]:
    from mlsysim_core.catalog import names  # noqa: PLC0415  # nothing but completion needs it

    return _starting((name for kind in kinds for name in names(kind)), incomplete)


def _starting(words: Iterable[str], incomplete: str) -> Iterator[str]:
    start = incomplete.casefold()
    return (word for word in words if word.casefold().startswith(start))
