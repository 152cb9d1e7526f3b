"""A drone with a chip of its own."""

from mlsysim import CNNWorkload, Engine, Models, ureg
from mlsysim.hardware.types import ComputeCore, HardwareNode, MemoryHierarchy

npu = HardwareNode(
    name="DroneNPU",
    release_year=2026,
    compute=ComputeCore(
        peak_flops=10 * ureg.TFLOPs / ureg.second,
        precision_flops={"int8": 20 * ureg.TFLOPs / ureg.second},
    ),
    memory=MemoryHierarchy(capacity=2 * ureg.GB, bandwidth=25 * ureg.GB / ureg.second),
    tdp=8 * ureg.watt,
)
now = Engine.solve(Models.MobileNetV2, npu, batch_size=1, precision="int8")
wider = npu.model_copy(update={"memory": MemoryHierarchy(capacity="2 GB", bandwidth="50 GB/s")})
assert Engine.solve(Models.MobileNetV2, wider, precision="int8").latency <= now.latency

detector = CNNWorkload(
    name="detector", architecture="CNN", parameters=3 * ureg.Mparam, layers=60,
    inference_flops=8.7 * ureg.GFLOPs,
)
assert Engine.solve(detector, npu, precision="int8").feasible
assert not Engine.solve(Models.Llama3_8B, npu).feasible
