"""Stages in sequence and side by side, checked when they are put together."""

from collections.abc import Iterator
from typing import Any

from mlsysim_core.errors import InputError, InputTypeError, nearest

from ._explanation import explained
from ._ports import Port, goes_into
from ._result import PipelineResult
from ._stage import Stage

__all__ = ["Pipeline"]


class Pipeline:
    """Stages in sequence and side by side (experimental).

    Made by ``a >> b`` and ``a | b`` of stages and pipelines; called with what its stages ask
    for. What one stage takes from another is settled when the stage is made; that it comes
    before it, and that names do not clash, when they are put together.

    Parameters
    ----------
    stage : Stage
        The first one.

    Raises
    ------
    InputError
        If stages clash, or one takes from another that does not come before it.
    """

    def __init__(self, stage: Stage) -> None:
        if not isinstance(stage, Stage):
            raise InputTypeError(f"a pipeline is made of stages, got {stage!r:.80}")
        self.stages: tuple[Stage, ...] = (stage,)
        self._before: dict[str, frozenset[str]] = {stage.name: frozenset()}
        self._names: tuple[str, ...] | None = None

    def __rshift__(self, after: "Stage | Pipeline") -> "Pipeline":
        return self._with(after, joined=True)

    def __or__(self, beside: "Stage | Pipeline") -> "Pipeline":
        return self._with(beside, joined=False)

    def _with(self, other: "Stage | Pipeline", *, joined: bool) -> "Pipeline":
        if not isinstance(other, Stage | Pipeline):
            raise InputTypeError(f"a pipeline is made of stages, got {other!r:.80}")
        right = Pipeline(other) if isinstance(other, Stage) else other
        mine = {one.name: one for one in self.stages}
        for one in right.stages:
            if mine.get(one.name, one) is not one:
                raise InputError(
                    f"two stages are called {one.name}, and so would be what they give: name one "
                    f"of them, such as Stage({one.title}, 'second_{one.name}')"
                )
        whole = Pipeline(self.stages[0])
        whole.stages = tuple(dict.fromkeys((*self.stages, *right.stages)))
        first = frozenset(mine) if joined else frozenset()
        added = {name: before | first for name, before in right._before.items()}  # noqa: SLF001
        whole._before = {**added, **self._before}
        whole._check()
        return whole

    def _check(self) -> None:
        """See that whatever is here comes in its order, and that shared inputs are alike."""
        for one in self.stages:
            for key, source in one.wired.items():
                there = source.stage.name in self._before
                if there and source.stage.name not in self._before[one.name]:
                    raise InputError(
                        f"stage {one.name} needs {key} from {source}, which does not come before "
                        f"it: write {source.stage.name} >> {one.name}"
                    )
        first: dict[str, Stage] = {}
        for one in self.stages:
            for key in one.free:
                other = first.setdefault(key, one)
                mine, theirs = one.takes[key], other.takes[key]
                if not _alike(mine, theirs):
                    raise InputError(
                        f"{key} is {mine} to stage {one.name}, and {theirs} to stage {other.name}: "
                        f"give one of them its own, such as Stage(..., {key}=...)"
                    )

    def needs_only(self, *names: str) -> "Pipeline":
        """Say what it will be called with, and see that nothing else is needed.

        Parameters
        ----------
        *names : str
            Inputs.

        Returns
        -------
        Pipeline
            The same, closed: every other input keeps its default.

        Raises
        ------
        InputError
            If a stage needs what is neither among them nor given by another stage; it says
            who could give it.
        """
        for name in names:
            self._known(name)
        self._complete(names)
        whole = Pipeline(self.stages[0])
        whole.stages, whole._before, whole._names = self.stages, self._before, names
        return whole

    @property
    def inputs(self) -> dict[str, tuple[Port, bool]]:
        """What it can be called with: what each is, and whether it must be given."""
        found: dict[str, tuple[Port, bool]] = {}
        for one in self.stages:
            for key, parameter in one.free.items():
                if self._names is None or key in self._names:
                    _, needed = found.get(key, (None, False))
                    found[key] = (one.takes[key], needed or parameter.needed)
        return found

    def _known(self, name: str) -> None:
        known = self.inputs
        if name not in known:
            close = nearest(str(name), known)
            hint = f"did you mean {' or '.join(close)}?" if close else ""
            needed = [one for one, (_, must) in known.items() if must]
            hint = hint or f"it needs {', '.join(needed)}; inputs lists all {len(known)}"
            raise InputTypeError(f"no stage of the pipeline asks for {name}; {hint}")

    def _complete(self, given: Any) -> None:
        problems = list(self._missing(given))
        if problems:
            raise InputError("; ".join(problems))

    def _missing(self, given: Any) -> Iterator[str]:
        here = set(self.stages)
        for one in self.stages:
            for key, source in one.wired.items():
                if source.stage not in here:
                    yield (
                        f"stage {one.name} needs {key} from {source}, which is no part of the "
                        f"pipeline: write {source.stage.name} >> {one.name}"
                    )
            for key, parameter in one.free.items():
                if parameter.needed and key not in given:
                    yield (
                        f"stage {one.name} needs {key}, {one.takes[key]}, which nobody gives"
                        f"{self._who(one, key)}"
                    )

    def _who(self, one: Stage, key: str) -> str:
        """Name the values of earlier stages that a stage could take."""
        port = one.takes[key]
        fitting = {
            name: other[name]
            for other in self.stages
            if other.name in self._before[one.name]
            for name, given in other.gives.items()
            if "anything" not in given.kinds | port.kinds and goes_into(given, port, one.name, key)
        }
        close = nearest(key, fitting) or list(fitting)[:4]
        return f"; it could take {', '.join(str(fitting[name]) for name in close)}" if close else ""

    def __call__(self, **values: Any) -> PipelineResult:
        """Run the stages in their order.

        Parameters
        ----------
        **values
            What they ask for, by name; a stage with an argument of that name takes it.

        Returns
        -------
        PipelineResult
            The answer of each stage.

        Raises
        ------
        InputError, InputTypeError
            If something is missing or unknown, before anything runs.
        """
        for name in values:
            self._known(name)
        self._complete(values)
        answers: dict[str, Any] = {}
        for one in self.stages:
            answers[one.name] = one.run(answers, values)
        return PipelineResult(stages=self.stages, answers=answers)

    def explain(self) -> str:
        """Say what each stage takes from whom, what it gives, and what it takes for granted."""
        return explained(self.stages, self._before)

    def __repr__(self) -> str:
        return f"<Pipeline of {', '.join(one.name for one in self.stages)}>"


def _alike(one: Port, other: Port) -> bool:
    same = one.unit == other.unit and one.quantity == other.quantity
    anything = "anything" in one.kinds | other.kinds
    return anything or (same and bool(one.kinds & other.kinds))
