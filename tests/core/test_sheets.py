"""What notebooks show."""

import re
from xml.etree import ElementTree as ET

import pytest
from mlsysim_core import Engine
from mlsysim_core.comparison import compare
from mlsysim_core.sheets import Section, as_html, as_markdown, as_text

from .examples import B200, BARE, H100, LLAMA_2_70B, LLAMA_3_8B, MIXTRAL_8X7B

PROFILE = Engine.solve(LLAMA_3_8B, H100, 32)
SHOWN = {
    "profile": PROFILE,
    "does not fit": Engine.solve(LLAMA_2_70B, H100),
    "explanation": PROFILE.explain(),
    "comparison": compare(PROFILE, Engine.solve(LLAMA_3_8B, B200, 32)),
    "device": H100,
    "bare device": BARE,
    "part of a device": H100.memory,
    "model": MIXTRAL_8X7B,
}


@pytest.mark.parametrize("what", SHOWN)
def test_html_takes_the_colors_of_the_page_and_runs_nothing(what):
    text = SHOWN[what]._repr_html_()
    tree = ET.fromstring(text)

    assert tree.tag == "div"
    assert {one.tag for one in tree.iter()} <= {
        "div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "span", "ul", "li",
    }  # fmt: skip
    styles = " ".join(one.get("style", "") for one in tree.iter())
    colors = set(re.findall(r"(?:color|background):([^;]+)", styles))
    assert colors <= {"inherit", "transparent", "currentColor"}
    assert all(set(one.attrib) <= {"style", "aria-hidden"} for one in tree.iter())


@pytest.mark.parametrize("what", SHOWN)
def test_markdown_has_tables_of_equal_rows(what):
    for block in SHOWN[what]._repr_markdown_().split("\n\n"):
        if block.startswith("|"):
            assert len({line.count(" | ") for line in block.splitlines()}) == 1


def test_what_does_not_fit_shows_no_latency_as_an_answer():
    text = SHOWN["does not fit"]._repr_markdown_()

    assert "DOES NOT FIT" in text
    assert "| throughput |" not in text


def test_names_cannot_break_out():
    evil = H100.model_copy(update={"name": "</td><script>alert(1)</script>|*"})
    profile = Engine.solve(LLAMA_3_8B, evil)

    assert "<script" not in profile._repr_html_()
    assert "<script" not in evil._repr_html_()
    assert "\\<script>" in profile._repr_markdown_()
    assert "\\|" in profile._repr_markdown_()


def test_bars_are_as_long_as_their_shares():
    (section,) = [one for one in PROFILE.sections() if one.heading == "Where the time goes"]
    widths = re.findall(r"width:([\d.]+)em", as_html([section]))

    shares = [seconds / PROFILE.seconds for seconds in PROFILE.explain().parts.values()]
    assert [float(one) / 8.0 for one in widths] == pytest.approx(shares, abs=0.002)


def test_a_sheet_is_the_same_in_every_form():
    sections = [Section(heading="Sums", rows=[("1 ms", "a")], lines=["and so on"])]

    for form in (as_text, as_markdown, as_html):
        text = form(sections)
        assert all(word in text for word in ("Sums", "1 ms", "and so on"))
