"""The promised surface of an installed mlsysim, as plain data.

python -m tests.api.surface            print it
python -m tests.api.surface --write    keep it as the snapshot of this version, once and for all
"""

import inspect
import json
import os
import sys
import types
import typing
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mlsysim
import pint
from mlsysim import _old_names

SNAPSHOTS = Path(os.environ.get("MLSYSIM_SNAPSHOTS") or Path(__file__).with_name("snapshots"))

Promise = dict[str, Any]

FIVE_PARAMETERS = ("model", "hardware", "batch_size", "precision", "efficiency")
"""The other parameters of ``Engine.solve`` are experimental: they must be optional, no more."""
FIVE_PRECISIONS = {"'fp32'", "'fp16'", "'bf16'", "'int8'", "'int4'"}
"""The other number formats are experimental."""
SIX_FIELDS = ("latency", "throughput", "bottleneck", "mfu", "feasible", "energy")
"""The other fields of results are experimental."""


def alternatives(annotation: Any) -> list[str]:
    """Spell what an annotation allows, the same under every Python, pint and pydantic."""
    return sorted(set(_alternatives(annotation)))


def _alternatives(annotation: Any) -> Iterator[str]:
    origin = typing.get_origin(annotation)
    if origin in {typing.Union, types.UnionType}:
        for part in typing.get_args(annotation):
            yield from _alternatives(part)
    elif origin is typing.Literal:
        yield from map(repr, typing.get_args(annotation))
    elif annotation is types.NoneType:
        yield "None"
    else:
        yield getattr(annotation, "__name__", str(annotation))


def parameters(function: Any) -> Promise:
    """Describe the five parameters, and name every one that must be given."""
    signature = inspect.signature(function)
    hints = typing.get_type_hints(function)
    described = []
    for name, parameter in list(signature.parameters.items())[: len(FIVE_PARAMETERS)]:
        allowed = alternatives(hints[name])
        if name == "precision":
            allowed = [word for word in allowed if word in {*FIVE_PRECISIONS, "str"}]
        optional = parameter.default is not parameter.empty
        described.append(
            {
                "name": name,
                "kind": parameter.kind.name,
                "accepts": allowed,
                "default": repr(parameter.default) if optional else None,
            }
        )
    required = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind not in {parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL}
    ]
    return {"parameters": described, "required": required}


def fields(_: Any) -> Promise:
    """Describe the six fields, as a result has them."""
    result = mlsysim.Engine.solve("Llama3_8B", "H100", 32)
    return {"fields": {name: kind(getattr(result, name)) for name in SIX_FIELDS}}


def kind(value: Any) -> str:
    """Spell the type of a value, with the dimension of a quantity."""
    if isinstance(value, pint.Quantity):
        powers = sorted((name, float(power)) for name, power in value.dimensionality.items())
        return f"pint.Quantity {' '.join(f'{name}^{power:g}' for name, power in powers)}"
    return type(value).__name__


def entries(namespace: Any) -> Promise:
    """List names, alone and in their groups, with the types of what they name."""
    return {"entries": dict(sorted(_entries(namespace)))}


def _entries(namespace: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name in dir(namespace):
        inside = getattr(namespace, name)
        if isinstance(inside, type(mlsysim.Hardware)):
            yield from _entries(inside, f"{prefix}{name}.")
        elif hasattr(type(inside), "model_fields"):
            yield prefix + name, type(inside).__name__


def scenarios(namespace: Any) -> Promise:
    """List scenarios with their parameters; devices and models may be corrected, these not."""
    return {"entries": {name: scenario(getattr(namespace, name)) for name in sorted(namespace)}}


def scenario(entry: Any) -> Promise:
    """Describe the parameters of a scenario."""
    described = {"workload": entry.workload.name, "system": entry.system.name}
    for name, unit in (("sla_latency", "s"), ("power_budget", "W"), ("data_rate", "byte/s")):
        value = getattr(entry, name)
        described[name] = None if value is None else f"{float(value.m_as(unit)):.9g} {unit}"
    return described | {"target_accuracy": entry.target_accuracy}


def instance(thing: Any) -> Promise:
    """Name the public class of which it is an instance."""
    return {"type": "pint.UnitRegistry" if isinstance(thing, pint.UnitRegistry) else kind(thing)}


STABLE: dict[str, Callable[[Any], Promise]] = {
    "Engine.solve": parameters,
    "PerformanceProfile": fields,
    "Hardware": entries,
    "Models": entries,
    "Systems": entries,
    "Infra": entries,
    "Tiers": entries,
    "Applications": entries,
    "Archetypes": entries,
    "Scenarios": scenarios,
    "ureg": instance,
}
"""What is stable in ``mlsysim``, and what is promised of each."""


def surface() -> Promise:
    """Return all that is promised."""
    found: Promise = {"version": mlsysim.__version__, "stable": {}, "deprecated": {}}
    for path, describe in STABLE.items():
        thing: Any = mlsysim
        try:
            for name in path.split("."):
                thing = getattr(thing, name)
        except AttributeError:
            continue  # the rules report what is gone
        found["stable"][path] = describe(thing)
    for name, old in sorted(_old_names.DEPRECATED.items()):
        found["deprecated"][name] = {"use": old.use, "removal": old.removal}
    return found


def write(folder: Path) -> Path:
    """Keep the surface as the snapshot of this version; an old one is never touched."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{mlsysim.__version__}.json"
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(surface(), indent=2) + "\n")
    return path


if __name__ == "__main__":
    warnings.simplefilter("error")
    if "--write" in sys.argv[1:]:
        sys.stdout.write(f"{write(SNAPSHOTS)}\n")
    else:
        sys.stdout.write(json.dumps(surface(), indent=2) + "\n")
