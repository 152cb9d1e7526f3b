"""Every input that was ever of interest, once more."""

from pathlib import Path

import pytest

from .targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
INPUTS = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in INPUTS]
)
def test_nothing_but_errors_of_ours(path):
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_survives_nothing_and_noise(name):
    for data in (b"", b"\0", b"\xff\xfe\x00", b"\x00" + b"[" * 100_000, b"\x01" + b"9" * 10_000):
        TARGETS[name](data)


def test_every_target_has_a_corpus():
    assert {path.parent.name for path in INPUTS} == TARGETS.keys()
