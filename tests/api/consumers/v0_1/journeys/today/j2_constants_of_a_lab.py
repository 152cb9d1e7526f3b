"""A lab that reads values and does its own sums."""

from mlsysim import Hardware, Models, Systems

for device in (Hardware.Cloud.H100, Hardware.Cloud.A100, Hardware.Cloud.T4):
    peak = device.compute.peak_flops.m_as("TFLOPs/s")
    bandwidth = device.memory.bandwidth.m_as("GB/s")
    capacity = device.memory.capacity.m_as("GB")
    print(f"{device.name}: {peak:.0f} TFLOP/s, {bandwidth:.0f} GB/s, {capacity:.1f} GB")
    print(f"  {device.tdp.m_as('W'):.0f} W, ridge at {peak * 1e3 / bandwidth:.0f} FLOP/B")
    assert peak > 10 and bandwidth > 100 and capacity > 10

assert Hardware.Cloud.H100.compute.peak_flops > Hardware.Cloud.A100.compute.peak_flops
assert Hardware.Edge.JetsonOrinNX.memory.capacity.m_as("KiB") > 1e6
assert Hardware.Mobile.iPhone15Pro.tdp is None or Hardware.Mobile.iPhone15Pro.tdp.m_as("W") < 50
assert Hardware.Tiny.ESP32_S3.memory.capacity.m_as("KiB") < 64 * 1024
assert 25e6 < Models.ResNet50.parameters.m_as("count") < 26e6
assert Models.Tiny.DS_CNN.parameters.m_as("count") < 1e6

bandwidth = Systems.Fabrics.InfiniBand_NDR.bandwidth
gradients = Models.Llama3_8B.size_in_bytes("fp16")
ranks = 64
ring = 2 * (ranks - 1) / ranks * gradients / bandwidth
print(f"gradients over {ranks} ranks: {ring.to('ms'):.1f~P}")
assert ring.check("[time]")

parallel = 0.95
print(f"Amdahl: {1 / ((1 - parallel) + parallel / 64):.1f}x")
