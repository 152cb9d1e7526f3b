"""A replica in a steady state: how fast it serves with so many requests at once.

A request needs its prompt read once, and a share of as many steps as it has later tokens.
With ``n`` requests in the engine, each takes ``n`` times the engine time of its own prompt,
and the steps that all of them share.
"""

import math
from dataclasses import dataclass

from ._replica import Replica
from ._replica_settings import cache_tokens
from ._steps import Steps

__all__ = ["SteadyState", "closed_loop", "occupancy", "open_loop"]


_EXACT = 1e-9
"""Relative error of a mean number of requests."""
_LARGE = 1e250


@dataclass(frozen=True, slots=True)
class SteadyState:
    """One replica, one kind of request."""

    steps: Steps
    replica: Replica
    read: int
    """Tokens of the prompt that are computed."""
    prompt: int
    written: int
    limit: int
    """Sequences that decode together at most."""
    page: int
    """Tokens of a block of the cache."""

    @property
    def paged(self) -> int:
        """Tokens of the blocks that a finished request holds."""
        longest = self.prompt + self.written - 1
        return math.ceil(longest / self.page) * self.page

    @property
    def most(self) -> int:
        """Requests that fit in the engine together."""
        tokens = cache_tokens(self.replica, self.paged)
        return self.limit if math.isinf(tokens) else min(self.limit, int(tokens // self.paged))

    @property
    def context(self) -> float:
        """Mean context while decoding [token]."""
        return self.prompt + max(self.written - 2, 0) / 2.0

    def reading(self, together: float) -> float:
        """Return what a prompt adds to the passes of others [s]."""
        steps, others = self.steps, max(round(together) - 1, 0)
        attention = steps.reading[self.prompt] - steps.reading[self.prompt - self.read]
        if not steps.plain or not others or self.written == 1:
            return steps.prefill(1, self.read, attention)
        added = steps.tokens[others + self.read] - steps.tokens[others]
        return added + attention + steps.scores[others + 1] - steps.scores[others]

    def step(self, together: float) -> float:
        """Return the time of a step that writes one token of each request [s]."""
        below = max(math.floor(together), 1)
        part = together - below
        first = self.steps.decode(below, self.context)
        if part <= 0.0:
            return first
        return first + part * (self.steps.decode(below + 1, self.context) - first)

    def residence(self, together: float) -> float:
        """Return the time that a request spends in the engine [s]."""
        own = self.reading(together)
        return together * own + (self.written - 1) * self.step(together)

    def rate(self, together: float) -> float:
        """Return the requests finished in a second [1 / s]."""
        return together / self.residence(together)

    def first_token(self, together: float, rate: float) -> float:
        """Return the time to the first token of a request that is admitted at once [s]."""
        own = self.reading(together)
        busy = min(rate * own, 0.99)
        # The pass under way must end, and other prompts may be before this one.
        current = self.step(together) / 2.0 if together > 1 and self.written > 1 else 0.0
        alone = self.steps.prefill(
            1,
            self.read,
            self.steps.reading[self.prompt] - self.steps.reading[self.prompt - self.read],
        )
        shared = self.step(together) + own if together > 1 and self.written > 1 else alone
        return max(alone, shared) + current + busy * own / (2.0 * (1.0 - busy))


def closed_loop(state: SteadyState, clients: int) -> tuple[float, float]:
    """Return mean requests in the engine, and waiting ones.

    Each client sends its next request when the last is finished; it is with the front end
    before it reaches the engine.
    """
    between = state.replica.front_end
    waiting = clients - state.most - state.rate(state.most) * between
    if waiting >= 0.0:
        return float(state.most), waiting
    low, high = 0.0, float(min(clients, state.most))
    while between and high - low > _EXACT * high:
        middle = (low + high) / 2.0
        inside = middle + state.rate(middle) * between
        low, high = (middle, high) if inside < clients else (low, middle)
    return high, 0.0


def occupancy(state: SteadyState, arrival_rate: float) -> list[float]:
    """Return the chances of so many requests in the engine, of which the last one is full.

    A birth-death process whose departures follow the batch; the engine shares its time
    among its requests, so that only the mean of their lengths matters. Beyond the batch,
    departures no longer grow: waiting requests are a geometric tail of the last chance.
    """
    weights = [1.0]
    for count in range(1, state.most + 1):
        weights.append(weights[-1] * arrival_rate / state.rate(count))
        if weights[-1] > _LARGE:
            weights = [one / _LARGE for one in weights]
    weights[-1] /= 1.0 - arrival_rate / state.rate(state.most)
    total = sum(weights)
    return [one / total for one in weights]


def open_loop(state: SteadyState, arrival_rate: float) -> tuple[float, float, float] | None:
    """Return mean requests in the engine, mean waiting ones, and the chance to wait.

    Nothing if requests arrive faster than they can ever be served.
    """
    most = state.most
    if most < 1 or arrival_rate >= state.rate(most):
        return None
    chances = occupancy(state, arrival_rate)
    ratio = arrival_rate / state.rate(most)
    inside = sum(count * chance for count, chance in enumerate(chances))
    return inside, chances[-1] * ratio / (1.0 - ratio), chances[-1]
