"""Evening six: a fleet of one's own, its steps, its failures and its bill."""

from mlsysim import (
    CheckpointModel,
    EconomicsModel,
    Fleet,
    Hardware,
    Infra,
    Models,
    NetworkFabric,
    Node,
    ReliabilityModel,
    SustainabilityModel,
    ureg,
)
from mlsysim.core.solver import DistributedModel

node = Node(
    name="DGX", accelerator=Hardware.H100, accelerators_per_node=8,
    intra_node_bw=450 * ureg.GB / ureg.second, nics_per_node=8,
)
fabric = NetworkFabric(
    name="NDR", topology="fat-tree", bandwidth=50 * ureg.GB / ureg.second, latency="1 us"
)
fleet = Fleet(name="mine", node=node, count=32, fabric=fabric)
assert fleet.total_accelerators == 256

step = DistributedModel().solve(
    model=Models.Llama3_8B, fleet=fleet, batch_size=512, tp_size=8, pp_size=1, microbatch_count=2
)
print(step.step_latency_total, step.effective_throughput, step.bubble_fraction, step.parallelism)
assert step.parallelism["dp"] == 32

where = {"grid": Infra.Grids.Quebec, "pue": 1.1, "host_power": "4 kW", "network_power": "100 W"}
month = EconomicsModel().solve(
    fleet=fleet, duration_days=30, kwh_price=0.1, amortization_years=3,
    node_price="300000 USD", network_price="20000 USD", **where,
)
print(month.tco_usd, month.capex_usd, month.opex_energy_usd, month.total_energy_kwh)
clean = SustainabilityModel().solve(fleet=fleet, duration_days=30, **where)
print(clean.carbon_footprint_kg, clean.it_energy_kwh, clean.region_name)
assert clean.region_name == "Quebec"

run = ReliabilityModel().solve(
    fleet=fleet, job_duration_hours=720, checkpoint_time_s=60, avg_recovery_time_s=300,
    device_mtbf_hours=50_000,
)
print(run.fleet_mtbf, run.optimal_checkpoint_interval, run.goodput_ratio)
saved = CheckpointModel().solve(
    model=Models.Llama3_70B, hardware=Hardware.H100, n_writers=1, filesystem_limit_gbs=10
)
assert saved.storage_bottleneck in {True, False}
