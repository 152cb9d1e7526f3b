"""What holds the packages apart and together. Reads the source tree, and imports none of it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW = {  # what each package may import of ours
    "mlsysim_core": set(),
    "mlsysim_registry": {"mlsysim_core"},
    "mlsysim_solvers": {"mlsysim_core"},
    "mlsysim_cli": {"mlsysim_core", "mlsysim_registry", "mlsysim_solvers"},
    "mlsysim": {"mlsysim_core", "mlsysim_registry", "mlsysim_solvers", "mlsysim_cli"},
}
LONGEST = 300
GENERATED = {"_namespaces.pyi"}

packages = pytest.mark.parametrize("package", BELOW)


def folder(package: str) -> Path:
    return ROOT / "packages" / package.replace("_", "-")


def project(package: str) -> dict:
    text = (folder(package) / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]


def modules(package: str) -> list[Path]:
    source = folder(package) / "src" / package
    return sorted([*source.rglob("*.py"), *source.rglob("*.pyi")])


def imported(module: Path) -> Iterator[str]:
    """Top-level packages that a module imports, also by a literal string."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name.partition(".")[0]
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name.partition(".")[0]


def own_requirements(package: str) -> dict[str, str]:
    """Requirements on packages of ours, each with all that follows the name."""
    found = {}
    for requirement in project(package).get("dependencies", []):
        name, rest = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", requirement).groups()
        if name.replace("-", "_") in BELOW:
            found[name.replace("-", "_")] = rest
    return found


def test_every_package_is_known_here():
    assert {path.name.replace("-", "_") for path in (ROOT / "packages").iterdir()} == set(BELOW)


@packages
def test_imports_go_only_downwards(package):
    upwards = {
        (str(module.relative_to(ROOT)), name)
        for module in modules(package)
        for name in set(imported(module)) & set(BELOW)
        if name not in BELOW[package] | {package}
    }

    assert upwards == set()


@packages
def test_what_is_imported_is_required(package):
    used = {name for module in modules(package) for name in imported(module)} & set(BELOW)

    assert used - {package} <= set(own_requirements(package)) <= BELOW[package]


@packages
def test_versions_and_pins_move_in_lockstep(package):
    version = project("mlsysim")["version"]

    assert project(package)["version"] == version
    assert set(own_requirements(package).values()) <= {f"=={version}"}
    for extra in project(package).get("optional-dependencies", {}).values():
        for requirement in extra:
            own = re.fullmatch(r"mlsysim[a-z-]*(?:\[\w+\])?(.*)", requirement)
            assert own is None or own[1] == f"=={version}"


def test_the_citation_is_of_this_version():
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    assert re.findall(r"(?m)^version: (.+)$", cited) == [project("mlsysim")["version"]]


@packages
def test_no_module_is_long(package):
    long = {
        str(module.relative_to(ROOT)): lines
        for module in modules(package)
        if module.name not in GENERATED
        and (lines := len(module.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert long == {}


@packages
def test_types_and_licence_are_shipped(package):
    licence = folder(package) / "LICENSE"

    assert (folder(package) / "src" / package / "py.typed").is_file()
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert project(package)["license-files"] == ["LICENSE"]
