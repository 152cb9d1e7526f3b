"""A hidden cell of a chapter: everything by star, and sums with units."""

from mlsysim.core.constants import *
from mlsysim.core.formulas import calc_ring_allreduce_time, calc_training_time, calc_young_daly_interval

weights = 175 * BILLION * BYTES_FP16
assert weights.to(GB).magnitude == 350
print(calc_ring_allreduce_time(weights, 64, 50 * GB / second, 5 * US).to(ms))
days = calc_training_time(Q_(3.14e23, "flop"), 1024, 312 * TFLOPs / second, 0.45).to(day)
assert 24 < days.magnitude < 27
assert calc_young_daly_interval(60, 4 * SEC_PER_HOUR).check("[time]")
