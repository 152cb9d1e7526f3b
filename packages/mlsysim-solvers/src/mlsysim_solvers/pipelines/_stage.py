"""A stage: a solver or a function, with what it takes from whom."""

import inspect
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mlsysim_core.errors import InputError, InputTypeError, nearest
from mlsysim_core.solver import Solver

from .._parameters import Parameter, parameters
from ._ports import Port, converted, declared, dimension, given_by, goes_into, taken_by

if TYPE_CHECKING:
    from ._pipeline import Pipeline

__all__ = ["Output", "Stage", "stage"]


class Output:
    """One value that a stage gives, or with no name its whole answer: ``stage["seconds"]``."""

    def __init__(self, stage: "Stage", name: str, port: Port) -> None:
        self.stage, self.name, self.port = stage, name, port

    def __str__(self) -> str:
        return f"{self.stage.name}.{self.name}" if self.name else self.stage.name

    def __repr__(self) -> str:
        return f"<{self}, {self.port}>"


class Stage:
    """A solver or a function as a part of a pipeline (experimental).

    Stages are put together with ``a >> b`` (b comes after a, and may take what a gives) and
    ``a | b`` (neither takes anything of the other).

    Parameters
    ----------
    of : type, Solver or callable
        A solver, its class, or a function. What a function takes, and in which units, is
        read from its signature and its docstring.
    name : str, optional
        What to call it; made from its own name if not given.
    takes : mapping of str to str, optional
        Units of arguments, in place of those of the docstring.
    gives : mapping of str to str, optional
        Of a function that returns no answer of mlsysim: the values that it returns, with
        their units (``str`` or ``bool`` for what is no number). One value is returned as it
        is, several as a mapping.
    **inputs
        Values of arguments; or what another stage gives, such as ``run["seconds"]``, or its
        whole answer, such as ``run``. The others are asked of the pipeline.

    Raises
    ------
    InputError, InputTypeError
        If it has no such argument, or what is given to one is not what it takes.
    """

    def __init__(
        self,
        of: Any,
        name: str | None = None,
        /,
        *,
        takes: Mapping[str, str] | None = None,
        gives: Mapping[str, Any] | None = None,
        **inputs: Any,
    ) -> None:
        self.solver, self.function = _called(of)
        self.name = _named(of) if name is None else name
        if not isinstance(self.name, str) or not self.name.isidentifier():
            raise InputError(f"a stage's name is a word, such as 'prefill'; got {name!r}")
        self.parameters: dict[str, Parameter] = parameters(self.function)
        units = dict(takes or {})
        for one in (*units, *inputs):
            self._check(one)
        self.takes: dict[str, Port] = {
            key: taken_by(one, units.get(key)) for key, one in self.parameters.items()
        }
        for key, port in self.takes.items():
            dimension(self.name, key, port.unit)
        kind, found = given_by(self.function)
        self.gives: dict[str, Port] = found or declared(self.name, gives or {})
        if not self.gives:
            raise InputError(f"stage {self.name}: say what it gives, as gives={{'time': 's'}}")
        if found and gives:
            raise InputError(f"stage {self.name} says itself what it gives: leave out gives")
        self.whole = Output(self, "", Port(frozenset({kind if found else "anything"}), "", False))
        self.fixed: dict[str, Any] = {}
        self.wired: dict[str, Output] = {}
        for key, value in inputs.items():
            source = value.whole if isinstance(value, Stage) else value
            if isinstance(source, Output):
                self._wire(key, source)
            else:
                self.fixed[key] = value

    def _check(self, key: str) -> None:
        if key not in self.parameters:
            close = nearest(key, self.parameters)
            known = f"did you mean {' or '.join(close)}?" if close else ""
            known = known or f"it takes {', '.join(self.parameters)}"
            raise InputTypeError(f"stage {self.name} takes no {key}; {known}")

    def _wire(self, key: str, source: Output) -> None:
        port = self.takes[key]
        if not goes_into(source.port, port, self.name, key):
            raise InputError(
                f"stage {self.name} needs {key}, {port}; {source} is {source.port}"
                f"{_others(source.stage, port, self.name, key)}"
            )
        self.wired[key] = source

    def __getitem__(self, name: str) -> Output:
        """Return a value that it gives, for another stage to take."""
        if name not in self.gives:
            close = nearest(str(name), self.gives)
            known = f"did you mean {' or '.join(close)}?" if close else ""
            known = known or f"it gives {', '.join(self.gives)}"
            raise InputError(f"{self.name} gives no {name}; {known}")
        return Output(self, name, self.gives[name])

    @property
    def free(self) -> dict[str, Parameter]:
        """What it asks of the pipeline."""
        bound = self.fixed.keys() | self.wired.keys()
        return {key: one for key, one in self.parameters.items() if key not in bound}

    def run(self, answers: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
        """Run it, with the answers of the stages before it, and what the pipeline was given."""
        taken = {
            key: converted(read(source, answers), source.port, self.takes[key])
            for key, source in self.wired.items()
        }
        asked = {key: values[key] for key in self.free if key in values}
        try:
            found = self._run(**self.fixed, **asked, **taken)
        except Exception as error:
            error.add_note(f"in stage {self.name} of a pipeline")
            raise
        return found if given_by(self.function)[1] else self._returned(found)

    def _run(self, **values: Any) -> Any:
        return self.function(*(() if self.solver is None else (self.solver,)), **values)

    def _returned(self, found: Any) -> dict[str, Any]:
        several = isinstance(found, Mapping)
        values = dict(found) if several else dict(zip(self.gives, [found], strict=False))
        if values.keys() != self.gives.keys():
            raise InputError(
                f"stage {self.name} should give {', '.join(self.gives)}, and gave "
                f"{', '.join(map(str, values)) if several else 'one value'}"
            )
        return {
            key: converted(value, self.gives[key], self.gives[key]) for key, value in values.items()
        }

    def __rshift__(self, after: "Stage | Pipeline") -> "Pipeline":
        from ._pipeline import Pipeline  # noqa: PLC0415  # which is made of stages

        return Pipeline(self) >> after

    def __or__(self, beside: "Stage | Pipeline") -> "Pipeline":
        from ._pipeline import Pipeline  # noqa: PLC0415

        return Pipeline(self) | beside

    def __repr__(self) -> str:
        return f"<Stage {self.name}: {self.title}>"

    @property
    def title(self) -> str:
        """What it runs."""
        return type(self.solver).__name__ if self.solver else self.function.__name__


def read(source: Output, answers: Mapping[str, Any]) -> Any:
    """Return what a stage gave."""
    answer = answers[source.stage.name]
    if not source.name:
        return answer
    return answer[source.name] if isinstance(answer, dict) else getattr(answer, source.name)


def stage(
    *, takes: Mapping[str, str] | None = None, gives: Mapping[str, Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Stage]]:
    """Make stages of a function, as a decorator (experimental).

    Parameters
    ----------
    takes, gives : mapping of str to str, optional
        As in :class:`Stage`.

    Returns
    -------
    callable
        The decorator: what it makes of the function takes the inputs of a :class:`Stage`.

    Examples
    --------
    >>> @stage(gives={"time": "s"})
    ... def request(first: float, each: float, tokens: int = 256) -> float:
    ...     '''Time of a whole request.
    ...
    ...     Parameters
    ...     ----------
    ...     first, each : float
    ...         Time of the first token, and of each after it. [s]
    ...     tokens : int
    ...         How many there are.
    ...     '''
    ...     return first + (tokens - 1) * each
    >>> request(first=0.5)
    <Stage request: request>
    """
    return lambda function: partial(Stage, function, takes=takes, gives=gives)


def _called(of: Any) -> tuple[Solver | None, Callable[..., Any]]:
    if isinstance(of, type) and issubclass(of, Solver):
        of = of()
    if isinstance(of, Solver):
        return of, type(of).solve  # type: ignore[attr-defined]
    if callable(of) and (inspect.isfunction(of) or inspect.ismethod(of)):
        return None, of
    raise InputTypeError(f"a stage is made of a solver or a function, got {of!r:.80}")


def _named(of: Any) -> str:
    if isinstance(of, Solver):
        of = type(of)
    plain = re.sub(r"(Model|Solver|Optimizer)$", "", of.__name__)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).lower().strip("_<>") or "stage"


def _others(stage: Stage, port: Port, user: str, key: str) -> str:
    """Name the values of a stage that would do."""
    fitting = [
        name
        for name, given in stage.gives.items()
        if "anything" not in given.kinds and goes_into(given, port, user, key)
    ]
    close = nearest(key, fitting) or fitting[:4]
    return f"; {stage.name} gives such as {', '.join(close)}" if close else ""
