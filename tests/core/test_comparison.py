"""Why predictions differ, as a sum."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import Engine
from mlsysim_core.comparison import compare
from mlsysim_core.errors import InputError, InputTypeError

from .examples import (
    B200,
    BARE,
    BERT_BASE,
    ESP32_S3,
    H100,
    LITTLE_NETWORK,
    LLAMA_2_70B,
    LLAMA_3_8B,
    MAMBA_2_8B,
)

MODELS = (LLAMA_3_8B, MAMBA_2_8B, BERT_BASE, LITTLE_NETWORK)
DEVICES = (H100, B200)
BASE = Engine.solve(LLAMA_3_8B, H100, 32)


def difference(*results):
    return compare(*results).differences[0]


def passes():
    return st.builds(
        Engine.solve,
        st.sampled_from(MODELS),
        st.sampled_from(DEVICES),
        st.integers(1, 512),
        st.sampled_from(("fp16", "fp8")),
        stack=st.sampled_from(("Optimized", "Ideal")),
    )


@given(passes(), passes())
def test_contributions_add_up_to_the_difference(before, after):
    pair = difference(before, after)
    if not pair.explained:
        assert pair.parts == {}
        assert math.isnan(pair.seconds)
        return

    contributions = (
        list(pair.parts.values()),
        [one.seconds for one in pair.groups],
        [one.seconds for one in pair.operators],
        [one.compute + one.memory + one.launch for one in pair.operators],
    )
    for parts in contributions:
        assert math.fsum(parts) == pytest.approx(
            after.seconds - before.seconds, abs=1e-12 * max(before.seconds, after.seconds)
        )


@pytest.mark.parametrize("stack", ["Optimized", "Ideal"])
@pytest.mark.parametrize("passes", [1.0, 3.0])
def test_operators_of_stacks_that_do_not_fuse_add_up_too(stack, passes):
    # What does not fuse runs after what arithmetic limits, and is hidden by nothing.
    from mlsysim_core._arguments import find_stack

    software = find_stack(stack).model_copy(update={"activation_passes": passes, "name": "mine"})
    found = Engine.solve(BERT_BASE, H100, 64, stack=software)

    operators = sum(row["time"] for row in found.explain().operators)
    between = (software.number("per_call") or 0.0) + (software.number("per_pass") or 0.0)
    assert operators + between == pytest.approx(found.seconds, rel=1e-12)


def test_a_faster_memory_explains_what_memory_limits():
    # Same bytes at 2.4 times the bandwidth: weights shrink by that, launches not at all.
    pair = difference(BASE, Engine.solve(LLAMA_3_8B, B200, 32))
    before, after, unit = pair.causes["sustained bandwidth"]

    assert unit == "byte/s"
    assert pair.parts["weights"] == pytest.approx(BASE.account.weights * (before / after - 1.0))
    assert pair.parts["launch"] == 0.0
    assert pair.settings == {"hardware": (H100.name, B200.name)}
    assert pair.ratio == pytest.approx(1.0 + pair.seconds / BASE.seconds)


def test_groups_gather_operators_by_their_first_word():
    pair = difference(BASE, Engine.solve(LLAMA_3_8B, H100, 64))

    names = [one.name for one in pair.groups]
    assert names[:3] == ["embedding", "attention", "mlp"]
    attention = sum(one.seconds for one in pair.operators if one.name.startswith("attention"))
    assert pair.groups[1].seconds == pytest.approx(attention)


def test_operators_of_one_model_only_are_all_gain_or_loss():
    pair = difference(BASE, Engine.solve(LITTLE_NETWORK, H100, 8))

    gone = [one for one in pair.operators if one.name.startswith("mlp")]
    assert gone
    assert all(one.after == 0.0 and one.seconds == -one.before for one in gone)


def test_what_does_not_fit_has_no_difference():
    pair = difference(BASE, Engine.solve(LLAMA_2_70B, H100))

    assert not pair.explained
    assert math.isnan(pair.ratio)
    assert "does not fit in memory" in str(compare(pair.before, pair.after))


def test_an_infinite_latency_has_no_difference():
    endless = Engine.solve(LLAMA_3_8B, H100, efficiency=0.0)

    assert "a latency is infinite" in str(compare(BASE, endless))


def test_the_text_names_what_differs_and_what_is_shared():
    text = str(compare(BASE, Engine.solve(LLAMA_3_8B, B200, 32)))

    assert text.startswith(f"H100 and B200: {LLAMA_3_8B.name}, fp16, decode, batch 32")
    assert "times as fast" in text
    assert repr(compare(BASE, BASE)) == str(compare(BASE, BASE))
    assert "equally long" in str(compare(BASE, BASE))


def test_many_sides_are_a_line_each():
    found = compare(BASE, *(Engine.solve(LLAMA_3_8B, H100, size) for size in (64, 128)))
    table = found.sections()[0]

    assert [row[0] for row in table.rows] == ["b32", "b64", "b128"]
    assert len(found.differences) == 2


@pytest.mark.parametrize("other", [BARE, ESP32_S3])
def test_any_two_can_be_printed(other):
    found = compare(
        Engine.solve(LITTLE_NETWORK, H100, precision="int8"),
        Engine.solve(LITTLE_NETWORK, other, precision="int8"),
    )

    assert "nan" not in str(found)
    assert "<script" not in found._repr_html_()
    assert "nan" not in found._repr_markdown_()


def test_fewer_than_two_and_other_things_are_refused():
    with pytest.raises(InputError, match="two results or more, got 1"):
        compare(BASE)
    with pytest.raises(InputTypeError, match=r"of Engine\.solve, or .*, got str 'H100'"):
        compare(BASE, "H100")
