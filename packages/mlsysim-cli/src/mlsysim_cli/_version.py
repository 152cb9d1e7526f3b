"""The version that is installed."""

import os
import sys

__all__ = ["version"]


def version() -> str:
    """Read the version off the folder that pip wrote; importlib.metadata is slow to import."""
    start, end = "mlsysim_cli-", ".dist-info"
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208  # pathlib is slow to import
        except OSError:
            continue
        for name in names:
            if name.startswith(start) and name.endswith(end):
                return name[len(start) : -len(end)]
    from importlib.metadata import version as installed  # noqa: PLC0415

    return installed("mlsysim-cli")
