"""Runs the Python examples of a page, and evaluates its plans."""

import re
from pathlib import Path

__all__ = ["plans_in", "run_examples"]


def run_examples(page: Path) -> None:
    """Run each Python block on its own."""
    for example in re.findall(r"(?ms)^```python\n(.*?)^```$", page.read_text(encoding="utf-8")):
        exec(compile(example, str(page), "exec"), {"__name__": "__main__"})


def plans_in(page: Path) -> list[str]:
    """Every plan that a page shows."""
    return re.findall(r"(?ms)^```yaml\n(.*?^model: .*?)^```$", page.read_text(encoding="utf-8"))
