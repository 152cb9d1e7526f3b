"""`mlsysim zoo`: lists, and one entry in full."""

import csv
import io
import json

import pytest
from mlsysim_cli.answers._columns import CATEGORIES
from mlsysim_core.catalog import KINDS, names


def entries(result):
    return json.loads(result.stdout)["entries"]


def test_without_a_category_it_counts_and_says_how_to_go_on(invoke):
    result = invoke("zoo")

    assert result.exit_code == 0
    assert str(len(names("hardware"))) in result.stdout
    assert "mlsysim zoo hardware" in result.stdout


@pytest.mark.parametrize("form", ["table", "json", "markdown", "csv"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_list_in_every_form(category, form, invoke):
    result = invoke("zoo", category, "-o", form)

    assert result.exit_code == 0
    assert all(name in result.stdout for name in names(CATEGORIES[category].kind))


def test_every_kind_has_a_list():
    assert {category.kind for category in CATEGORIES.values()} == set(KINDS)


@pytest.mark.parametrize(
    ("category", "column"),
    [
        ("hardware", "peak"),
        ("hardware", "memory"),
        ("hardware", "bandwidth"),
        ("hardware", "power"),
        ("models", "parameters"),
        ("models", "context"),
        ("nodes", "link"),
    ],
)
@pytest.mark.parametrize("reverse", [False, True])
def test_sorting_is_by_magnitude_and_unknown_comes_last(category, column, reverse, invoke):
    line = ("zoo", category, "--sort", column, "-o", "json")

    found = [one[column] for one in entries(invoke(*line, *["--reverse"] * reverse))]

    values = [one["value"] if isinstance(one, dict) else one for one in found]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=reverse)
    assert values[: len(known)] == known


def test_numbers_inside_names_count_as_numbers(invoke):
    found = [one["name"] for one in entries(invoke("zoo", "hardware", "-o", "json"))]

    assert found.index("A2") < found.index("A10") < found.index("A100")


def test_search_forgives_spelling(invoke):
    found = [
        one["name"]
        for one in entries(invoke("zoo", "models", "--search", "LLAMA-3 8b", "-o", "json"))
    ]

    assert "Llama3_8B" in found
    assert "ResNet50" not in found


def test_groups_are_those_of_the_registry(invoke):
    found = entries(invoke("zoo", "hardware", "--group", "tiny", "-o", "json"))

    assert {one["group"] for one in found} == {"Tiny"}
    assert "ESP32_S3" in {one["name"] for one in found}


@pytest.mark.parametrize("form", ["table", "csv", "markdown", "json"])
@pytest.mark.parametrize("lists", [["hardware"], []])
def test_nothing_found_is_said_beside_the_answer_and_ends_as_grep_does(lists, form, invoke):
    result = invoke("zoo", *lists, "--search", "nosuchthing", "-o", form)

    assert result.exit_code == 1
    assert (json.loads(result.stdout)["entries"] if form == "json" else result.stdout) in ([], "")
    assert "'nosuchthing'; `mlsysim zoo" in result.stderr


@pytest.mark.parametrize("lists", [["hardware", "--group", "Cloud"], ["hardware"], []])
def test_nothing_found_suggests_the_nearest(lists, invoke):
    assert "did you mean H100" in invoke("zoo", *lists, "--search", "H1000").stderr


@pytest.mark.parametrize("form", ["table", "csv", "markdown", "json"])
def test_a_search_without_a_list_is_of_all_of_them(form, invoke):
    result = invoke("zoo", "--search", "h100", "-o", form)

    assert result.exit_code == 0
    assert all(one in result.stdout for one in ("hardware", "nodes", "DGX_H100", "category"))
    assert "A100" not in result.stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["zoo", "h100"], "`mlsysim zoo hardware h100`"),
        (["audit", "Llama3_8B"], "`mlsysim audit models Llama3_8B`"),
        (["zoo", "hardwre"], "did you mean hardware?"),
        (["zoo", "--sort", "name"], "group of: mlsysim zoo hardware"),
    ],
)
def test_what_is_no_list_is_told_where_it_is(words, hint, invoke):
    result = invoke(*words)

    assert result.exit_code == 1
    assert hint in " ".join(result.stderr.split())


def test_csv_has_units_in_its_names_and_plain_numbers(invoke):
    rows = csv.DictReader(io.StringIO(invoke("zoo", "hardware", "-o", "csv").stdout))

    found = {row["name"]: row for row in rows}
    assert float(found["H100"]["bandwidth [byte/s]"]) == 3.35e12


@pytest.mark.parametrize("name", ["H100", "h100", "Cloud.H100", "H100 SXM5"])
def test_one_entry_in_full_with_its_sources(name, invoke):
    result = invoke("zoo", "hardware", name)

    assert result.exit_code == 0
    assert "memory.bandwidth" in result.stdout
    assert "3.35 TB/s" in result.stdout
    assert "Sources" in result.stdout


@pytest.mark.parametrize("form", ["table", "json", "markdown", "csv"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_an_entry_of_every_kind_in_every_form(category, form, invoke):
    name = names(CATEGORIES[category].kind)[0]

    result = invoke("zoo", category, name, "-o", form)

    assert result.exit_code == 0
    assert name in result.stdout


def test_json_of_an_entry_builds_it_again(invoke):
    from mlsysim_core import HardwareSpec
    from mlsysim_core.catalog import find

    found = json.loads(invoke("zoo", "hardware", "H100", "-o", "json").stdout)

    assert HardwareSpec.model_validate(found["entry"]) == find("hardware", "H100")
