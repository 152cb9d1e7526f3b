"""Each release left behind what holds later ones to it."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import mlsysim
import pytest
from packaging.version import Version

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "snapshots"
ROOT = HERE.parents[1]
RELEASES = tomllib.loads((HERE / "releases.toml").read_text(encoding="utf-8"))
KEPT = sorted(path.stem for path in SNAPSHOTS.glob("*.json"))


def series(release):
    return "v{}_{}".format(*Version(release).release)


def git(*arguments):
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_releases_are_in_order_and_named_by_a_full_commit():
    assert list(RELEASES) == sorted(RELEASES, key=Version)
    assert all(re.fullmatch(r"[0-9a-f]{40}", commit) for commit in RELEASES.values())
    assert len(set(RELEASES.values())) == len(RELEASES)


def test_every_release_has_a_snapshot_and_at_most_one_more_is_being_prepared():
    assert set(RELEASES) <= set(KEPT)
    assert set(KEPT) - set(RELEASES) <= {mlsysim.__version__}


@pytest.mark.parametrize("release", KEPT)
def test_a_release_left_a_snapshot_programs_typed_code_and_news(release):
    snapshot = json.loads((SNAPSHOTS / f"{release}.json").read_text(encoding="utf-8"))

    assert snapshot["version"] == release
    assert list((HERE / "consumers" / series(release)).glob("test_*.py"))
    assert (HERE / "typing" / f"{series(release)}.py").is_file()
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(release)} - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE)


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_is_a_commit_that_calls_itself_so(release):
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: there are no commits to look at")
    if git("rev-parse", "--is-shallow-repository") == "true\n":
        pytest.skip("a shallow clone: its older commits are elsewhere")
    shown = git("show", f"{RELEASES[release]}:packages/mlsysim/pyproject.toml")

    assert tomllib.loads(shown)["project"]["version"] == release


def test_this_version_is_no_older_than_the_newest_release():
    assert all(Version(release) <= Version(mlsysim.__version__) for release in KEPT)
