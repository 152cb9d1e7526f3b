"""The parser's group of commands, with our exit statuses and our suggestions."""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ._ending import finish
from .output._terminal import width

__all__ = ["Group"]


class Group(TyperGroup):
    """Ends with 1 where the parser would end with 2, which is for what does not fit.

    Entries of one's own can be named before the command and after it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params.append(_registry())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, which takes entries of one's own like every other."""
        command = super().get_command(ctx, cmd_name)
        if command and not any(one.name == "registry" for one in command.params):
            command.params.append(_registry())
        return command

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Parse, run and exit."""
        if any(name.startswith("_") and name.endswith("_COMPLETE") for name in os.environ):
            return super().main(*arguments, **options)
        given = arguments[0] if arguments else options.get("args")
        words = list(sys.argv[1:] if given is None else given)
        extra = {"terminal_width": max(20, min(width(), 100)), "color": False}
        sys.exit(finish(lambda: self._run(options.get("prog_name") or "mlsysim", words, extra)))

    def _run(self, name: str, words: list[str], extra: dict[str, Any]) -> Any:
        with self.make_context(name, words, **extra) as context:
            return self.invoke(context)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is meant, or say which it may be."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches  # noqa: PLC0415

            known = self.list_commands(ctx)
            close = get_close_matches(args[0].casefold(), known, n=2)
            hint = f"did you mean {' or '.join(close)}?" if close else f"choose {', '.join(known)}"
            error = typer.BadParameter.__mro__[1]
            raise error(f"no command {args[0]!r}; {hint}", ctx=ctx)
        return super().resolve_command(ctx, args)


def _load(context: typer.Context, paths: list[str] | None) -> None:
    if paths and not context.resilient_parsing:
        from mlsysim_registry import load  # noqa: PLC0415  # most people have none

        for path in paths:
            load(path)


def _registry() -> Any:
    """Make the option by which entries of one's own are named, as typer makes it."""
    maker = typer.Typer(add_completion=False)

    @maker.command()
    def _(registry: _Registry = None) -> None:
        """Take the option."""

    return next(one for one in get_command(maker).params if one.name == "registry")


_Registry = Annotated[
    list[str] | None,
    typer.Option(
        "--registry",
        metavar="PATH",
        help="File or folder with entries of your own; may be given more than once.",
        expose_value=False,
        callback=_load,
    ),
]
