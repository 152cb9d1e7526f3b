"""A pass that the engine has timed, as operators: for solvers that take it apart."""

from collections.abc import Iterable, Mapping
from typing import Any

from mlsysim_core.account import Account, add_up
from mlsysim_core.details import Details
from mlsysim_core.device import Machine
from mlsysim_core.formats import resolve
from mlsysim_core.operators import Lowered, Operator, Workload, lower_once
from mlsysim_core.specs import ModelSpec, Network

__all__ = ["lowered_pass", "time_kernels"]


def lowered_pass(
    model: ModelSpec, asked: Details, settings: Mapping[str, Any]
) -> tuple[Workload, Lowered]:
    """Lower what the engine was asked, as it did."""
    cache = settings.get("kv_precision")
    work = Workload.of(
        asked.phase,  # type: ignore[arg-type]
        float(asked.batch_size),
        float(asked.seq_len or 1),
        asked.precision,
        kv_precision=None if cache is None else resolve(cache, "kv_precision"),
        integer_activations=isinstance(model.architecture, Network),
    )
    return work, lower_once(model, work)


def time_kernels(
    lowered: Lowered, operators: Iterable[Operator], machine: Machine, efficiency: float | None
) -> tuple[Account, float]:
    """Time some operators, and what starting them takes; the memory holds what it must."""
    kernels = lowered._replace(
        operators=tuple(operators),
        weights=0.0,
        cache=0.0,
        activations=0.0,
        optimizer=0.0,
    )
    account = add_up(kernels, machine, efficiency, detailed=False)
    return account, float(account.launch - machine.per_call - machine.per_pass)
