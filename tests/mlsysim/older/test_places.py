"""Old names in their old places: they work, say so at the user's line, and cost nothing else."""

import importlib
import re
import subprocess
import sys
import warnings

import mlsysim
import pytest
from mlsysim._older import constants, formulas, names, printing
from mlsysim_core.deprecation import MLSysimDeprecationWarning

PLACES = {
    "mlsysim": names,
    "mlsysim.core.constants": constants,
    "mlsysim.core.defaults": constants,
    "mlsysim.core.dse": names,
    "mlsysim.core.engine": names,
    "mlsysim.core.formulas": formulas,
    "mlsysim.core.pipeline": names,
    "mlsysim.core.scenarios": names,
    "mlsysim.core.solver": names,
    "mlsysim.core.units": constants,
    "mlsysim.hardware": names,
    "mlsysim.hardware.registry": names,
    "mlsysim.hardware.types": names,
    "mlsysim.infra": names,
    "mlsysim.infrastructure.registry": names,
    "mlsysim.models.types": names,
    "mlsysim.physics": formulas,
    "mlsysim.show": printing,
    "mlsysim.solvers": names,
    "mlsysim.systems.types": names,
}
TABLES = (constants, formulas, names, printing)
STATEMENT = re.compile(r"(from|import) ")
ADVISED = sorted(
    {old.use for table in TABLES for old in table.DEPRECATED.values() if STATEMENT.match(old.use)}
)


def script(path, code):
    path.write_text(code, encoding="utf-8")
    run = [sys.executable, "-W", "default", str(path)]
    return subprocess.run(run, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("place", PLACES)
def test_an_old_name_is_found_in_its_old_place(place, tmp_path):
    new = set(dir(importlib.import_module(place)))
    name = next(one for one in PLACES[place].DEPRECATED if one not in new)
    ran = script(tmp_path / "user.py", f"# mine\nfrom {place} import {name}\nprint({name})\n")

    assert ran.returncode == 0, ran.stderr
    assert re.search(rf"user\.py:2: MLSysimDeprecationWarning: mlsysim\S*\.{name} is", ran.stderr)


@pytest.mark.parametrize("place", [one for one in PLACES if one not in {"mlsysim", "mlsysim.show"}])
def test_a_removed_name_says_what_to_write(place):
    name, use = next(iter(PLACES[place].REMOVED.items()))

    with pytest.raises(ImportError, match=rf"{name} was removed\. Use: ") as caught:
        exec(f"from {place} import {name}", {})

    assert use in str(caught.value)


@pytest.mark.parametrize("name", names.REMOVED)
def test_a_removed_name_of_the_top_level_says_what_to_write(name):
    with pytest.raises(ImportError, match=rf"mlsysim\.{name} was removed\. Use: "):
        getattr(mlsysim, name)


@pytest.mark.parametrize("name", names.DEPRECATED)
def test_every_old_name_of_the_top_level_works(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")

        assert getattr(mlsysim, name) is not None


@pytest.mark.parametrize("statement", ADVISED)
def test_advice_that_is_a_statement_runs_in_silence(statement):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(statement, {})


@pytest.mark.parametrize("module", ["fmt", "labs", "labs.state", "labs.style", "labs.components"])
def test_places_without_a_successor_say_so(module):
    with pytest.raises(ImportError, match=r"was removed\. Use: "):
        importlib.import_module(f"mlsysim.{module}")


def test_submodules_are_found_as_attributes():
    code = (
        "import mlsysim, mlsysim.hardware.types, mlsysim.models.registry as r; "
        "mlsysim.core.constants.GB; mlsysim.hardware.types.HardwareNode; r.Models; "
        "mlsysim.physics; mlsysim.constants"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr.count("Error")) == (0, 0)


def test_a_star_import_brings_units_and_numbers_under_one_warning(tmp_path):
    ran = script(
        tmp_path / "book.py",
        "from mlsysim.core.constants import *\n"
        "print((80 * GB).to('GiB'), 10 * TFLOPs / second, BILLION, BYTES_FP16, Q_(1, 'USD'))\n",
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("Warning") == 1
    assert ran.stdout.startswith("74.5")


def test_nothing_old_is_read_until_somebody_asks():
    code = (
        "import sys, mlsysim; from mlsysim import Engine, Hardware; "
        "Engine.solve('Llama3_8B', Hardware.H100); hasattr(mlsysim, '__wrapped__'); "
        "print([name for name in sys.modules if '_old' in name and 'mlsysim' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "['mlsysim._old_names']\n"


def test_old_names_are_not_offered():
    offered = set(dir(mlsysim)) | set(mlsysim.__all__)

    assert offered & (set(names.DEPRECATED) - set(mlsysim.__all__)) == set()


def test_a_name_that_never_was_is_an_error_that_names_the_nearest():
    with pytest.raises(AttributeError, match=r"did you mean .*HardwareNode"):
        mlsysim.HardwareNod  # noqa: B018
    with pytest.raises(AttributeError, match=r"did you mean .*H100_MEM_BW"):
        importlib.import_module("mlsysim.core.constants").H100_MEM_B  # noqa: B018


def test_the_warning_can_be_told_from_others():
    with pytest.warns(MLSysimDeprecationWarning, match=r"since 0\.1\.0 .* removed in 1\.0\.0"):
        mlsysim.Fleet  # noqa: B018


@pytest.mark.parametrize("name", ["table", "info", "banner"])
def test_printing_helpers_print(name, capsys):
    with pytest.warns(MLSysimDeprecationWarning):
        print_it = getattr(importlib.import_module("mlsysim.show"), name)
    arguments = {"table": (["GPU", "ms"], [["A100", 12.345678], ["H100", mlsysim.Q_(6.1, "ms")]])}
    print_it(*arguments.get(name, ("Title",)))

    shown = capsys.readouterr().out
    assert (
        shown.splitlines()
        == {
            "table": ["GPU       ms", "A100   12.35", "H100  6.1 ms"],
            "info": ["-- Title --"],
            "banner": ["", "=== Title ==="],
        }[name]
    )
