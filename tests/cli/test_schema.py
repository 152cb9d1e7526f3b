"""`mlsysim schema`, and that answers keep to theirs."""

import json
import tomllib

import pytest

TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def faults(value, schema, where="$"):
    """What is wrong with a value, by the few words that the schema of results uses."""
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r}"
    if kinds := schema.get("type"):
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not any(isinstance(value, TYPES[kind]) for kind in kinds):
            yield f"{where}: {value!r} is no {kinds}"
            return
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        yield from (f"{where}: no {name}" for name in schema["required"] if name not in value)
        yield from (f"{where}: {name} is not known" for name in value if name not in known)
        for name in value.keys() & known.keys():
            yield from faults(value[name], known[name], f"{where}.{name}")
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from faults(one, schema["items"], f"{where}[{place}]")


@pytest.mark.parametrize(
    "line",
    [
        "eval Llama3_8B H100",
        "eval Llama3_70B H100",
        "eval Llama3_8B ESP32_S3",
        "eval ResNet50 A100 --training -b 64",
        "eval ResNet50 MI455X",
        "eval Llama3_8B H100 -e 0",
        "eval Llama3_8B H100 --max-latency 1ms --min-mfu 0.5",
        "explain Mamba_2_8B H100",
    ],
)
def test_answers_keep_to_the_schema(line, invoke):
    schema = json.loads(invoke("schema", "result").stdout)

    found = json.loads(invoke(*line.split(), "-o", "json").stdout)

    assert list(faults(found, schema)) == []


@pytest.mark.parametrize("kind", ["hardware", "model", "scenario", "result"])
def test_every_schema_is_a_closed_object(kind, invoke):
    found = json.loads(invoke("schema", kind).stdout)

    assert found["type"] == "object"
    assert found["additionalProperties"] is False
    assert found["properties"]


def test_schema_in_another_form_is_refused(invoke):
    assert invoke("schema", "hardware", "-o", "csv").exit_code == 1


OWN = """
[hardware.mychip]
aliases = ["MC-1"]
compute = { peak = { fp16 = "200 TFLOP/s" } }
memory = { capacity = "48 GB", bandwidth = "1 TB/s" }

[model.mymodel]
config = "config.json"

[scenario.chat]
workload = "mymodel"
system = "mychip"
sla_latency = "20 ms"
"""


def test_the_schema_of_own_entries_takes_what_the_loader_takes(invoke):
    jsonschema = pytest.importorskip("jsonschema", reason="the extra `mcp` is not installed")
    check = jsonschema.Draft202012Validator(json.loads(invoke("schema", "entries").stdout))
    entries = tomllib.loads(OWN)

    assert list(check.iter_errors(entries)) == []

    entries["hardware"]["mychip"]["tpd"] = "300 W"
    del entries["scenario"]["chat"]["system"]
    found = " ".join(problem.message for problem in check.iter_errors(entries))
    assert "'tpd'" in found
    assert "'system'" in found
