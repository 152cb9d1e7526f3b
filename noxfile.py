# /// script
# requires-python = ">=3.11"
# dependencies = ["nox[uv]>=2026.8"]
# ///
"""Every check of this repository: `nox -l` lists them, `nox` runs what a change must pass."""

import hashlib
import itertools
import os
import re
import shutil
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import nox
from packaging.version import Version

nox.needs_version = ">=2026.8"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = "MLSYSIM_ALL_PYTHONS" in os.environ
nox.options.reuse_venv = "yes"

ROOT = Path(__file__).parent
DIST = ROOT / "dist"
NEEDS = {  # each package, with the ones below it
    "mlsysim-core": (),
    "mlsysim-registry": ("mlsysim-core",),
    "mlsysim-solvers": ("mlsysim-core",),
    "mlsysim-cli": ("mlsysim-core", "mlsysim-registry", "mlsysim-solvers"),
    "mlsysim": ("mlsysim-core", "mlsysim-registry", "mlsysim-solvers", "mlsysim-cli"),
}
SOURCES = tuple(f"packages/{name}/src" for name in NEEDS)
RELEASES = tomllib.loads((ROOT / "tests/api/releases.toml").read_text(encoding="utf-8"))
WORKSPACE = nox.project.load_toml(ROOT / "pyproject.toml")

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
FULL = "3.13"  # runs what is slow, too, where the others only run it in public
PINTS = {"0.24.4": "3.11", "0.25.3": "3.11", "0.26.2": "3.12"}  # with the oldest Python each takes
PYDANTICS = {"2.7": "3.12", "2.10": "3.13", "2.14": "3.14"}  # with the newest Python each takes


def matrix() -> Iterator[object]:
    """Every Python, pint and pydantic that go together; one pair of each Python is tagged."""
    for python in PYTHONS:
        pints = [pint for pint in PINTS if Version(PINTS[pint]) <= Version(python)]
        pydantics = [name for name in PYDANTICS if Version(python) <= Version(PYDANTICS[name])]
        oldest, newest = (pints[0], pydantics[0]), (pints[-1], pydantics[-1])
        corner = oldest if python == PYTHONS[0] else newest
        for pint, pydantic in itertools.product(pints, pydantics):
            name = f"py{python}-pint{pint}-pydantic{pydantic}"
            tags = ["corner"] if (pint, pydantic) == corner else []
            yield nox.param(python, pint, pydantic, id=name, tags=tags)


def group(name: str) -> list[str]:
    """Requirements of a dependency group of the workspace."""
    return nox.project.dependency_groups(WORKSPACE, name)


def built(package: str, ending: str) -> Path:
    """Path of a built file: a path, so that no index can put another project in its place."""
    found = list(DIST.glob(f"{package.replace('-', '_')}-[0-9]*{ending}"))
    if len(found) != 1:
        raise SystemExit(f"{len(found)} files for {package} in {DIST}: run `nox -s build`")
    return found[0]


