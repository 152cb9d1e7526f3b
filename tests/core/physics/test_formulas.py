"""Rules that every formula keeps. A new formula is covered as soon as it exists."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pint
import pytest
from mlsysim_core import physics, ureg

from .numpydoc_units import documented_units, sections

MODULES = [
    importlib.import_module(info.name)
    for info in pkgutil.iter_modules(physics.__path__, physics.__name__ + ".")
    if not info.name.rpartition(".")[2].startswith("_")
]
FORMULAS = [
    pytest.param(getattr(module, name), id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    for name in module.__all__
]
modules = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
formulas = pytest.mark.parametrize("formula", FORMULAS)


def test_there_are_formulas():
    assert len(FORMULAS) >= 14


@modules
def test_only_math_and_the_small_module_are_imported(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))

    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        "." * node.level + (node.module or "")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }

    assert imported <= {"math", "._numeric"}


@modules
def test_every_public_function_is_listed(module):
    public = {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }

    assert public == set(module.__all__)


@formulas
def test_docstring_gives_a_unit_for_every_argument(formula: Callable):
    arguments, result = documented_units(formula)

    assert list(arguments) == list(inspect.signature(formula).parameters)
    for unit in (*arguments.values(), result):
        ureg.Quantity(1.0, unit)


@formulas
def test_docstring_has_its_sections(formula: Callable):
    found = sections(formula)

    assert {"Parameters", "Returns", "References"} <= set(found)
    assert ".. math::" in found["Summary"]
    assert ".. [1]" in found["References"]


@formulas
def test_no_default_hides_a_unit(formula: Callable):
    arguments, _ = documented_units(formula)

    with_default = {
        name
        for name, parameter in inspect.signature(formula).parameters.items()
        if parameter.default is not parameter.empty
    }

    assert all(ureg.Quantity(1.0, arguments[name]).check("[]") for name in with_default)


@formulas
def test_nothing_branches_on_data(formula: Callable):
    tree = ast.parse(inspect.getsource(formula))

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.If | ast.IfExp)]


@formulas
@pytest.mark.parametrize("size", [0.25, 3.0])
def test_units_of_the_arguments_make_the_unit_of_the_result(formula: Callable, size):
    arguments, result = documented_units(formula)

    answer = formula(**{name: ureg.Quantity(size, unit) for name, unit in arguments.items()})

    wanted = ureg.Quantity(1.0, result)
    assert isinstance(answer, pint.Quantity) or wanted.check("[]")
    assert ureg.Quantity(answer).check(wanted.dimensionality)


@formulas
def test_quantities_give_what_their_magnitudes_give(formula: Callable):
    arguments, result = documented_units(formula)
    sizes = {name: 9.0 - place for place, name in enumerate(arguments)}

    answer = formula(**{name: ureg.Quantity(sizes[name], arguments[name]) for name in sizes})

    assert ureg.Quantity(answer).m_as(result) == pytest.approx(formula(**sizes), rel=1e-14)


@formulas
def test_floats_give_a_float(formula: Callable):
    answer = formula(*(3.0 for _ in inspect.signature(formula).parameters))

    assert type(answer) is float


@formulas
def test_arrays_give_what_their_elements_give(formula: Callable):
    np = pytest.importorskip("numpy")
    count = len(inspect.signature(formula).parameters)
    columns = np.random.default_rng(0).uniform(1.0, 9.0, (count, 50))
    columns = np.sort(columns, axis=0)[::-1]  # no part is larger than its whole

    together = formula(*columns)

    one_by_one = [formula(*map(float, row)) for row in columns.T]
    np.testing.assert_allclose(together, one_by_one, rtol=1e-14)
