"""The command that serves agents: what it takes."""

import sys

import typer

from ..output._terminal import complain

__all__ = ["register"]

_MCP = """\b
It speaks the Model Context Protocol on standard input and output, and needs no network.
An agent starts it; its settings say, for example:

\b
  {"mcpServers": {"mlsysim": {"command": "mlsysim", "args": ["mcp"]}}}

\b
Exit status: 0 when standard input ends, 1 without the SDK.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mcp", epilog=_MCP)(_mcp)


def _mcp() -> int:
    """Answer agents: a server of the Model Context Protocol on stdio."""
    try:
        from ..agents._server import run  # noqa: PLC0415
    except ImportError as error:
        from mlsysim_core.errors import MissingValueError  # noqa: PLC0415

        raise MissingValueError(
            f"`mlsysim mcp` needs the protocol's SDK, and {error.name or error} cannot be "
            "imported: pip install 'mcp>=2' 'jsonschema>=4.20', or from the checkout give the "
            "extra with the path, './packages/mlsysim-cli[mcp]'"
        ) from None
    if sys.stdin is not None and sys.stdin.isatty():
        complain("waiting for an agent on standard input; Ctrl-D ends (see `mlsysim mcp --help`)")
    run()
    return 0
