"""Six evenings of a study group, from a first roofline to a cluster."""

from mlsysim import Engine, Hardware, Models, Systems
from mlsysim.solvers import (
    CheckpointModel,
    CompressionModel,
    DistributedModel,
    EconomicsModel,
    FitModel,
    ReliabilityModel,
    ServingModel,
    SustainabilityModel,
)

print("1: one prediction")
print(Engine.solve("Llama3_8B", "H100", batch_size=32))

print("2: a roofline, and four machines")
for device in ("A100", "H100", "JetsonAGXOrin", "TPUv1"):
    one = Engine.solve(Models.ResNet50, device, 64, "int8")
    print(f"{device:14} {one.bottleneck:8} {one.throughput:.0f~P}")

print("3: the memory wall: prefill computes, decode reads")
serving = ServingModel().solve(
    model=Models.Llama3_8B, hardware=Hardware.H100, seq_len=2048, batch_size=8, precision="fp16"
)
print(f"first token {serving.ttft:.1f~P}, next {serving.itl:.2f~P}")
assert serving.ttft > serving.itl
assert Engine.solve("Llama3_8B", "H100", 8, phase="prefill").bottleneck == "Compute"
assert Engine.solve("Llama3_8B", "H100", 8).bottleneck == "Memory"

print("4: the cache, and narrower weights")
sizes = [Models.Llama3_70B.size_in_bytes(one).m_as("GB") for one in ("fp16", "int8", "int4")]
assert sizes[0] == 2 * sizes[1] == 4 * sizes[2]
short, long = (
    FitModel().solve(Models.Llama3_8B, Hardware.H100, length, 8).memory.cache
    for length in (1024, 4096)
)
assert long == 4 * short
smaller = CompressionModel().solve(Models.Llama3_8B, Hardware.H100, target_precision="int4")
assert smaller.compression_ratio == 4 and smaller.inference_speedup > 1

print("5: guessing ahead")
alone = ServingModel().solve("Llama3_70B", "B200", batch_size=1)
guessed = ServingModel().solve(
    "Llama3_70B", "B200", batch_size=1, draft_model="Llama3_8B", draft_acceptance_rate=0.7
)
assert guessed.itl < alone.itl

print("6: a cluster")
cluster = Systems.Clusters.Research_256
step = DistributedModel().solve(
    model=Models.Llama3_70B, system=cluster, batch_size=512, tp_size=8, pp_size=4,
    microbatch_count=64, recompute="full",
)
print(f"step {step.step_latency:.2f~P}, mfu {step.mfu:.1%}, bubble {step.bubble_fraction:.1%}")
assert 0 < step.mfu < 1
where = {"pue": 1.1, "network_power": "200 W", "grid": "Quebec"}
clean = SustainabilityModel().solve(cluster, 30, **where)
prices = {"node_price": "300000 USD", "network_price": "20000 USD"}
cost = EconomicsModel().solve(cluster, 30, electricity_price="0.1 USD/kWh", **where, **prices)
print(f"{clean.total_energy:.0f~P}, {cost.tco_usd:,.0f} USD")
run = ReliabilityModel().solve(cluster, 30, failure="Llama3_405B_Run", checkpoint_seconds=60)
assert 0 < run.goodput_ratio < 1
saved = CheckpointModel().solve("Llama3_70B", cluster, storage_bandwidth="100 GB/s")
assert saved.write_time_seconds > 0
