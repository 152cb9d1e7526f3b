"""The first page of the flat generation."""

import mlsysim
from mlsysim import Engine, Hardware, Models, SingleNodeModel

model, gpu = Models.ResNet50, Hardware.A100
perf = Engine.solve(model=model, hardware=gpu, batch_size=1, precision="fp16", efficiency=0.5)
print(f"{perf.bottleneck}: {perf.latency.to('ms'):~P}, {perf.throughput:~P}")
print(perf.latency_compute, perf.latency_memory, perf.latency_overhead, perf.arithmetic_intensity)
print(perf.summary(), perf.energy_per_inference, perf.memory_footprint)
assert SingleNodeModel().solve(model, gpu, 1, "fp16", 0.5) == perf
assert perf.latency.m_as(mlsysim.ureg.ms) > 0

for row in Engine.sweep(model, [Hardware.A100, Hardware.H100], [1, 8], ["fp16"]):
    print(row.hardware, row.batch_size, row.latency)
