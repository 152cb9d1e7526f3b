"""Why answers of solvers differ, as sums."""

import math

import pytest
from mlsysim_core import Engine, InputTypeError
from mlsysim_core.comparison import compare
from mlsysim_solvers import DistributedModel, FitModel, ServingModel


def train(**strategy):
    return DistributedModel().solve("Llama3_70B", "Research_256", 1024, **strategy)


def serve(hardware="H100", model="Llama3_8B", **settings):
    return ServingModel().solve(model, hardware, batch_size=32, **settings)


STEPS = train(tp_size=8, pp_size=4), train(zero_stage=3, microbatch_count=4)


def test_parts_of_a_step_add_up_to_the_difference():
    before, after = STEPS
    (difference,) = compare(before, after).differences

    parts = difference.sums["a step"]

    assert math.fsum(parts.values()) == pytest.approx(after.seconds - before.seconds, rel=1e-9)
    assert min(parts, key=parts.get) == "tensor"
    assert parts["tensor"] == -before.parts["tensor"]


def test_both_times_of_serving_are_explained_and_shown():
    found = compare(serve(), serve("A100"), serve("B200"))

    assert [list(one.sums) for one in found.differences] == [
        ["the first token", "each later token"]
    ] * 2
    assert found.differences[0].sums["each later token"]["weights"] > 0.0
    text = str(found)
    assert "From Llama3_8B on 1 x H100 to Llama3_8B on 1 x A100, the first token: +" in text
    assert text.count("100.0%") == 4
    assert "<table" in found._repr_html_()


def test_what_is_called_alike_gets_letters():
    assert "From A to B, a step: -" in str(compare(*STEPS))


def test_what_does_not_fit_explains_nothing():
    found = compare(serve(model="Llama3_70B"), serve(model="Llama3_70B", precision="int4", tp=2))

    assert found.differences[0].sums == {}
    assert "no difference: what does not fit" in str(found)


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ((STEPS[0], serve()), "of one kind, got DistributedResult and ServingResult"),
        ((Engine.solve("Llama3_8B", "H100"), serve()), "PerformanceProfile and ServingResult"),
        ((STEPS[0], FitModel().solve("Llama3_8B", "H100")), "got FitResult"),
    ],
)
def test_what_cannot_be_compared_is_told(results, words):
    with pytest.raises(InputTypeError, match=words):
        compare(*results)
