"""The best strategy of a training step, found by trying all of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, ClassVar, Literal

from mlsysim_core._arguments import check_choice, whole_number
from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.arrays import numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.physics.energy import pass_energy
from mlsysim_core.specs import HardwareSpec, ModelSpec, NodeSpec, StackSpec, SystemSpec

from ._distributed import solve_layout
from ._job import Job
from ._layout import RECOMPUTATIONS, Layout, layout, overlaps
from ._ledger import ledger
from ._result import DistributedResult
from ._step import take
from ._strategy_space import COLUMNS, Space, Table, space, table

__all__ = ["Objective", "SearchResult", "fastest", "scores_of", "search"]

Objective = Literal["time", "memory", "energy"]
_OBJECTIVES = ("time", "memory", "energy")
_CHUNK = 16384
"""Strategies that are worked out at once: what a cache holds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult(Answer):
    """The best strategies, best first, and those that nothing beats in time and memory."""

    _former: ClassVar[Values] = {
        "best_config": "best.layout",
        "best_mfu": "best.mfu",
        "best_throughput": "best.throughput",
        "best_step_time": "best.step_latency",
        "total_searched": "tried",
        "search_space_size": "tried",
        "top_candidates": "ranked",
    }

    best: DistributedResult
    ranked: tuple[DistributedResult, ...]
    pareto: tuple[DistributedResult, ...]
    """Fastest first; each needs less memory than those before it."""
    tried: int
    """Valid strategies."""
    feasible: int
    """Strategies that fit."""
    objective: str
    elapsed: float
    """Time of the search. [s]"""

    @property
    def objective_value(self) -> float:
        """What the best one takes. [s], [byte] or [J]."""
        best = self.best
        found = {"time": best.seconds, "memory": best.footprint, "energy": best.joules}
        return float(found[self.objective] or math.nan)

    def why(self) -> str:
        """Say why the runner-up lost."""
        if len(self.ranked) < 2:  # a runner-up is the second
            return "there is no other strategy that fits"
        first, second = self.ranked[:2]
        differences = {name: second.parts[name] - seconds for name, seconds in first.parts.items()}
        name, most = max(differences.items(), key=lambda item: item[1])
        others = f"the runner-up ({_brief(second.layout)})"
        if math.isclose(first.seconds, second.seconds):
            return f"{others} is as fast as {_brief(first.layout)}, and was tried after it"
        share = (second.seconds / first.seconds - 1.0) * 100.0
        return (
            f"{others} takes {share:.2g} % longer than "
            f"{_brief(first.layout)}: its {name} takes {most * 1e3:.4g} ms more"
        )

    def __repr__(self) -> str:
        return (
            f"<SearchResult {_brief(self.best.layout)}: {self.best.seconds:.4g} s, "
            f"{self.feasible:,} of {self.tried:,} strategies fit>"
        )

    def explain(self) -> str:
        """Say what won, why, and where its time goes."""
        return f"{self!r}\n{self.why()}\n\n{self.best.explain()}"


def _brief(plan: Layout) -> str:
    return (
        f"tp{plan.tp} pp{plan.pp} v{plan.chunks} cp{plan.cp} ep{plan.ep} dp{plan.dp} "
        f"zero{plan.zero} micro-batch {plan.microbatch} {plan.recompute}"
    )


def search(
    model: ModelSpec | str,
    system: SystemSpec | NodeSpec | HardwareSpec | str,
    batch_size: int,
    precision: Precision = "bf16",
    efficiency: float | None = None,
    *,
    objective: Objective = "time",
    keep: int = 10,
    tp_sizes: Sequence[int] | None = None,
    pp_sizes: Sequence[int] | None = None,
    cp_sizes: Sequence[int] | None = (1,),
    ep_sizes: Sequence[int] | None = None,
    v_stages: Sequence[int] | None = None,
    microbatch_sizes: Sequence[int] | None = None,
    zero_stages: Sequence[int] = (0, 1, 2, 3),
    sequence_parallel: Sequence[bool] = (False, True),
    recompute: Sequence[str] | None = None,
    overlap: bool | str | tuple[str, ...] | None = None,
    max_memory: float | None = None,
    max_seconds: float | None = None,
    where: Callable[[dict[str, Any]], Any] | None = None,
    seq_len: int | None = None,
    stack: StackSpec | str | None = None,
    **settings: Any,
) -> SearchResult:
    """Find the best strategy by trying every valid one.

    Parameters
    ----------
    model, system, batch_size, precision, efficiency
        As in :meth:`DistributedModel.solve`.
    objective : str
        ``"time"`` of a step, ``"memory"`` of a device or ``"energy"`` of a step.
    keep : int
        Strategies to return.
    tp_sizes, pp_sizes, cp_sizes, ep_sizes, v_stages, microbatch_sizes : sequence of int
        What to try; everything that divides, where ``None``.
    zero_stages, sequence_parallel, recompute : sequence
        What to try. With fused attention ``"none"`` is the same as ``"selective"``, and left
        out where nothing is said.
    overlap : bool, str or tuple of str, optional
        As in :meth:`DistributedModel.solve`.
    max_memory : float, optional
        Bytes that a device may hold; its capacity if not given.
    max_seconds : float, optional
        Longest time of a step.
    where : callable, optional
        Gets the columns of many strategies (``tp``, ``pp``, …, ``seconds``, ``footprint``)
        as arrays, and returns which of them are welcome.
    seq_len, stack
        As in :meth:`DistributedModel.solve`.
    **settings
        ``flash_attention``, ``dropout``, ``optimizer``, ``lora_rank`` and
        ``gradient_precision`` of :meth:`DistributedModel.solve`.

    Returns
    -------
    SearchResult
        The best, the runners-up, and the front of time and memory.

    Raises
    ------
    InputError
        If no strategy is valid, or none fits.
    """
    started = perf_counter()
    np = numpy_or_error("searching strategies")
    check_choice("objective", objective, _OBJECTIVES)
    job = Job(model, system, precision, efficiency, seq_len=seq_len, stack=stack, **settings)
    if recompute is None:
        recompute = RECOMPUTATIONS[1:] if job.run.flash else RECOMPUTATIONS
    for one in recompute:
        check_choice("recompute", one, RECOMPUTATIONS)
    tried = Space(
        tp_sizes, pp_sizes, cp_sizes, ep_sizes, v_stages, microbatch_sizes,
        tuple(zero_stages), tuple(sequence_parallel), tuple(recompute),
    )  # fmt: skip
    devices = job.cluster.devices
    columns, keys = space(job, devices, whole_number("batch_size", batch_size), tried)
    overlapped = overlaps(overlap, job.run.habits.overlap)
    scores = scores_of(job, columns, table(job, keys), overlapped)
    limit = job.machine.capacity if max_memory is None else max_memory
    fits = scores["footprint"] <= limit
    if max_seconds is not None:
        fits &= scores["seconds"] <= max_seconds
    if where is not None:
        fits &= np.asarray(where({**dict(zip(COLUMNS, columns, strict=True)), **scores}))
    if not fits.any():
        least = float(scores["footprint"].min())
        raise InputError(
            f"none of {columns.shape[1]:,} strategies fits: the leanest holds {least / 1e9:.4g} GB "
            f"of {limit / 1e9:.4g} GB; more devices or a smaller batch would help"
        )
    target = {"time": "seconds", "memory": "footprint", "energy": "joules"}[objective]
    # Of equals the first in the list goes first: the same answer each time.
    order = np.lexsort((scores["seconds"], np.where(fits, scores[target], np.inf)))
    chosen = [int(one) for one in order[: min(keep, int(fits.sum()))]]

    def solved(index: int) -> DistributedResult:
        return solve_layout(job, _layout(job, columns[:, index], overlapped))

    ranked = tuple(solved(one) for one in chosen)
    return SearchResult(
        best=ranked[0],
        ranked=ranked,
        pareto=tuple(solved(one) for one in _front(np, scores, fits)),
        tried=columns.shape[1],
        feasible=int(fits.sum()),
        objective=objective,
        elapsed=perf_counter() - started,
    )


