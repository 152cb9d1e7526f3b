"""Expressions: what they mean, and what is wrong with those that mean nothing."""

import pytest
from mlsysim_core import InputError, InputTypeError
from mlsysim_solvers.exploration._expressions import parse
from mlsysim_solvers.exploration._goal import METRICS, Goal

np = pytest.importorskip("numpy")

VALUES = {
    "latency": 0.02,
    "throughput": 500.0,
    "mfu": 0.25,
    "memory": 2.0**30,
    "capacity": 80e9,
    "energy": 3.0,
    "power": 150.0,
    "batch_size": 8.0,
    "feasible": True,
    "precision": "fp8",
    "model": "m",
}


def truth(text):
    return bool(parse(text, METRICS, kind="truth")(VALUES.__getitem__))


def number(text):
    return float(parse(text, METRICS, kind="number")(VALUES.__getitem__))


@pytest.mark.parametrize(
    "text",
    [
        "latency < 50 ms",
        "latency<50ms",
        "latency == 0.02",
        "10 ms < latency <= 0.02 s",
        "latency >= 20000 us and latency >= 20000 µs",
        "throughput > 499 token/s",
        "throughput == 500 samples / s",
        "memory == 1 GiB",
        "batch_size < 1e6 and batch_size < 1E+6 and mfu > 1e-3",
        "memory < 0.9 * capacity",
        "capacity == 80 GB",
        "power == energy / latency",
        "energy / (latency * throughput) == 0.3 J/token",
        "not mfu > 0.5",
        "mfu > 0.5 or batch_size == 2 ** 3",
        "precision == 'fp8'",
        "precision in ('fp16', \"fp8\") and precision not in ['int8']",
        "'5 ms' != model",
        "feasible and true_enough > 0".replace("true_enough", "mfu"),
        "max(latency, 5 ms, 1 s) == 1 s",
        "log2(batch_size) == 3 and sqrt(mfu) == 0.5",
        "  batch_size % 3 == 2",
        "batch_size // 3 == 2 and -mfu < +mfu",
        "latency / 10 ms == 2",
        "1 h == 3600 s",
        "min(mfu, 1) + abs(-1) == 1.25",
    ],
)
def test_it_means_what_it_says(text):
    assert truth(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("latncy < 5", "nothing is called 'latncy'; did you mean latency? (at position 1 of"),
        ("mfu > 0.1 and latncy < 5 ms", "did you mean latency? (at position 15 of"),
        ("latency < 5 ms and memry < 1 GB", "did you mean memory? (at position 20 of"),
        ("latency =< 5", "'=<' is no operator; did you mean <=? (at position 9 of"),
        ("latency = 5", "'=' is no operator; did you mean ==?"),
        ("latency => 5", "did you mean >=?"),
        ("latency <> 5", "did you mean !=?"),
        ("mfu > 1 && mfu < 2", "did you mean and?"),
        ("mfu > 1 || mfu < 2", "did you mean or?"),
        ("!feasible", "did you mean not?"),
        ("latency < 50 msec", "no unit is called 'msec'"),
        ("latency < 50 GB", "s and byte do not go together"),
        ("latency + energy < 1", "s and J do not go together"),
        ("latency < 'fast'", "a number cannot be compared with a text"),
        ("model < 'a'", "a text is neither less nor greater"),
        ("latency <", "this cannot be read"),
        ("", "this cannot be read"),
        ("latency", "must be a comparison"),
        ("minn(mfu, 1) > 0", "no function is called 'minn'; did you mean min?"),
        ("min(mfu) > 0", "min takes two or more numbers"),
        ("log2(mfu, 2) > 0", "log2 takes one number"),
        ("log(latency) > 0", "log takes a number without a unit"),
        ("latency ** 2 > 0", "only numbers without units have powers"),
        ("mfu in 3", "after 'in' comes a list"),
        ("mfu is 3", "Is is no comparison"),
        ("mfu << 2 > 3", "LShift is no operator"),
        ("not mfu", "a comparison is needed, not a number"),
        ("feasible + 1 > 2", "a number is needed, not a truth"),
        ("mfu.real > 0", "nothing is called 'mfu.real'; choose from"),
        ("mfu[0] > 0", "Subscript has no place"),
        ("(lambda: 1)() > 0", "no function is called"),
        ("__import__('os').system('ls') > 0", "no function is called"),
        ("[mfu for mfu in (1,)] == 1", "ListComp has no place"),
        ("mfu > 0 #", "this cannot be read"),
        ("(" * 300 + "mfu" + ")" * 300 + " > 0", "this cannot be read"),
        ("mfu > 0 " + "and mfu > 0 " * 100, "too long"),
    ],
)
def test_what_means_nothing_is_an_error_that_says_where(text, message):
    with pytest.raises(InputError) as found:
        truth(text)

    assert message in str(found.value)


def test_only_text_is_an_expression():
    with pytest.raises(InputTypeError):
        parse(5, METRICS, kind="truth")
    with pytest.raises(InputError, match="must be a number"):
        parse("mfu > 1", METRICS, kind="number")


def test_large_powers_end_at_once():
    assert number("10 ** 10 ** 10") == float("inf")
    assert not truth("mfu > 1" + "0" * 400)


@pytest.mark.parametrize("text", ["latency", "minimize", "smallest latency", "minimize:"])
def test_an_objective_says_its_direction(text):
    with pytest.raises(InputError, match=r"begins with minimize or maximize|cannot be read"):
        Goal.read(text)


def test_directions_have_short_forms():
    signs = [Goal.read(f"{word} latency").sign for word in ("min", "Maximize", "minimise:", "MAX")]

    assert signs == [1.0, -1.0, 1.0, -1.0]
