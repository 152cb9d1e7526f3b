"""A cluster and a grid by their nested names."""

from mlsysim import Infrastructure, Systems
from mlsysim.infrastructure.registry import Infra
from mlsysim.solvers import DistributedModel, SustainabilityModel

cluster = Systems.Clusters.Research_256
grid = Infrastructure.Grids.Quebec
assert grid is Infra.Grids.Quebec
assert grid.carbon_intensity_g_kwh < Infra.Grids.Poland.carbon_intensity_g_kwh
used = SustainabilityModel().solve(
    fleet=cluster, duration_days=7, grid=grid, pue=1.1, network_power="100 W"
)
print(used.total_energy_kwh, used.carbon_footprint)
step = DistributedModel().solve(model="Llama3_8B", fleet=cluster, batch_size=256, tp_size=8)
assert step.feasible
