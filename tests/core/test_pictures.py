"""Pictures of one pass: what they show, and whether it can be read."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import Engine
from mlsysim_core.comparison import compare
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.pictures import (
    Axis,
    Bars,
    Picture,
    Row,
    Segment,
    breakdown,
    memory,
    roofline,
    spanning,
    stacked,
)
from mlsysim_core.pictures._styles import STYLES

from ..pictures import SVG, check, light, words
from .examples import B200, BERT_BASE, ESP32_S3, H100, LITTLE_NETWORK, LLAMA_2_70B, LLAMA_3_8B

PASSES = [Engine.solve(LLAMA_3_8B, H100, size) for size in (1, 8, 64)]
OTHER = Engine.solve(LLAMA_3_8B, B200, 64)


@pytest.mark.parametrize("draw", [breakdown, memory, roofline])
@pytest.mark.parametrize(
    "results",
    [
        PASSES[:1],
        [*PASSES, OTHER],
        [Engine.solve(LITTLE_NETWORK, H100, 8), Engine.solve(BERT_BASE, H100, is_training=True)],
    ],
    ids=["one", "several", "kinds"],
)
def test_every_picture_keeps_the_rules(draw, results):
    check(draw(*results).svg())


def test_bars_are_as_long_as_their_parts():
    tree = check(breakdown(*PASSES).svg())
    widths = [
        float(one.get("width"))
        for one in tree.iter(f"{SVG}rect")
        if one.find(f"{SVG}title") is not None
    ]
    parts = [value for one in PASSES for value in one.explain().parts.values()]

    assert len(widths) == len(parts)
    scale = max(widths) / max(parts)
    assert widths == pytest.approx([scale * value for value in parts], abs=0.4)


def test_a_bar_says_what_it_is_and_how_long():
    tree = check(breakdown(*PASSES).svg())

    assert "b64: 11." in " ".join(words(tree)) or "b64: 12." in " ".join(words(tree))
    assert "latency [ms]" in words(tree)
    about = tree.find(f"{SVG}desc").text  # for those who cannot see it
    assert all(f"{name} " in about for name in PASSES[2].explain().parts)
    assert "batch 64" not in tree.find(f"{SVG}title").text


def test_the_memory_shows_what_does_not_fit():
    tree = check(memory(PASSES[0], Engine.solve(LLAMA_2_70B, H100)).svg())

    assert any("of 80 GB" in word for word in words(tree))
    assert "capacity" in words(tree)


@given(st.integers(1, 4096), st.sampled_from([LLAMA_3_8B, BERT_BASE, LITTLE_NETWORK]))
def test_no_pass_stands_above_its_roof(size, model):
    found = Engine.solve(model, H100, size)
    if not found.feasible:
        return
    (panel,) = roofline(found).panels
    ((x, y),) = panel.dots[0].points

    assert y <= min(found.details.peak, found.details.bandwidth * x) * (1.0 + 1e-9)
    assert panel.x.low < x < panel.x.high
    assert panel.y.low < y < panel.y.high


def test_names_of_users_are_harmless():
    spy = H100.model_copy(update={"name": "<script>alert('x')</script> & \"H100\""})

    text = breakdown(Engine.solve(LLAMA_3_8B, spy), PASSES[0]).svg()

    check(text)


def test_pictures_are_written_equally_and_side_by_side():
    first, second = breakdown(*PASSES).svg(), breakdown(OTHER).svg()

    assert first == breakdown(*PASSES).svg()
    names = [set(re.findall(r'id="([^"]+)"', text)) for text in (first, second)]
    assert not names[0] & names[1]


def test_results_and_comparisons_draw_themselves():
    assert PASSES[0].plot().svg() == breakdown(PASSES[0]).svg()
    assert PASSES[0].plot("roofline").svg() == roofline(PASSES[0]).svg()
    assert compare(*PASSES).plot("memory").svg() == memory(*PASSES).svg()
    with pytest.raises(InputError, match=r"did you mean roofline\?"):
        PASSES[0].plot("rofline")


def test_what_has_no_time_is_not_drawn():
    with pytest.raises(InputError, match="does not fit in memory"):
        breakdown(Engine.solve(LLAMA_2_70B, H100))
    with pytest.raises(InputError, match="does not fit in memory"):
        roofline(Engine.solve(LLAMA_2_70B, H100))
    with pytest.raises(InputError, match="it is infinite"):
        breakdown(Engine.solve(LLAMA_3_8B, H100, efficiency=0.0))
    with pytest.raises(InputError, match="nothing to draw"):
        memory()


def test_a_device_without_a_link_has_a_memory_to_draw():
    check(memory(Engine.solve(LLAMA_3_8B, ESP32_S3, precision="int8")).svg())


def test_a_picture_is_saved_as_what_its_ending_says(tmp_path):
    picture = breakdown(*PASSES)
    picture.save(tmp_path / "x.svg")

    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == picture.svg() == picture._repr_svg_()
    with pytest.raises(InputError, match=r"written as \.svg, \.png or \.pdf, got 'x\.gif'"):
        picture.save("x.gif")
    with pytest.raises(InputError, match="cannot be written"):
        picture.save(tmp_path / "missing" / "x.svg")


def test_other_formats_take_matplotlib(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)

    with pytest.raises(MissingValueError, match=r"install matplotlib; \.svg needs nothing"):
        breakdown(*PASSES).save(tmp_path / "x.png")


@pytest.mark.parametrize("draw", [breakdown, memory, roofline])
def test_matplotlib_draws_the_same(draw, tmp_path):
    pytest.importorskip("matplotlib")
    picture = draw(*PASSES, OTHER)
    (axis,) = picture.figure().axes

    assert axis.get_xlabel() == picture.panels[0].x.name
    picture.save(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_fills_differ_without_their_color():
    for place, one in enumerate(STYLES):
        for other in STYLES[:place]:
            assert one.hatch != other.hatch or abs(light(one.ground) - light(other.ground)) > 0.15


def test_long_titles_and_crowds_of_bars_can_be_read():
    rows = [
        (f"a bar with a rather long name, number {place}", {"compute": 1.0, "x": 2.0})
        for place in range(30)
    ]

    check(
        stacked(
            "A title that is longer than a picture is wide, as titles are " * 2,
            "latency",
            "s",
            rows,
        ).svg()
    )


def test_a_bar_without_length_needs_no_room():
    row = Row("stage", [Segment(0.0, 0.0, "compute", "0", "nothing")])

    check(
        Picture(
            "Nothing", "Nothing at all", [Bars(Axis("time", 0.0, 1.0, "s"), [row], ["compute"])]
        ).svg()
    )


@pytest.mark.parametrize(
    ("axis", "ticks"),
    [
        (Axis("latency", 0.0, 0.0123, "s"), ["0", "2.5", "5", "7.5", "10"]),
        (Axis("x", 0.0, 1.0), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (Axis("x", 0.5, 2000.0, log=True), ["1", "10", "100", "1k"]),
        (Axis("t", 1e-3, 9e-3, "s", log=True), ["1 ms", "2 ms", "5 ms"]),
    ],
)
def test_ticks_are_round(axis, ticks):
    assert [word for _, word in axis.ticks()] == ticks


def test_units_stand_on_the_axis_or_at_the_ticks():
    assert Axis("latency", 0.0, 0.0123, "s").name == "latency [ms]"
    assert Axis("latency", 1e-3, 1.0, "s", log=True).name == "latency"
    assert spanning("latency", [1.0, 2.0], "s", log=False).low == 0.0
