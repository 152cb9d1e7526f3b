"""The labs, run as students get them, and as they are when every blank is filled in."""

import json
import re
import tomllib
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="no notebooks: `nox -s notebooks` has them")
nbclient = pytest.importorskip("nbclient", reason="no notebooks: `nox -s notebooks` has them")
pytest.importorskip("ipykernel", reason="no notebooks: `nox -s notebooks` has them")

FOLDER = Path(__file__).parents[2] / "docs/notebooks"
LABS = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
SOLUTIONS = tomllib.loads(Path(__file__).with_name("solutions.toml").read_text(encoding="utf-8"))

labs = pytest.mark.parametrize("lab", LABS)
pytestmark = pytest.mark.filterwarnings("default")  # of the machinery of kernels; ours run inside


def read(lab):
    return nbformat.read(FOLDER / f"{lab}.ipynb", as_version=4)


def run(notebook):
    """Run a notebook; give each cell that shows something, with what it shows."""
    nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    return [
        (cell.source, output.data)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]


def filled_in(lab):
    """A lab with a guess for each prediction and an answer to each exercise."""
    notebook = read(lab)
    guesses = iter(SOLUTIONS[lab]["guesses"])
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if "predict(" in cell.source:
            cell.source = re.sub(r"\.\.\.(?=\s*[,)])", repr(next(guesses)), cell.source, count=1)
        if answer := re.match(r"(answer_\d+) = \.\.\.\n", cell.source):
            solution = f"{answer[1]} = {SOLUTIONS[lab][answer[1]]}\n"
            cell.source = solution + cell.source[answer.end() :]
        assert not re.search(r"(?<![\w\"])\.\.\.(?=\s*([,)]|$))", cell.source), cell.source
    assert next(guesses, None) is None, "there are more guesses than predictions"
    return notebook


def shown(data):
    return data["text/plain"]


def test_there_are_six():
    assert sorted(SOLUTIONS) == LABS
    assert len(LABS) == 6


@labs
def test_it_is_clean(lab):
    cells = json.loads((FOLDER / f"{lab}.ipynb").read_text(encoding="utf-8"))["cells"]

    assert len({cell["id"] for cell in cells}) == len(cells)
    for cell in cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@labs
def test_it_has_what_a_lab_has(lab):
    text = "\n".join(cell.source for cell in read(lab).cells)

    assert re.search(r"^\*\d\d minutes\.\*", text, re.MULTILINE)
    assert text.count("predict(") >= 4
    assert len(re.findall(r"^answer_\d = \.\.\.$", text, re.MULTILINE)) >= 4
    assert "## To take along" in text


@labs
def test_students_get_a_lab_that_runs_and_reveals_nothing(lab):
    for source, data in run(read(lab)):
        if "predict(" in source:
            assert "Guess first" in shown(data), source
        elif re.match(r"answer_\d", source):
            assert shown(data).startswith("open:"), source


@labs
def test_every_exercise_can_be_solved_and_every_guess_revealed(lab):
    seen = {"guesses": 0, "answers": 0}
    for source, data in run(filled_in(lab)):
        if "predict(" in source:
            assert "your guess:" in shown(data), (source, shown(data))
            assert "the answer" in data["text/html"]
            seen["guesses"] += 1
        elif re.match(r"answer_\d", source):
            assert shown(data).startswith("right:"), (source, shown(data))
            seen["answers"] += 1

    assert seen == {
        "guesses": len(SOLUTIONS[lab]["guesses"]),
        "answers": len(SOLUTIONS[lab]) - 1,
    }