def install(session: nox.Session, packages: Iterable[str], *others: str) -> None:
    """Install built wheels with what they need, even over an earlier build of the same version."""
    wheels = [str(built(package, ".whl")) for package in packages]
    session.install(*wheels, *others)
    session.install("--force-reinstall", "--no-deps", *wheels)  # pip would keep an equal version


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting; `nox -s lint -- --fix` mends what it can."""
    session.install(*group("lint"))
    session.run("ruff", "check", *session.posargs, ".")
    session.run("ruff", "format", *(() if session.posargs else ("--check",)), ".")


@nox.session(default=False)
def registry(session: nox.Session) -> None:
    """Check the data files, and write what is derived from them: index, stub, schemas."""
    session.install("-e", "packages/mlsysim-core", "-e", "packages/mlsysim-registry")
    session.run("python", "packages/mlsysim-registry/tools/generate.py")


@nox.session
def derived(session: nox.Session) -> None:
    """Check that what is derived from the data files, and from the code, is up to date."""
    for name in ("core", "registry", "solvers"):
        session.install("-e", f"packages/mlsysim-{name}")
    session.run("python", "packages/mlsysim-registry/tools/generate.py", "--check")
    session.run("python", "packages/mlsysim-solvers/tools/plans.py", "--check")
    session.run("python", "benchmarks/history.py", "--check")


@nox.session
def accuracy(session: nox.Session) -> None:
    """Hold predictions to the measurements; `-- --write` writes the report anew."""
    for name in ("core", "registry", "solvers"):
        session.install("-e", f"packages/mlsysim-{name}")
    given = [one for one in session.posargs if one != "--write"] if session.posargs else ["--check"]
    session.run("python", "packages/mlsysim-solvers/tools/accuracy.py", *given)


@nox.session(default=False)
def build(session: nox.Session) -> None:
    """Build an sdist, and from it a wheel, of every package into dist/."""
    session.install(*group("release"))
    shutil.rmtree(DIST, ignore_errors=True)
    _build(session, ROOT, DIST)
    for name in NEEDS:
        with tarfile.open(built(name, ".tar.gz")) as sdist:
            if not any(member.endswith("/LICENSE") for member in sdist.getnames()):
                session.error(f"the sdist of {name} has no LICENSE")
    session.run("twine", "check", "--strict", *sorted(map(str, DIST.iterdir())))
    session.run("check-wheel-contents", *(str(built(name, ".whl")) for name in NEEDS))


def _build(session: nox.Session, tree: Path, folder: Path) -> dict[str, str]:
    """Build every package, and return the digest of each file by name."""
    for name in NEEDS:
        command = ("pyproject-build", "--installer=uv", "--quiet", "--outdir", str(folder))
        session.run(*command, str(tree / "packages" / name))
    files = sorted(folder.iterdir())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@nox.session(python=PYTHONS, requires=["build"])
@nox.parametrize("package", tuple(NEEDS))
def tests(session: nox.Session, package: str) -> None:
    """Test a package's wheel with nothing above or beside it installed."""
    others = group("agents") if package == "mlsysim-cli" else []
    others += group("sweeps") if package in {"mlsysim-solvers", "mlsysim-cli"} else []
    install(session, (package, *NEEDS[package]), *group("test"), *others)
    folders = [f"tests/{package.removeprefix('mlsysim-')}"]
    everything = session.python == FULL or "MLSYSIM_ALL_PYTHONS" in os.environ
    chosen = [] if everything else ["-m", "not slow"]
    if package == "mlsysim":  # the corners run the consumers on every Python
        folders += ["tests/golden"]
        rare = ["tests/fuzz", "tests/mutation", "tests/api/consumers"]
        folders += rare if everything else []
    session.run("pytest", "-n", "auto", *chosen, *folders, "tests/test_layers.py", *session.posargs)


