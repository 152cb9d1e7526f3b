"""Reading text that people wrote, whatever it is that they named."""

from pathlib import Path

from .errors import CatalogError, MLSysimError

__all__ = ["decoded", "read_text"]

_MOST_BYTES = 2**20


def read_text(file: Path, *, error: type[MLSysimError] = CatalogError) -> str:
    """Read a text file that is neither huge nor a device, nor in an unknown encoding.

    Parameters
    ----------
    file : Path
        Where it is.
    error : type
        What to raise if it cannot be read.

    Returns
    -------
    str
        What it says, without a byte-order mark.
    """
    try:
        if file.is_dir():
            raise error(f"{file}: is a folder, not a file")
        if not file.is_file():
            raise error(f"{file}: there is no such file")
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
    except OSError as failure:
        raise error(f"{file}: cannot be read: {failure.strerror}") from failure
    if len(content) > _MOST_BYTES:
        size = file.stat().st_size
        raise error(
            f"{file}: has {size:,} bytes, and a description at most {_MOST_BYTES:,}: "
            "this must be something else"
        )
    return decoded(content, str(file), error=error)


def decoded(content: bytes, name: str, *, error: type[MLSysimError] = CatalogError) -> str:
    """Decode the content of a file; the error has the line that cannot be."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        raise error(f"{name}:{line}: is not text in UTF-8") from failure
