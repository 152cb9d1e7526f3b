"""Requests to be served: generated from a seed, or read from a trace."""

import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random

from mlsysim_core._arguments import check_choice, whole_number
from mlsysim_core.errors import InputError

from .._amounts import positive

__all__ = ["Requests"]

Lengths = int | tuple[int, int]

_ARRIVED = ("arrival_s", "arrived_at", "timestamp", "TIMESTAMP")
_READ = ("prompt_tokens", "input_length", "ContextTokens", "num_prefill_tokens", "input_len")
_WRITTEN = (
    "output_tokens", "output_length", "GeneratedTokens", "num_decode_tokens", "output_len",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """Prompts and outputs, and when they arrive; without arrivals they form a closed loop."""

    prompts: tuple[int, ...]
    """Tokens of each prompt."""
    outputs: tuple[int, ...]
    """Tokens written for each."""
    arrivals: tuple[float, ...] | None = None
    """In rising order. [s]"""

    def __post_init__(self) -> None:
        if not self.prompts or len(self.prompts) != len(self.outputs):
            raise InputError("requests need as many outputs as prompts, and at least one of each")
        if min(self.prompts) < 1 or min(self.outputs) < 1:
            raise InputError("every prompt and every output has at least one token")
        arrivals = self.arrivals
        if arrivals is not None:
            if len(arrivals) != len(self.prompts):
                raise InputError("give one arrival for each request")
            pairs = pairwise(arrivals)
            if not all(0.0 <= early <= late < math.inf for early, late in pairs):
                raise InputError("arrivals must be finite times in rising order")

    def __len__(self) -> int:
        return len(self.prompts)

    @property
    def rate(self) -> float | None:
        """Requests that arrive in a second, on average [1 / s]."""
        if self.arrivals is None or self.arrivals[-1] == self.arrivals[0]:
            return None
        return (len(self) - 1) / (self.arrivals[-1] - self.arrivals[0])

    @classmethod
    def generate(
        cls,
        count: int = 1000,
        prompt_len: Lengths = 512,
        output_len: Lengths = 128,
        *,
        rate: float | None = None,
        arrival: str = "poisson",
        variation: float = 0.0,
        seed: int = 0,
    ) -> "Requests":
        """Draw requests.

        Parameters
        ----------
        count : int
            Number of requests.
        prompt_len, output_len : int or tuple of int
            Mean tokens, or the least and the most of a uniform draw.
        rate : float, optional
            Arrivals in a second; a closed loop if not given.
        arrival : str
            ``"poisson"``, ``"uniform"`` or ``"burst"``, all at once.
        variation : float
            Standard deviation of log-normal lengths over their mean; 0 for fixed ones.
        seed : int
            The same seed gives the same requests.
        """
        count = whole_number("count", count)
        check_choice("arrival", arrival, ("poisson", "uniform", "burst"))
        if not 0.0 <= variation < math.inf:
            raise InputError(f"variation must not be negative, got {variation}")
        source = Random(seed)  # noqa: S311  # a workload is no secret
        prompts = _draw(source, count, "prompt_len", prompt_len, variation)
        outputs = _draw(source, count, "output_len", output_len, variation)
        arrivals = None
        if arrival == "burst":
            arrivals = (0.0,) * count
        elif rate is not None:
            rate = positive("rate", rate)
            gaps = [source.expovariate(rate) for _ in range(count)]
            if arrival == "uniform":
                gaps = [1.0 / rate] * count
            now, times = 0.0, []
            for gap in gaps:
                now += gap
                times.append(now)
            arrivals = tuple(times)
        return cls(prompts=prompts, outputs=outputs, arrivals=arrivals)

    @classmethod
    def read(cls, path: str | Path) -> "Requests":
        """Read a trace: CSV or JSON lines with arrival, prompt tokens and output tokens.

        The column names of the public traces of Azure, Mooncake and Vidur are understood;
        times are seconds, dates, or whole milliseconds in JSON lines.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise InputError(f"{path}: {error}") from None
        lines = path.suffix in {".jsonl", ".ndjson"}
        records: Iterable[dict[str, object]]
        try:
            if lines:
                records = [json.loads(line) for line in text.splitlines() if line.strip()]
            else:
                records = list(csv.DictReader(text.splitlines()))
        except ValueError as error:
            raise InputError(f"{path}: {error}") from None
        rows = []
        for number, record in enumerate(records, 1):
            try:
                when = _seconds(_pick(record, _ARRIVED), milliseconds=lines)
                rows.append(
                    (
                        when,
                        int(float(str(_pick(record, _READ)))),
                        int(float(str(_pick(record, _WRITTEN)))),
                    )
                )
            except (KeyError, ValueError) as error:
                raise InputError(f"{path}: record {number}: {error}") from None
        if not rows:
            raise InputError(f"{path}: no request in it")
        rows.sort()
        first = rows[0][0]
        return cls(
            prompts=tuple(row[1] for row in rows),
            outputs=tuple(row[2] for row in rows),
            arrivals=tuple(row[0] - first for row in rows),
        )


def _draw(
    source: Random, count: int, parameter: str, lengths: Lengths, variation: float
) -> tuple[int, ...]:
    if isinstance(lengths, tuple):
        if len(lengths) != len(("least", "most")):
            raise InputError(f"{parameter} must be a number, or the least and the most")
        least = whole_number(parameter, lengths[0])
        most = whole_number(parameter, lengths[1], least)
        return tuple(source.randint(least, most) for _ in range(count))
    mean = whole_number(parameter, lengths)
    if not variation:
        return (mean,) * count
    spread = math.sqrt(math.log1p(variation * variation))
    middle = math.log(mean) - spread * spread / 2.0
    return tuple(max(round(source.lognormvariate(middle, spread)), 1) for _ in range(count))


def _pick(record: dict[str, object], names: tuple[str, ...]) -> object:
    for name in names:
        if name in record and record[name] not in {None, ""}:
            return record[name]
    raise KeyError(f"none of {', '.join(names)}")


def _seconds(value: object, *, milliseconds: bool) -> float:
    text = str(value)
    try:
        number = float(text)
    except ValueError:
        return datetime.fromisoformat(text[:26]).timestamp()
    return number / 1e3 if milliseconds else number
