"""Run where only mlsysim-core is installed: small, with few needs, it predicts all the same."""

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
LARGEST = 20e6  # bytes on disk, with all that it needs
TOOLS = {"pip", "setuptools"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(distribution: Distribution) -> set[str]:
    """Names that a distribution requires, without those of its extras."""
    return {
        canonical(re.match(r"[A-Za-z0-9._-]+", line).group())
        for line in distribution.requires or ()
        if "extra ==" not in line
    }


installed = {canonical(found.name): found for found in distributions()}
own = requirements(installed["mlsysim-core"])
if own != {"pint", "pydantic"}:
    sys.exit(f"mlsysim-core should require pint and pydantic, and requires {sorted(own)}")

needed, found = set(), {"mlsysim-core"}
while found:
    needed |= found
    found = {more for name in found if name in installed for more in requirements(installed[name])}
    found -= needed
if strangers := set(installed) - needed - TOOLS:
    sys.exit(f"installed, though mlsysim-core does not need it: {sorted(strangers)}")

size = sum(
    path.stat().st_size
    for name, distribution in installed.items()
    if name not in TOOLS
    for file in distribution.files or ()
    if (path := Path(str(distribution.locate_file(file)))).is_file()
)
print(f"mlsysim-core and all that it needs: {size / 1e6:.1f} MB")
if size > LARGEST:
    sys.exit(f"that is more than {LARGEST / 1e6:.0f} MB")

from readmes import run_examples  # noqa: E402  # beside this script

run_examples(ROOT / "packages/mlsysim-core/README.md")
