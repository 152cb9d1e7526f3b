"""Plan files as text: YAML 1.2, with the place of every value, and safe."""

import pytest
from mlsysim_solvers.plans._problems import PlanError
from mlsysim_solvers.plans._yaml import documents

TEXT = """\
# a plan
model: Llama3_8B
country: NO
count: 15.6e12
hexadecimal: 0x10
switches: [true, off, ~]
assert:
  - latency < 20 ms
  - 'mfu > 0.1'
  - >
    feasible
    and mfu < 1
"""


def test_values_are_those_of_yaml_1_2():
    (document,) = documents(TEXT, "plan.yaml")

    assert document.value == {
        "model": "Llama3_8B",
        "country": "NO",
        "count": 15.6e12,
        "hexadecimal": 16,
        "switches": [True, "off", None],
        "assert": ["latency < 20 ms", "mfu > 0.1", "feasible and mfu < 1\n"],
    }


@pytest.mark.parametrize(
    ("path", "place", "exact"),
    [
        (("model",), (2, 8), True),
        (("switches", 1), (6, 18), True),
        (("assert", 0), (8, 5), True),
        (("assert", 1), (9, 6), True),
        (("assert", 2), (10, 5), False),
    ],
)
def test_every_value_has_its_place(path, place, exact):
    (document,) = documents(TEXT, "plan.yaml")

    assert document.mark(path) == (*place, exact)


def test_what_is_missing_stands_where_it_should_be():
    (document,) = documents(TEXT, "plan.yaml")

    assert document.mark(("assert", 7, "text")) == document.mark(("assert",))


def test_documents_are_parted():
    assert [one.value for one in documents("a: 1\n---\nb: 2\n", "two.yaml")] == [{"a": 1}, {"b": 2}]


BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1,", "plan.yaml:1:7: is not YAML: expected the node content"),
        ("a: b: c", "plan.yaml:1:5: is not YAML: mapping values are not allowed here"),
        ("a:\n\tb: 1", "plan.yaml:2:1: is not YAML: a tab cannot indent: use spaces"),
        ("a: *b", "plan.yaml:1:4: is not YAML: found undefined alias 'b'"),
        ("", "plan.yaml:1:1: is empty"),
        ("# nothing\n", "plan.yaml:1:1: is empty"),
        ("a: 1\nb: 2\na: 3", "plan.yaml:3:1: a is given twice, first in line 1"),
        ("[a]: 1", "plan.yaml:1:1: a key must be a word"),
        ("a: !!python/name:os.system x", "plan.yaml:1:4: the tag "),
        ("a: !mine [1]", "plan.yaml:1:4: the tag '!mine' has no place in a plan"),
        ("b: 1\na: x\x00", "plan.yaml:2:5: the character U+0000 has no place in YAML"),
        ("a: &x [*x]", "is nested more than 32 deep"),
        ("[" * 5000, "plan.yaml:1:1: is nested more than 32 deep"),
        ("{a: " * 40 + "1" + "}" * 40, "is nested more than 32 deep"),
        ("a: " + "9" * 5000, "plan.yaml:1:4: this number is too long"),
        (BOMB, "has more than 10,000 values, aliases included"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_place(text, message):
    with pytest.raises(PlanError) as found:
        documents(text, "plan.yaml")

    assert message in str(found.value)
    (problem,) = found.value.problems
    assert problem.line >= 1
    assert problem.column >= 1
