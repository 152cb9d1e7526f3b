"""Models that read whole samples: encoders, and encoders with a decoder.

Only shapes are stored; parameters and operations follow from them.
"""

from typing import Literal

from pydantic import model_validator

from ._base import Count, Spec, Whole
from ._mixers import Window

__all__ = ["Encoder", "EncoderDecoder"]


class Encoder(Spec):
    """A bidirectional model: every token of a sample at once."""

    kind: Literal["encoder"] = "encoder"
    layers: Count
    hidden: Count
    heads: Count
    ffn: Count
    vocab: Whole = 0
    max_context: Count = 512
    positions: Whole = 0
    """Learned positions."""
    token_types: Whole = 0
    embedding_dim: Count | None = None
    """Width of the token table where it is factorised."""
    gated_mlp: bool = False
    bias: bool = True
    norms_per_layer: Whole = 2
    shared_layers: bool = False
    """One set of weights for all layers."""
    pooler: bool = False
    window: Window | None = None
    other_parameters: Whole = 0
    """Parameters beside this shape, such as a convolutional front end."""
    other_operations: Whole = 0
    """Operations beside this shape, for one sample."""

    @model_validator(mode="after")
    def _consistent(self) -> "Encoder":
        if self.hidden % self.heads:
            raise ValueError(f"hidden ({self.hidden}) is not a multiple of heads ({self.heads})")
        return self

    @property
    def layer_parameters(self) -> int:
        """Weights of one layer."""
        matrices = 3 if self.gated_mlp else 2
        weights = 4 * self.hidden**2 + matrices * self.hidden * self.ffn
        bias = self.bias * (5 * self.hidden + (matrices - 1) * self.ffn)
        return weights + bias + self.norms_per_layer * (1 + self.bias) * self.hidden

    @property
    def embedding_parameters(self) -> int:
        """Weights of the token, position and type tables."""
        width = self.embedding_dim or self.hidden
        factor = self.embedding_dim * self.hidden + self.hidden if self.embedding_dim else 0
        rows = self.vocab + self.positions + self.token_types
        return rows * width + factor

    @property
    def parameters(self) -> int:
        """Every weight, once."""
        width = self.embedding_dim or self.hidden
        return (
            self.embedding_parameters
            + (1 + self.bias) * width
            + self.layer_parameters * (1 if self.shared_layers else self.layers)
            + self.pooler * (self.hidden**2 + self.hidden)
            + self.other_parameters
        )

    @property
    def active_parameters(self) -> int:
        """Weights that one token meets."""
        return self.parameters


class EncoderDecoder(Spec):
    """An encoder whose output a decoder reads while it writes."""

    kind: Literal["encoder_decoder"] = "encoder_decoder"
    encoder_layers: Count
    decoder_layers: Count
    hidden: Count
    heads: Count
    head_dim: Count | None = None
    ffn: Count
    vocab: Count
    max_context: Count = 512
    source_length: Count | None = None
    """Positions that the encoder always reads, such as 1,500 audio frames."""
    positions: Whole = 0
    """Learned positions, of encoder and decoder together."""
    tied_embeddings: bool = True
    gated_mlp: bool = False
    bias: bool = False
    norm_bias: bool = False
    other_parameters: Whole = 0
    other_operations: Whole = 0
    """Operations of the front end, for one sample."""

    @model_validator(mode="after")
    def _consistent(self) -> "EncoderDecoder":
        if self.head_dim is None and self.hidden % self.heads:
            raise ValueError(
                f"hidden ({self.hidden}) is not a multiple of heads ({self.heads}); give head_dim"
            )
        return self

    @property
    def head_size(self) -> int:
        """Width of one head."""
        return self.head_dim or self.hidden // self.heads

    @property
    def attention_parameters(self) -> int:
        """Weights of one attention."""
        inner = self.heads * self.head_size
        return 4 * self.hidden * inner + self.bias * (3 * inner + self.hidden)

    @property
    def mlp_parameters(self) -> int:
        """Weights of one feed-forward."""
        matrices = 3 if self.gated_mlp else 2
        bias = self.bias * ((matrices - 1) * self.ffn + self.hidden)
        return matrices * self.hidden * self.ffn + bias

    @property
    def embedding_parameters(self) -> int:
        """Weights of the token table."""
        return self.vocab * self.hidden

    @property
    def parameters(self) -> int:
        """Every weight, once."""
        norm = (1 + self.norm_bias) * self.hidden
        encoder = self.attention_parameters + self.mlp_parameters + 2 * norm
        decoder = 2 * self.attention_parameters + self.mlp_parameters + 3 * norm
        return (
            self.embedding_parameters * (1 if self.tied_embeddings else 2)
            + self.positions * self.hidden
            + self.encoder_layers * encoder
            + self.decoder_layers * decoder
            + 2 * norm
            + self.other_parameters
        )

    @property
    def active_parameters(self) -> int:
        """Weights that one token meets, on both sides together."""
        return self.parameters
