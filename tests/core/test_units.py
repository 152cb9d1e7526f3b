"""The unit registry: dimensions of its own, all of pint's on demand, one for everybody."""

import pickle
import subprocess
import sys

import mlsysim_core
import pint
import pytest
from mlsysim_core import Q_, units, ureg


def python(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("3.35 TB/s", "byte/s", 3.35e12),
        ("80 GiB", "byte", 80 * 2**30),
        ("400 Gbit/s", "GB/s", 50.0),
        ("400 Gb/s", "GB/s", 50.0),
        ("2 TFLOP/s", "GOP/s", 2000.0),
        ("1 MAC", "operation", 2.0),
        ("1 kWh", "J", 3.6e6),
        ("1 tCO2e", "gCO2e", 1e6),
        ("3 token/s", "1/s", 3.0),
        ("5 %", "", 0.05),
        ("2 USD/hour", "USD/day", 48.0),
    ],
)
def test_units_of_the_field_convert(text, unit, number):
    assert ureg.Quantity(text).m_as(unit) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    ("left", "right"),
    [("byte", ""), ("operation", ""), ("USD", ""), ("gCO2e", "g"), ("USD", "EUR"), ("byte", "s")],
)
def test_dimensions_of_their_own_do_not_pass_for_others(left, right):
    with pytest.raises(pint.DimensionalityError):
        ureg.Quantity(1.0, left).to(right)


@pytest.mark.parametrize("unit", ["token", "sample", "request", "parameter"])
def test_counting_units_print_and_convert_to_plain_numbers(unit):
    quantity = ureg.Quantity(8.0, f"{unit}/s")

    assert unit in f"{quantity}"
    assert quantity.m_as("1/s") == 8.0


def test_pint_knows_our_registry_by_its_own_class():
    assert isinstance(ureg, pint.UnitRegistry)
    assert isinstance(ureg("1 B"), pint.Quantity)
    assert isinstance(Q_(1.0, "B"), units.Quantity)


def test_there_is_one_registry_on_all_paths():
    assert mlsysim_core.ureg is units.ureg
    assert mlsysim_core.Q_ is units.Q_ is ureg.Quantity


def test_quantities_survive_pickling_in_this_registry():
    quantity = ureg("80 GB")

    again = pickle.loads(pickle.dumps(quantity))

    assert again == quantity
    assert again + quantity == ureg("160 GB")


def test_a_name_that_is_no_unit_is_refused():
    with pytest.raises(pint.UndefinedUnitError, match="florp"):
        ureg("3 florp")


def test_rare_units_come_on_demand_and_change_nothing():
    # In a process of its own: the first rare unit loads the rest of pint's.
    done = python(
        "from mlsysim_core import ureg\n"
        "before = ureg('80 GB')\n"
        "rate = ureg('400 Gb/s')\n"
        "assert round(ureg('1 mile').m_as('m'), 3) == 1609.344\n"
        "assert before.m_as('byte') == 80e9 and before == ureg('80 GB')\n"
        "assert not ureg('1 GB').check('[]') and ureg('8 bit') == ureg('1 B')\n"
        "assert ureg('400 Gb/s') == rate and rate.m_as('GB/s') == 50\n"
        "assert before + ureg('1 GB') == ureg('81 GB')\n"
        "assert ureg('2 psi').check('[pressure]')\n"
    )

    assert done.returncode == 0, done.stderr


def test_rare_units_change_the_meaning_of_no_spelling():
    # Pint's own file knows another Gb (gilbert) and another b (barn).
    done = python(
        "from mlsysim_core import quantities, ureg\n"
        "def read():\n"
        "    return {text: ureg.Quantity(3.0, text).to_root_units()\n"
        "            for words in quantities._VOCABULARIES.values() for text in words}\n"
        "before = read()\n"
        "ureg('1 mile')\n"
        "changed = {text for text, quantity in read().items() if quantity != before[text]}\n"
        "assert not changed, changed\n"
    )

    assert done.returncode == 0, done.stderr


def test_base_units_and_dimensions_work_before_any_rare_unit_was_asked_for():
    done = python(
        "from mlsysim_core import ureg\n"
        "assert str(ureg('1 kWh').to_base_units().units) == 'kilogram * meter ** 2 / second ** 2'\n"
        "assert ureg('1 GB').to_base_units().m == 8e9\n"
        "assert ureg('1 kWh').check('[energy]') and ureg('1 W').check('[power]')\n"
        "assert ureg.Unit('byte') in ureg.get_compatible_units('bit')\n"
    )

    assert done.returncode == 0, done.stderr


def test_many_threads_get_one_registry():
    # Quantities of two registries do not mix.
    done = python(
        "import sys\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from threading import Barrier\n"
        "import pint, mlsysim_core\n"
        "sys.setswitchinterval(1e-6)\n"
        "barrier = Barrier(8)\n"
        "def make(index):\n"
        "    barrier.wait()\n"
        "    registry = mlsysim_core.ureg\n"
        "    return id(registry), registry('1 mile')\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    made = list(pool.map(make, range(8)))\n"
        "assert len({one for one, _ in made}) == 1\n"
        "assert len({mile.m_as('m') for _, mile in made}) == 1\n"
    )

    assert done.returncode == 0, done.stderr


def test_pint_is_not_imported_before_a_quantity_is_shown():
    done = python(
        "import sys\n"
        "from mlsysim_core import Engine, HardwareSpec, ModelSpec\n"
        "model = ModelSpec(name='m', architecture={'kind': 'totals', 'parameters': 10**9})\n"
        "chip = HardwareSpec(name='chip', compute={'peak': {'fp16': '200 TFLOP/s'}},\n"
        "    memory={'capacity': '48 GB', 'bandwidth': '1 TB/s'})\n"
        "profile = Engine.solve(model, chip)\n"
        "assert 'pint' not in sys.modules and 'numpy' not in sys.modules\n"
        "assert profile.latency.check('[time]') and 'pint' in sys.modules\n"
    )

    assert done.returncode == 0, done.stderr


def test_a_foreign_application_registry_is_left_in_place():
    done = python(
        "import pint\n"
        "theirs = pint.UnitRegistry()\n"
        "pint.set_application_registry(theirs)\n"
        "from mlsysim_core import ureg\n"
        "assert ureg('1 GB').m_as('byte') == 1e9\n"
        "assert pint.get_application_registry().get() is theirs\n"
    )

    assert done.returncode == 0, done.stderr


def test_si_takes_the_number_off():
    assert units.si(ureg("3.35 TB/s"), "byte/s") == 3.35e12
