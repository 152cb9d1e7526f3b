"""The `mlsysim` command: what the library answers, for people and for scripts."""

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typer

    from ._flags import Request

    app: typer.Typer

__all__ = ["app", "main"]


def main() -> None:
    """Run the command with the arguments of the process, and exit."""
    gc.disable()  # what is imported stays, and looking for garbage in it takes a fifth of the time
    try:
        words = sys.argv[1:]
        if words == ["--version"]:
            from ._version import version  # noqa: PLC0415
            from .output._terminal import write  # noqa: PLC0415

            sys.exit(write(f"mlsysim {version()}\n"))
        if words and "_MLSYSIM_COMPLETE" not in os.environ:
            from ._flags import read  # noqa: PLC0415

            if request := read(words):
                from ._ending import finish  # noqa: PLC0415

                sys.exit(finish(lambda: _answer(request)))
        from ._app import app  # noqa: PLC0415

        gc.freeze()
        gc.enable()
        app(prog_name="mlsysim")
    except KeyboardInterrupt:  # while it was still starting
        sys.exit(130)
    finally:
        gc.freeze()  # nor is the interpreter to look when it ends
        gc.enable()


def _answer(request: "Request") -> int:
    from .answers._eval import answer  # noqa: PLC0415

    return answer(request)


def __getattr__(name: str) -> object:
    if name == "app":
        from ._app import app  # noqa: PLC0415

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