@nox.session(default=False, python="3.12", requires=["build"])  # what atheris is built for
def fuzz(session: nox.Session) -> None:
    """Look for inputs that no parser survives: `-- RUNS [TARGET ...]`, all targets by default."""
    install(session, NEEDS, *group("test"), *group("fuzz"))
    runs, *targets = session.posargs or ["20000"]
    listed = "from tests.fuzz.targets import TARGETS; print(*TARGETS)"
    known = str(session.run("python", "-c", listed, silent=True)).split()
    for target in targets or known:
        session.run("python", "-m", "tests.fuzz", target, runs)


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Change formulas, and see that tests notice: `-- --sample 100`, or all, in half an hour."""
    session.install("-e", "packages/mlsysim-core", *group("test"), *group("mutation"))
    session.run("python", "-m", "tests.mutation", *session.posargs)


@nox.session(default=False, requires=["build"])
def properties(session: nox.Session) -> None:
    """Ask every model on every device: `-- EXAMPLES` of each property, 2,000 by default."""
    install(session, NEEDS, *group("test"))
    (examples,) = session.posargs or ["2000"]
    asked = ("tests/mlsysim/test_whole_registry.py", "--hypothesis-show-statistics")
    session.run("pytest", *asked, env={"MLSYSIM_EXAMPLES": examples})


@nox.session(venv_backend="venv", reuse_venv=False)
def core_only(session: nox.Session) -> None:
    """Check that the core alone is small, needs little, and predicts from hand-made specs."""
    session.run("python", "-m", "pip", "install", "--quiet", "./packages/mlsysim-core")
    session.run("python", "-m", "pip", "list")
    session.run("python", "tests/core_only.py")


@nox.session(python=("3.11", "3.13"), requires=["build"])  # so that two pints are checked
def types(session: nox.Session) -> None:
    """Check types of the sources, and of user code against the wheels."""
    install(session, NEEDS, *group("types"))
    session.run("mypy", *SOURCES)
    session.run("mypy", "tests/api/typing")
    session.run("pyright", "tests/api/typing")


@nox.session(default=False, requires=["build"])
@nox.parametrize("python,pint,pydantic", list(matrix()))
def api(session: nox.Session, pint: str, pydantic: str) -> None:
    """Check the stability promise against one Python, pint and pydantic."""
    install(session, NEEDS, f"pint=={pint}", f"pydantic=={pydantic}.*", *group("test"))
    session.run("pytest", "-n", "auto", "tests/api", *session.posargs)


@nox.session(requires=["build"])
def breaks(session: nox.Session) -> None:
    """Break the promise on purpose, in every known way, and see that the tests notice."""
    install(session, NEEDS, *group("test"), *group("api"))
    session.run("python", "tests/api/breaks.py", *session.posargs)


@nox.session(requires=["build"])
def docs(session: nox.Session) -> None:
    """Build the pages with warnings as errors, and run every example in them and in docstrings."""
    others = ("docs", "explorer", "test", "agents")
    install(session, NEEDS, *(one for name in others for one in group(name)))
    shutil.rmtree(ROOT / "docs/reference/generated", ignore_errors=True)
    sphinx = ("sphinx-build", "-qWn", "--keep-going", "-d", "docs/_build/doctrees")
    session.run(*sphinx, "-b", "html", "docs", "docs/_build/html")
    assemble(session, ROOT / "docs/_build/html/explorer")
    session.run(*sphinx, "-b", "doctest", "docs", "docs/_build/doctest")
    packages = (name.replace("-", "_") for name in NEEDS)
    session.run("pytest", "tests/test_readmes.py")
    gone = [f"--ignore-glob=*/mlsysim/{name}.py" for name in ("fmt", "labs")]  # refuse to load
    session.run("pytest", "--doctest-modules", *gone, "--pyargs", *packages)


def assemble(session: nox.Session, folder: Path) -> None:
    """Put the explorer together: its page, Python for browsers, our wheels."""
    session.run("python", "docs/explorer/assemble.py", str(folder), "--wheels", str(DIST))


@nox.session(default=False, python="3.12", requires=["build"])  # before, sum() rounds more
def browser(session: nox.Session) -> None:
    """Run our wheels in Python for browsers, and the explorer's page in Chromium."""
    install(session, NEEDS, *group("browser"))
    if not shutil.which("chromium"):
        if shutil.which("apt-get") and os.geteuid() == 0:
            session.run("apt-get", "update", "-qq", external=True)
            session.run("apt-get", "install", "-qq", "chromium", external=True)
        else:
            session.warn("the page is not tested: only root can install Debian's chromium")
    folder, pictures = Path(session.create_tmp()) / "explorer", ROOT / "docs/_build/screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    assemble(session, folder)
    where = {"MLSYSIM_EXPLORER": str(folder), "MLSYSIM_SCREENSHOTS": str(pictures)}
    session.run("pytest", "tests/browser", *session.posargs, env=where)


@nox.session(default=False, requires=["build"])
def notebooks(session: nox.Session) -> None:
    """Run the labs, open and solved, and see what a notebook's kernel completes and shows."""
    install(session, NEEDS, *group("notebooks"))
    session.run("pytest", "-n", "auto", "tests/notebooks", *session.posargs)


