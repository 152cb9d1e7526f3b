"""From the arguments of a tool to its answer, as a plain document."""

import json
from collections import Counter
from typing import Any

from mlsysim_core import HardwareSpec, ModelSpec, catalog
from mlsysim_core.comparison import compare as compared
from mlsysim_core.errors import InputError, UnknownEntryError, nearest
from mlsysim_solvers import DSE, DistributedModel, FitModel, ServingModel, Space

from ..answers import _compare, _fit, _plan_document, _serve, _sweep, _train, _zoo, _zoo_entry
from ..answers._document import operators
from ..answers._eval import advise, result
from ..answers._question import Question
from ..answers._step_document import step_document
from ..answers._systems import check_system

__all__ = [
    "compare",
    "describe",
    "evaluate_plan",
    "explain",
    "fit",
    "predict",
    "search",
    "serve",
    "sweep",
    "train",
    "validate_names",
]

Arguments = dict[str, Any]
_MOST_POINTS = 100_000
_TRAINING = {
    "tp": "tp_size",
    "pp": "pp_size",
    "cp": "cp_size",
    "ep": "ep_size",
    "virtual_stages": "v_stages",
    "micro_batches": "microbatch_count",
    "zero": "zero_stage",
}
"""What the tool's parameters are called by the solver."""


def _subjects(given: Arguments) -> tuple[Any, Any]:
    """Take model and hardware out of the arguments: names, or specs if they are described."""
    model, hardware = given.pop("model"), given.pop("hardware")
    return (
        ModelSpec.model_validate(model) if isinstance(model, dict) else model,
        HardwareSpec.model_validate(hardware) if isinstance(hardware, dict) else hardware,
    )


def predict(given: Arguments) -> dict[str, Any]:
    """Predict one pass."""
    return _predicted(given, by_operator=False)


def explain(given: Arguments) -> dict[str, Any]:
    """Predict one pass, operator by operator."""
    return _predicted(given, by_operator=True)


def _predicted(given: Arguments, *, by_operator: bool) -> dict[str, Any]:
    question = Question(*_subjects(given), given)
    profile = question.ask()
    found = result(profile, advise(question, profile))
    return found | ({"operators": operators(profile)} if by_operator else {})


def evaluate_plan(given: Arguments) -> dict[str, Any]:
    """Evaluate a plan, and hold it against its assertions."""
    from mlsysim_solvers import Plan  # noqa: PLC0415  # which takes long to describe

    plan = given["plan"]
    text = plan if isinstance(plan, str) else json.dumps(plan)
    return _plan_document.document(Plan.parse(text).evaluate())


def compare(given: Arguments) -> dict[str, Any]:
    """Tell why predictions differ."""
    questions = (Question(*_subjects(side), side) for side in map(dict, given["sides"]))
    return _compare.comparison(compared(*(question.ask() for question in questions)))


def fit(given: Arguments) -> dict[str, Any]:
    """Tell whether a model fits, and how far."""
    return _fit.document(FitModel().solve(*_subjects(given), **given))


def serve(given: Arguments) -> dict[str, Any]:
    """Predict a batch of requests."""
    model, hardware = _subjects(given)
    given["seq_len"] = given.pop("input_len")
    found = ServingModel().solve(model, hardware, **given)
    document = _serve.document(found, given)
    if not found.feasible:
        document["advice"] = list(_serve.advise(model, hardware, given))
    return document


def train(given: Arguments) -> dict[str, Any]:
    """Predict a training step on a system."""
    model, system = given.pop("model"), given.pop("system")
    check_system(system)
    if isinstance(model, dict):
        model = ModelSpec.model_validate(model)
    settings = {_TRAINING.get(name, name): value for name, value in given.items()}
    try:
        found = DistributedModel().solve(model, system, **settings)
    except InputError as error:
        text = str(error)
        for name, inside in _TRAINING.items():
            text = text.replace(inside, name)
        raise InputError(text) from None
    document = step_document(found)
    if not found.feasible:
        document["advice"] = list(_train.advise(model, system, settings))
    return document


def sweep(given: Arguments) -> dict[str, Any]:
    """Predict every combination, or the best of them."""
    objective, limit = given.pop("objective"), given.pop("limit")
    constraints, pareto = given.pop("constraints") or (), given.pop("pareto")
    space = Space(**{name: value for name, value in given.items() if value is not None})
    if space.size > _MOST_POINTS:
        raise InputError(
            f"batch_size: the space has {space.size:,} points, and a tool answers for at most "
            f"{_MOST_POINTS:,}; ask for fewer values, such as '1:256:log2'"
        )
    dse = DSE(space, objective, constraints)
    whole = dse.solve()
    table = whole
    if pareto:
        table = whole.pareto(*pareto)
    elif objective is not None:
        table = whole.top(limit)
    return {
        "count": len(table),
        "size": len(whole),
        "truncated": len(table) > limit,
        "refused": dict(Counter(whole.refusals())),
        "points": [dict(_sweep.measured(record)) for record in table[:limit]],
    }


def search(given: Arguments) -> dict[str, Any]:
    """List what the registries have."""
    limit = given.pop("limit")
    word = given.pop("category")
    found = _zoo.listing(word, **given)
    return {
        "category": found.name,
        "count": len(found.entries),
        "truncated": len(found.entries) > limit,
        "entries": [_zoo.record(entry, found.columns) for entry in found.entries[:limit]],
    }


def describe(given: Arguments) -> dict[str, Any]:
    """Show one entry in full."""
    return _zoo_entry.entry_document(given["kind"], given["name"])


def validate_names(given: Arguments) -> dict[str, Any]:
    """Tell which names the registries know, and what is nearest to the others."""
    kinds = [given["kind"]] if given["kind"] else list(catalog.KINDS)
    return {"names": [_known(name, kinds) for name in given["names"]]}


def _known(name: str, kinds: list[Any]) -> dict[str, Any]:
    entries, close = [], []
    for kind in kinds:
        try:
            entries.append({"kind": kind, "name": catalog.find(kind, name).name})
        except UnknownEntryError as error:
            close += [{"kind": kind, "name": one} for one in nearest(name, error.known)]
    found = {"given": name, "valid": bool(entries), "entries": entries}
    return {**found, "nearest": [] if entries else close[:5]}
