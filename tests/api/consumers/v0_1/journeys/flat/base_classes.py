"""A solver of one's own, on the bases of old."""

from mlsysim import Engine
from mlsysim.core.solver import BaseModel, BaseSolver, ForwardModel


class Halves(BaseModel):
    def solve(self, model, hardware, batch_size=1):
        return Engine.solve(model, hardware, batch_size).latency / 2


assert issubclass(Halves, ForwardModel) and issubclass(Halves, BaseSolver)
assert Halves().solve("ResNet50", "A100").m_as("ms") > 0
assert Halves.resolver_type() == "model"
