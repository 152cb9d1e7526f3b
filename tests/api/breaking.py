"""How a promise is broken on purpose: patches of a copy, and who notices."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGES = ("mlsysim", "mlsysim-core", "mlsysim-registry", "mlsysim-solvers", "mlsysim-cli")
CLAUSES = tomllib.loads((HERE / "clauses.toml").read_text(encoding="utf-8"))


class StaleError(Exception):
    """A patch that no longer applies."""


@dataclass(frozen=True)
class Patch:
    """A change of one file of the copy: of the tests, of the changelog, or of a package."""

    file: str
    change: Callable[[str], str]

    def apply(self, tree: Path) -> None:
        """Change the file, without touching the one that it is a copy of."""
        folder = tree if self.file.startswith(("tests/", "CHANGELOG")) else tree / "site"
        matches = list(folder.glob(self.file))
        if len(matches) != 1:
            raise StaleError(f"{len(matches)} files {self.file}")
        before = matches[0].read_text(encoding="utf-8")
        after = self.change(before)
        if after == before:
            raise StaleError(f"{self.file}: nothing changed")
        matches[0].unlink()
        matches[0].write_text(after, encoding="utf-8")


@dataclass(frozen=True)
class Break:
    """One way to break a clause."""

    clause: str
    what: str
    patches: tuple[Patch, ...]


def replace(file: str, old: str, new: str) -> Patch:
    """Replace the first occurrence of a text, which must be there."""

    def change(text: str) -> str:
        if old not in text:
            raise StaleError(f"{file}: no {old!r}")
        return text.replace(old, new, 1)

    return Patch(file, change)


def append(file: str, *lines: str) -> Patch:
    """Add lines at the end of a module, which redefine something that must be there."""

    def change(text: str) -> str:
        for name in re.findall(r"^(?:def |class )?(\w+)(?:\.\w+)? ?[=(:]", "\n".join(lines), re.M):
            if not name.startswith("_") and not re.search(rf"\b{name}\b", text):
                raise StaleError(f"{file}: no {name}")
        return text + "\n" + "\n".join(lines) + "\n"

    return Patch(file, change)


def edit_json(file: str, edit: Callable[[dict], object]) -> Patch:
    """Change a JSON file."""

    def change(text: str) -> str:
        data = json.loads(text)
        try:
            edit(data)
        except KeyError as error:
            raise StaleError(f"{file}: no {error}") from error
        return json.dumps(data)

    return Patch(file, change)


def copy_tree(tree: Path) -> None:
    """Copy the installed packages, with their metadata, and the tests."""

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)

    for name in PACKAGES:
        found = distribution(name)
        folder = name.replace("-", "_")
        files = [Path(str(found.locate_file(file))) for file in found.files or ()]
        (metadata,) = {file.parent for file in files if file.name == "METADATA"}
        for part in (metadata, metadata.parent / folder):
            shutil.copytree(part, tree / "site" / part.name, copy_function=link)
    shutil.copytree(
        HERE, tree / "tests/api", copy_function=link, ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "CHANGELOG.md"):
        link(str(ROOT / name), str(tree / name))


def run_tests(tree: Path, *tests: str, snapshots: Path) -> tuple[set[str], set[str], str]:
    """Return the tests that failed, those that erred before they could, and the output."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=line", "-p", "no:cacheprovider"]
    environment = os.environ | {
        "PYTHONPATH": str(tree / "site"),
        "MLSYSIM_SNAPSHOTS": str(snapshots),
        "COLUMNS": "300",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    ran = subprocess.run(
        [*command, *tests], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode not in {0, 1, 2}:
        raise RuntimeError(f"pytest ended with {ran.returncode}:\n{ran.stdout}\n{ran.stderr}")
    lines = re.findall(r"^(FAILED|ERROR) tests/api/(\S+?\.py)(::\w+)?", ran.stdout, re.M)
    failed = {short(file) + name for kind, file, name in lines if kind == "FAILED"}
    erred = {short(file) + name for kind, file, name in lines if kind == "ERROR"}
    return failed, erred, ran.stdout + ran.stderr


def short(file: str) -> str:
    """Name a file as the table of clauses does."""
    return file.removeprefix("promise/")


def located(test: str) -> str:
    """Name a test as pytest does."""
    file = test.partition("::")[0]
    beside = (HERE / file).is_file()
    return f"tests/api/{test}" if beside else f"tests/api/promise/{test}"


@dataclass(frozen=True)
class Outcome:
    """What became of a break."""

    broken: Break
    caught: set[str]
    proven: set[str]
    problem: str = ""


def attempt(broken: Break, snapshots: Path, failing: set[str]) -> Outcome:
    """Break a copy, and see which tests notice that did not fail anyway."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        copy_tree(tree)
        try:
            for patch in broken.patches:
                patch.apply(tree)
        except StaleError as error:
            return Outcome(broken, set(), set(), f"no longer applies: {error}")
        own = CLAUSES[broken.clause]["tests"]
        failed, erred, _ = run_tests(tree, *map(located, own), snapshots=snapshots)
    noticed = {test for test in failed | erred if test not in failing}
    files = {test.partition("::")[0] for test in own}
    mine = {
        test
        for test in noticed
        if test in own or test.partition("::")[0] in own or (test in files and "::" not in test)
    }
    return Outcome(broken, noticed if mine else set(), (failed - failing) & noticed)


def every_test() -> Iterator[str]:
    """Every test that the table of clauses names."""
    for clause in CLAUSES.values():
        yield from (test for test in clause["tests"] if "::" in test)
