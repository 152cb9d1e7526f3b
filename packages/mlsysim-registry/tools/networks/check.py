"""Comparison of the layer lists with the facts."""

import tomllib
from pathlib import Path
from typing import Any

import yaml
from mlsysim_core.specs.network import Network

from . import fragment
from .catalogue import ENTRIES

__all__ = ["report"]

TYPES = {
    "cnn", "cnn_detection", "cnn_segmentation", "detection_transformer", "diffusion", "dlrm",
    "dual_encoder", "mlp", "tiny_cnn", "tiny_mlp", "vit", "wide_and_deep_rm",
}  # fmt: skip
"""Types of facts that are networks of layers."""

LIMITS = {"params": 0.01, "macs": 0.02, "activations": 0.02}
"""Largest relative errors."""

KEYS: dict[str, dict[str, float]] = {
    "params": {
        "params_trainable": 1, "params_computed": 1, "params_total": 1, "params_published": 1,
    },
    "macs": {
        "gmacs": 1e9, "macs": 1, "gmacs_per_forward": 1e9, "gflops": 0.5e9,
        "flops_per_sample": 0.5,
    },
    "activations": {"activations_elements": 1},
}  # fmt: skip
"""Keys of the facts that give a figure, best first, and their unit."""


def stated_in(fact: dict[str, Any], figure: str) -> float | None:
    """Figure that the facts give."""
    values = (fact[key] * unit for key, unit in KEYS[figure].items() if fact.get(key))
    return next(values, None)


def computed(name: str) -> dict[str, float]:
    """Figures of the layer list, as the library itself counts them."""
    network = Network.model_validate(tomllib.loads(fragment(name) or "")["architecture"])
    return {
        "params": network.parameters,
        "macs": network.multiply_accumulates,
        "activations": network.activation_elements,
    }


def cell(ours: float, theirs: float | None) -> str:
    """Value, and its error where there is something to compare with."""
    error = f"{ours / theirs - 1:+9.3%}" if theirs else "        -"
    return f"{ours:16,} {error}"


def report(facts: Path) -> int:
    """Print a table with signed errors; gives 1 if one is too large, else 0."""
    models = yaml.safe_load(facts.read_text(encoding="utf-8"))["models"]
    known = {model["id"]: model for model in models if model["type"] in TYPES}
    failed = 0
    print(f"{'':34}{'parameters':>26}{'multiply-accumulates':>28}{'activations':>28}")
    for name, fact in known.items():
        if name not in ENTRIES:
            print(f"{name:34}left out")
            continue
        ours, entry = computed(name), ENTRIES[name]
        theirs = {figure: entry.stated.get(figure, stated_in(fact, figure)) for figure in ours}
        wrong = [
            figure
            for figure, limit in LIMITS.items()
            if (value := theirs[figure]) and abs(ours[figure] / value - 1) > limit
        ]
        cells = "  ".join(cell(ours[figure], theirs[figure]) for figure in ours)
        print(f"{name:34}{cells}  {'WRONG: ' + ', '.join(wrong) if wrong else ''}".rstrip())
        failed += bool(wrong)
    for name in ENTRIES.keys() - known.keys():
        print(f"{name:34}not in the facts")
        failed += 1
    return 1 if failed else 0
