"""Rows that beat the roofline of what they describe are told from those that can be."""

import json
import sys
from pathlib import Path

import pytest
from mlsysim_solvers.validation import validate

TOOLS = Path(__file__).parents[3] / "packages" / "mlsysim-solvers" / "tools"
BERT = {"type": "encoder", "layers": 32, "hidden": 4096, "heads": 32, "ffn": 16384}


@pytest.fixture
def possible(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(TOOLS), *sys.path])
    from _possible import possible

    return possible


# 128 x 384 tokens of 12.9e9 operations at 312e12 a second take at least 2.03 s, without attention.
@pytest.mark.parametrize(("seconds", "kept"), [(1.5, 0), (2.6, 1)])
def test_nothing_computes_faster_than_the_peak(possible, seconds, kept):
    row = {"id": "a", "source": "me", "task": "encode", "hardware": "a100_sxm_80gb"}
    row |= {"model": "BERT-6B", "architecture": json.dumps(BERT), "precision": "fp16"}
    row |= {"batch": "128", "input_len": "384", "metric": "latency_s", "value": str(seconds)}

    assert len(possible([row], validate([row])[1])) == kept


def test_stages_that_overlap_may_be_faster_than_their_sum(possible):
    row = {"id": "a", "source": "me", "task": "decode", "hardware": "rtx_4090", "devices": "4"}
    row |= {"model": "Llama-3.1-8B", "metric": "latency_s", "value": "1e-6"}

    assert len(possible([row], validate([row])[1])) == 1
