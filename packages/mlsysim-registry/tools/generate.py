"""Writes what is derived from ``data/``, or checks that it is up to date.

``index/*.json``
    Every entry's group, title and aliases, so that looking around opens no data file.
``index.json``
    The version of all data, and names that are promised beside a namespace's own.
``_namespaces.pyi``
    What editors and type checkers see.
``validated/*.jsonl``
    Every entry as it was validated, so that no process that asks for one validates it again.
``schema/*.json``
    What an editor needs to complete and check a data file.

Run it without arguments after any change to the data; ``--check`` only looks.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src" / "mlsysim_registry"
sys.path[:0] = [str(PACKAGE.parent)]

from _checks import complaints  # noqa: E402  # the sources come before whatever is installed
from _index import index_of, texts_of  # noqa: E402
from _schemas import schemas  # noqa: E402
from _stub import stub_of  # noqa: E402
from _validated import validated  # noqa: E402
from mlsysim_core.errors import MLSysimError  # noqa: E402


def stale(files: dict[str, str], *, check: bool) -> int:
    """Write each file whose text is new; give how many there were."""
    late = 0
    for name, text in files.items():
        path = PACKAGE / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        late += 1
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{'stale' if check else 'written'}: {name}")
    return late


def main() -> int:
    """Give 1 if something is wrong, else 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it would")
    check = parser.parse_args().check

    index, problems = index_of(PACKAGE / "data")
    for problem in problems:
        print(f"wrong: {problem}")
    if problems:
        return 1
    files = texts_of(index) | {"_namespaces.pyi": stub_of(index)}
    files |= {f"schema/{kind}.json": text for kind, text in schemas(index).items()}
    late = stale(files, check=check)
    if not (check and late):
        try:
            lines = validated(index)
        except MLSysimError as error:
            print(f"wrong: {error}")
            return 1
        files = {f"validated/{kind}.jsonl": text for kind, text in lines.items()}
        late += stale(files, check=check)
    if check and late:
        print("run it without --check, and commit what it writes")
        return 1
    wrong = 0
    for problem in complaints(index):
        print(f"wrong: {problem}")
        wrong += 1
    print(f"{sum(map(len, index['entries'].values()))} entries, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
