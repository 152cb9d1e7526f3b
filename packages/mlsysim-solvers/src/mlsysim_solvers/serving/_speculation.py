"""Speculative decoding: a draft proposes tokens, and one pass of the model checks them."""

from dataclasses import dataclass, replace
from typing import Any

from mlsysim_core._arguments import find_model, whole_number
from mlsysim_core.errors import InputError
from mlsysim_core.physics.speculation import accepted_tokens
from mlsysim_core.specs import Decoder, ModelSpec

from ._replica import Replica
from ._timed_pass import Pass

__all__ = ["Speculation", "speculation_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Speculation:
    """What proposes tokens, how many, and how often the model agrees."""

    draft: Replica
    tokens: int
    """Tokens that are proposed in each round."""
    acceptance: float
    """Chance that the model agrees with one, given that it agreed with those before."""

    @property
    def per_round(self) -> float:
        """Tokens that a round is expected to yield, the model's own one included."""
        return float(accepted_tokens(self.acceptance, float(self.tokens)))

    def step(self, replica: Replica, batch: float, context: float) -> Pass:
        """Return the time of one written token of every sequence."""
        checked = replica.verify(batch, context, self.tokens + 1)
        proposed = self.draft.decode(batch, context).times(self.tokens)
        joules = None
        if checked.joules is not None and proposed.joules is not None:
            joules = checked.joules + proposed.joules
        parts = (*checked.parts, ("draft", proposed.seconds))
        together = Pass(parts, checked.seconds + proposed.seconds, joules, checked.alive)
        return replica.looped(together, batch).times(1.0 / self.per_round)

    def held(self, batch: float, context: float) -> float:
        """Return the memory of the draft on each device: weights and cache [byte]."""
        kept = self.draft.held(batch, context)
        return float(kept.weights) + float(kept.cache)


def speculation_of(
    replica: Replica,
    draft_model: ModelSpec | str | None,
    draft_tokens: int,
    acceptance: float,
    prediction_layers: int,
) -> Speculation | None:
    """Check the settings of speculation; nothing where none is asked for."""
    if draft_model is None and not prediction_layers:
        return None
    if draft_model is not None and prediction_layers:
        raise InputError("give draft_model or prediction_layers, not both")
    if (
        isinstance(acceptance, bool)
        or not isinstance(acceptance, int | float)
        or not 0.0 <= acceptance <= 1.0
    ):
        raise InputError(f"draft_acceptance_rate must be from 0.0 to 1.0, got {acceptance!r}")
    if draft_model is None:
        model = _own_layers(replica.model, whole_number("prediction_layers", prediction_layers))
    else:
        model = find_model(draft_model)
    # A draft is small: it runs as the model does, on the same devices.
    layout = replica.layout
    heads: Any = getattr(model.architecture, "heads", layout.tensor)
    if heads % layout.tensor or layout.pipeline > 1 or layout.data > 1:
        layout = replace(layout, tensor=1, pipeline=1, experts=1, data=1)
    if getattr(model.architecture, "experts", None) is None:
        layout = replace(layout, experts=1)
    return Speculation(
        draft=replace(replica, model=model, layout=layout),
        tokens=whole_number("draft_tokens", draft_tokens),
        acceptance=float(acceptance),
    )


def _own_layers(model: ModelSpec, layers: int) -> ModelSpec:
    """Take some layers of a model, with its head, for the draft that it carries itself."""
    shape = model.architecture
    if not isinstance(shape, Decoder) or shape.attention_layers or shape.recurrence:
        raise InputError(f"prediction_layers: {model.name} is no plain decoder")
    update: dict[str, Any] = {"layers": layers}
    if shape.experts:
        update["experts.first_dense"] = 0
        update["experts.layers"] = None
    short = shape.model_copy(update=update)
    return ModelSpec(name=f"{model.name}, {layers} layers", architecture=short)
