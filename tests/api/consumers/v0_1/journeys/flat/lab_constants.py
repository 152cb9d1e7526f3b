"""A lab of the flat generation: constants, units and its own arithmetic."""

from mlsysim import Hardware, Models
from mlsysim.core.constants import A100_FLOPS_FP16_TENSOR, T4_FLOPS_FP16_TENSOR, Q_, ureg
from mlsysim.core.defaults import INFINIBAND_NDR_BW_GBS

assert A100_FLOPS_FP16_TENSOR > T4_FLOPS_FP16_TENSOR
assert INFINIBAND_NDR_BW_GBS == 50
h100 = Hardware.H100
assert h100.peak_flops == h100.compute.peak_flops
assert h100.memory_bw == h100.memory.bandwidth
print(h100.ridge_point(), h100.power_budget, h100.ram, h100.release_year)

flops = Models.ResNet50.inference_flops.m_as("flop")
weights = Models.ResNet50.parameters.m_as("count") * Q_(2, "byte")
time = max(flops / A100_FLOPS_FP16_TENSOR.m_as("flop/s"), 0) * ureg.second
assert 8.0e9 < flops < 8.4e9  # two for each multiply-accumulate
print(f"{weights.to('MB'):.1f~P} in {time.to('us'):.1f~P}")
