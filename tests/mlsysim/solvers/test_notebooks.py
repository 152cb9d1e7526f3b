"""Answers show their values in notebooks, and say what is unknown."""

import pytest
from mlsysim_solvers import (
    CompressionModel,
    EconomicsModel,
    FitModel,
    SensitivitySolver,
    SustainabilityModel,
)

ANSWERS = {
    "fit": lambda: FitModel().solve("Llama3_8B", "H100"),
    "economics": lambda: EconomicsModel().solve("DGX_H100", 30, grid="France", pue=1.2),
    "sustainability": lambda: SustainabilityModel().solve("DGX_H100", 30, grid="France", pue=1.2),
    "sensitivity": lambda: SensitivitySolver().solve("Llama3_8B", "H100"),
    "compression": lambda: CompressionModel().solve(
        "Llama3_8B", "H100", "quantization", target_precision="int8"
    ),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_values_are_shown_once_with_units(what):
    (table, *_) = ANSWERS[what]().sections()
    names = [row[0] for row in table.rows]

    assert len(names) == len(set(names)) > 3
    assert all(text and "<" not in text and "nan" not in text for _, text in table.rows)


def test_a_quantity_hides_its_plain_number():
    found = SustainabilityModel().solve("DGX_H100", 30, grid="France", pue=1.2)
    rows = dict(found.sections()[0].rows)

    assert "it energy" in rows
    shown = [text for text in rows.values() if text.endswith("J")]
    assert len(shown) == len(set(shown))


def test_what_is_unknown_says_why():
    text = ANSWERS["economics"]()._repr_markdown_()

    assert "unknown: DGX_H100 has no published price" in text
