"""What arguments must look like, and what to say when they do not."""

import math
import operator
from typing import Any

from ._registries import find, names
from .errors import InputError, InputTypeError, UnknownEntryError, nearest
from .specs import HardwareSpec, ModelSpec, StackSpec, ideal_stack, optimized_stack

__all__ = [
    "check_batch_size",
    "check_choice",
    "check_efficiency",
    "check_flag",
    "check_length",
    "find_hardware",
    "find_model",
    "find_stack",
    "whole_number",
]

_LARGEST = 10**12
_A = {"hardware": "a device", "model": "a model"}
_STACKS = {"optimized": optimized_stack, "ideal": ideal_stack}


def whole_number(parameter: str, value: object, least: int = 1, most: int = _LARGEST) -> int:
    """Accept a whole number in a range; a bool, a fraction or a text is none."""
    if type(value) is int and least <= value <= most:
        return value
    try:
        number = operator.index(_no_bool(value))
    except TypeError:
        raise InputTypeError(
            f"{parameter} must be a whole number of at least {least}, "
            f"got {value!r} ({type(value).__name__})"
        ) from None
    if not least <= number <= most:
        shown = f"{number:,}" if abs(number) < 10**30 else "a number of more than 30 digits"
        raise InputError(f"{parameter} must be from {least} to {most:,}, got {shown}")
    return number


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise TypeError
    return value


def check_batch_size(value: object) -> int:
    """Accept a batch size."""
    return whole_number("batch_size", value)


def check_length(value: object) -> int:
    """Accept a number of tokens."""
    return whole_number("seq_len", value)


def check_efficiency(value: object) -> float:
    """Accept a fraction of the peak, both ends included."""
    truth = type(value).__name__.startswith("bool")  # numpy's is none of Python's
    if truth or not hasattr(type(value), "__float__") or isinstance(value, str):
        raise InputTypeError(
            f"efficiency must be a number from 0.0 to 1.0, got {value!r} ({type(value).__name__})"
        )
    try:
        number = float(value)  # type: ignore[arg-type]
    except Exception as error:  # a quantity or an array that is no plain number
        raise InputTypeError(
            f"efficiency must be a number from 0.0 to 1.0, got {value!r}: {error}"
        ) from None
    if not 0.0 <= number <= 1.0 or math.isnan(number):
        percent = f"; did you mean {number / 100:g}?" if 1.0 < number <= 100.0 else ""
        raise InputError(f"efficiency must be from 0.0 to 1.0, got {number}{percent}")
    return number


def check_flag(parameter: str, value: object) -> bool:
    """Accept a bool, and nothing that merely behaves like one."""
    if not isinstance(value, bool):
        raise InputTypeError(f"{parameter} must be True or False, got {value!r}")
    return value


def check_choice(
    parameter: str, value: object, known: tuple[str, ...], who: str = "choose from"
) -> str:
    """Accept one of a few words."""
    if isinstance(value, str) and value in known:
        return value
    close = nearest(str(value), known)
    hint = f"; did you mean {close[0]}?" if close else ""
    kind = InputError if isinstance(value, str) else InputTypeError
    raise kind(f"{parameter}: {who} {', '.join(known)}; got {value!r}{hint}")


def find_model(value: Any) -> ModelSpec:
    """Accept a model, or the name of one."""
    if isinstance(value, str):
        return _by_name("model", value, "hardware")  # type: ignore[no-any-return]
    if isinstance(value, ModelSpec):
        return value
    raise _not_a("model", value, "ModelSpec", HardwareSpec)


def find_hardware(value: Any) -> HardwareSpec:
    """Accept a device, or the name of one."""
    if isinstance(value, str):
        return _by_name("hardware", value, "model")  # type: ignore[no-any-return]
    if isinstance(value, HardwareSpec):
        return value
    raise _not_a("hardware", value, "HardwareSpec", ModelSpec)


def find_stack(value: Any) -> StackSpec:
    """Accept a stack, or the name of one; the optimised one if there is none."""
    if value is None:
        return optimized_stack()
    if isinstance(value, StackSpec):
        return value
    if isinstance(value, str):
        if stack := _STACKS.get(value.casefold()):
            return stack()
        try:
            return find("stack", value)  # type: ignore[no-any-return]
        except UnknownEntryError:
            known = {make().name for make in _STACKS.values()} | {*names("stack")}
            raise UnknownEntryError("stack", value, sorted(known)) from None
    raise _not_a("stack", value, "StackSpec", HardwareSpec)


def _by_name(kind: Any, name: str, other: Any) -> Any:
    try:
        return find(kind, name)
    except UnknownEntryError as error:
        if names(other):
            try:
                find(other, name)
            except UnknownEntryError:
                raise error from None
            raise InputError(
                f"{kind}={name!r} is the name of {_A[other]}; "
                "the model comes first, then the hardware"
            ) from None
        raise


def _not_a(parameter: str, value: object, expected: str, swapped: type) -> Exception:
    hint = ""
    if isinstance(value, swapped):
        hint = "; the model comes first, then the hardware"
    return InputTypeError(
        f"{parameter} must be a {expected} or a name, "
        f"got {value!r:.80} ({type(value).__name__}){hint}"
    )
