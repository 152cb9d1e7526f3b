"""An agent learns by schemas, asks in JSON, and is told what is wrong."""

import json
import subprocess


def ask(*words):
    ran = subprocess.run(["mlsysim", "-o", "json", *words], capture_output=True, text=True, check=False)
    return ran.returncode, json.loads(ran.stdout) if ran.stdout else None, ran.stderr


status, schema, _ = ask("schema", "hardware")
assert status == 0 and "compute" in schema["properties"]

status, answer, _ = ask("eval", "Llama3_8B", "H100", "--batch-size", "32")
assert status == 0 and answer["feasible"] is True

status, answer, said = ask("eval", "Llama3_8B", "H10")
assert status == 1 and "H100" in said and answer is None

status, entries, _ = ask("zoo", "hardware")
assert status == 0 and len(entries["entries"]) > 50
