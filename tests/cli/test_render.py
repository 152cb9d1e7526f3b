"""Text, Markdown and CSV, apart from what they say."""

import csv
import io
import json
import math

from mlsysim_cli.output._data import as_csv, as_json, measure
from mlsysim_cli.output._render import Section, as_markdown, as_text


def test_what_is_no_number_is_null_with_the_reason():
    assert measure(math.inf, "s") == {"value": None, "unit": "s", "reason": "infinite"}
    assert measure(math.nan, "s")["value"] is None
    assert measure(None, "J", "no power")["reason"] == "no power"
    assert measure(1.5, "s") == {"value": 1.5, "unit": "s"}


def test_csv_survives_commas_quotes_and_lines():
    awkward = 'a "b", c\nd'

    (row,) = csv.DictReader(io.StringIO(as_csv([{"note": awkward, "x": measure(1.0, "s")}])))

    assert row == {"note": awkward, "x [s]": "1.0"}


def test_markdown_escapes_pipes_and_joins_lines():
    text = as_markdown([Section(header=("a",), rows=[("x | y\nz",)])])

    assert "| x \\| y z |" in text


def test_columns_go_in_the_order_of_their_worth(monkeypatch):
    section = Section(
        header=("name", "size", "title"),
        rows=[("entry", "12345 GB", "a long title of an entry")],
        right=frozenset({1}),
        dispensable=(2, 1),
        clip=True,
    )

    def lines(columns):
        monkeypatch.setenv("COLUMNS", str(columns))
        return as_text([section]).splitlines()

    assert lines(80)[1] == "entry  12345 GB  a long title of an entry"
    assert lines(32)[1] == "entry  12345 GB  a long title..."[:32]
    assert lines(24)[1] == "entry  12345 GB"


def test_json_is_ascii_where_nothing_else_can_be_written(monkeypatch):
    import sys

    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))

    text = as_json({"unit": "→"})

    assert text.isascii()
    assert json.loads(text) == {"unit": "→"}
