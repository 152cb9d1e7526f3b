"""A first look: one model on one device, then a larger batch, then a newer device."""

from mlsysim import Engine, Hardware, Models

profile = Engine.solve(
    model=Models.ResNet50, hardware=Hardware.A100, batch_size=1, precision="fp16", efficiency=0.5
)
print(profile.bottleneck, f"{profile.latency:.3f~P}", f"{profile.throughput:.1f~P}", profile.mfu)
assert profile.bottleneck in {"Compute", "Memory"}
assert 0 < profile.latency.to("ms").magnitude < 100
assert 0.999 < profile.latency.m_as("s") * profile.throughput.m_as("1/s") < 1.001

rates = []
for batch in (1, 2, 4, 8, 16, 32, 64, 128, 256):
    one = Engine.solve(Models.ResNet50, Hardware.A100, batch)
    rates.append(one.throughput.m_as("1/s"))
    print(batch, one.bottleneck, f"{one.throughput:.0f~P}", f"{one.mfu:.1%}")
assert rates[-1] > rates[0]

newer = Engine.solve("ResNet50", "H100", 64)
older = Engine.solve("ResNet50", "A100", 64)
assert newer.latency < older.latency
print(newer.explain())