def fastest(job: Job, batch: int, tried: Space) -> DistributedResult | None:
    """Return the fastest strategy that fits, and none if none does."""
    np = numpy_or_error("searching strategies")
    columns, keys = space(job, job.cluster.devices, batch, tried)
    overlap = job.run.habits.overlap
    scores = scores_of(job, columns, table(job, keys), overlap)
    seconds = np.where(scores["footprint"] <= job.machine.capacity, scores["seconds"], np.inf)
    at = int(seconds.argmin())
    if seconds[at] == np.inf:
        return None
    return solve_layout(job, _layout(job, columns[:, at], overlap))


def scores_of(job: Job, columns: Any, blocks: Table, overlap: tuple[str, ...]) -> dict[str, Any]:
    """Work out time, memory and energy of every strategy, some thousands at once."""
    np = numpy_or_error("searching strategies")
    total = columns.shape[1]
    found = {name: np.empty(total) for name in ("seconds", "footprint", "joules")}
    machine = job.machine
    for start in range(0, total, _CHUNK):
        part = slice(start, min(start + _CHUNK, total))
        at = dict(zip(COLUMNS, columns[:, part], strict=True))
        block = blocks.block(at["block"].astype(np.intp))
        plan = job.plan(
            overlap,
            "1f1b",
            tp=at["tp"],
            pp=at["pp"],
            cp=at["cp"],
            ep=at["ep"],
            dp=at["dp"],
            chunks=at["chunks"],
            microbatches=at["microbatches"],
            zero=at["zero"],
            shard_group=at["dp"],
            sequence=at["sequence"] > 0.0,
        )
        step = take(block, job.sizes, job.cluster, plan)
        held = ledger(block, job.sizes, plan, machine.reserve, full=at["full"] > 0.0)
        seconds = step.latency
        found["seconds"][part] = seconds
        found["footprint"][part] = sum(held.values(), 0.0)
        if machine.power is not None:
            found["joules"][part] = job.cluster.devices * pass_energy(
                seconds, step.arithmetic, step.movement, machine.power, machine.idle
            )
        else:
            found["joules"][part] = np.nan
    return found


def _layout(job: Job, row: Any, overlap: tuple[str, ...]) -> Layout:
    at = {name: int(value) for name, value in zip(COLUMNS, row, strict=True)}
    return layout(
        job.model,
        job.cluster.devices,
        at["microbatch"] * at["microbatches"] * at["dp"],
        tp_size=at["tp"],
        pp_size=at["pp"],
        cp_size=at["cp"],
        ep_size=at["ep"],
        v_stages=at["chunks"],
        microbatch_count=at["microbatches"],
        zero_stage=at["zero"],
        sequence_parallel=bool(at["sequence"]),
        recompute=RECOMPUTATIONS[at["recompute"]],
        overlap=overlap,
        optimizer=job.optimizer,
    )


def _front(np: Any, scores: dict[str, Any], fits: Any) -> list[int]:
    """Return the strategies that no other beats in both time and memory, fastest first."""
    order = np.lexsort((scores["footprint"], np.where(fits, scores["seconds"], np.inf)))
    order = order[: int(fits.sum())]
    lowest = np.minimum.accumulate(scores["footprint"][order])
    better = np.concatenate(([True], lowest[1:] < lowest[:-1]))
    return [int(one) for one in order[better]]
