"""What a run of mutants says: scores by module, and which survivors have an explanation."""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Mutant", "explained", "interval", "table"]

EXPLANATIONS = Path(__file__).with_name("equivalent.toml")
KILLED = {"killed", "timeout", "segfault"}  # mutmut's words; endless loops are noticed, too


@dataclass(frozen=True)
class Mutant:
    """A change of one place in one function, and what became of it."""

    name: str
    status: str
    removed: str = ""
    added: str = ""

    @property
    def module(self) -> str:
        """Name of the module of formulas."""
        return self.name.split(".")[2]

    @property
    def killed(self) -> bool:
        """Whether a test noticed."""
        return self.status in KILLED


def explained(survivors: Iterable[Mutant]) -> tuple[dict[Mutant, str], list[str]]:
    """Return the survivors that are explained, with why, and the explanations left over."""
    known = tomllib.loads(EXPLANATIONS.read_text(encoding="utf-8"))["mutant"]
    reasons = {(one["module"], one["is"], one["becomes"]): one["because"] for one in known}
    places = {one: (one.module, one.removed, one.added) for one in survivors}
    found = {one: reasons[place] for one, place in places.items() if place in reasons}
    left = [one for one in reasons if one not in places.values()]
    return found, [f"{module}: {line} -> {other}" for module, line, other in left]


def interval(killed: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share that was seen in a sample (Wilson's)."""
    z, share = 1.96, killed / total
    middle = share + z * z / (2 * total)
    reach = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - reach) / (1 + z * z / total), (middle + reach) / (1 + z * z / total)


def table(mutants: Iterable[Mutant], reasons: Mapping[Mutant, str]) -> list[str]:
    """Return the lines of a Markdown table: each module, and all of them."""
    counts: dict[str, Counter[str]] = {}
    for one in mutants:
        kind = "killed" if one.killed else "equivalent" if one in reasons else "survived"
        for row in (one.module, "all"):
            counts.setdefault(row, Counter())[kind] += 1
    rows = sorted(counts, key=lambda row: (row == "all", row))
    lines = ["| Module | mutants | killed | equivalent | survived | score |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for row in rows:
        of = counts[row]
        score = 100 * of["killed"] / of.total()
        cells = (of.total(), of["killed"], of["equivalent"], of["survived"], f"{score:.1f} %")
        lines.append(f"| {row.lstrip('_')} | " + " | ".join(map(str, cells)) + " |")
    return lines
