"""The first page of the nested generation."""

from mlsysim import Engine
from mlsysim.hardware.registry import Hardware
from mlsysim.models.registry import Models

model, gpu = Models.Language.Llama3_8B, Hardware.Cloud.H100
for batch in (1, 32, 256):
    perf = Engine.solve(model=model, hardware=gpu, batch_size=batch, precision="fp16")
    print(batch, perf.bottleneck, f"{perf.latency.m_as('ms'):.2f} ms", perf.feasible)
assert Models.Vision.ResNet50.parameters.m_as("count") > 2.5e7
assert Hardware.Workstation.DGX_Spark.memory.capacity.m_as("GB") > 100
assert Models.Language.Llama3_405B.parameters > Models.Language.Llama3_70B.parameters
