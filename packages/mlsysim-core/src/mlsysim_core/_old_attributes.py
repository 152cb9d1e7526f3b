"""Attributes that specs and profiles had in packages before this one, and what they are now."""

from collections.abc import Callable
from typing import Any

from .deprecation import OldAttribute, OldAttributes
from .formats import Precision, resolve, width
from .operators import Workload, lower_once
from .physics.roofline import ridge_point
from .specs import ModelSpec

__all__ = ["ATTRIBUTES", "operations_of"]

_STACK = "a StackSpec, such as mlsysim_registry.Stacks.vLLM: launches belong to the software"
_SOURCES = ".provenance"
_OPERATORS = "mlsysim.solvers.EconomicsModel().solve(..., operator=...): buildings have operators"


def _in_units(number: float, unit: str) -> Any:
    from .units import ureg  # noqa: PLC0415  # only whoever reads a quantity needs pint

    return ureg.Quantity(number, unit)


def operations_of(model: ModelSpec) -> Any:
    """Operations of the pass that the engine predicts for one sample, or one token."""
    from ._asked import settle_length, settle_phase  # noqa: PLC0415  # above the specs

    phase = settle_phase(model, None, False)
    length, _ = settle_length(model, None)
    work = Workload.of(phase, 1.0, float(length or 1), "fp16")
    return _in_units(float(lower_once(model, work).flops), "operation")


def _cache_size(model: ModelSpec) -> Callable[..., Any]:
    def get_kv_cache_size(seq_len: int, batch_size: int = 1, precision: Any = "fp16") -> Any:
        from ._arguments import check_batch_size, check_length  # noqa: PLC0415  # above the specs

        batch, length = check_batch_size(batch_size), check_length(seq_len)
        work = Workload.of("decode", float(batch), float(length), "fp16")
        cache = float(lower_once(model, work).cache)
        return _in_units(cache * width(precision) / work.cache, "byte")

    return get_kv_cache_size


def _ridge(hardware: Any) -> Callable[..., Any]:
    def ridge(precision: Precision = "fp16") -> Any:
        peak = hardware.compute.peak.number(resolve(precision))
        return _in_units(ridge_point(peak, hardware.memory.number("bandwidth")), "operation/byte")

    return ridge


def _peak(name: str) -> str:
    return f"compute.peak.{name}"


ATTRIBUTES: OldAttributes = {
    "HardwareSpec": {
        "battery_capacity": "battery",
        "dispatch_tax": OldAttribute(_STACK),
        "embodied_carbon_kg": OldAttribute(
            '.embodied_carbon.m_as("kgCO2e")', lambda chip: chip.embodied_carbon.m_as("kgCO2e")
        ),
        "fp8_flops": _peak("fp8"),
        "int4_flops": _peak("int4"),
        "int8_flops": _peak("int8"),
        "interconnect": "host_link",
        "memory_bw": "memory.bandwidth",
        "memory_capacity": "memory.capacity",
        "metadata": OldAttribute(_SOURCES),
        "peak_flops": "compute.peak_flops",
        "peak_flops_fp32": _peak("fp32"),
        "power_budget": "tdp",
        "ram": "memory.capacity",
        "release_year": "released",
        "ridge_point": OldAttribute(".compute.peak.fp16 / .memory.bandwidth", _ridge),
        "storage": OldAttribute("an entry of mlsysim.Systems.Storage: devices have no store"),
        "tf32_flops": _peak("tf32"),
        "unit_cost": "price",
    },
    "Memory": {
        "flash_bandwidth": OldAttribute(".flash.bandwidth of the device"),
        "flash_capacity": OldAttribute(".flash.capacity of the device"),
        "sram_bandwidth": "cache_bandwidth",
        "sram_capacity": "cache",
    },
    "ModelSpec": {
        "active_experts_per_token": "architecture.experts.top_k",
        "get_kv_cache_size": OldAttribute(
            "mlsysim.solvers.FitModel().solve(model, hardware, seq_len, batch_size).memory.cache",
            _cache_size,
        ),
        "hidden_dim": "architecture.hidden",
        "inference_flops": OldAttribute(
            "Engine.solve(model, hardware).details.flops", operations_of
        ),
        "lower": OldAttribute("Engine.solve(model, hardware).explain()"),
        "metadata": OldAttribute(_SOURCES),
        "model_size": OldAttribute(".size_in_bytes()", ModelSpec.size_in_bytes),
        "training_gpu_days": OldAttribute("mlsysim.solvers.training_run(...)"),
        "training_memory": OldAttribute(
            "mlsysim.solvers.DistributedModel().solve(model, system).memory"
        ),
        "training_ops": OldAttribute("mlsysim.solvers.ScalingModel().solve(...).compute_budget"),
    },
    "NodeSpec": {
        "accelerators_per_node": "accelerators",
        "intra_node_bw": "link_bandwidth",
        "nics_per_node": "ports",
        "psus_per_node": "power_supplies",
    },
    "SystemSpec": {"count": "nodes"},
    "FabricSpec": {"oversubscription_ratio": "oversubscription"},
    "GridSpec": {
        "carbon_intensity_g_kwh": OldAttribute(
            '.carbon_intensity.m_as("gCO2e/kWh")',
            lambda grid: grid.carbon_intensity.m_as("gCO2e/kWh"),
        ),
        "pue": OldAttribute(_OPERATORS),
        "wue": OldAttribute(_OPERATORS),
    },
    "RackSpec": {
        "cooling_type": "cooling",
        "power_kw": OldAttribute('.power.m_as("kW")', lambda rack: rack.power.m_as("kW")),
    },
}
"""By class: a path from the object, or what to write instead and how to read it."""
