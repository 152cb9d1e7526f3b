"""Columns of the lists of the zoo: what each shows, and what it sorts by."""

from collections.abc import Callable
from typing import Any, NamedTuple

from mlsysim_core.catalog import Kind, find
from mlsysim_core.errors import InputError, UnknownEntryError, nearest
from mlsysim_core.quantities import brief

__all__ = ["CATEGORIES", "Category", "Column", "category_of"]


class Column(NamedTuple):
    """One fact about entries of a kind."""

    name: str
    value: Callable[[Any], Any]
    """Plain number or text of an entry, or nothing where it is not known."""
    unit: str | None = None
    """Unit of a number; empty for a count, and nothing for text."""

    def show(self, entry: Any) -> str:
        """Write the value for people."""
        value = self.value(entry)
        if value is None or value == "":
            return "-"
        if self.unit is None or isinstance(value, str):
            return str(value)
        return brief(value, self.unit) if self.unit else _count(value)


class Category(NamedTuple):
    """A list of the zoo."""

    kind: Kind
    about: str
    columns: tuple[Column, ...]
    dispensable: tuple[str, ...]
    """Columns that a narrow terminal does without, the first ones first."""


_LARGE = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def _count(value: float) -> str:
    for scale, letter in _LARGE:
        if value >= scale > 1e3:  # thousands read better in full
            return f"{value / scale:.4g} {letter}"
    return f"{value:,}"


def _number(*path: str) -> Callable[[Any], Any]:
    """Read a value without its unit, which would import pint."""
    *parents, name = path

    def read(entry: Any) -> Any:
        for parent in parents:
            entry = getattr(entry, parent)
        return entry.number(name)

    return read


def _own(name: str) -> Callable[[Any], Any]:
    return lambda entry: getattr(entry, name)


def _peak(entry: Any) -> tuple[str, float]:
    rates = entry.compute.peak
    name = next(one for one in ("fp16", "bf16", *rates.formats) if rates.number(one))
    return name, rates.number(name)


def _system_size(entry: Any) -> str:
    return str(entry.system.name)


def _layers(entry: Any) -> int | None:
    """Layers, of encoder and decoder together where there are both."""
    shape = entry.architecture
    layers = getattr(shape, "layers", None)
    if hasattr(shape, "encoder_layers"):
        layers = shape.encoder_layers + shape.decoder_layers
    return layers if layers is None or isinstance(layers, int) else len(layers)


_TITLE = Column("title", _own("title"))
_YEAR = Column("year", _own("released"))

