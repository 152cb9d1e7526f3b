"""A plan: what runs, on what, where, at what price, and what must hold."""

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from mlsysim_core.specs import HardwareSpec, ModelSpec, NodeSpec, SystemSpec
from mlsysim_core.specs._base import Spec
from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from ._fields import found, quantity_text, refused
from ._problems import PlanError, Problem
from ._sections import Economics, Machines, Place, Workload

if TYPE_CHECKING:
    from ._assertions import Assertion
    from ._result import PlanResult
    from ._yaml import Document

__all__ = ["Plan"]

_FORMER = {
    "ops": "write place and duration",
    "constraints": "write assert",
    "fleet": "write system",
    "nodes": "write system, with its nodes",
    "accelerators": "write system, with its nodes",
}
"""Keys of plans of other tools, and what to write instead."""


def _named(*kinds: Any, others: Mapping[Any, str]) -> Any:
    """Take the name of an entry for the entry; say of others where they belong."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return found(value, *kinds)
        except ValueError as failure:
            for kind, key in others.items():
                try:
                    found(value, kind)
                except ValueError:
                    continue
                what = "device" if kind == "hardware" else kind
                raise refused(f"{value} is a {what}: write {key}: {value}") from None
            raise failure from None

    return BeforeValidator(read)


def _group(value: Any) -> str:
    written = "node" in value if isinstance(value, Mapping) else isinstance(value, SystemSpec)
    return "cluster" if written else "node"


class Plan(Spec):
    """What runs, on what, where, at what price, and what must hold (experimental).

    Read one from a file with :meth:`load`, or make one:

    >>> from mlsysim_core import HardwareSpec, ModelSpec
    >>> plan = Plan(
    ...     model=ModelSpec(name="m", architecture={"kind": "totals", "parameters": 10**9}),
    ...     hardware=HardwareSpec(
    ...         name="chip",
    ...         compute={"peak": {"fp16": "200 TFLOP/s"}},
    ...         memory={"capacity": "48 GB", "bandwidth": "1 TB/s"},
    ...     ),
    ...     assertions=["latency < 5 ms", "bottleneck == 'Memory'"],
    ... )
    >>> plan.evaluate().passed
    True
    """

    __slots__ = ("_document",)

    model_config = ConfigDict(populate_by_name=True)
    former: ClassVar[Mapping[str, str]] = _FORMER

    version: Literal[1] = Field(1, description="Of the form of plans.")
    name: str = Field("", description="What to call it; that of the file if not given.")
    model: Annotated[
        ModelSpec, _named("model", others={}), Field(description="What runs: a name, or a spec.")
    ]
    hardware: (
        Annotated[HardwareSpec, _named("hardware", others={"node": "system", "system": "system"})]
        | None
    ) = Field(None, description="The device: a name, or a spec. Give this, or system.")
    system: (
        Annotated[
            Annotated[NodeSpec, Tag("node")] | Annotated[SystemSpec, Tag("cluster")],
            Discriminator(_group),
            _named("system", "node", others={"hardware": "hardware"}),
        ]
        | None
    ) = Field(None, description="Devices that work together: a node or a cluster.")
    workload: Workload = Field(default_factory=dict, validate_default=True)
    duration: quantity_text("s") | None = Field(  # type: ignore[valid-type]
        None,
        description="For which everything runs; a year, or as long as the training run takes, "
        "if not given.",
    )
    place: Place | None = Field(None, description="Where the machines stand.")
    machines: Machines | None = Field(None, description="What they draw, and how long they live.")
    economics: Economics | None = Field(None, description="What they cost.")
    assertions: tuple[Annotated[str, Field(strict=True)], ...] = Field(
        (),
        alias="assert",
        description="What must hold: comparisons of what is reported, with units, such as "
        "latency < 20 ms.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.hardware is None) == (self.system is None):
            given = "both are" if self.hardware else "neither is"
            raise ValueError(f"give hardware or system: {given} given")
        if self.place is not None and self.place.grid and self.place.region:
            raise ValueError("give place.grid or place.region, which has a grid, but not both")
        return self

    @property
    def target(self) -> HardwareSpec | NodeSpec | SystemSpec:
        """What it runs on."""
        return self.hardware or self.system  # type: ignore[return-value]

    @property
    def device(self) -> HardwareSpec:
        """The device that does the work."""
        return self.hardware or self.system.accelerator  # type: ignore[union-attr]

    @classmethod
    def load(cls, path: "str | PathLike[str]") -> Self:
        """Read the plan of a YAML file.

        Parameters
        ----------
        path : str or path
            The file.

        Returns
        -------
        Plan
            What it says; everything in it has been checked but what only an evaluation can.

        Raises
        ------
        PlanError
            If it cannot be read, or anything in it is wrong, with file, line and column.
        """
        from ._files import load_plans  # noqa: PLC0415  # which makes plans

        plans = load_plans(path)
        if len(plans) != 1:
            raise PlanError(f"{path}: has {len(plans)} plans; load_plans reads them all")
        return plans[0]  # type: ignore[return-value]

    @classmethod
    def parse(cls, text: str, name: str = "plan") -> Self:
        """Read a plan as YAML text.

        Parameters
        ----------
        text : str
            What a file would say.
        name : str
            What to call the file in errors.

        Returns
        -------
        Plan
            As :meth:`load` returns it.

        Raises
        ------
        PlanError
            As :meth:`load` raises it.
        """
        from ._files import plans_in  # noqa: PLC0415

        plans = plans_in(text, name)
        if len(plans) != 1:
            raise PlanError(f"{name}: has {len(plans)} plans")
        return plans[0]  # type: ignore[return-value]

    @property
    def document(self) -> "Document | None":
        """The file that it is from, if it is from one."""
        return getattr(self, "_document", None)

    def problem(self, path: tuple[str | int, ...], message: str, offset: int = 0) -> Problem:
        """Say what is wrong with a part, and where it stands."""
        if self.document is not None:
            return self.document.problem(path, message, offset=offset)
        return Problem("", 0, 0, ".".join(map(str, path)), message)

    def checked(self) -> "tuple[Assertion, ...]":
        """Read the assertions.

        Raises
        ------
        PlanError
            If one cannot be understood, or names what is not reported.
        """
        from ._assertions import read  # noqa: PLC0415

        return read(self)

    def evaluate(self) -> "PlanResult":
        """Predict, and hold what is predicted against what is asserted.

        Returns
        -------
        PlanResult
            Feasibility, performance, and energy, carbon, water and cost; and a verdict on
            each assertion.

        Raises
        ------
        PlanError
            If something in the plan cannot be used, or what an assertion needs is unknown.
        """
        from ._evaluation import evaluate  # noqa: PLC0415

        return evaluate(self)
