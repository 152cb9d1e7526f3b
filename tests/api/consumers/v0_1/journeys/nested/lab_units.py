"""A lab of the nested generation: units by name."""

from mlsysim.core.units import GB, Q_, TFLOPs, day, hour, kWh, param, second, ureg, watt
from mlsysim.physics import calc_bottleneck, calc_mtbf_cluster, calc_pipeline_bubble
from mlsysim.core.units import BILLION, BYTES_FP16

memory = 70 * BILLION * BYTES_FP16
assert memory.to(GB).magnitude == 140
assert (700 * watt * 24 * hour).to(kWh).magnitude == 16.8
found = calc_bottleneck(Q_(16e9, "flop"), 16 * GB, 989 * TFLOPs / second, 3350 * GB / second)
assert found["bottleneck"] == "Memory"
assert calc_mtbf_cluster(50_000, 1000).to(day).magnitude > 2
assert 0.27 < calc_pipeline_bubble(4, 8) < 0.28
assert (8 * BILLION * param).check(ureg.dimensionless)
