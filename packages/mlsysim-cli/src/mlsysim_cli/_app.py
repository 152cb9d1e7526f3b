"""The command: its parts, in the order in which its help lists them."""

from typing import Annotated

import typer

from ._group import Group
from .commands import (
    _agents,
    _comparing,
    _evaluating,
    _listing,
    _measuring,
    _optimizing,
    _plotting,
    _serving,
    _sweeping,
    _training,
)
from .commands import _options as options
from .commands._evaluating import STATUSES
from .output._terminal import write

__all__ = ["app"]

_EXAMPLES = (
    """\b
Examples:
  mlsysim eval Llama3_8B H100 --batch-size 32
  mlsysim eval Llama3_70B H100 -p int4 -o json
  mlsysim zoo hardware --sort memory --reverse

"""
    + STATUSES
)

app = typer.Typer(
    name="mlsysim",
    cls=Group,
    rich_markup_mode=None,  # rich would take longer to import than most answers take
    pretty_exceptions_enable=False,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    output: options.Output = None,  # noqa: ARG001  # a command looks for it here
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True)
    ] = False,
) -> None:
    """Predict the speed, size and cost of models on machines."""
    if version:
        from ._version import version as installed  # noqa: PLC0415

        raise typer.Exit(write(f"mlsysim {installed()}\n"))
    if context.invoked_subcommand is None:
        raise typer.Exit(write(context.get_help() + "\n"))


for _commands in (
    _evaluating,
    _comparing,
    _serving,
    _training,
    _sweeping,
    _optimizing,
    _plotting,
    _measuring,
    _listing,
    _agents,
):
    _commands.register(app)
