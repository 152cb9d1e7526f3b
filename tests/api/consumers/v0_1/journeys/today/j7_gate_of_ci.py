"""A plan beside the code, held against what is predicted; the exit status decides."""

import json
import subprocess
import tempfile
from pathlib import Path

PLAN = """\
name: chat
model: Llama3_8B
hardware: H100
workload: {kind: serving, batch_size: 16, seq_len: 1024, output_len: 128, precision: fp16}
assert:
  - itl < 1 s
"""


def run(*command):
    return subprocess.run(["mlsysim", *command], capture_output=True, text=True, check=False)


with tempfile.TemporaryDirectory() as folder:
    plan, report = Path(folder) / "chat.yaml", Path(folder) / "report.xml"
    plan.write_text(PLAN, encoding="utf-8")
    kept = run("eval", str(plan), "--output", "json", "--junit", str(report))
    assert kept.returncode == 0, kept.stderr
    assert json.loads(kept.stdout)
    assert "<testcase" in report.read_text(encoding="utf-8")

    plan.write_text(PLAN.replace("1 s", "1 us"), encoding="utf-8")
    assert run("eval", str(plan)).returncode == 3

    plan.write_text(PLAN.replace("batch_size", "batchsize"), encoding="utf-8")
    wrong = run("eval", str(plan))
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "chat.yaml:4" in wrong.stderr and "batch_size" in wrong.stderr

assert run("eval", "Llama3_70B", "H100").returncode == 2
assert run("eval", "Llama3_8B", "H100", "--max-latency", "1 us").returncode == 3
assert run("eval", "Llama3_8B", "H1000").returncode == 1
assert json.loads(run("schema", "plan").stdout)["properties"]
