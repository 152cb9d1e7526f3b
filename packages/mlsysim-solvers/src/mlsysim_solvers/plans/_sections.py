"""What a plan may say: of the work, of the place, of the machines and of their prices."""

from typing import Annotated, Any, Literal

from mlsysim_core import Engine
from mlsysim_core.errors import nearest
from pydantic import BeforeValidator, Field

from ..fleet._economics import EconomicsModel
from ..fleet._sustainability import SustainabilityModel
from ..serving._serving import ServingModel
from ..training._distributed import DistributedModel
from ..training._goodput import training_run
from ._fields import entry, refused, section

__all__ = ["KINDS", "Economics", "Machines", "Pass", "Place", "Serving", "Training", "Workload"]

_COSTS = (SustainabilityModel.solve, EconomicsModel.solve)


def _kind(name: str, about: str) -> Any:
    return Literal[name], Field(name, description=about)


Pass: Any = section(
    "Pass",
    "One forward pass of a batch.",
    [Engine.solve],
    without=("model", "hardware", "is_training", "recompute", "optimizer"),
    optional=("precision",),  # the one that the model was made in
    kind=_kind("pass", "One pass: a decode step, a prefill, or a batch of samples."),
)
Serving: Any = section(
    "Serving",
    "A batch of requests, from the first token to the last.",
    [ServingModel.solve],
    without=("model", "hardware"),
    kind=_kind("serving", "Requests from the first token to the last."),
    replicas=(
        Annotated[int, Field(strict=True, gt=0)] | None,
        Field(
            None,
            description="Copies of the model, each on devices of its own; as many as the "
            "system holds, or one on a bare device, if not given.",
        ),
    ),
)
Training: Any = section(
    "Training",
    "Training steps, or with items a whole run, failures included.",
    [DistributedModel.solve, training_run],
    without=("model", "system", "step"),
    optional=("items",),
    kind=_kind("training", "A training step, or with items a whole run."),
)
KINDS = {"pass": Pass, "serving": Serving, "training": Training}
"""Kinds of work by the name that a plan calls them."""


def _tagged(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    tagged = {"kind": "pass", **value}
    if tagged["kind"] not in tuple(KINDS):
        close = nearest(str(tagged["kind"]), KINDS, count=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise refused(f"choose {', '.join(KINDS)}; got {tagged['kind']!r:.60}{hint}")
    return tagged


Workload: Any = Annotated[
    Pass | Serving | Training, Field(discriminator="kind"), BeforeValidator(_tagged)
]

Place: Any = section(
    "Place",
    "Where the machines stand: the electricity there, and the building.",
    _COSTS,
    only=(
        *("grid", "operator", "pue", "wue", "carbon_intensity", "electricity_price"),
        *("hourly_shape", "start_hour"),
    ),
    region=(
        entry("region") | None,
        Field(None, description="A region of a cloud, in place of the grid."),
    ),
)
Machines: Any = section(
    "Machines",
    "What the machines draw, what making them emitted, and how long they live.",
    _COSTS,
    only=(
        *("device_power", "load", "host_power", "network_power"),
        *("embodied_carbon", "lifetime_years", "utilization"),
    ),
    optional=("load",),  # what the prediction draws
)
Economics: Any = section(
    "Economics",
    "What the machines cost, bought or rented.",
    _COSTS,
    only=(
        *("device_price", "node_price", "network_price", "maintenance"),
        *("hourly_price", "cloud_offer"),
    ),
)
