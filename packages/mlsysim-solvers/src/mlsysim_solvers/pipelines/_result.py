"""What came of a pipeline: the answer of each stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mlsysim_core.errors import InputError, nearest

from ._ports import Port

if TYPE_CHECKING:
    from ._stage import Stage

__all__ = ["PipelineResult"]


@dataclass(frozen=True, kw_only=True, repr=False)
class PipelineResult:
    """The answers of the stages of a pipeline, by name."""

    stages: "tuple[Stage, ...]"
    answers: Mapping[str, Any]
    """What each stage answered, by its name; a mapping for functions that return values."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def __getitem__(self, name: str) -> Any:
        """Return the answer of a stage, or one value of it as a quantity: ``"run.seconds"``.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        stage_name, _, value = str(name).partition(".")
        known = {one.name: one for one in self.stages}
        if stage_name not in known:
            raise InputError(f"no stage is called {stage_name!r}{_hint(stage_name, known)}")
        answer = self.answers[stage_name]
        if not value:
            return answer
        gives = known[stage_name].gives
        if value not in gives:
            raise InputError(f"stage {stage_name} gives no {value}{_hint(value, gives)}")
        found = answer[value] if isinstance(answer, dict) else getattr(answer, value)
        return _with_unit(found, gives[value])

    def explain(self) -> str:
        """Say where each stage's answer comes from."""
        parts = []
        for one in self.stages:
            answer = self.answers[one.name]
            if isinstance(answer, dict):
                lines = [f"{key}: {self[f'{one.name}.{key}']}" for key in answer]
                parts.append("\n".join((f"{one.name}:", *lines)))
            else:
                parts.append(f"{one.name}: {answer.explain()}")
        return "\n\n".join(parts)

    def __repr__(self) -> str:
        return f"<PipelineResult of {', '.join(self.answers)}>"


def _hint(word: str, known: Any) -> str:
    close = nearest(word, known)
    return f"; did you mean {' or '.join(close)}?" if close else f"; there are {', '.join(known)}"


def _with_unit(value: Any, port: Port) -> Any:
    if not port.unit or isinstance(value, str | bool) or not isinstance(value, int | float):
        return value
    from mlsysim_core.units import ureg  # noqa: PLC0415

    return ureg.Quantity(value, port.unit)
