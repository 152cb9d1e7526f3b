"""What the terminal can take: its width, its characters, its colors, and its closing."""

import os
import sys
from errno import EINVAL

__all__ = ["CLOSED_PIPE", "abandon", "bold", "complain", "plain", "unlimited", "width", "write"]

CLOSED_PIPE = 141
"""Exit status when the reader has gone: 128 and the number of SIGPIPE, as a shell has it."""

_SPELLINGS = str.maketrans(
    {
        "µ": "u", "μ": "u", "×": "x", "…": "...", "–": "-", "—": "-", "→": "->", "≤": "<=",  # noqa: RUF001
        "≥": ">=", "≈": "~", "·": "*", "²": "2", "³": "3", "°": " deg ", "‘": "'", "’": "'",  # noqa: RUF001
        "“": '"', "”": '"', "\u00a0": " ", "\u2009": " ", "\u202f": " ", "™": "(TM)", "®": "(R)",
    }
)  # fmt: skip


def unlimited() -> bool:
    """Tell whether lines may be as long as they like: nobody looks at a terminal."""
    return "COLUMNS" not in os.environ and not _interactive(sys.stdout)


def width() -> int:
    """Columns to write in; never so few that nothing can be said."""
    from shutil import get_terminal_size  # noqa: PLC0415

    return 1000 if unlimited() else max(20, get_terminal_size().columns)


def plain(text: str, encoding: str) -> str:
    """Spell what an encoding cannot take in characters that it can."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelt(character, encoding) for character in text)
    return text


def _spelt(character: str, encoding: str) -> str:
    from unicodedata import combining, normalize  # noqa: PLC0415  # few terminals need it

    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        near = normalize("NFKD", character.translate(_SPELLINGS))
        bare = "".join(one for one in near if not combining(one))
        return bare.encode("ascii", "replace").decode()
    return character


def bold(text: str) -> str:
    """Make a heading stand out, on terminals that can and for people who want it."""
    return f"\x1b[1m{text}\x1b[0m" if text and _colorful() else text


def write(text: str) -> int:
    """Write an answer to standard output; return the exit status to leave with."""
    stream = sys.stdout
    if stream is None:  # closed by whoever started us
        return CLOSED_PIPE
    try:
        stream.write(plain(text, stream.encoding or "ascii"))
        stream.flush()
    except OSError as error:
        abandon()
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == EINVAL):
            return CLOSED_PIPE
        complain(f"the answer cannot be written: {error.strerror}")
        return 1
    return 0


def complain(text: str) -> None:
    """Say something to the person, beside the answer."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(plain(f"mlsysim: {text}\n", stream.encoding or "ascii"))
        stream.flush()
    except OSError:
        pass


def abandon() -> None:
    """Let nothing more reach standard output, not even when the interpreter ends."""
    try:
        descriptor = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)
    except (AttributeError, OSError, ValueError):
        pass


def _interactive(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def _colorful() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return _interactive(sys.stdout) and (os.name != "nt" or "WT_SESSION" in os.environ)
