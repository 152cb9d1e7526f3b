"""Descriptions by the arguments of old: what they make are the specs that everything takes."""

from collections.abc import Mapping
from typing import Any

from mlsysim_core import HardwareSpec, InputTypeError, ModelSpec, SystemSpec
from mlsysim_core.specs import FabricSpec, NodeSpec
from mlsysim_core.units import ureg

__all__ = ["ARGUMENTS", "BUILDERS", "GONE"]

_BUILDING = "grid=..., operator=... of EconomicsModel().solve"

ARGUMENTS: dict[str, dict[str, str]] = {
    "Fleet": {"count": "nodes"},
    "HardwareNode": {
        "battery_capacity": "battery",
        "interconnect": "host_link",
        "release_year": "released",
        "unit_cost": "price",
    },
    "MemoryHierarchy": {"sram_bandwidth": "cache_bandwidth", "sram_capacity": "cache"},
    "NetworkFabric": {"oversubscription_ratio": "oversubscription"},
    "Node": {
        "accelerators_per_node": "accelerators",
        "intra_node_bw": "link_bandwidth",
        "nics_per_node": "ports",
        "psus_per_node": "power_supplies",
    },
    "Workload": {"architecture": "family", "inference_flops": "operations"},
}
"""By class: arguments that have another name now. Whatever is in no table keeps its own."""

GONE: dict[str, dict[str, str]] = {
    "Fleet": {
        "datacenter": _BUILDING,
        "mtbf_hours": "device_mtbf_hours=... of ReliabilityModel().solve",
        "region": _BUILDING,
    },
    "HardwareNode": {
        "dispatch_tax": "stack=... of Engine.solve: launches belong to the software",
        "metadata": "note=... of HardwareSpec",
        "storage": "storage=... of CheckpointModel().solve and DataModel().solve",
    },
    "Workload": {
        "data_rate": "data_rate=... of Scenario",
        "metadata": "note=... of ModelSpec",
        "model_size": "parameters=...: bytes follow from the precision",
        "training_ops": "is_training=True of Engine.solve",
    },
}
"""By class: arguments whose meaning is elsewhere now; they are refused rather than dropped."""


def _renamed(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give arguments their new names."""
    stated = {name: value for name, value in given.items() if value is not None}
    for name, use in GONE.get(kind, {}).items():
        if name in stated:
            raise InputTypeError(f"{kind} no longer takes {name}. Use: {use}")
    names = ARGUMENTS.get(kind, {})
    return {names.get(name, name): value for name, value in stated.items()}


def _hardware(**given: Any) -> HardwareSpec:
    values = _renamed("HardwareNode", given)
    if (grams := values.pop("embodied_carbon_kg", None)) is not None:
        values["embodied_carbon"] = f"{grams} kgCO2e"
    memory = dict(values.get("memory") or {})
    flash = {
        name: memory.pop(f"flash_{name}")
        for name in ("capacity", "bandwidth")
        if f"flash_{name}" in memory
    }
    return HardwareSpec(**values | {"memory": memory} | ({"flash": flash} if flash else {}))


def _compute(*, peak_flops: Any, precision_flops: Mapping[str, Any] | None = None) -> Any:
    # The one peak that a device had to have was that of either format of 16 bits.
    return {"peak": {"fp16": peak_flops, "bf16": peak_flops, **(precision_flops or {})}}


def _memory(**given: Any) -> dict[str, Any]:
    return _renamed("MemoryHierarchy", given)


def _link(**given: Any) -> dict[str, Any]:
    return _renamed("IOInterconnect", given)


def _fabric(**given: Any) -> FabricSpec:
    values = _renamed("NetworkFabric", given)
    topology = str(values.get("topology", "fat_tree"))
    return FabricSpec(**values | {"topology": topology.replace("-", "_")})


def _node(**given: Any) -> NodeSpec:
    # What was not said was one port: the fabric's bandwidth was that of a node.
    return NodeSpec(**{"ports": 1} | _renamed("Node", given))


def _fleet(**given: Any) -> SystemSpec:
    return SystemSpec(**_renamed("Fleet", given))


_COUNTED = {"parameters": "count", "active_parameters": "count", "operations": "flop"}


def _totals(given: Mapping[str, Any], **shape: Any) -> ModelSpec:
    values = _renamed("Workload", given)
    about = {name: values.pop(name) for name in ("name", "family", "note") if name in values}
    for name, unit in _COUNTED.items():
        if name in values:
            values[name] = _count(values[name], unit)
    return ModelSpec(**about, architecture={"kind": "totals", **values, **shape})


def _count(value: Any, unit: str) -> int:
    number: Any = ureg.Quantity(value) if isinstance(value, str) else value
    return round(float(number.m_as(unit) if hasattr(number, "m_as") else number))


def _model(**given: Any) -> ModelSpec:
    if given.get("inference_flops") is None:
        raise InputTypeError(
            "give inference_flops, the operations of one sample, or describe the model as "
            'ModelSpec(architecture={"kind": "network", "layers": [...]})'
        )
    return _totals(given)


def _language_model(**given: Any) -> ModelSpec:
    hidden, heads = given.pop("hidden_dim", None), given.pop("heads", None)
    if not (hidden and heads and given.get("layers")):
        raise InputTypeError(
            "the cache follows from layers, hidden_dim and heads: give them, or describe the "
            'model as ModelSpec(architecture={"kind": "decoder", ...})'
        )
    shared = given.pop("kv_heads", None) or heads
    experts = [given.pop(name, None) for name in ("experts", "active_experts_per_token")]
    if any(experts) and given.get("active_parameters") is None:
        raise InputTypeError("give active_parameters, which say what a token meets of the experts")
    elements = 2 * given["layers"] * shared * hidden // heads
    return _totals(given, cache_elements=elements, autoregressive=True)


BUILDERS = {
    "CNNWorkload": _model,
    "ComputeCore": _compute,
    "Fleet": _fleet,
    "HardwareNode": _hardware,
    "IOInterconnect": _link,
    "MemoryHierarchy": _memory,
    "NetworkFabric": _fabric,
    "Node": _node,
    "SparseTransformerWorkload": _language_model,
    "TransformerWorkload": _language_model,
    "Workload": _model,
}
"""By the class of old, what makes the spec of today from its arguments."""
