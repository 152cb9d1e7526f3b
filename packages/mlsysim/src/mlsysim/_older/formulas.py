"""Formulas by their old names and arguments: the physics of today, with units put back on."""

import math
from collections.abc import Callable
from functools import partial
from inspect import Parameter, Signature
from typing import Any

from mlsysim_core.deprecation import Deprecated
from mlsysim_core.physics.checkpoints import checkpoint_size
from mlsysim_core.physics.collectives import (
    all_to_all_traffic,
    point_to_point_time,
    ring_allreduce_time,
    ring_gather_time,
    tree_allreduce_time,
)
from mlsysim_core.physics.failures import failure_probability, joint_mtbf
from mlsysim_core.physics.pipeline import bubble_fraction
from mlsysim_core.physics.queueing import offered_load, wait_quantile
from mlsysim_core.physics.reliability import checkpoint_interval, fleet_mtbf
from mlsysim_core.physics.roofline import arithmetic_intensity, compute_time, memory_time
from mlsysim_core.physics.scaling import training_operations

__all__ = ["DEPRECATED", "REMOVED"]


def _training_time(work: float, devices: float, peak: float, fraction: float) -> Any:
    return compute_time(work / devices, peak, fraction)


def _tree(size: float, ranks: float, bandwidth: float, latency: float) -> Any:
    return tree_allreduce_time(size, math.ceil(math.log2(ranks)), bandwidth, latency)


def _all_to_all(size: float, ranks: float, bandwidth: float, latency: float) -> Any:
    return point_to_point_time(all_to_all_traffic(size, ranks), bandwidth, (ranks - 1) * latency)


def _hierarchical(
    size: float,
    nodes: float,
    devices: float,
    inside: float,
    between: float,
    latency_inside: float,
    latency_between: float,
) -> Any:
    # Scattered within nodes, summed between them, and gathered within nodes again.
    local = 2 * ring_gather_time(size, devices, inside, latency_inside)
    return local + ring_allreduce_time(size / devices, nodes, between, latency_between)


def _node_mtbf(*parts: float | None) -> Any:
    known = [
        fleet_mtbf(mtbf, count)
        for mtbf, count in zip(parts[::2], parts[1::2], strict=True)
        if mtbf is not None and count
    ]
    total = known[0]
    for one in known[1:]:
        total = joint_mtbf(total, one)
    return total


def _bottleneck(work: float, size: float, peak: float, bandwidth: float) -> dict[str, Any]:
    arithmetic, movement = compute_time(work, peak) * 1e3, memory_time(size, bandwidth) * 1e3
    longer, shorter = max(arithmetic, movement), min(arithmetic, movement)
    return {
        "compute_ms": arithmetic,
        "memory_ms": movement,
        "bottleneck": "Compute" if arithmetic >= movement else "Memory",
        "ratio": longer / shorter if shorter else math.inf,
        "intensity": arithmetic_intensity(work, size) if size else math.inf,
    }


def _waits(arrivals: float, rate: float, servers: float) -> tuple[float, Any, Any]:
    load = offered_load(arrivals, 1.0 / rate) / servers
    median, late = (
        _quantity(wait_quantile(chance, arrivals, 1.0 / rate, servers) if load < 1 else math.inf)
        for chance in (0.5, 0.01)
    )
    return min(load, 1.0), median, late


_COLLECTIVE = "message_bytes[byte] n_gpus[] bandwidth_bytes_s[byte/s] latency_s[s]"
_TRAINING = "total_ops[flop] num_devices[] peak_flops_per_device[flop/s] efficiency_eta[]"
_TWO_LEVELS = (
    "message_bytes[byte] n_nodes[] gpus_per_node[] intra_node_bw[byte/s] inter_node_bw[byte/s] "
    "intra_node_lat[s]=5e-7 inter_node_lat[s]=5e-6"
)
_PARTS = (
    "gpu_mtbf_h[hour] n_gpus[] nic_mtbf_h[hour] n_nics[] psu_mtbf_h[hour] n_psus[] "
    "other_mtbf_h[hour]= n_other[]=0"
)
_PHYSICS = "mlsysim_core.physics"

