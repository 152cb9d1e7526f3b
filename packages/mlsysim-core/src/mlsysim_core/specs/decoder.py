"""Autoregressive language models with a closed form: decoders, and state-space models.

Only shapes are stored. Parameters, FLOPs, cache and activations follow from them, so that
no total can disagree with its own architecture.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ._base import Count, Spec, Whole
from ._mixers import Experts, LatentAttention, LinearAttention, StateSpaceMixer, Window

__all__ = ["Decoder", "StateSpace"]


class Decoder(Spec):
    """An autoregressive model: attention, or a recurrence in some layers, and a feed-forward."""

    kind: Literal["decoder"] = "decoder"
    layers: Count
    hidden: Count
    heads: Count
    kv_heads: Count | None = None
    """Heads of keys and values; as many as ``heads`` if not given."""
    head_dim: Count | None = None
    """``hidden / heads`` if not given."""
    ffn: Whole = 0
    """Width of the dense feed-forward layers."""
    vocab: Count
    max_context: Count | None = None
    tied_embeddings: bool = False
    gated_mlp: bool = True
    qkv_bias: bool = False
    out_bias: bool = False
    mlp_bias: bool = False
    norm_bias: bool = False
    norms_per_layer: Whole = 2
    norm_weights: bool = True
    qk_norm: Literal["per_head", "full"] | None = None
    positions: Whole = 0
    """Learned positions."""
    window: Window | None = None
    experts: Experts | None = None
    latent: LatentAttention | None = None
    recurrence: Annotated[
        StateSpaceMixer | LinearAttention | None, Field(discriminator="mixer")
    ] = None
    attention_layers: Count | None = None
    """Layers that attend, where others recur; all of them if not given."""
    feed_forward_layers: Whole | None = None
    """Layers with a feed-forward; all of them if not given."""
    other_parameters: Whole = 0
    """Parameters beside this shape, such as a relative-position table."""

    @model_validator(mode="after")
    def _consistent(self) -> "Decoder":
        if self.head_dim is None and self.latent is None and self.hidden % self.heads:
            raise ValueError(
                f"hidden ({self.hidden}) is not a multiple of heads ({self.heads}); give head_dim"
            )
        if self.kv_heads is not None and self.heads % self.kv_heads:
            raise ValueError(
                f"heads ({self.heads}) must be a multiple of kv_heads ({self.kv_heads})"
            )
        for name in ("attention_layers", "feed_forward_layers"):
            if (getattr(self, name) or 0) > self.layers:
                raise ValueError(f"{name} ({getattr(self, name)}) exceed layers ({self.layers})")
        if self.recurrence and not 0 < self.recurring <= self.layers:
            raise ValueError(
                f"recurrence: {self.recurring} of {self.layers} layers have it; "
                "give attention_layers, the layers that attend instead"
            )
        if self.experts and not 0 < self.expert_layers <= self.mlp_layers:
            raise ValueError(
                f"experts: {self.expert_layers} of {self.mlp_layers} feed-forward layers have them"
            )
        if not self.ffn and self.dense_layers:
            raise ValueError(
                f"give ffn, the width of the feed-forward of {self.dense_layers} layers"
            )
        return self

    @property
    def key_value_heads(self) -> int:
        """Heads of keys and values."""
        return self.kv_heads or self.heads

    @property
    def head_size(self) -> int:
        """Width of one head."""
        return self.head_dim or self.hidden // self.heads

    @property
    def attending(self) -> int:
        """Layers with attention."""
        return self.attention_layers if self.attention_layers is not None else self.layers

    @property
    def recurring(self) -> int:
        """Layers with a recurrence."""
        if self.recurrence is None:
            return 0
        return self.recurrence.layers or self.layers - self.attending

    @property
    def mlp_layers(self) -> int:
        """Layers with a feed-forward of any kind."""
        return self.layers if self.feed_forward_layers is None else self.feed_forward_layers

    @property
    def expert_layers(self) -> int:
        """Layers whose feed-forward is a mixture of experts."""
        return self.experts.layers_of(self.mlp_layers) if self.experts else 0

    @property
    def dense_layers(self) -> int:
        """Layers with a dense feed-forward."""
        if self.experts and self.experts.dense_beside:
            return self.mlp_layers
        return self.mlp_layers - self.expert_layers

    @property
    def attention_parameters(self) -> int:
        """Weights of one attention layer."""
        if self.latent:
            return self.latent.parameters(self.hidden, self.heads)
        size, kv = self.head_size, self.key_value_heads
        queries, keys = self.heads * size, kv * size
        weights = self.hidden * (2 * queries + 2 * keys)
        bias = self.qkv_bias * (queries + 2 * keys) + self.out_bias * self.hidden
        norm = {None: 0, "per_head": 2 * size, "full": queries + keys}[self.qk_norm]
        return weights + bias + norm

    @property
    def mlp_parameters(self) -> int:
        """Weights of one dense feed-forward layer."""
        matrices = 3 if self.gated_mlp else 2
        bias = self.mlp_bias * ((matrices - 1) * self.ffn + self.hidden)
        return matrices * self.hidden * self.ffn + bias

    @property
    def expert_parameters(self) -> int:
        """Weights of one routed expert."""
        if self.experts is None:
            return 0
        width, matrices = self.experts.ffn, 3 if self.gated_mlp else 2
        bias = self.experts.bias * ((matrices - 1) * width + self.hidden)
        return matrices * self.hidden * width + bias

    @property
    def shared_expert_parameters(self) -> int:
        """Weights of the router and the shared experts of one expert layer."""
        if self.experts is None:
            return 0
        matrices = 3 if self.gated_mlp else 2
        router = self.experts.count * (self.hidden + self.experts.bias)
        gate = self.hidden * self.experts.shared_gate
        return matrices * self.hidden * self.experts.shared_ffn + router + gate

    @property
    def embedding_parameters(self) -> int:
        """Weights of the token table."""
        return self.vocab * self.hidden

    def _parameters(self, experts_met: int) -> int:
        norm = (1 + self.norm_bias) * self.hidden * self.norm_weights
        recurrence = self.recurrence.parameters(self.hidden) if self.recurrence else 0
        return (
            self.embedding_parameters * (1 if self.tied_embeddings else 2)
            + self.positions * self.hidden
            + self.attending * self.attention_parameters
            + self.recurring * recurrence
            + self.dense_layers * self.mlp_parameters
            + self.expert_layers
            * (experts_met * self.expert_parameters + self.shared_expert_parameters)
            + (self.layers * self.norms_per_layer + 1) * norm
            + self.other_parameters
        )

    @property
    def parameters(self) -> int:
        """Every weight, once."""
        return self._parameters(self.experts.count if self.experts else 0)

    @property
    def active_parameters(self) -> int:
        """Weights that one token meets."""
        return self._parameters(self.experts.top_k if self.experts else 0)


class StateSpace(Spec):
    """An autoregressive model without attention: its state does not grow with the context."""

    kind: Literal["state_space"] = "state_space"
    layers: Count
    hidden: Count
    mixer: StateSpaceMixer
    vocab: Count
    tied_embeddings: bool = True
    max_context: Count | None = None
    norm_bias: bool = False
    other_parameters: Whole = 0

    @property
    def embedding_parameters(self) -> int:
        """Weights of the token table."""
        return self.vocab * self.hidden

    @property
    def parameters(self) -> int:
        """Every weight, once."""
        norm = (1 + self.norm_bias) * self.hidden
        return (
            self.embedding_parameters * (1 if self.tied_embeddings else 2)
            + self.layers * (self.mixer.parameters(self.hidden) + norm)
            + norm
            + self.other_parameters
        )

    @property
    def active_parameters(self) -> int:
        """Weights that one token meets."""
        return self.parameters
