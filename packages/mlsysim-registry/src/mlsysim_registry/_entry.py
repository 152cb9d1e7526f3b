"""Who says so: the sources of an entry, and the rule that every value needs one."""

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["NAMING", "PROSE", "Confidence", "Provenance", "Source", "leaves", "uncited"]

PROSE = frozenset(
    {"title", "family", "vendor", "provider", "region", "note", "scope", "topology", "cooling"}
)
"""Keys that name things rather than measure them, and need no source."""

NAMING = ("*kind", "*.name", "*.note", "*.op", "*.mixer", "cloud_prices.offer")

Confidence = Literal[
    "datasheet",
    "whitepaper",
    "measured",
    "config_seen",
    "recall_param_exact",
    "paper_recall",
    "computed",
    "recall",
    "estimate",
    "rumour",
    "promise",
]
"""How far to trust an entry as a whole.

``datasheet``, ``whitepaper``
    The main values were read in the vendor's text, or in a table that quotes it.
``measured``, ``computed``
    Somebody's measurement; counted from the module itself.
``config_seen``
    The shape was compared with the vendor's configuration file.
``recall_param_exact``, ``paper_recall``
    The shape is from memory, and reproduces the published number of parameters.
``recall``, ``estimate``, ``rumour``
    From memory of the named document; our own arithmetic; never confirmed by its makers.
``promise``
    Chosen by mlsysim, and kept as it is.
"""


class Source(BaseModel):
    """A publication, and the values taken from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    covers: Annotated[tuple[str, ...], Field(min_length=1)]
    """Dotted paths of those values; ``*`` stands for any part."""
    title: Annotated[str, Field(min_length=1)]
    url: str = ""
    seen: bool
    """Whether it was opened for this entry; if not, it is cited from memory."""
    note: str = ""
    """The arithmetic, where a value was derived."""

    def __str__(self) -> str:
        url = f" <{self.url}>" if self.url else ""
        note = f" ({self.note})" if self.note else ""
        seen = "" if self.seen else " [cited from memory]"
        return f"{', '.join(self.covers)}: {self.title}{url}{note}{seen}"


class Provenance(BaseModel):
    """Who vouches for an entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    aliases: tuple[str, ...] = ()
    confidence: Confidence
    source: Annotated[tuple[Source, ...], Field(min_length=1)]

    def of(self, path: str) -> tuple[Source, ...]:
        """Return the sources of one value, the most particular first.

        Parameters
        ----------
        path : str
            A dotted path in the entry, such as ``"memory.bandwidth"``.
        """
        ranked = [
            (max(len(pattern) for pattern in matching), -place)
            for place, source in enumerate(self.source)
            if (matching := [one for one in source.covers if fnmatchcase(path, one)])
        ]
        return tuple(self.source[-place] for _, place in sorted(ranked, reverse=True))

    def __str__(self) -> str:
        lines = [f"confidence: {self.confidence}", *map(str, self.source)]
        return "\n".join(lines)

    __repr__ = __str__


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Dotted path of every value in a table; the tables of a list share their path."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for part in value:
                yield from leaves(part, f"{prefix}{key}.")
        else:
            yield prefix + key


def uncited(table: Mapping[str, Any], provenance: Provenance) -> list[str]:
    """Paths of the values that no source covers."""
    patterns: Iterable[str] = [one for source in provenance.source for one in source.covers]
    return [
        path
        for path in dict.fromkeys(leaves(table))
        if path not in PROSE
        and not any(fnmatchcase(path, naming) for naming in NAMING)
        and not any(fnmatchcase(path, pattern) for pattern in patterns)
    ]
