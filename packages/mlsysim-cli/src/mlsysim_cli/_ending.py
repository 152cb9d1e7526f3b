"""How the command ends: exit statuses, and one line instead of a traceback."""

import os
import sys
from collections.abc import Callable
from typing import Any

from .output._terminal import CLOSED_PIPE, abandon, complain

__all__ = ["BAD_INPUT", "INFEASIBLE", "INTERNAL", "INTERRUPTED", "VIOLATED", "finish"]

BAD_INPUT = 1
INFEASIBLE = 2
VIOLATED = 3
INTERNAL = 70
INTERRUPTED = 130


def finish(action: Callable[[], Any]) -> int:
    """Run a command to its end, whatever that is, and return its exit status."""
    try:
        return int(action() or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        abandon()
        return CLOSED_PIPE
    except Exception as error:  # nothing must end in a traceback
        return _status(error)


def _status(error: Exception) -> int:
    typer = sys.modules.get("typer")
    if typer and isinstance(error, typer.Exit):
        return int(error.exit_code)
    if typer and isinstance(error, typer.Abort):
        return INTERRUPTED
    if os.environ.get("MLSYSIM_DEBUG"):
        from traceback import print_exception  # noqa: PLC0415

        print_exception(error)
    # Typer carries its own copy of click since 0.26, and needs the other one before.
    if typer and isinstance(error, typer.BadParameter.__mro__[2]):
        complain(_usage(error))
        return BAD_INPUT
    if isinstance(error, getattr(sys.modules.get("mlsysim_core.errors"), "MLSysimError", ())):
        complain(_one_line(str(error)))
        return BAD_INPUT
    complain(
        f"internal error, {type(error).__name__}: {_one_line(str(error))}; please report it "
        "with the command that you gave (MLSYSIM_DEBUG=1 shows where it happened)"
    )
    return INTERNAL


def _usage(error: Any) -> str:
    text = _one_line(error.format_message())
    if possible := getattr(error, "possibilities", None):
        from difflib import get_close_matches  # noqa: PLC0415  # only ever needed by an error

        close = get_close_matches(error.option_name, sorted(possible), n=2, cutoff=0.0)
        text = f"no option {error.option_name}; did you mean {' or '.join(close)}?"
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "mlsysim"
    return f"{text[:1].lower()}{text[1:].rstrip('.')} (see `{where} --help`)"


def _one_line(text: str) -> str:
    return " ".join(text.split())
