"""The meta-package: names of other packages, and nothing of its own."""

import ast
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import mlsysim
import pytest

OURS = ("mlsysim", "mlsysim-core", "mlsysim-registry", "mlsysim-solvers", "mlsysim-cli")
HEAVY = ("pint", "numpy", "typer", "rich", "mlsysim_cli", "mlsysim_solvers", "tomllib")


def loaded_by(code):
    """Names of the modules that a process has after running code."""
    ran = subprocess.run(
        [sys.executable, "-P", "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


def test_the_module_is_the_command():
    line = [sys.executable, "-P", "-m", "mlsysim", "--version"]

    answer = subprocess.run(line, capture_output=True, text=True, check=True).stdout

    assert answer == f"mlsysim {version('mlsysim')}\n"


def test_all_is_exactly_what_is_offered():
    offered = set(dir(mlsysim)) - {"core", "solvers", "teaching"}

    assert offered == set(mlsysim.__all__)
    assert len(mlsysim.__all__) == len(set(mlsysim.__all__))


def test_every_name_of_all_is_there():
    assert [name for name in mlsysim.__all__ if not hasattr(mlsysim, name)] == []


def test_a_star_import_brings_exactly_all():
    found = {}
    exec("from mlsysim import *", found)

    assert set(found) - {"__builtins__"} == set(mlsysim.__all__)


@pytest.mark.parametrize("name", sorted(set(mlsysim.__all__) - {"__version__"}))
def test_a_name_is_that_of_the_package_below(name):
    import mlsysim_core
    import mlsysim_registry
    import mlsysim_solvers

    homes = [
        home for home in (mlsysim_core, mlsysim_registry, mlsysim_solvers) if hasattr(home, name)
    ]
    assert getattr(mlsysim, name) is getattr(homes[0], name)


@pytest.mark.parametrize("module", sorted(Path(mlsysim.__file__).parent.rglob("*.py")), ids=str)
def test_no_module_defines_a_class(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))

    assert [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)] == []


@pytest.mark.parametrize("heavy", HEAVY)
def test_importing_mlsysim_loads_nothing_heavy(heavy):
    assert heavy not in loaded_by("import mlsysim")


def test_reading_an_entry_and_solving_need_no_units():
    code = "from mlsysim import Engine; Engine.solve('Llama3_8B', 'H100').mfu"

    assert "pint" not in loaded_by(code)


def test_the_unit_registry_is_made_when_it_is_asked_for():
    assert "pint" in loaded_by("from mlsysim import ureg")
    assert mlsysim.ureg is mlsysim.ureg
    assert mlsysim.Q_ is mlsysim.ureg.Quantity


@pytest.mark.parametrize("package", OURS)
def test_the_five_versions_agree(package):
    assert version(package) == mlsysim.__version__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Enginee'"):
        mlsysim.Enginee  # noqa: B018
    with pytest.raises(ImportError):
        exec("from mlsysim import Enginee", {})


def test_submodules_are_found_as_attributes():
    code = "import mlsysim; mlsysim.core, mlsysim.solvers.ForwardModel"

    assert {"mlsysim.core", "mlsysim.solvers"} <= loaded_by(code)


def test_own_entries_and_imports_are_loaded_on_demand():
    code = (
        "import sys, mlsysim; before = set(sys.modules); "
        "print(mlsysim.load.__name__, mlsysim.import_model.__name__, "
        "sorted({'mlsysim_registry._own', 'mlsysim_registry._importer'} & before))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "load import_model []\n"
