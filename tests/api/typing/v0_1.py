"""User code that must type-check against the installed wheels. Never run."""

from typing import Literal, assert_type

import pint
from mlsysim import (
    Applications,
    Archetypes,
    Engine,
    Hardware,
    HardwareSpec,
    Models,
    ModelSpec,
    PerformanceProfile,
    Scenario,
    Scenarios,
    Systems,
    ureg,
)
from mlsysim.core.solver import ForwardModel
from mlsysim.solvers import DistributedModel, ServingModel
from mlsysim.solvers import ForwardModel as TheSame

assert_type(Hardware.H100, HardwareSpec)
assert_type(Hardware.A100, HardwareSpec)
assert_type(Hardware.Cloud.H100, HardwareSpec)
assert_type(Hardware.NVL72, HardwareSpec)
assert_type(Systems.Edge, HardwareSpec)
assert_type(Models.Llama3_70B, ModelSpec)
assert_type(Models.GPT2, ModelSpec)
assert_type(Models.Language.Llama3_8B, ModelSpec)
assert_type(Scenarios.ChatbotServing, Scenario)
assert_type(Applications.Doorbell, Scenario)
assert_type(Archetypes.Cloud_V100, Scenario)

profile = Engine.solve(
    model=Models.GPT2, hardware="A100", batch_size=8, precision="fp16", efficiency=0.4
)
assert_type(profile, PerformanceProfile)
assert_type(profile.bottleneck, Literal["Compute", "Memory"])
assert_type(profile.mfu, float)
assert_type(profile.feasible, bool)
latency: "pint.Quantity[float]" = profile.latency
throughput: "pint.Quantity[float]" = profile.throughput
energy: "pint.Quantity[float]" = profile.energy
registry: "pint.UnitRegistry[float]" = ureg
by_position: PerformanceProfile = Engine.solve("GPT2", Hardware.A100, 8, "int4", 1.0)
training: PerformanceProfile = Engine.solve("GPT2", "A100", is_training=True)
solvers: list[type] = [ForwardModel, TheSame, DistributedModel, ServingModel]

Engine.solve("GPT2", "A100", precision="fp7")  # type: ignore[arg-type]
Engine.solve("GPT2", "A100", batch_size="8")  # type: ignore[arg-type]
Engine.solve("GPT2")  # type: ignore[call-arg]
Hardware.H10  # type: ignore[attr-defined]
Models.Llama3  # type: ignore[attr-defined]
