"""Parts of language models: experts, compressed attention, windows, recurrences."""

from typing import Literal

from pydantic import model_validator

from ._base import Count, Spec, Whole

__all__ = ["Experts", "LatentAttention", "LinearAttention", "StateSpaceMixer", "Window"]


class Experts(Spec):
    """A mixture of experts: each token meets ``top_k`` of ``count``, and the shared ones."""

    count: Count
    top_k: Count
    ffn: Count
    """Width of one routed expert."""
    shared_ffn: Whole = 0
    """Width of all shared experts together."""
    shared_gate: bool = False
    layers: Count | None = None
    """Layers that have experts; every one from the first after ``first_dense`` if not given."""
    first_dense: Whole = 0
    every: Count = 1
    """One layer in so many has experts."""
    dense_beside: bool = False
    """A dense feed-forward runs beside the experts in each layer."""
    bias: bool = False

    @model_validator(mode="after")
    def _routes(self) -> "Experts":
        if self.top_k > self.count:
            raise ValueError(f"top_k ({self.top_k}) exceeds the {self.count} experts")
        return self

    def layers_of(self, layers: int) -> int:
        """Layers with experts, of so many."""
        if self.layers is not None:
            return self.layers
        return (layers - self.first_dense) // self.every


class LatentAttention(Spec):
    """Multi-head latent attention: keys and values live compressed in the cache."""

    kv_rank: Count
    query_rank: Count | None = None
    nope_dim: Count
    """Part of a head without position."""
    rope_dim: Count
    """Part of a head with rotary position, shared by all heads in the cache."""
    value_dim: Count

    @property
    def cache_elements(self) -> int:
        """Elements kept for each token in each layer."""
        return self.kv_rank + self.rope_dim

    def parameters(self, hidden: int, heads: int) -> int:
        """Weights of one layer."""
        query = heads * (self.nope_dim + self.rope_dim)
        if self.query_rank is None:
            queries = hidden * query
        else:
            queries = hidden * self.query_rank + self.query_rank + self.query_rank * query
        keys = hidden * self.cache_elements + self.kv_rank
        expand = self.kv_rank * heads * (self.nope_dim + self.value_dim)
        return queries + keys + expand + heads * self.value_dim * hidden


class Window(Spec):
    """Attention to the last ``size`` tokens only, in ``local`` of every ``period`` layers."""

    size: Count
    local: Count = 1
    period: Count = 1

    @model_validator(mode="after")
    def _part_of(self) -> "Window":
        if self.local > self.period:
            raise ValueError(f"local ({self.local}) exceeds period ({self.period})")
        return self

    def local_layers(self, layers: int) -> int:
        """Layers with the window, of so many."""
        full = layers // self.period
        return layers - full * (self.period - self.local) if self.local < self.period else layers


class StateSpaceMixer(Spec):
    """A selective state-space layer of the first or second kind (Mamba)."""

    mixer: Literal["mamba1", "mamba2"]
    inner: Count
    """Width inside the layer."""
    state: Count
    """State for each inner channel."""
    convolution: Count = 4
    rank: Count | None = None
    """Rank of the step size (first kind)."""
    heads: Count | None = None
    """Heads (second kind)."""
    groups: Count = 1
    """Groups that share inputs to the state (second kind)."""
    layers: Count | None = None
    """Layers that have it, in a hybrid; the ones that do not attend if not given."""

    @model_validator(mode="after")
    def _complete(self) -> "StateSpaceMixer":
        if self.mixer == "mamba1" and self.rank is None:
            raise ValueError("mamba1 needs rank, the rank of its step size")
        if self.mixer == "mamba2" and self.heads is None:
            raise ValueError("mamba2 needs heads")
        return self

    @property
    def projected(self) -> int:
        """Width of the input projection."""
        if self.mixer == "mamba1":
            return 2 * self.inner
        return 2 * self.inner + 2 * self.groups * self.state + (self.heads or 0)

    @property
    def convolved(self) -> int:
        """Channels of the short convolution."""
        if self.mixer == "mamba1":
            return self.inner
        return self.inner + 2 * self.groups * self.state

    @property
    def state_elements(self) -> int:
        """State of one sequence in one layer."""
        return self.inner * self.state

    @property
    def convolution_elements(self) -> int:
        """Recent inputs kept for the short convolution of one sequence in one layer."""
        return self.convolved * self.convolution

    def parameters(self, hidden: int) -> int:
        """Weights of one layer."""
        convolution = self.convolved * (self.convolution + 1)
        weights = hidden * self.projected + convolution + self.inner * hidden
        if self.mixer == "mamba1":
            rank = self.rank or 0
            steps = self.inner * (rank + 2 * self.state) + rank * self.inner + self.inner
            return weights + steps + self.inner * self.state + self.inner
        return weights + 3 * (self.heads or 0) + self.inner


class LinearAttention(Spec):
    """Attention kept as a matrix state: gated DeltaNet, lightning attention and their kin."""

    mixer: Literal["linear_attention"]
    key_heads: Count
    value_heads: Count
    key_dim: Count = 128
    value_dim: Count = 128
    convolution: Whole = 4
    output_gate: bool = True
    step_gates: bool = True
    """Whether each head has a decay and a step of its own."""
    layers: Count | None = None
    """Layers that have it; the ones that do not attend if not given."""

    @property
    def keys(self) -> int:
        """Width of all keys."""
        return self.key_heads * self.key_dim

    @property
    def values(self) -> int:
        """Width of all values."""
        return self.value_heads * self.value_dim

    @property
    def projected(self) -> int:
        """Width of the input projection."""
        gate = self.values * self.output_gate
        return 2 * self.keys + self.values + gate + 2 * self.value_heads * self.step_gates

    @property
    def state_elements(self) -> int:
        """State of one sequence in one layer."""
        return self.value_heads * self.key_dim * self.value_dim

    @property
    def convolution_elements(self) -> int:
        """Recent inputs kept for the short convolution of one sequence in one layer."""
        return (2 * self.keys + self.values) * self.convolution

    def parameters(self, hidden: int) -> int:
        """Weights of one layer."""
        convolution = self.convolution_elements
        steps = 2 * self.value_heads * self.step_gates
        return hidden * self.projected + convolution + steps + self.value_dim + self.values * hidden
