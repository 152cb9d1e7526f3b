"""`mlsysim plot`: pictures from the command line."""

import pytest

from ..pictures import check, words

FORMS = {
    "breakdown": ("Llama3_8B", "A100", "H100,B200", "-b", "1,32"),
    "memory": ("Llama3_8B", "H100", "-p", "fp16,int4"),
    "roofline": ("Llama3_8B,ResNet50", "H100", "-b", "1,64"),
    "timeline": ("Llama3_8B", "DGX_H100", "-b", "64", "--pp", "4", "--micro-batches", "16"),
    "pareto": ("Llama3_8B", "A100,H100", "-b", "1:256:log2"),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_picture_goes_to_standard_output(kind, run):
    done = run("plot", kind, *FORMS[kind])

    assert (done.returncode, done.stderr) == (0, "")
    check(done.stdout)


def test_a_picture_goes_to_a_file(run, tmp_path):
    path = tmp_path / "x.svg"
    done = run("plot", "breakdown", *FORMS["breakdown"], "-o", str(path))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "B200 b32" in " ".join(words(check(path.read_text(encoding="utf-8"))))


def test_what_does_not_fit_is_said_and_left_out_of_times(run):
    done = run("plot", "breakdown", "Llama3_8B", "H100", "T4")

    assert done.returncode == 2
    assert "Llama3_8B on T4 (decode, batch 1, 2,048 tokens) does not fit in memory" in done.stderr
    check(done.stdout)


def test_what_does_not_fit_is_drawn_in_memory(run):
    done = run("plot", "memory", "Llama3_8B", "T4")

    assert done.returncode == 2
    assert "of 1" in " ".join(words(check(done.stdout)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("plot", "rofline", "Llama3_8B", "H100"), "did you mean roofline?"),
        (("plot", "roofline", "Llama3_8B", "H10"), "did you mean H100"),
        (("plot", "roofline", "Llama3_8B", "H100", "-o", "json"), ".svg, .png or .pdf, got 'json'"),
        (("-o", "json", "plot", "roofline", "Llama3_8B", "H100"), "leave out -o json"),
        (("plot", "pareto", "Llama3_8B", "H100", "--pareto", "min latency"), "takes two goals"),
        (("plot", "pareto", "Llama3_70B", "T4"), "no point fits"),
        (("plot", "measured", "none.csv"), "none.csv"),
    ],
)
def test_what_makes_no_sense_is_refused(line, said, run):
    done = run(*line)

    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
