"""What every picture owes: checked wherever pictures are made."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
LEAST = 2.0
"""Height of the smallest letters at a width of 80 mm. [mm]"""


def check(text):
    """Hold a picture to the rules, and return its parsed tree."""
    tree = ET.fromstring(text)
    width, height = float(tree.get("width")), float(tree.get("height"))
    _explained(tree)
    _alone(text)
    assert tree.get("viewBox") == f"0 0 {width:g} {height:g}"
    for one in tree.iter(f"{SVG}text"):
        size = float(one.get("font-size", tree.get("font-size")))
        assert size / width * 80.0 >= LEAST, one.text
        if "transform" not in one.attrib:
            assert 0.0 <= float(one.get("y")) <= height, one.text
            assert 0.0 <= float(one.get("x")) <= width, one.text
    _told_apart(tree)
    return tree


def words(tree):
    """All that is written in a picture."""
    return [one.text for one in tree.iter(f"{SVG}text")]


def _explained(tree):
    title, about = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title.text
    assert about.text
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert title.text.split()[0] in " ".join(words(tree))


def _alone(text):
    """It needs no program, no other file, and nothing that another picture may call the same."""
    assert "<script" not in text
    assert not re.search(r"\bon\w+=", text)
    assert not re.search(r"(href|src)=|url\((?!#)|@import|<style", text)
    names = re.findall(r'\bid="([^"]+)"', text)
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(names)


def _told_apart(tree):
    """Fills of bars differ without their color: in pattern, or clearly in lightness."""
    fills = {
        one.get("fill") for one in tree.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None
    }
    hatches = {
        f"url(#{one.get('id')})": (
            one.find(f"{SVG}path").get("d"),
            one.find(f"{SVG}rect").get("fill"),
        )
        for one in tree.iter(f"{SVG}pattern")
    }
    kinds = [hatches.get(fill, ("", fill)) for fill in fills]
    kinds = [(*kind, fill.rpartition("-")[0]) for kind, fill in zip(kinds, fills, strict=True)]
    for (one, ground, panel), (other, second, beside) in combinations(kinds, 2):
        assert one != other or panel != beside or abs(light(ground) - light(second)) > 0.15


def light(color):
    red, green, blue = (int(color[place : place + 2], 16) / 255.0 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
