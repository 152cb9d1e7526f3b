"""The server for agents, asked by the protocol's own client over standard input and output."""

import asyncio
import json
import subprocess
import sys

import pytest
from mlsysim_core import Engine

jsonschema = pytest.importorskip("jsonschema", reason="the extra `mcp` is not installed")
pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from mcp import Client  # noqa: E402
from mcp.client.stdio import StdioServerParameters  # noqa: E402

pytestmark = pytest.mark.slow

OFFLINE = """
import sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo"}:
        raise OSError(f"the server asked for the network: {event} {arguments}")

sys.addaudithook(refuse)
sys.argv = ["mlsysim", "mcp"]
from mlsysim_cli import main

main()
"""
PLAN = """\
model: Llama3_8B
hardware: H100
workload: {kind: serving, batch_size: 8, output_len: 64}
place: {grid: Quebec, operator: Meta}
assert: [itl < 20 ms, carbon_per_token < 1 gCO2e]
"""
LLAMA = {"model": "Llama3_8B", "hardware": "H100"}


def session(work):
    """Start a server that may not use the network, and let a client do the work."""

    async def run():
        command = StdioServerParameters(command=sys.executable, args=["-c", OFFLINE])
        async with Client(command) as client:
            return await work(client)

    return asyncio.run(run())


def ask(*calls):
    async def work(client):
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    return session(work)


def answer(name, **arguments):
    (found,) = ask((name, arguments))
    assert not found.is_error, found.structured_content
    return found.structured_content


def test_tools_say_what_they_take_and_give():
    tools = session(lambda client: client.list_tools()).tools

    assert {tool.name for tool in tools} >= {
        *("predict", "explain", "compare", "fit", "serve", "train", "sweep"),
        *("search_zoo", "describe_entry", "validate_names"),
    }
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        for schema in (tool.input_schema, tool.output_schema):
            assert schema["type"] == "object"
            jsonschema.Draft202012Validator.check_schema(schema)
        for name, one in tool.input_schema["properties"].items():
            assert one["description"], f"{tool.name}: {name}"


def test_a_prediction_is_the_engines():
    found = answer("predict", **LLAMA, batch_size=32)
    profile = Engine.solve("Llama3_8B", "H100", batch_size=32)

    assert found["latency"] == {"value": profile.seconds, "unit": "s"}
    assert found["throughput"]["value"] == profile.items_per_second
    assert found["mfu"] == profile.mfu


def test_every_tool_answers_as_its_schema_says():
    calls = [
        ("predict", {"model": "Llama3_70B", "hardware": "H100"}),
        ("explain", {"model": "ResNet50", "hardware": "A100", "is_training": True}),
        ("compare", {"sides": [LLAMA, LLAMA | {"hardware": "B200", "precision": "fp8"}]}),
        ("compare", {"sides": [LLAMA, {"model": "Llama3_70B", "hardware": "H100"}]}),
        ("fit", {"model": "Llama3_70B", "hardware": "H100", "tp": 4}),
        ("serve", LLAMA | {"batch_size": 8}),
        ("serve", {"model": "Llama3_70B", "hardware": "H100"}),
        ("train", {"model": "Llama3_8B", "system": "DGX_H100", "batch_size": 64}),
        (
            "train",
            {"model": "Llama3_8B", "system": "DGX_H100", "batch_size": 64}
            | {"zero": 3, "micro_batches": 4},
        ),
        ("sweep", {"models": ["Llama3_8B"], "hardware": ["A100", "H100"], "batch_size": "1:8"}),
        (
            "sweep",
            {"models": ["Llama3_8B"], "hardware": ["H100"], "batch_size": [1, 8, 64]}
            | {"pareto": ["min latency", "max throughput"]},
        ),
        ("search_zoo", {"search": "H100"}),
        ("evaluate_plan", {"plan": PLAN}),
        ("evaluate_plan", {"plan": {"model": "ResNet50", "hardware": "A100"}}),
        ("describe_entry", {"kind": "hardware", "name": "H100"}),
        ("validate_names", {"names": ["h100", "Lama3_8B"]}),
    ]
    tools = {tool.name: tool for tool in session(lambda client: client.list_tools()).tools}
    for (name, arguments), found in zip(calls, ask(*calls), strict=True):
        assert not found.is_error, (name, arguments, found.structured_content)
        assert json.loads(found.content[0].text) == found.structured_content
        jsonschema.validate(found.structured_content, tools[name].output_schema)


def test_a_plan_has_a_verdict_on_each_assertion():
    found = answer("evaluate_plan", plan=PLAN)

    assert [one["passed"] for one in found["assertions"]] == [True, True]
    assert found["macro"]["carbon"]["value"] > 0


def test_what_is_wrong_with_a_plan_is_told_line_by_line():
    wrong = PLAN.replace("batch_size", "batchsize").replace("Quebec", "Quebek")

    (found,) = ask(("evaluate_plan", {"plan": wrong}))

    assert found.is_error
    problems = found.structured_content["error"]["problems"]
    assert [(one["line"], one["column"], one["key"]) for one in problems] == [
        (3, 27, "workload.batchsize"),
        (4, 15, "place.grid"),
    ]


