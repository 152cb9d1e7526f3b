"""Every command that there is, with what it takes."""

from mlsysim_cli import app
from typer.main import get_command

__all__ = ["COMMANDS", "GROUPS", "command", "examples"]

ROOT = get_command(app)


def _walk(node, path):
    names = getattr(node, "commands", None)
    if names is None:
        yield path
        return
    for name in names:
        yield from _walk(node.get_command(None, name), (*path, name))


COMMANDS = tuple(_walk(ROOT, ()))
GROUPS = tuple(dict.fromkeys(path[:-1] for path in COMMANDS))


def command(path):
    """Return a command, or a group of them."""
    node = ROOT
    for name in path:
        node = node.get_command(None, name)
    return node


def examples(path):
    """Return the lines that its help gives as examples."""
    text = (command(path).epilog or "").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.startswith("  mlsysim ")]
