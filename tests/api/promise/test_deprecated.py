"""Old names: they work, they say so at the user's line, and what they advise works."""

import re
import sys
import warnings

import mlsysim
import pytest
from packaging.version import Version

from ..support import python

PROMISED = ("BaseModel", "DistributedModel", "ForwardModel")
BY_IMPORT = "# a user's script\n\nfrom mlsysim import {0}\n"
BY_ATTRIBUTE = "import mlsysim\n\nmlsysim.{0}\n"

NEW_STYLE = """
import mlsysim, mlsysim.solvers, mlsysim.core.solver
from mlsysim import *
from mlsysim import Engine, Hardware, Models, PerformanceProfile, Scenarios, ureg
from mlsysim.core.solver import ForwardModel
from mlsysim.solvers import ForwardModel, DistributedModel, ServingModel
result = Engine.solve(Models.Llama3_70B, Hardware.H100, 32, "int8", 0.45)
assert result == Engine.solve("Llama3_70B", Hardware.Cloud.H100, 32, "int8", 0.45)
result.latency + 1 * ureg.ms, result.throughput, result.energy.to("kWh"), repr(result)
scenario = Scenarios.ChatbotServing
Engine.solve(scenario.workload, scenario.system, is_training=True)
result.explain(), dir(mlsysim), mlsysim.__version__
"""


@pytest.mark.parametrize("name", PROMISED)
def test_an_old_name_still_works(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")

        assert isinstance(getattr(mlsysim, name), type)


def test_the_ambiguous_name_is_the_base_of_solvers():
    from mlsysim.core import solver

    with pytest.warns(DeprecationWarning, match="deprecated"):
        assert mlsysim.BaseModel is solver.ForwardModel
    with pytest.warns(DeprecationWarning, match="deprecated"):
        assert mlsysim.ForwardModel is solver.ForwardModel


@pytest.mark.parametrize("script", [BY_IMPORT, BY_ATTRIBUTE], ids=["import", "attribute"])
@pytest.mark.parametrize("name", PROMISED)
def test_an_old_name_warns_at_the_line_that_uses_it(name, script, tmp_path):
    path = tmp_path / "user_code.py"
    code = compile(script.format(name), str(path), "exec")

    with pytest.warns(DeprecationWarning, match=rf"mlsysim\.{name} ") as caught:
        exec(code, {})

    assert {(warning.filename, warning.lineno) for warning in caught} == {(str(path), 3)}


@pytest.mark.parametrize("name", PROMISED)
def test_an_old_name_warns_every_script_that_uses_it(name):
    for _ in range(2):  # nothing is remembered that would silence the second
        with pytest.warns(DeprecationWarning, match="deprecated"):
            getattr(mlsysim, name)


@pytest.mark.parametrize("name", PROMISED)
def test_what_the_warning_advises_works_in_silence_and_is_the_same(name):
    with pytest.warns(DeprecationWarning, match="deprecated") as caught:
        old = getattr(mlsysim, name)
    (advice,) = re.findall(r"from mlsysim\S* import \w+", str(caught[0].message))
    found = {}

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(advice, found)

    assert found[advice.split()[-1]] is old


def test_the_promised_replacements_are_what_is_advised():
    expected = {
        "BaseModel": "from mlsysim.core.solver import ForwardModel",
        "ForwardModel": "from mlsysim.core.solver import ForwardModel",
        "DistributedModel": "from mlsysim.solvers import DistributedModel",
    }

    for name, advice in expected.items():
        with pytest.warns(DeprecationWarning, match=re.escape(advice)):
            getattr(mlsysim, name)


@pytest.mark.parametrize("name", PROMISED)
def test_an_old_name_says_that_it_goes_in_the_next_minor_release(name):
    with pytest.warns(DeprecationWarning, match=r"removed in 0\.2\.0"):
        getattr(mlsysim, name)

    assert Version(mlsysim.__version__) < Version("0.2.0.dev0")


@pytest.mark.parametrize("name", PROMISED)
def test_the_default_warnings_show_an_old_name(name):
    ran = python(f"from mlsysim import {name}", "-W", "default")

    assert ran.returncode == 0
    assert f"mlsysim.{name} is deprecated" in ran.stderr


@pytest.mark.parametrize("name", PROMISED)
def test_an_old_name_is_neither_offered_nor_exported(name):
    assert name not in mlsysim.__all__
    assert name not in dir(mlsysim)


def test_new_style_code_is_silent():
    ran = python(NEW_STYLE, "-W", "error::DeprecationWarning")

    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_command_is_silent():
    code = "import sys, mlsysim_cli; sys.argv = ['mlsysim', '--version']; mlsysim_cli.main()"
    ran = python(code, "-W", "error::DeprecationWarning")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert mlsysim.__version__ in ran.stdout


def test_old_names_load_only_when_they_are_asked_for():
    assert python("import mlsysim, sys; sys.exit('mlsysim_solvers' in sys.modules)").returncode == 0
    assert "mlsysim" in sys.modules
