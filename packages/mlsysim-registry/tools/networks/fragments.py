"""Layer lists as the ``[architecture]`` table of a registry entry, in TOML 1.0."""

import textwrap

from .graph import Built, Layer, Value

__all__ = ["fragment_of"]


def fragment_of(built: Built, note: str) -> str:
    """Text of the table, under the note as a comment."""
    lines = [f"# {line}" for line in textwrap.wrap(note, 96, break_on_hyphens=False)]
    lines += ["[architecture]", 'kind = "network"', f"input = {value_of(list(built.input))}"]
    if built.steps != 1:
        lines.append(f"steps = {built.steps}")
    if built.forwards != 1:
        lines.append(f"forwards = {built.forwards}")
    if built.tables:
        lines.append(f"tables = {built.tables}")
    lines += ["layers = [", *(f"  {inline_of(layer)}," for layer in built.layers), "]"]
    return "\n".join(lines) + "\n"


def inline_of(layer: Layer) -> str:
    """Inline table of a layer."""
    return "{ " + ", ".join(f"{key} = {value_of(value)}" for key, value in layer.items()) + " }"


def value_of(value: Value) -> str:
    """TOML of a value."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
