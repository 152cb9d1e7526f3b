"""Writes the schema and the reference of plan files, or checks that they are up to date.

Run it without arguments after any change to what a plan takes or to what is reported of
one; ``--check`` only looks.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlsysim_solvers.plans._schema import plan_schema
from mlsysim_solvers.plans._vocabulary import vocabulary

DOCS = Path(__file__).parents[3] / "docs" / "reference"
INTRODUCTION = """\
# Plan files

% Written by packages/mlsysim-solvers/tools/plans.py

Experimental: keys may change in 0.2; `version` will tell the forms apart.

A plan is a YAML file (1.2, so that `NO` is Norway; JSON is YAML, too) which says what runs, on
what, where, at what price, and what must hold. `mlsysim eval plan.yaml` evaluates it;
[how to](../how-to/plans.md) shows it at work. A quantity is text with a unit, such as `200 W`.
Nothing is guessed: a key, a name, a unit or a metric that is not known is an error with file,
line and column.

{download}`plan.schema.json` is the JSON Schema of plans, which `mlsysim schema plan` prints. An
editor with a YAML language server completes and checks a plan that begins with

```yaml
# yaml-language-server: $schema=plan.schema.json
```

## The keys of a plan
"""
SECTIONS = {
    "Pass": ("workload, of kind pass", "One pass, as `Engine.solve` predicts it."),
    "Serving": ("workload, of kind serving", "As `ServingModel` predicts it."),
    "Training": ("workload, of kind training", "As `DistributedModel` and `training_run` do."),
    "Place": ("place", "Where the machines stand."),
    "Machines": (
        "machines",
        "What they draw; if nothing is said, the mean power that is predicted for the work.",
    ),
    "Economics": ("economics", "What they cost."),
}
REPORTED = """\
## What is reported

These are the words of `assert`, beside `and`, `or`, `not`, `in`, arithmetic and `min`, `max`,
`abs`, `ceil`, `floor`, `sqrt`, `log`, `log2`, `log10`. A number that is compared with a quantity
needs a unit: `latency < 20 ms`, `1e9 * carbon_per_token < 500 gCO2e`.
Where samples come out in place of tokens, the names end in `sample`.
"""


def rows(properties: dict[str, Any], required: list[str]) -> Iterator[str]:
    """Lines of a table of keys."""
    yield "| key | default | what |"
    yield "|---|---|---|"
    for name, schema in properties.items():
        default = "" if "default" not in schema else f"`{json.dumps(schema['default'])}`"
        default = "must be given" if name in required else default
        about = " ".join(schema.get("description", "").split())
        if schema.get("examples") and "such as" not in about:
            about += f" Such as `{schema['examples'][0]}`."
        yield f"| `{name}` | {default} | {about} |".replace("$", "\\$")


def page(schema: dict[str, Any]) -> str:
    """Text of the reference."""
    lines = [INTRODUCTION, *rows(schema["properties"], schema["required"])]
    lines += ["", "One of `hardware` and `system` must be given."]
    for name, (title, about) in SECTIONS.items():
        part = schema["$defs"][name]
        lines += ["", f"## {title}", "", about, ""]
        lines += rows(part["properties"], part.get("required", []))
    lines += ["", REPORTED]
    told: set[str] = set()
    for kind in ("pass", "serving", "training"):
        words = vocabulary(kind, "token")
        for level, heading in (("feasibility", "Of every plan"), ("performance", f"Of {kind}")):
            lines += table(heading, words, level, told)
    lines += table("What it takes from the world", vocabulary("pass", "token"), "macro", told)
    return "\n".join(lines).rstrip() + "\n"


def table(heading: str, words: dict[str, Any], level: str, told: set[str]) -> Iterator[str]:
    """Lines of a table of what is reported at one level, once for each level."""
    if heading in told:
        return
    told.add(heading)
    yield from ("", f"### {heading}", "", "| name | unit | what |", "|---|---|---|")
    for name, term in words.items():
        if term.level == level:
            yield f"| `{name}` | {term.unit} | {term.about} |"


def main() -> int:
    """Give 1 if something is stale, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it would")
    check = parser.parse_args().check
    schema = plan_schema()
    files = {
        DOCS / "plan.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
        DOCS / "plan-file.md": page(schema),
    }
    late = False
    for path, text in files.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        late = True
        print(f"{'stale' if check else 'written'}: {path.name}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return int(check and late)


if __name__ == "__main__":
    sys.exit(main())
