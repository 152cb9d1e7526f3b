"""The search for the best strategy, as a solver."""

from typing import Any, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec, NodeSpec, SystemSpec

from ._distributed import DistributedModel
from ._strategy_search import SearchResult, search

__all__ = ["ParallelismOptimizer"]


class ParallelismOptimizer(Solver):
    """The best of all strategies of a training step: :func:`search` as a solver.

    References
    ----------
    .. [1] M. Isaev, N. McDonald, L. Dennison, and R. Vuduc, "Calculon: A methodology and tool
       for high-level co-design of systems and large language models," in SC, 2023.
       doi:10.1145/3581784.3607102.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        *DistributedModel.assumptions,
        "every valid strategy is tried, with one-forward-one-backward schedules",
    )
    bounds: ClassVar[str] = DistributedModel.bounds
    _former: ClassVar[Inputs] = {"fleet": Renamed("system"), "overlap_comm": Renamed("overlap")}

    def solve(
        self,
        model: ModelSpec | str,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        batch_size: int,
        precision: Precision = "bf16",
        efficiency: float | None = None,
        *,
        max_tp: int | None = None,
        max_pp: int | None = None,
        overlap: bool | str | tuple[str, ...] = True,
        **settings: Any,
    ) -> SearchResult:
        """Find the best strategy.

        Parameters
        ----------
        model, system, batch_size, precision, efficiency
            As in :meth:`DistributedModel.solve`.
        max_tp, max_pp : int, optional
            Most ranks of tensor parallelism, and most stages; no limit if not given.
        overlap : bool, str or tuple of str
            As in :meth:`DistributedModel.solve`.
        **settings
            The other keywords of :func:`search`.

        Returns
        -------
        SearchResult
            The best, the runners-up, and the front of time and memory.

        Raises
        ------
        InputError
            If no strategy is valid, or none fits.
        """
        for sizes, name, most in (("tp_sizes", "max_tp", max_tp), ("pp_sizes", "max_pp", max_pp)):
            if most is None:
                continue
            if sizes in settings:
                raise InputError(f"give {sizes} or {name}, but not both")
            settings[sizes] = range(1, whole_number(name, most) + 1)
        return search(model, system, batch_size, precision, efficiency, overlap=overlap, **settings)
