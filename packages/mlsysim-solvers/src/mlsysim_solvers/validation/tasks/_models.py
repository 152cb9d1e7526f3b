"""A model from the architecture that a row of measurements carries."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mlsysim_core import ModelSpec
from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MissingValueError, UnknownEntryError
from mlsysim_core.specs import Network, Totals

from ._model_words import spellings, usual_names
from ._shapes import (
    decoder,
    encoder,
    is_encoder,
    layers_of,
    patches,
    stated_parameters,
    totals_of,
    whole,
)

__all__ = ["architecture_of", "model_from_row", "remembered_model", "sequence_length"]

_COLORS, _HEAD_DIM = 3, 128
_CLOSE = 0.25
"""Difference of two counts that still mean the same network."""


def architecture_of(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the architecture of a row, parsed; empty where it has none.

    Raises
    ------
    InputError
        If it is not the text of a JSON object.
    """
    text = (row.get("architecture") or "").strip()
    if not text:
        return {}
    try:
        shape = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"architecture is not JSON: {error}") from None
    if not isinstance(shape, dict):
        raise InputError(f"architecture must be a JSON object, got {text:.60}")
    return usual_names({key: value for key, value in shape.items() if value is not None})


def sequence_length(row: Mapping[str, str]) -> int | None:
    """Return the tokens of one sequence or sample, where the row tells them."""
    shape = architecture_of(row)
    if shape.get("seq_len"):
        return int(shape["seq_len"])
    return patches(shape)


def model_from_row(row: Mapping[str, str]) -> ModelSpec:
    """Build the model that a row of measurements was taken with.

    A shape (layers, hidden, heads, …) is taken as it is. Where only totals are given
    (``gmacs``, ``params_m``, ``macts_m``), the registry's layers of that name are taken if
    they have the same totals; else the totals alone. Where layers alone are missing, they
    follow from a size in the name and the stages that share them. Without either, the name
    decides.

    Parameters
    ----------
    row : mapping of str to str
        ``model``, ``architecture`` and ``pp``, as in a file of measurements.

    Returns
    -------
    ModelSpec
        The model.

    Raises
    ------
    MissingValueError
        If neither the row nor a registry has a shape or a size.
    InputError
        If the architecture cannot be read.
    """
    name, architecture = row.get("model") or "model", row.get("architecture") or ""
    if '"layers"' in architecture or '"hidden"' not in architecture:
        return remembered_model(name, architecture)
    return remembered_model(name, architecture, int(row.get("pp") or 1))


@lru_cache(maxsize=4096)
def remembered_model(name: str, architecture: str, stages: int = 1) -> ModelSpec:
    """Build a model once, however many rows are about it."""
    shape = architecture_of({"architecture": architecture})
    if "hidden" in shape and (layers := shape.get("layers") or layers_of(name, shape, stages)):
        shape["layers"] = layers
        shape.setdefault("heads", max(int(shape["hidden"]) // _HEAD_DIM, 1))
        if is_encoder(shape):
            return ModelSpec(name=name, architecture=encoder(shape))
        return ModelSpec(name=name, architecture=decoder(shape))
    known = _registered(name, shape)
    if known is not None and not _as_large(known, shape):
        known = None
    totals = totals_of(shape)
    if known is not None and totals is None:
        known = _at_size(known, shape)
    if known is not None and (totals is None or _same(known, shape, totals)):
        steps = whole(shape, "steps")
        return known.model_copy(update={"architecture.steps": steps}) if steps else known
    if totals is not None:
        return ModelSpec(name=name, architecture=totals)
    raise MissingValueError(
        f"{name}: neither the row's architecture ({', '.join(shape) or 'empty'}) nor a registry "
        "tells its shape, or its operations and parameters"
    )


def _registered(name: str, shape: Mapping[str, Any]) -> ModelSpec | None:
    """Look for a registered model under the names that people write."""
    bare = re.sub(r"\s*\(.*?\)", "", name.rpartition("/")[2]).strip()
    family = str(shape.get("name") or shape.get("family") or "")
    variants = [bare, family]
    variants += [re.sub(r"[_ -]?v1\.5$", "", one) for one in variants]
    variants += [short for one in variants for short in spellings(one)]
    for one in dict.fromkeys(variant for variant in variants if variant):
        try:
            return find("model", one)
        except UnknownEntryError:
            continue
    return None


def _at_size(model: ModelSpec, shape: Mapping[str, Any]) -> ModelSpec:
    """Return a registered network at the row's size of image or latent."""
    network = model.architecture
    if not isinstance(network, Network):
        return model
    pictures = network.input[0] == _COLORS
    size = whole(shape, *(("img_size", "image") if pictures else ("latent",)))
    if size is None or size in network.input:
        return model
    return model.model_copy(update={"architecture": network.at_size(size, size)})


def _as_large(model: ModelSpec, shape: Mapping[str, Any]) -> bool:
    """Tell whether a registered model has the parameters that the row gives, if any."""
    stated = stated_parameters(shape)
    return stated is None or abs(model.architecture.parameters / stated - 1.0) < _CLOSE


def _same(model: ModelSpec, shape: Mapping[str, Any], totals: Totals) -> bool:
    """Tell whether a registered model has the totals that the row gives."""
    known = model.architecture
    if not isinstance(known, Network):
        return False
    image = whole(shape, "img_size", "image")
    if image is not None and image not in known.input:
        return False
    operations = 2.0 * known.multiply_accumulates * known.passes
    return abs(operations / (totals.operations or 1) - 1.0) < _CLOSE
