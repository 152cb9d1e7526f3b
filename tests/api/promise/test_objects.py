"""Specs and results: frozen values that hash, pickle, travel as JSON, and share threads."""

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import mlsysim
import pytest

from ..support import NAMES, python, resolve

ARGUMENTS = [
    ("Llama3_70B", "H100", 32, "int8", 0.45),
    ("ResNet50", "A100", 8, "fp16", None),
    ("WakeVision", "ESP32", 1, "int8", None),
    ("Llama3_70B", "H100", 1, "fp16", 0.0),
    ("GPT3", "ESP32", 1, "int8", None),
]


@pytest.mark.parametrize("entry", NAMES)
def test_an_entry_goes_through_json_without_loss(entry):
    spec = resolve(entry)
    text = spec.model_dump_json()

    again = type(spec).model_validate_json(text)
    assert again == spec
    assert hash(again) == hash(spec)
    assert again.model_dump_json() == text
    json.loads(text)


@pytest.mark.parametrize("entry", NAMES)
def test_an_entry_goes_through_pickle_and_copies(entry):
    spec = resolve(entry)

    for again in (pickle.loads(pickle.dumps(spec)), copy.copy(spec), copy.deepcopy(spec)):
        assert type(again) is type(spec)
        assert again == spec
        assert hash(again) == hash(spec)


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=str)
def test_a_result_goes_through_pickle_and_hashes(arguments):
    result = mlsysim.Engine.solve(*arguments)

    for again in (pickle.loads(pickle.dumps(result)), copy.copy(result), copy.deepcopy(result)):
        assert again == result
        assert hash(again) == hash(result)
        assert again.latency == result.latency
    assert {result, mlsysim.Engine.solve(*arguments)} == {result}


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=str)
def test_a_result_goes_through_json_without_loss(arguments):
    result = mlsysim.Engine.solve(*arguments)

    text = result.to_json()
    again = mlsysim.PerformanceProfile.from_json(text)

    json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    assert again == result
    assert hash(again) == hash(result)


def test_a_pickled_result_is_read_by_another_process():
    result = mlsysim.Engine.solve("Llama3_8B", "H100", 8)
    here = pickle.dumps((result, mlsysim.Hardware.H100)).hex()

    there = python(
        f"import pickle; result, device = pickle.loads(bytes.fromhex('{here}'))\n"
        "from mlsysim import Engine, Hardware, ureg\n"
        "print(result == Engine.solve('Llama3_8B', 'H100', 8), device == Hardware.H100,\n"
        "      result.latency + 0 * ureg.ms == result.latency)"
    )
    assert (there.stdout.strip(), there.stderr) == ("True True True", "")


def test_a_pickled_quantity_comes_back_in_the_one_unit_registry():
    here = pickle.dumps(mlsysim.Engine.solve("Llama3_8B", "H100", 8).throughput).hex()

    there = python(
        f"import pickle; rate = pickle.loads(bytes.fromhex('{here}'))\n"
        "from mlsysim import Engine\n"
        "print(rate == Engine.solve('Llama3_8B', 'H100', 8).throughput)"
    )
    assert (there.stdout.strip(), there.stderr) == ("True", "")


def test_an_answer_is_the_same_each_time():
    first = [mlsysim.Engine.solve(*one) for one in ARGUMENTS]

    assert [mlsysim.Engine.solve(*one) for one in ARGUMENTS] == first


def test_an_answer_is_the_same_in_another_process():
    answer = mlsysim.Engine.solve(*ARGUMENTS[0])
    code = f"import mlsysim; print(mlsysim.Engine.solve(*{ARGUMENTS[0]!r}).latency.magnitude.hex())"

    assert python(code).stdout.strip() == answer.latency.magnitude.hex()


def test_an_answer_is_the_same_from_many_threads():
    alone = [mlsysim.Engine.solve(*one) for one in ARGUMENTS]

    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda one: mlsysim.Engine.solve(*one), ARGUMENTS * 40))

    assert together == alone * 40


@pytest.mark.parametrize(
    "expression",
    ["mlsysim.Hardware.H100", "mlsysim.Models.Language.GPT2", "mlsysim.Scenarios.SmartDoorbell"],
)
def test_many_threads_that_ask_first_get_one_entry(expression):
    assert _first_asked_by_many_threads(expression) == "1"


def test_many_threads_that_ask_first_get_one_unit_registry():
    assert _first_asked_by_many_threads("mlsysim.ureg") == "1"


def _first_asked_by_many_threads(expression):
    """Count the objects that threads get who ask for one at the same moment, for the first time."""
    ran = python(
        "import sys, threading, mlsysim\n"
        "sys.setswitchinterval(1e-6)\n"
        "start, found = threading.Barrier(8), []\n"
        "def ask():\n"
        "    start.wait()\n"
        f"    found.append({expression})\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "[one.start() for one in threads]; [one.join() for one in threads]\n"
        "print(len({id(one) for one in found}) if len(found) == 8 else found)"
    )
    assert ran.stderr == ""
    return ran.stdout.strip()


def test_the_result_of_a_copy_with_another_value_differs():
    slow = mlsysim.Hardware.H100.model_copy(update={"memory.bandwidth": "1 TB/s"})

    assert mlsysim.Engine.solve("Llama3_8B", slow) != mlsysim.Engine.solve("Llama3_8B", "H100")
    assert mlsysim.Hardware.H100.memory.bandwidth.to("TB/s").magnitude > 3