def test_what_does_not_fit_says_what_would():
    found = answer("predict", model="Llama3_70B", hardware="H100")

    assert found["feasible"] is False
    assert found["latency"]["value"] is None
    assert {"precision", "devices"} <= {one["change"] for one in found["advice"]}


def test_hardware_can_be_described_in_the_question():
    chip = {
        "name": "chip",
        "compute": {"peak": {"fp16": "200 TFLOP/s"}},
        "memory": {"capacity": "48 GB", "bandwidth": "1 TB/s"},
    }

    assert answer("predict", model="Llama3_8B", hardware=chip)["hardware"] == "chip"


def test_the_sweep_says_how_much_it_left_out():
    found = answer(
        "sweep", models=["Llama3_8B"], hardware=["H100"], batch_size="1:512:log2", limit=3
    )

    assert (found["count"], found["size"], found["truncated"]) == (10, 10, True)
    assert len(found["points"]) == 3
    assert sum(found["refused"].values()) == 2


def test_names_are_put_right():
    right, wrong = answer("validate_names", names=["h100", "Lama3_8B"])["names"]

    assert right["entries"] == [{"kind": "hardware", "name": "H100"}]
    assert not wrong["valid"]
    assert wrong["nearest"][0] == {"kind": "model", "name": "Llama3_8B"}


WRONG = [  # tool, arguments, and what the error says: parameter, value, nearest
    ("predict", LLAMA | {"hardware": "H10"}, "hardware", "H10", "H100"),
    ("predict", LLAMA | {"batchsize": 3}, "batchsize", 3, "batch_size"),
    ("predict", LLAMA | {"precision": "fp17"}, "precision", "fp17", "fp16"),
    ("predict", LLAMA | {"batch_size": 2.5}, "batch_size", 2.5, None),
    ("predict", LLAMA | {"batch_size": 0}, "batch_size", 0, None),
    ("predict", LLAMA | {"seq_len": 10**9}, "seq_len", 10**9, None),
    ("predict", LLAMA | {"phase": "forward"}, "phase", "forward", None),
    ("predict", {"model": "Llama3_8B"}, "hardware", None, None),
    ("train", {"model": "GPT2", "system": "DGX_H10"}, "system", "DGX_H10", "DGX_H100"),
    ("sweep", {"models": ["GPT3"], "hardware": ["h10O"]}, "hardware", "h10O", "H100"),
    ("search_zoo", {"category": "hardwares"}, "category", "hardwares", "hardware"),
    ("predit", {}, "name", "predit", "predict"),
    ("compare", {"sides": [LLAMA, LLAMA | {"hardware": "H10"}]}, "sides", "H10", "H100"),
    ("compare", {"sides": [LLAMA]}, "sides", [LLAMA], None),
]


@pytest.fixture(scope="module")
def refused():
    """The answers to what is wrong, from one server."""
    return ask(*((tool, arguments) for tool, arguments, *_ in WRONG))


@pytest.mark.parametrize("case", range(len(WRONG)))
def test_an_error_names_parameter_value_allowed_and_nearest(refused, case):
    found, (_, _, parameter, value, nearest) = refused[case], WRONG[case]
    error = found.structured_content["error"]

    assert found.is_error
    assert error["message"]
    assert (error["parameter"], error["value"]) == (parameter, value)
    assert error["allowed"]
    assert nearest is None or nearest in error["nearest"]


def test_a_wrong_description_says_where():
    (found,) = ask(("predict", LLAMA | {"hardware": {"name": "x"}}))
    error = found.structured_content["error"]

    assert found.is_error
    assert error["parameter"] == "hardware"
    assert {problem["path"] for problem in error["problems"]} == {"compute", "memory"}


def test_a_space_too_large_is_refused():
    (found,) = ask(("sweep", {"models": ["GPT2"], "hardware": ["H100"], "batch_size": "1:500000"}))

    assert found.is_error
    assert found.structured_content["error"]["parameter"] == "batch_size"


def test_equal_questions_have_equal_answers():
    call = ("explain", LLAMA | {"batch_size": 16})

    assert ask(call)[0].content == ask(call)[0].content


def test_schemas_are_resources():
    async def work(client):
        listed = (await client.list_resources()).resources
        return {one.uri: (await client.read_resource(one.uri)).contents[0].text for one in listed}

    found = session(work)

    assert {"mlsysim://schema/hardware", "mlsysim://schema/model"} <= set(found)
    for text in found.values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_without_the_sdk_the_command_says_how_to_get_it():
    program = "import sys; sys.modules['mcp'] = None; sys.argv = ['mlsysim', 'mcp']\n"
    program += "from mlsysim_cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "./packages/mlsysim-cli[mcp]" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_agent_that_goes_is_no_error():
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, "-m", "mlsysim_cli", "mcp"]
    with subprocess.Popen(command, text=True, **pipes) as server:
        server.stdout.close()
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.close()

        assert server.wait(timeout=120) == 141
        assert server.stderr.read() == ""


def test_the_server_ends_with_its_input(run):
    done = subprocess.run(
        [sys.executable, "-m", "mlsysim_cli", "mcp"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
