"""The table of clauses names every test of the promise, and each of them exists."""

import ast
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
CLAUSES = tomllib.loads((HERE / "clauses.toml").read_text(encoding="utf-8"))


def path_of(name):
    """Return the file of a test in the table."""
    file = name.partition("::")[0]
    return HERE / file if (HERE / file).is_file() else HERE / "promise" / file


def written_in(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


NAMED = {test for clause in CLAUSES.values() for test in clause["tests"]}


def test_every_clause_has_a_test():
    assert [name for name, clause in CLAUSES.items() if not clause["tests"]] == []


def test_every_test_in_the_table_exists():
    missing = {
        name
        for name in NAMED
        if not path_of(name).is_file()
        or ("::" in name and name.partition("::")[2] not in written_in(path_of(name)))
    }

    assert missing == set()


def test_every_test_of_the_promise_is_in_the_table():
    files = [*(HERE / "promise").glob("test_*.py"), HERE / "test_surface.py"]
    written = {f"{path.name}::{name}" for path in files for name in written_in(path)}

    assert written - NAMED == set()
