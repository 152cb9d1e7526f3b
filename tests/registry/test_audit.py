"""What an audit finds."""

from collections import Counter
from datetime import date

import pytest
from mlsysim_core import InputError, catalog
from mlsysim_registry import _own, audit, load
from mlsysim_registry._audit import ISSUES

TODAY = date(2026, 11, 23)

CHIP = """\
compute = { peak = { fp16 = "20 TFLOP/s", int8 = "10 TOP/s" } }
memory = { capacity = "48 GB", bandwidth = "1 TB/s", cache_bandwidth = "0.5 TB/s" }
cloud_prices = [
  { offer = "us, 2025-10", price = "1 USD/h" },
  { offer = "us, 2025-12", price = "1 USD/h" },
  { offer = "us", price = "1 USD/h" },
]
"""
SOURCES = """\
confidence = "measured"
note = "Two sheets disagree."

[[source]]
covers = ["compute.*", "memory.capacity"]
title = "One"
seen = true

[[source]]
covers = ["memory.*"]
title = "Two"
seen = false
"""


@pytest.fixture
def findings(tmp_path):
    """Audit one chip."""

    def findings(text):
        path = tmp_path / "anvil.toml"
        path.write_text('kind = "hardware"\n' + text)
        load(path)
        return list(audit("hardware", "anvil", today=TODAY))

    yield findings
    for path in list(_own.loaded):
        del _own.loaded[path]
        catalog.remove(str(path))


def paths(found, issue):
    return [one.path for one in found if one.issue == issue]


def test_values_by_what_they_rest_on(findings):
    found = findings(CHIP + SOURCES)

    assert paths(found, "single source") == ["compute.peak.fp16", "compute.peak.int8"]
    assert paths(found, "recalled") == ["memory.bandwidth", "memory.cache_bandwidth"]
    assert paths(found, "no source") == ["cloud_prices.price"]


def test_contradictions(findings):
    found = findings(CHIP + SOURCES)

    assert paths(found, "contradiction") == ["compute.peak.int8", "memory.cache_bandwidth", ""]


def test_prices_by_their_age(findings):
    found = findings(CHIP)

    assert paths(found, "stale price") == ["cloud_prices.0"]
    assert paths(found, "undated price") == ["cloud_prices.2"]
    assert paths(found, "no source") == [""]


def test_promises_are_not_asked_for_sources():
    assert not list(audit("scenario"))


def test_recalled_values_of_ours_are_found():
    found = list(audit("hardware", "ESP32_S3"))

    assert "memory.bandwidth" in paths(found, "recalled")


def test_all_entries_can_be_audited():
    counts = Counter(one.issue for one in audit(today=TODAY))

    assert set(counts) <= set(ISSUES)
    assert counts["recalled"]
    assert counts["single source"]
    assert counts["no source"] == 0


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="kind must be one of hardware"):
        next(audit("gpu"))
