"""The tools: what each is called, takes, gives and is for."""

from collections.abc import Callable
from typing import Any, NamedTuple

from . import _answering as answering
from . import _inputs as takes
from . import _outputs as gives

__all__ = ["TOOLS", "Tool"]


class Tool(NamedTuple):
    """One question that an agent can ask."""

    name: str
    about: str
    takes: dict[str, Any]
    gives: dict[str, Any]
    answer: Callable[[dict[str, Any]], dict[str, Any]]


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "predict",
            "Predict one pass of a model on a device: latency, throughput, bottleneck, MFU, "
            "whether it fits, energy, and a breakdown that adds up. What does not fit has no "
            "latency, and advice on what would fit. Numbers are in SI units, named beside them.",
            takes.PREDICT,
            gives.RESULT,
            answering.predict,
        ),
        Tool(
            "explain",
            "Like predict, with the time of each operator.",
            takes.PREDICT,
            gives.RESULT,
            answering.explain,
        ),
        Tool(
            "compare",
            "Predict several sides and tell why they differ from the first: by part, by operator, "
            "and the properties of devices and models that cause it.",
            takes.COMPARE,
            gives.COMPARISON,
            answering.compare,
        ),
        Tool(
            "fit",
            "Tell whether a model fits on devices that share it, with its largest batch, longest "
            "context, fewest devices and the formats that fit.",
            takes.FIT,
            gives.FITTING,
            answering.fit,
        ),
        Tool(
            "serve",
            "Predict a batch of requests: time to the first token, between tokens, to the last, "
            "throughput and energy.",
            takes.SERVE,
            gives.SERVING,
            answering.serve,
        ),
        Tool(
            "train",
            "Predict one training step on a cluster, a node or a device, with its parallelism.",
            takes.TRAIN,
            gives.STEP,
            answering.train,
        ),
        Tool(
            "evaluate_plan",
            "Evaluate a plan: what runs, on what, where, at what price, and what must hold. Gives "
            "feasibility, performance, energy, carbon, water and cost, and a verdict on each "
            "assertion.",
            takes.PLAN,
            gives.PLAN,
            answering.evaluate_plan,
        ),
        Tool(
            "sweep",
            "Predict every combination of models, devices and values (at most 100,000), or the "
            "best by an objective under constraints, or a Pareto front.",
            takes.SWEEP,
            gives.POINTS,
            answering.sweep,
        ),
        Tool(
            "search_zoo",
            "List devices, models, systems and the like by words, group or column.",
            takes.SEARCH,
            gives.ENTRIES,
            answering.search,
        ),
        Tool(
            "describe_entry",
            "Show every value of one entry, with its sources.",
            takes.DESCRIBE,
            gives.DESCRIPTION,
            answering.describe,
        ),
        Tool(
            "validate_names",
            "Check names before they are used: their right spelling, or the nearest ones.",
            takes.NAMES,
            gives.KNOWN,
            answering.validate_names,
        ),
    )
}
"""Every tool, by its name."""
