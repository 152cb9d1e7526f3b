"""Number formats: how wide each is, and what a device computes when it lacks one."""

from typing import Any, Literal, get_args

from .errors import InputError, InputTypeError, nearest

__all__ = ["ALIASES", "FORMATS", "WIDTH", "Precision", "fallbacks", "resolve", "width"]

Precision = Literal[
    "fp64", "fp32", "tf32", "bf16", "fp16", "fp8", "int8", "fp6", "fp4", "int4"
]  # fmt: skip
"""A number format, of storage and of arithmetic."""

FORMATS: tuple[str, ...] = get_args(Precision)

WIDTH: dict[str, float] = {
    "fp64": 8.0,
    "fp32": 4.0,
    "tf32": 4.0,
    "bf16": 2.0,
    "fp16": 2.0,
    "fp8": 1.0,
    "int8": 1.0,
    "fp6": 0.75,
    "fp4": 0.5,
    "int4": 0.5,
}
"""Storage of one number. [byte]"""

ALIASES = {
    "float64": "fp64", "double": "fp64", "float32": "fp32", "float": "fp32", "single": "fp32",
    "float16": "fp16", "half": "fp16", "bfloat16": "bf16", "float8": "fp8", "fp8_e4m3": "fp8",
    "fp8_e5m2": "fp8", "float4": "fp4", "nvfp4": "fp4", "mxfp4": "fp4", "mxfp8": "fp8",
}  # fmt: skip
"""Other spellings of the same formats."""

_WIDER: dict[str, tuple[str, ...]] = {
    "int4": ("int8", "fp16", "bf16", "tf32", "fp32", "fp64"),
    "fp4": ("fp6", "fp8", "fp16", "bf16", "tf32", "fp32", "fp64"),
    "fp6": ("fp8", "fp16", "bf16", "tf32", "fp32", "fp64"),
    "int8": ("fp16", "bf16", "tf32", "fp32", "fp64"),
    "fp8": ("fp16", "bf16", "tf32", "fp32", "fp64"),
    # The other 16-bit format comes before a wider one: it is what such a device runs.
    "fp16": ("bf16", "tf32", "fp32", "fp64"),
    "bf16": ("tf32", "fp32", "fp64"),
    "tf32": ("fp32", "fp64"),
    "fp32": ("fp64",),
    "fp64": (),
}


def fallbacks(precision: str) -> tuple[str, ...]:
    """Formats that hold every number of ``precision``, nearest first."""
    return _WIDER[precision]


def resolve(precision: object, parameter: str = "precision") -> str:
    """Return the name of a format, whatever way it was spelt.

    Parameters
    ----------
    precision : object
        A format such as ``"fp16"``; case does not matter, and ``"half"`` or
        ``"bfloat16"`` are understood.
    parameter : str
        Name of the argument, for the error.

    Raises
    ------
    InputTypeError
        If it is not text.
    InputError
        If no format is called that.
    """
    if not isinstance(precision, str):
        raise InputTypeError(
            f"{parameter} must be the name of a number format, such as 'fp16', "
            f"got {precision!r} ({type(precision).__name__})"
        )
    if precision in WIDTH:
        return str(precision)
    name = precision.casefold().removeprefix("torch.")
    if name in WIDTH:
        return name
    if name in ALIASES:
        return ALIASES[name]
    close = nearest(name, (*FORMATS, *ALIASES))
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise InputError(f"{parameter} must be one of {', '.join(FORMATS)}; got {precision!r}{hint}")


def width(precision: Any) -> float:
    """Bytes of one number: of a format, or as a quantity says."""
    if hasattr(precision, "m_as"):
        return float(precision.m_as("byte"))
    return WIDTH[resolve(precision)]