@nox.session(venv_backend="none")
def first_steps(session: nox.Session) -> None:
    """Run the README's first command in a copy of the tree; `-- tests` runs its second one too."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = dict(re.findall(r"<!-- first steps: (\w+) -->\n+```bash\n(.+)\n```\n", readme))
    if set(commands) != {"predict", "tests"}:
        session.error(f"README.md should have two commands of one line, and has {commands}")
    if commands["tests"] not in (ROOT / ".ci/run").read_text(encoding="utf-8"):
        session.error("README.md and .ci/run should test with the same command")

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "mlsysim"
        _copy_tree(session, copy)
        with session.chdir(copy):
            answer = session.run("bash", "-c", commands["predict"], silent=True)
            session.log(answer)
            if "latency" not in str(answer).lower():
                session.error("the README's first command did not end in a prediction")
            if "tests" in session.posargs:
                session.run("bash", "-c", commands["tests"])


def _copy_tree(session: nox.Session, copy: Path) -> None:
    """Copy what a clone would have, with what is not committed yet."""
    if not (ROOT / ".git").exists():
        ignored = shutil.ignore_patterns(".nox", ".venv", "dist", "_build", "generated")
        shutil.copytree(ROOT, copy, ignore=ignored)
        return
    listing = session.run("git", "ls-files", "-co", "--exclude-standard", silent=True)
    for name in str(listing).splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)


@nox.session(default=False, requires=["build"])
def bench(session: nox.Session) -> None:
    """Measure what using mlsysim costs, against bare processes and bare imports."""
    install(session, NEEDS)
    folder = "__import__('sysconfig').get_path('purelib')"  # pip compiles there, uv does not
    compile_all = f"import compileall; compileall.compile_dir({folder}, quiet=2)"
    session.run("python", "-c", compile_all)
    session.run("python", "benchmarks/run.py", *session.posargs)
    session.run("python", "benchmarks/run.py", "--items", *session.posargs)
    peer = ("--peer",) if "--peer" in session.posargs else ()
    session.run("python", "benchmarks/sweep.py", *peer)


@nox.session(default=False, tags=["corner"])
@nox.parametrize("release", tuple(RELEASES) or (None,))
def released(session: nox.Session, release: str | None) -> None:
    """Check that a release, as it was, runs its programs with the newest pint and pydantic.

    And that nobody has touched since what a release freezes: this tree runs the same programs.
    """
    if release is None:
        session.skip("there is no release yet")
    shallow = ("git", "rev-parse", "--is-shallow-repository")
    if session.run(*shallow, external=True, silent=True) == "true\n":
        session.skip("a shallow clone has no commits of releases: `git fetch --unshallow`")
    commit, series = RELEASES[release], "v" + "_".join(release.split(".")[:2])
    programs = f"tests/api/consumers/{series}"
    frozen = (programs, f"tests/api/typing/{series}.py", f"tests/api/snapshots/{release}.json")
    # The snapshot and the program's own commit are one; files that were added since are fine.
    difference = ("git", "diff", "--no-renames", "--diff-filter=a", "--name-only", commit, "--")
    if changed := session.run(*difference, *frozen, external=True, silent=True):
        session.error(f"these are frozen since {release}:\n{changed}")
    tree = Path(session.create_tmp()) / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    archive = tree.with_suffix(".tar")
    session.run("git", "archive", "--output", str(archive), commit, external=True)
    with tarfile.open(archive) as files:
        files.extractall(tree, filter="data")
    session.install(*(str(tree / "packages" / name) for name in NEEDS), *group("test"))
    with session.chdir(tree):
        session.run("pytest", "-n", "auto", programs, *session.posargs)


@nox.session(default=False)
def breaking(session: nox.Session) -> None:
    """List what griffe sees broken since the newest release; for review, not a gate."""
    if not RELEASES:
        session.skip("there is no release yet")
    session.install(*group("api"))
    against = list(RELEASES.values())[-1]
    for package in ("mlsysim", "mlsysim_core", "mlsysim_registry"):
        search = f"packages/{package.replace('_', '-')}/src"
        command = ("griffe", "check", package, "--search", search, "--against", against)
        session.run(*command, success_codes=[0, 1])


@nox.session(default=False)
def bump(session: nox.Session) -> None:
    """Give every package, and every pin between them, a new version: `nox -s bump -- 0.1.1`."""
    (new,) = session.posargs
    _move_versions(ROOT, new)


def _move_versions(tree: Path, new: str) -> None:
    Version(new)
    for name in NEEDS:
        path = tree / "packages" / name / "pyproject.toml"
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'(?m)^version = ".*"$', f'version = "{new}"', text, count=1)
        text = re.sub(r'"(mlsysim[a-z-]*(?:\[\w+\])?)==[^"]*"', rf'"\1=={new}"', text)
        path.write_text(text, encoding="utf-8")
    cited = tree / "CITATION.cff"
    text = re.sub(r"(?m)^version: .*$", f"version: {new}", cited.read_text(encoding="utf-8"))
    cited.write_text(text, encoding="utf-8")


@nox.session(default=False)
def release(session: nox.Session) -> None:
    """Prepare a release: `nox -s release -- 0.1.0`; with `--dry`, in a copy of the tree.

    Moves versions, writes changelog, snapshot and bill of materials, builds twice and compares
    the bytes, and runs the tests of the promise. Commits nothing, publishes nothing.
    """
    given = [one for one in session.posargs if one != "--dry"]
    if len(given) != 1:
        session.error("give one version: nox -s release -- 0.1.0 [--dry]")
    (new,) = given
    session.install(*group("release"))
    with tempfile.TemporaryDirectory() as folder:
        tree = ROOT
        if "--dry" in session.posargs:
            tree = Path(folder) / "mlsysim"
            _copy_tree(session, tree)
            session.run("git", "init", "--quiet", str(tree), external=True)
            session.run("git", "-C", str(tree), "add", "--all", external=True)
        _prepare(session, tree, new)
    session.log(f"git add --all && git commit -m 'Release {new}'")
    session.log(f"echo '\"{new}\" = \"'$(git rev-parse HEAD)'\"' >> tests/api/releases.toml")
    session.log("then commit that, and `nox -s bump` to the next version; the tag publishes")


def _prepare(session: nox.Session, tree: Path, new: str) -> None:
    """Do to a tree what a release does."""
    _move_versions(tree, new)
    dist, again = tree / "dist", tree / "dist-again"
    for one in (dist, again):
        shutil.rmtree(one, ignore_errors=True)
    with session.chdir(tree):
        session.run("towncrier", "build", "--yes", "--version", new)
        first = _build(session, tree, dist)
        if first != _build(session, tree, again):
            session.error("two builds of one tree differ")
        shutil.rmtree(again)
        session.log(f"{len(first)} files, the same bytes twice")
        wheels = [str(next(dist.glob(f"{name.replace('-', '_')}-{new}-*.whl"))) for name in NEEDS]
        session.install("--force-reinstall", *wheels, *group("test"))
        session.run("python", "-m", "tests.api.surface", "--write")
        session.run("pytest", "-n", "auto", "tests/api")
        _bill_of_materials(session, wheels, dist / f"mlsysim-{new}.cdx.json")


def _bill_of_materials(session: nox.Session, wheels: list[str], file: Path) -> None:
    """Write down what comes along when the wheels are installed, and nothing else."""
    clean = Path(session.create_tmp()) / "clean"
    session.run("uv", "venv", "--quiet", "--clear", str(clean))
    python = str(clean / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    session.run("uv", "pip", "install", "--quiet", "--python", python, *wheels)
    bill = ("cyclonedx-py", "environment", "--output-reproducible", "-o", str(file))
    session.run(*bill, "--pyproject", "packages/mlsysim/pyproject.toml", python)
