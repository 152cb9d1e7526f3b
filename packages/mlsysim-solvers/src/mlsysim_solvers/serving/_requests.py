"""Requests to be served: generated from a seed, or read from a trace."""

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from mlsysim_core._arguments import check_choice, whole_number
from mlsysim_core.errors import InputError

from .._amounts import positive
from ._request_trace import read_trace

__all__ = ["Requests"]

Lengths = int | tuple[int, int]


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
        """Read a trace: CSV or JSON lines with arrival, prompt tokens and output tokens, or .gz.

        The column names of the public traces of Azure, Mooncake and Vidur are understood;
        times are seconds, dates, or milliseconds in JSON lines.

        Raises
        ------
        InputError
            If the file cannot be read, or a record lacks something or has something else.
        """
        arrivals = sorted(read_trace(path))
        if not arrivals:
            raise InputError(f"{path}: no request in it")
        first = arrivals[0].seconds
        return cls(
            prompts=tuple(one.prompt for one in arrivals),
            outputs=tuple(one.output for one in arrivals),
            arrivals=tuple(one.seconds - first for one in arrivals),
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
