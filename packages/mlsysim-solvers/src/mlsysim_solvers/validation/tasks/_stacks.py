"""Recognises a software stack in somebody's description of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from mlsysim_core.catalog import find, names
from mlsysim_core.specs import StackSpec, optimized_stack

__all__ = ["forget_stacks", "stack_of", "tried_stack"]


@lru_cache(maxsize=1)
def _keywords() -> tuple[tuple[str, str], ...]:
    """Every keyword with its stack, the most specific first."""
    pairs = [
        (keyword.casefold(), name)
        for name in names("stack")
        for keyword in find("stack", name).keywords
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


_tried: ContextVar[StackSpec | None] = ContextVar("_tried", default=None)


def stack_of(description: str) -> StackSpec:
    """Return the stack of that name, or the one whose longest keyword the description contains.

    Parameters
    ----------
    description : str
        Software and version, as people write it: ``"vLLM 0.6.3"``.

    Returns
    -------
    StackSpec
        The stack; the well-optimised default where nothing is recognised.
    """
    return _tried.get() or _recognised(description)


@lru_cache(maxsize=4096)
def _recognised(description: str) -> StackSpec:
    if description in names("stack"):
        return find("stack", description)
    text = description.casefold()
    for keyword, name in _keywords():
        if keyword in text:
            return find("stack", name)
    return optimized_stack()


@contextmanager
def tried_stack(stack: StackSpec) -> Iterator[None]:
    """Recognise one stack in every description."""
    token = _tried.set(stack)
    try:
        yield
    finally:
        _tried.reset(token)


def forget_stacks() -> None:
    """Read every stack anew, after a registry was installed or changed."""
    _keywords.cache_clear()
    _recognised.cache_clear()
