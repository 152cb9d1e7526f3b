"""What a version number promises."""

from importlib.metadata import requires, version
from pathlib import Path

import mlsysim
import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

PACKAGES = ("mlsysim", "mlsysim-core", "mlsysim-registry", "mlsysim-solvers", "mlsysim-cli")
ROOT = Path(__file__).parents[3]
ADVISED = SpecifierSet("~=0.1.0")


def test_the_version_is_semantic_and_of_the_promised_series():
    found = Version(mlsysim.__version__)

    assert len(found.release) == 3
    assert found.release[:2] == (0, 1)
    assert mlsysim.__version__ == version("mlsysim")


def test_the_advised_pin_takes_this_version_and_every_patch():
    assert mlsysim.__version__ in ADVISED
    assert all(patch in ADVISED for patch in ("0.1.0", "0.1.1", "0.1.9", "0.1.42"))


@pytest.mark.parametrize("other", ["0.2.0", "0.3.0", "1.0.0", "0.0.9"])
def test_the_advised_pin_takes_no_other_series(other):
    assert other not in ADVISED


@pytest.mark.parametrize("package", PACKAGES)
def test_the_five_packages_have_one_version_and_pin_one_another_to_it(package):
    assert version(package) == mlsysim.__version__
    ours = [one for one in map(Requirement, requires(package) or []) if one.name in PACKAGES]
    assert {str(one.specifier) for one in ours} <= {f"=={mlsysim.__version__}"}


def test_there_is_a_changelog_to_read_before_an_upgrade():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert "<!-- news -->" in text
