"""Command line of the tool."""

import argparse
from pathlib import Path

from . import NAMES, fragment


def main() -> int:
    """Check or write."""
    parser = argparse.ArgumentParser(prog="networks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the facts")
    parser.add_argument("--facts", type=Path, help="file of facts to compare with")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write a file per network")
    options = parser.parse_args()
    if options.check == bool(options.write) or options.check != bool(options.facts):
        parser.error("either --check with --facts, or --write")
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            (options.write / f"{name}.toml").write_text(fragment(name) or "", encoding="utf-8")
        return 0
    from .check import report  # noqa: PLC0415 (needs what writing does not)

    return report(options.facts)


raise SystemExit(main())
