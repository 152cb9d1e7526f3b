"""A grid of predictions, kept so that moved numbers are seen and announced.

python -m tests.golden.generate            write it
python -m tests.golden.generate --check    list what moved, and end with 1 if anything did
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlsysim import Engine, MLSysimError

PROFILES = Path(__file__).with_name("profiles.json")
TOLERANCE = 1e-9

MODELS = (
    "GPT2", "GPT3", "GPT4", "BERT_Base", "BERT_Large", "Llama2_70B", "Llama3_8B", "Llama3_70B",
    "ResNet50", "MobileNetV2", "YOLOv8_Nano", "AlexNet", "DS_CNN", "WakeVision", "AnomalyDetector",
    "DLRM", "Mamba_130M", "Mamba_2_8B", "StableDiffusion_v1_5",
)  # fmt: skip
DEVICES = (
    "V100", "A100", "H100", "B200", "MI300X", "Gaudi3", "TPUv5p", "T4", "MacBookM3Max",
    "JetsonOrinNX", "iPhone15Pro", "ESP32_S3",
)  # fmt: skip
QUESTIONS: dict[str, dict[str, Any]] = {
    "one": {"batch_size": 1},
    "many": {"batch_size": 64, "precision": "int8"},
    "half the peak": {"batch_size": 8, "efficiency": 0.5},
    "prompt": {"batch_size": 4, "phase": "prefill", "seq_len": 1024},
    "training": {"batch_size": 8, "precision": "bf16", "is_training": True},
}


def prediction(model: str, device: str, question: str) -> Any:
    """Return the numbers of an answer, or the kind of refusal."""
    try:
        result = Engine.solve(model, device, **QUESTIONS[question])
    except MLSysimError as error:
        return type(error).__name__
    numbers = (
        result.seconds,
        result.items_per_second,
        result.mfu,
        math.nan if result.joules is None else result.joules,
        result.details.footprint,
    )
    words = (result.bottleneck, "fits" if result.feasible else "does not fit")
    return [*map(repr, map(float, numbers)), *words]


def grid() -> dict[str, Any]:
    """Predict everything."""
    return {
        f"{model} on {device}, {question}": prediction(model, device, question)
        for model in MODELS
        for device in DEVICES
        for question in QUESTIONS
    }


def same(old: Any, new: Any) -> bool:
    """Whether two predictions agree, but for the last digits."""
    if not (isinstance(old, list) and isinstance(new, list)):
        return bool(old == new)
    numbers = zip(old[:5], new[:5], strict=True)
    return old[5:] == new[5:] and all(_close(float(a), float(b)) for a, b in numbers)


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=TOLERANCE) or (math.isnan(a) and math.isnan(b))


def moved(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each prediction that is not what it was."""
    for name in {**old, **new}:
        if not same(old.get(name), new.get(name)):
            yield f"{name}: was {old.get(name)}, is {new.get(name)}"


def kept() -> dict[str, Any]:
    """Return the grid that was kept."""
    found: dict[str, Any] = json.loads(PROFILES.read_text(encoding="utf-8"))
    return found


def write(new: dict[str, Any]) -> None:
    """Keep a grid, a line for each prediction."""
    lines = (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in new.items())
    PROFILES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        changes = list(moved(kept(), grid()))
        print("\n".join(changes) or "nothing moved")
        sys.exit(bool(changes))
    write(grid())