_FORMULAS: dict[str, tuple[str, Callable[..., Any], str, str]] = {
    "calc_all_to_all_time": (_COLLECTIVE, _all_to_all, "s", "collectives"),
    "calc_bottleneck": (
        "ops[flop] model_bytes[byte] device_flops[flop/s] device_bw[byte/s]",
        _bottleneck,
        "",
        "roofline",
    ),
    "calc_checkpoint_size": (
        "n_params[count] bytes_per_param[byte]=14",
        checkpoint_size,
        "byte",
        "checkpoints",
    ),
    "calc_failure_probability": (
        "mtbf[s] job_duration[s]",
        lambda mtbf, duration: failure_probability(duration, mtbf),
        "",
        "failures",
    ),
    "calc_hierarchical_allreduce_time": (
        _TWO_LEVELS,
        _hierarchical,
        "s",
        "collectives",
    ),
    "calc_mtbf_cluster": (
        "component_mtbf_hours[hour] n_components[]",
        fleet_mtbf,
        "hour",
        "reliability",
    ),
    "calc_mtbf_node": (
        _PARTS,
        _node_mtbf,
        "hour",
        "failures",
    ),
    "calc_pipeline_bubble": (
        "n_stages[] n_microbatches[] v_stages[]=1",
        bubble_fraction,
        "",
        "pipeline",
    ),
    "calc_queue_latency_mmc": (
        "arrival_rate_hz[Hz] service_rate_hz[Hz] num_servers[]",
        _waits,
        "",
        "queueing",
    ),
    "calc_ring_allreduce_time": (_COLLECTIVE, ring_allreduce_time, "s", "collectives"),
    "calc_training_time": (_TRAINING, _training_time, "s", "roofline"),
    "calc_training_time_days": (
        _TRAINING,
        lambda *work: _training_time(*work) / 86400,
        "",
        "roofline",
    ),
    "calc_transformer_training_flops": (
        "n_params[count] n_tokens[]",
        lambda parameters, tokens: training_operations(parameters, tokens, 6.0),
        "flop",
        "scaling",
    ),
    "calc_tree_allreduce_time": (_COLLECTIVE, _tree, "s", "collectives"),
    "calc_young_daly_interval": (
        "checkpoint_cost_s[s] mtbf_s[s]",
        checkpoint_interval,
        "s",
        "reliability",
    ),
    "dTime": (_TRAINING, _training_time, "s", "roofline"),
}
"""Arguments, each with the unit of a plain number; formula; unit; module that has its like."""


def _quantity(number: float, unit: str = "s") -> Any:
    from mlsysim_core.units import ureg  # noqa: PLC0415  # only whoever asks needs pint

    return ureg.Quantity(number, unit)


def _formula(name: str) -> Callable[..., Any]:
    text, function, unit, _ = _FORMULAS[name]
    parts = [part.partition("=") for part in text.split()]
    units = {one.partition("[")[0]: one.partition("[")[2].rstrip("]") for one, _, _ in parts}
    signature = Signature(
        [
            Parameter(
                argument,
                Parameter.POSITIONAL_OR_KEYWORD,
                default=_default(default) if given else Parameter.empty,
            )
            for argument, (_, given, default) in zip(units, parts, strict=True)
        ]
    )

    def formula(*arguments: Any, **named: Any) -> Any:
        bound = signature.bind(*arguments, **named)
        bound.apply_defaults()
        values = [_plain(value, units[name]) for name, value in bound.arguments.items()]
        found = function(*values)
        return _quantity(found, unit) if unit else found

    formula.__name__ = formula.__qualname__ = name
    formula.__signature__ = signature  # type: ignore[attr-defined]
    return formula


def _default(text: str) -> float | None:
    return float(text) if text else None


def _plain(value: Any, unit: str) -> Any:
    return value.m_as(unit) if hasattr(value, "m_as") else value


DEPRECATED = {
    name: Deprecated(target=partial(_formula, name), use=f"import {_PHYSICS}.{module}")
    for name, (_, _, _, module) in _FORMULAS.items()
}
"""Name to what it stands for."""

REMOVED = {
    "calc_activation_memory": "Engine.solve(..., is_training=True).details.activations",
    "calc_amdahls_speedup": "1 / ((1 - part) + part / speedup)",
    "calc_availability_stacked": "1 - (1 - availability) ** replicas",
    "calc_effective_flops": "peak * mfu * scaling * goodput",
    "calc_fleet_tco": "mlsysim.solvers.EconomicsModel().solve(...)",
    "calc_kv_cache_size": "mlsysim.solvers.FitModel().solve(...).memory.cache",
    "calc_monthly_egress_cost": "bytes * mlsysim.Systems.Storage.S3_Standard.egress_price",
    "calc_network_latency_ms": "2 * distance / (200_000 km/s)",
    "calc_paged_kv_cache_size": "ContinuousBatchingModel().solve(...).paged_kv_cache_size",
    "model_memory": "mlsysim.Models.Llama3_8B.size_in_bytes(precision)",
}
"""Name to what to write instead."""
