"""Does it fit, on how many devices, for how many users, at what price?"""

from mlsysim import Engine, Hardware, Models
from mlsysim.solvers import (
    ContinuousBatchingModel,
    EconomicsModel,
    FitModel,
    InferenceScalingModel,
    ServingCapacityModel,
    TailLatencyModel,
)

for precision in ("fp16", "int8", "int4"):
    fit = FitModel().solve(Models.Llama3_70B, Hardware.H100, 4096, 1, precision)
    print(f"{precision}: {'fits' if fit.feasible else 'does not fit'}, {fit.min_devices} devices")
assert not Engine.solve("Llama3_70B", "H100").feasible
assert FitModel().solve("Llama3_70B", "H100").min_devices > 1

steady = ContinuousBatchingModel().solve(
    Models.Llama3_8B, Hardware.H100, seq_len=1024, output_len=256, max_batch_size=64
)
print(f"{steady.throughput_tokens_per_sec:.0f} tokens a second at {steady.itl:.1f~P}")
assert steady.feasible and steady.max_active_requests == 64

line = TailLatencyModel().solve(arrival_rate_qps=8, service_latency_ms=400, num_replicas=5)
assert line.p99_latency > line.p50_latency

plan = ServingCapacityModel().solve(
    "Llama3_8B", "H100", arrival_rate_qps=20, seq_len=1024, output_len=256, ttft_ms=2000, tpot_ms=50
)
print(plan.explain())

thought = InferenceScalingModel().solve("Llama3_8B", "H100", reasoning_steps=8)
assert thought.total_reasoning_time > thought.ttft

month = EconomicsModel().solve("H100", 30, devices=8, pue=1.2, electricity_price="0.1 USD/kWh")
print(f"{month.tco_usd:,.0f} USD to own, {month.opex_energy_usd:,.0f} USD of it electricity")