CATEGORIES: dict[str, Category] = {
    "hardware": Category(
        "hardware",
        "accelerators, processors and microcontrollers",
        (
            Column("peak", lambda entry: _peak(entry)[1], "operation/s"),
            Column("format", lambda entry: _peak(entry)[0]),
            Column("memory", _number("memory", "capacity"), "byte"),
            Column("bandwidth", _number("memory", "bandwidth"), "byte/s"),
            Column("power", _number("tdp"), "W"),
            _YEAR,
            _TITLE,
        ),
        ("title", "year", "power", "format", "bandwidth", "memory", "peak"),
    ),
    "models": Category(
        "model",
        "language, vision and other models",
        (
            Column("parameters", lambda entry: entry.architecture.parameters, ""),
            Column(
                "active",
                lambda entry: entry.architecture.active_parameters or entry.architecture.parameters,
                "",
            ),
            Column("layers", _layers, ""),
            Column("context", _own("max_context"), ""),
            _YEAR,
            _TITLE,
        ),
        ("title", "year", "layers", "active", "context", "parameters"),
    ),
    "scenarios": Category(
        "scenario",
        "a workload on a system, with its limits",
        (
            Column("workload", lambda entry: entry.workload.name),
            Column("system", _system_size),
            Column("latency", _number("sla_latency"), "s"),
            Column("power", _number("power_budget"), "W"),
            _TITLE,
        ),
        ("title", "power", "latency", "system", "workload"),
    ),
    "systems": Category(
        "system",
        "clusters: equal nodes on one fabric",
        (
            Column("devices", _own("accelerators"), ""),
            Column("nodes", _own("nodes"), ""),
            Column("node", lambda entry: entry.node.name),
            Column("fabric", lambda entry: entry.fabric.name),
            _TITLE,
        ),
        ("title", "fabric", "node", "nodes", "devices"),
    ),
    "nodes": Category(
        "node",
        "servers, and racks that work as one",
        (
            Column("devices", _own("accelerators"), ""),
            Column("device", lambda entry: entry.accelerator.name),
            Column("link", _number("link_bandwidth"), "byte/s"),
            Column("power", _number("power"), "W"),
            _YEAR,
            _TITLE,
        ),
        ("title", "year", "power", "link", "device", "devices"),
    ),
    "fabrics": Category(
        "fabric",
        "networks between nodes",
        (
            Column("bandwidth", _number("bandwidth"), "byte/s"),
            Column("latency", _number("latency"), "s"),
            _TITLE,
        ),
        ("title", "latency", "bandwidth"),
    ),
    "grids": Category(
        "grid",
        "electricity grids, with their carbon",
        (
            Column("carbon", _number("carbon_intensity"), "gCO2e/kWh"),
            Column("year", _own("year")),
            _TITLE,
        ),
        ("title", "year", "carbon"),
    ),
    "racks": Category(
        "rack",
        "what a rack can feed and cool",
        (Column("power", _number("power"), "W"), Column("cooling", _own("cooling")), _TITLE),
        ("title", "cooling", "power"),
    ),
    "tiers": Category(
        "tier",
        "classes of deployment, and their limits",
        (
            Column("memory", _number("memory"), "byte"),
            Column("power", _number("power"), "W"),
            Column("latency", _number("latency"), "s"),
            _TITLE,
        ),
        ("title", "latency", "power", "memory"),
    ),
    "stacks": Category(
        "stack",
        "software between a model and a chip",
        (
            Column("launch", _number("launch"), "s"),
            Column("compute", _own("compute_fraction"), ""),
            Column("bandwidth", _own("bandwidth_fraction"), ""),
            _TITLE,
        ),
        ("title", "bandwidth", "compute", "launch"),
    ),
    "regions": Category(
        "region",
        "cloud regions, with their carbon",
        (
            Column("carbon", _number("carbon_intensity"), "gCO2e/kWh"),
            Column("year", _own("year")),
            Column("provider", _own("provider")),
            _TITLE,
        ),
        ("title", "provider", "year", "carbon"),
    ),
    "operators": Category(
        "operator",
        "operators of data centres, with their overhead",
        (Column("pue", _own("pue"), ""), Column("year", _own("year")), _TITLE),
        ("title", "year", "pue"),
    ),
    "links": Category(
        "link",
        "connections between devices",
        (
            Column("bandwidth", _number("bandwidth"), "byte/s"),
            Column("latency", _number("latency"), "s"),
            _TITLE,
        ),
        ("title", "latency", "bandwidth"),
    ),
    "storage": Category(
        "storage",
        "disks, memories and object stores",
        (
            Column("read", _number("read"), "byte/s"),
            Column("write", _number("write"), "byte/s"),
            Column("latency", _number("latency"), "s"),
            _TITLE,
        ),
        ("title", "latency", "write", "read"),
    ),
    "failures": Category(
        "failure",
        "long runs, and how often they were interrupted",
        (
            Column("devices", _own("devices"), ""),
            Column("days", _own("days"), ""),
            Column("interruptions", _own("interruptions"), ""),
            _TITLE,
        ),
        ("title", "days", "devices", "interruptions"),
    ),
}


def category_of(word: str, command: str = "zoo") -> tuple[str, Category]:
    """Find a category by its name, or by what one of its entries is called."""
    plain = word.casefold()
    for name, category in CATEGORIES.items():
        if plain in {name, category.kind}:
            return name, category
    if homes := [name for name, category in CATEGORIES.items() if _has(category.kind, word)]:
        lines = (f"`mlsysim {command} {home} {word}`" for home in homes)
        hint = f"; did you mean {' or '.join(lines)}?"
    else:
        close = nearest(word, CATEGORIES)
        hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(CATEGORIES)}"
    raise InputError(f"the zoo has no list {word!r}{hint}")


def _has(kind: Kind, name: str) -> bool:
    try:
        find(kind, name)
    except UnknownEntryError:
        return False
    return True
