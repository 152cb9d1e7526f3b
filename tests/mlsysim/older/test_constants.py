"""Constants of old are the entries of today."""

import warnings

import mlsysim
import pytest
from mlsysim._older.constants import DEPRECATED, REMOVED, UNITS
from mlsysim_core.errors import MissingValueError

UNPUBLISHED = {
    "A100_UNIT_COST",
    "B200_FLOPS_INT4",
    "H200_UNIT_COST",
    "MI300X_UNIT_COST",
    "TPUV5P_TDP",
    "TRAINIUM2_TDP",
    "V100_UNIT_COST",
}
"""Nobody has published them: once, something else was given for them."""


def read(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what a constant stands for is not old itself
        return DEPRECATED[name].resolve()


@pytest.mark.parametrize("name", sorted(set(DEPRECATED) - UNPUBLISHED))
def test_a_constant_is_what_its_advice_says(name):
    use = DEPRECATED[name].use
    value = read(name)
    if use.startswith("mlsysim.Engine"):
        use = use.replace("hardware", '"H100"') + ' * mlsysim.ureg("flop")'
    if use.startswith("from "):
        return

    expected = eval(use, {"mlsysim": mlsysim})
    assert value == expected


@pytest.mark.parametrize("name", sorted(UNPUBLISHED))
def test_what_nobody_has_published_is_said_to_be_missing(name):
    with pytest.raises(MissingValueError, match=r"^mlsysim\.Hardware\..* is not published"):
        read(name)


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("H100_MEM_BW", "TB/s", 3.35),
        ("A100_FLOPS_FP16_TENSOR", "TFLOPs/s", 312),
        ("T4_FLOPS_FP16_TENSOR", "TFLOPs/s", 65),
        ("V100_MEM_BW", "GB/s", 900),
        ("RESNET50_PARAMS", "Mparam", 25.557032),
        ("INFINIBAND_NDR_BW", "Gbps", 400),
        ("NVLINK_H100_BW", "GB/s", 450),  # one way
        ("BYTES_FP16", "byte", 2),
    ],
)
def test_values_that_scripts_read(name, unit, expected):
    assert read(name).m_as(unit) == pytest.approx(expected, rel=0.01)


def test_rates_that_carry_their_unit_in_the_name_are_plain_numbers():
    assert read("INFINIBAND_NDR_BW_GBS") == 50
    assert read("BILLION") == 1e9
    assert read("HOURS_PER_DAY") == 24


def test_units_are_those_of_the_one_registry_and_mean_what_they_did():
    ureg = mlsysim.ureg

    assert 1 * read("MS") == 1 * ureg.ms
    assert 1 * read("US") == 1 * ureg.us
    assert 1 * read("KB") == 1000 * ureg.byte
    assert 1 * read("Bparam") == 1e9 * ureg.param
    assert set(DEPRECATED) >= UNITS


def test_sparse_peaks_are_not_taken_for_dense_ones():
    assert "compute.peak.fp16" in REMOVED["A100_FLOPS_FP16_SPARSE"]
    assert "A100_FLOPS_FP16_SPARSE" not in DEPRECATED
