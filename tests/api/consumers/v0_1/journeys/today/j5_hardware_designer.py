"""A device that does not exist yet, and what to change about it."""

from mlsysim import Engine, HardwareSpec, Models
from mlsysim.solvers import DSE, SensitivitySolver, Space, SynthesisSolver

drone = HardwareSpec(
    name="drone-npu",
    compute={"peak": {"fp16": "10 TFLOP/s", "int8": "20 TFLOP/s"}},
    memory={"capacity": "2 GB", "bandwidth": "25 GB/s"},
    tdp="8 W",
)
now = Engine.solve(Models.YOLOv8_Nano, drone, precision="int8")
wider = drone.model_copy(update={"memory.bandwidth": "50 GB/s"})
then = Engine.solve(Models.YOLOv8_Nano, wider, precision="int8")
assert then.latency <= now.latency
assert wider.compute == drone.compute and wider != drone

found = SensitivitySolver().solve(Models.YOLOv8_Nano, drone, precision="int8")
print(found.binding_constraint, found.sensitivities)
assert found.sensitivities

target = now.latency * 0.8
made = SynthesisSolver().solve(Models.YOLOv8_Nano, drone, target, precision="int8")
assert made.profile().latency.m_as("ms") <= target.m_as("ms") * 1.001

space = Space(["ResNet50", "MobileNetV2"], [drone, wider], batch_size=[1, 2, 4, 8])
best = DSE(space, "maximize throughput", "latency < 200 ms").best()
print(best)

swept = Engine.sweep([Models.ResNet50], [drone, wider], [1, 8], ["fp16", "int8"])
assert len(swept) == 8 and all(point.feasible for point in swept)
