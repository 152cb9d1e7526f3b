"""Measurement files: what is read, and how whatever cannot be read is refused."""

import gzip

import pytest
from mlsysim_core.errors import InputError
from mlsysim_solvers.validation import COLUMNS, REQUIRED, measurement_schema, read, read_row

HEADER = ",".join(REQUIRED)
LINE = "a,me,gemm,latency_s,0.5,TestChip"


@pytest.fixture
def write(tmp_path):
    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_file_is_read_row_by_row(write):
    rows = list(read(write(f"{HEADER}\n{LINE}\n")))

    assert rows == [dict(zip(REQUIRED, LINE.split(","), strict=True))]


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_byte_order_marks_and_line_ends_do_not_matter(start, ending, write):
    path = write(start + f"{HEADER}{ending}{LINE}{ending}".encode())

    assert next(read(path))["id"] == "a"


def test_a_packed_file_is_read_as_it_is(write):
    path = write(gzip.compress(f"{HEADER}\n{LINE}\n".encode()), "file.csv.gz")

    assert [row["value"] for row in read(path)] == ["0.5"]


def test_columns_of_your_own_are_left_alone(write):
    assert next(read(write(f"{HEADER},weather\n{LINE},rain\n")))["weather"] == "rain"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        ("id,source\n", "no column task, metric, value, hardware"),
        (f"{HEADER},stak\n", "unknown column 'stak'; did you mean stack"),
        (f"{HEADER},id\n", "two columns named 'id'"),
        (f"{HEADER}\na\0b\n", "line 2 has a NUL byte"),
        (b"\x89PNG\xff\xfe", "no text in UTF-8"),
        ('{"a": 1}', "must name the columns"),
        (HEADER.replace(",", ";"), "parted by commas"),
        (f'{HEADER}\n"{"x" * 200_000}\n', "line 2 is no CSV"),
    ],
)
def test_what_is_no_measurement_file_is_refused_with_the_reason(content, message, write):
    path = write(content)

    with pytest.raises(InputError, match=message) as caught:
        list(read(path))

    assert str(path) in str(caught.value)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="is a directory"):
        list(read(tmp_path))
    with pytest.raises(InputError, match="No such file"):
        list(read(tmp_path / "none.csv"))


def test_a_broken_packed_file_is_refused(write):
    with pytest.raises(InputError, match=r"file\.csv\.gz"):
        list(read(write(b"no gzip", "file.csv.gz")))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"id": ""}, "id is empty"),
        ({"task": "gem"}, "unknown task 'gem'; did you mean gemm"),
        ({"metric": "latency"}, "unknown metric 'latency'; did you mean latency_s"),
        ({"value": "fast"}, "value must be a number"),
        ({"devices": "eight"}, "devices must be a number, got 'eight'"),
        ({"value": "0"}, "value must be a positive number"),
        ({"value": "-1"}, "value must be a positive number"),
        ({"value": "nan"}, "value must be a positive number"),
        ({"value": "inf"}, "value must be a positive number"),
        ({None: ["more"]}, "more cells than the header"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cells, message):
    row = dict(zip(REQUIRED, LINE.split(","), strict=True))

    with pytest.raises(InputError, match=message):
        read_row(row | cells)


def test_rows_may_hold_numbers_and_nothing():
    row = read_row(
        {"id": 1, "source": "me", "task": "gemm", "metric": "latency_s", "value": 0.5}
        | {"hardware": "TestChip", "batch": 4, "notes": None}
    )

    assert (row.value, row.count("batch"), row["notes"], row["tp"]) == (0.5, 4, "", "")


def test_the_schema_has_every_column_and_no_other():
    schema = measurement_schema()

    assert set(schema["properties"]) == set(COLUMNS)
    assert schema["required"] == list(REQUIRED)
    assert all(one.get("description") for one in schema["properties"].values())
