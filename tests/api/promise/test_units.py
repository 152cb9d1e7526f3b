"""The one unit registry."""

import mlsysim
import mlsysim_core
import pint
import pytest

RESULT = ("Llama3_8B", "H100", 32)
UNITS = {"latency": "ms", "throughput": "1/s", "energy": "J"}


def test_the_registry_is_imported_from_mlsysim_and_is_a_pint_registry():
    from mlsysim import ureg

    assert isinstance(ureg, pint.UnitRegistry)


def test_there_is_one_instance():
    assert mlsysim.ureg is mlsysim.ureg
    assert mlsysim.ureg is mlsysim_core.ureg


@pytest.mark.parametrize("name", UNITS)
def test_quantities_of_a_result_belong_to_it(name):
    value = getattr(mlsysim.Engine.solve(*RESULT), name)
    another = pint.UnitRegistry()

    assert isinstance(value, mlsysim.ureg.Quantity)
    assert value + mlsysim.ureg.Quantity(0.0, UNITS[name]) == value
    with pytest.raises(ValueError, match="registr"):
        value + another.Quantity(0.0, UNITS[name])


@pytest.mark.parametrize("name", UNITS)
def test_every_result_of_the_engine_is_in_it(name):
    one = getattr(mlsysim.Engine.solve(*RESULT), name)
    other = getattr(mlsysim.Engine.solve("ResNet50", "A100", 8, is_training=True), name)

    assert (one + other).to(UNITS[name]).magnitude > 0


def test_quantities_of_entries_belong_to_it():
    bandwidth = mlsysim.Hardware.H100.memory.bandwidth
    size = mlsysim.Models.Llama3_8B.size_in_bytes("fp16")

    assert isinstance(bandwidth, mlsysim.ureg.Quantity)
    assert (size / bandwidth).to("ms").magnitude == pytest.approx(4.8, rel=0.02)


def test_units_that_people_use_convert():
    result = mlsysim.Engine.solve(*RESULT)

    assert result.latency.to("microsecond").magnitude > result.latency.to("hour").magnitude
    assert result.energy.to("kilowatt_hour").magnitude > 0
    assert result.throughput.to("token/minute").magnitude == pytest.approx(
        60 * result.throughput.to("1/s").magnitude
    )


def test_a_quantity_made_by_the_user_describes_a_device():
    double = mlsysim.Hardware.H100.model_copy(
        update={"memory.bandwidth": 2 * mlsysim.Hardware.H100.memory.bandwidth}
    )

    assert (
        mlsysim.Engine.solve("GPT2", double).latency < mlsysim.Engine.solve("GPT2", "H100").latency
    )
