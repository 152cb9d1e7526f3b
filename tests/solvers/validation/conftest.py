"""A registry of one chip and one stack, since these tests have no other."""

import pytest
from mlsysim_core import catalog
from mlsysim_solvers.validation._predict import forget

from .examples import CHIP, STACK


class _Registry:
    def __init__(self):
        self.entries = {"hardware": {"TestChip": CHIP}, "stack": {"TestEngine": STACK}}

    def names(self, kind):
        return tuple(self.entries.get(kind, ()))

    def aliases(self, kind):
        return {}

    def get(self, kind, name):
        return self.entries[kind][name]


@pytest.fixture(autouse=True)
def _registry():
    catalog.add("tests of validation", _Registry())
    forget()
    yield
    catalog.remove("tests of validation")
    forget()
