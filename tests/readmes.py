"""Runs the Python examples of a page."""

import re
from pathlib import Path

__all__ = ["run_examples"]


def run_examples(page: Path) -> None:
    """Run each Python block on its own."""
    for example in re.findall(r"(?ms)^```python\n(.*?)^```$", page.read_text(encoding="utf-8")):
        exec(compile(example, str(page), "exec"), {"__name__": "__main__"})
