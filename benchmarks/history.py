"""Write the page of the documentation that tells how fast the library is.

python benchmarks/history.py            writes it
python benchmarks/history.py --check    fails if it is not what would be written
"""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER.parent / "docs/reference/speed.md"
HEAD = """\
# Speed

What using mlsysim costs, in CPU time of one core. Every figure is a ratio of two costs that
were measured in the same run, in turns, as machines differ more than versions do. *The older's*
is the package of the same name on the package index, version 0.1.1, in an environment of its
own. `nox -s bench -- --peer` measures them anew; a ratio that grows by half over the last one
recorded here fails.

"""


def page() -> str:
    """Return the text of the page."""
    history = json.loads((FOLDER / "history.json").read_text(encoding="utf-8"))
    columns = [f"{one['version']}, {one['date']}" for one in history]
    names = list(dict.fromkeys(name for one in history for name in one["ratios"]))
    lines = [
        f"| Cost of | {' | '.join(columns)} |",
        f"|---|{'---:|' * len(columns)}",
    ]
    for name in names:
        cells = [f"{one['ratios'][name]:.3g}" if name in one["ratios"] else "-" for one in history]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    python = history[-1]["python"]
    return f"{HEAD}{chr(10).join(lines)}\n\nThe last column was measured with Python {python}.\n"


def main() -> int:
    """Write or check."""
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is out of date: run python benchmarks/history.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
