"""What holds for every model and device: limits, orders, sums, and plain Python."""

import copy
import math
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import Engine, HardwareSpec, ModelSpec, StackSpec
from mlsysim_core.account import Account, add_up
from mlsysim_core.device import machine
from mlsysim_core.operators import Workload, lower

from .examples import (
    B200,
    BARE,
    BAREST,
    BERT_BASE,
    DEVICES,
    ESP32_S3,
    H100,
    LITTLE_NETWORK,
    LLAMA_3_8B,
    MIXTRAL_8X7B,
    MODELS,
    T5_SMALL,
)

models = st.sampled_from(list(MODELS.values()))
devices = st.sampled_from([H100, B200, BARE])
stacks = st.sampled_from(["Optimized", "Ideal", BAREST])
batches = st.integers(1, 4096)
lengths = st.integers(1, 2048)
factors = st.floats(1.0, 100.0)

CASES = [
    pytest.param(model, phase, id=f"{model.name}-{phase}")
    for model in MODELS.values()
    for phase in (("decode", "prefill") if model.autoregressive else ("forward",))
] + [pytest.param(model, "training", id=f"{model.name}-training") for model in MODELS.values()]


def options(model, length=None, phase=None):
    """The keywords that a model takes."""
    reads = model is not LITTLE_NETWORK
    found = {"seq_len": min(length, model.max_context or length)} if reads and length else {}
    if phase == "training":
        return {**found, "is_training": True}
    return found if phase is None else {**found, "phase": phase}


def device(peak=1e14, bandwidth=1e12, capacity=3e10, vector=1e13, link=1e10):
    return HardwareSpec(
        name="made up",
        compute={"peak": {"fp16": f"{peak!r} OP/s"}, "vector": f"{vector!r} OP/s"},
        memory={"capacity": f"{capacity!r} B", "bandwidth": f"{bandwidth!r} B/s"},
        host_link={"bandwidth": f"{link!r} B/s"},
        tdp="300 W",
    )


def no_slower(better, worse):
    return better.seconds <= worse.seconds * (1 + 1e-12) and better.feasible >= worse.feasible


# Better devices are no worse.


@given(model=models, batch=batches, length=lengths, factor=factors, stack=stacks)
@pytest.mark.parametrize("part", ["peak", "bandwidth", "capacity", "vector", "link"])
def test_more_of_anything_is_never_slower_nor_less_feasible(
    part, model, batch, length, factor, stack
):
    usual = {"peak": 1e14, "bandwidth": 1e12, "capacity": 3e10, "vector": 1e13, "link": 1e10}
    rest = {"stack": stack, **options(model, length)}

    worse = Engine.solve(model, device(**usual), batch, **rest)
    # No link is faster than the memory itself.
    more = usual[part] * (min(factor, 50.0) if part == "link" else factor)
    better = Engine.solve(model, device(**{**usual, part: more}), batch, **rest)

    assert no_slower(better, worse)


@given(model=models, batch=batches, low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_more_efficiency_is_never_slower(model, batch, low, high):
    low, high = sorted((low, high))

    slow, fast = (Engine.solve(model, H100, batch, "fp16", part) for part in (low, high))

    assert no_slower(fast, slow)


@given(model=models, hardware=devices, batch=batches, length=lengths)
def test_the_ideal_stack_is_never_slower(model, hardware, batch, length):
    ideal = Engine.solve(model, hardware, batch, stack="Ideal", **options(model, length))

    assert no_slower(ideal, Engine.solve(model, hardware, batch, **options(model, length)))


# More work is no less.


@given(model=models, hardware=devices, stack=stacks, batch=batches, more=st.integers(0, 512))
def test_a_larger_batch_is_never_faster_nor_more_feasible(model, hardware, stack, batch, more):
    small, large = (
        Engine.solve(model, hardware, size, stack=stack) for size in (batch, batch + more)
    )

    assert no_slower(small, large)
    assert small.details.footprint <= large.details.footprint


@given(
    model=models.filter(lambda model: model is not LITTLE_NETWORK),
    hardware=devices,
    batch=st.integers(1, 64),
    length=lengths,
    more=st.integers(0, 512),
    stack=stacks,
)
def test_a_longer_context_is_never_faster_nor_more_feasible(
    model, hardware, batch, length, more, stack
):
    short, long = (
        Engine.solve(model, hardware, batch, stack=stack, **options(model, size))
        for size in (length, length + more)
    )

    assert no_slower(short, long)


@given(layers=st.integers(1, 200), more=st.integers(0, 100), batch=batches)
def test_more_layers_are_never_faster_nor_more_feasible(layers, more, batch):
    shallow, deep = (
        LLAMA_3_8B.model_copy(update={"architecture.layers": count})
        for count in (layers, layers + more)
    )

    assert no_slower(Engine.solve(shallow, H100, batch), Engine.solve(deep, H100, batch))


# Scale.


@given(
    times=st.integers(1, 50),
    batch=st.integers(1, 512),
    capacity=st.floats(1e6, 1e10),
    training=st.booleans(),
)
def test_as_many_times_the_work_at_as_many_times_the_rates_takes_the_same(
    times, batch, capacity, training
):
    def work(count):
        layer = {"op": "conv", "channels": [64, 64], "kernel": [3, 3], "size": [56, 56]}
        return ModelSpec(
            name="equal layers",
            architecture={
                "kind": "network",
                "input": [64, 56, 56],
                "layers": [
                    {**layer, "repeat": 3 * count},
                    {"op": "elementwise", "elements": 64 * 56 * 56, "repeat": 2 * count},
                ],
            },
        )

    roomy = {"capacity": 1e15, "vector": 1e13 * times, "link": 1e10 * times}
    fast = device(peak=1e14 * times, bandwidth=1e12 * times, **roomy)
    usual = device(capacity=1e15)
    once = Engine.solve(work(1), usual, batch, stack="Ideal", is_training=training)
    scaled = Engine.solve(work(times), fast, batch, stack="Ideal", is_training=training)

    assert scaled.seconds == pytest.approx(once.seconds, rel=1e-9)
    assert scaled.mfu == pytest.approx(once.mfu, rel=1e-9)
    assert scaled.bottleneck == once.bottleneck


# Sums.


@given(
    model=models,
    hardware=st.sampled_from([H100, B200, BARE, ESP32_S3]),
    stack=stacks,
    batch=batches,
    length=lengths,
    efficiency=st.none() | st.floats(0.0, 1.0),
)
def test_the_parts_of_an_explanation_add_up_exactly(
    model, hardware, stack, batch, length, efficiency
):
    precision = "int8" if hardware is ESP32_S3 else "fp16"

    profile = Engine.solve(
        model, hardware, batch, precision, efficiency, stack=stack, **options(model, length)
    )

    explanation = profile.explain()
    assert explanation.total == profile.seconds
    assert sum(explanation.parts.values()) == profile.seconds
    assert all(seconds > 0.0 for seconds in explanation.parts.values())


@pytest.mark.parametrize(("model", "phase"), CASES)
def test_operators_add_up_to_the_latency_where_everything_fits(model, phase):
    roomy = H100.model_copy(update={"memory.capacity": "100 TB"})

    profile = Engine.solve(model, roomy, 4, **options(model, 256, phase))

    operators = profile.explain().operators
    assert profile.feasible is True
    assert sum(one["time"] for one in operators) == pytest.approx(profile.seconds, rel=1e-9)


@pytest.mark.parametrize(("model", "phase"), CASES)
def test_a_prediction_keeps_its_definitions(model, phase):
    profile = Engine.solve(model, H100, 4, **options(model, 256, phase))

    account, details = profile.account, profile.details
    assert 0.0 < profile.mfu < 1.0
    assert profile.mfu == pytest.approx(details.flops / (profile.seconds * details.peak))
    assert profile.bottleneck == ("Compute" if account.compute > account.memory else "Memory")
    assert profile.feasible is (details.footprint <= details.capacity)
    assert profile.seconds >= max(account.launch, account.host)
    assert 70.0 * profile.seconds <= profile.joules <= 700.0 * profile.seconds * (1 + 1e-12)


@pytest.mark.parametrize(("model", "phase"), CASES)
def test_an_ideal_device_is_bounded_by_both_roofs(model, phase):
    roomy = H100.model_copy(update={"memory.capacity": "100 TB", "compute.vector": "1 EOP/s"})

    profile = Engine.solve(model, roomy, 4, stack="Ideal", **options(model, 256, phase))

    roofs = (profile.details.flops / 989.4e12, profile.account.traffic / 3.35e12)
    assert (
        max(roofs) * (1 - 1e-9)
        <= profile.seconds
        <= sum((profile.account.arithmetic, profile.account.movement)) * (1 + 1e-9)
    )


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_no_weight_is_read_more_than_once_in_a_forward_pass(model):
    pass_once = lower(model, Workload.of("decode", 1.0, 64.0, "fp16"))

    read = sum(one.count * one.weights for one in pass_once.operators)
    assert read <= pass_once.weights * (1 + 1e-9)


# Arrays.


@pytest.mark.parametrize("efficiency", [None, 0.4, 0.0])
@pytest.mark.parametrize("hardware", [H100, B200, ESP32_S3], ids=lambda spec: spec.name)
@pytest.mark.parametrize(("model", "phase"), CASES)
def test_arrays_give_what_their_elements_give(model, phase, hardware, efficiency):
    np = pytest.importorskip("numpy")
    if phase == "training" and hardware is ESP32_S3:
        hardware = BARE
    precision = "int8" if hardware is ESP32_S3 else "bf16" if hardware is BARE else "fp16"
    batch, length = np.array(list(product((1.0, 3.0, 64.0, 2000.0), (1.0, 130.0, 2000.0)))).T
    chip = machine(hardware, precision, StackSpec(name="usual", launch="1 us", dispatch="5 us"))

    together = add_up(lower(model, Workload.of(phase, batch, length, precision)), chip, efficiency)

    for index in range(batch.size):
        work = Workload.of(phase, float(batch[index]), float(length[index]), precision)
        alone = add_up(lower(model, work), chip, efficiency)
        for name in ("latency", "compute", "memory", "launch", "host", "traffic", "spill"):
            several = np.broadcast_to(getattr(together, name), batch.shape)
            assert several[index] == pytest.approx(getattr(alone, name), rel=1e-12), name


# Plain, frozen, the same every time.


@pytest.mark.parametrize(("model", "phase"), CASES)
def test_answers_are_plain_python(model, phase):
    profile = Engine.solve(model, H100, 2, **options(model, 64, phase))

    assert type(profile.mfu) is float
    assert type(profile.feasible) is bool
    assert type(profile.bottleneck) is str
    assert type(profile.seconds) is type(profile.items_per_second) is type(profile.joules) is float
    for name in ("latency", "throughput", "energy", "memory_footprint", "arithmetic_intensity"):
        assert type(getattr(profile, name).magnitude) is float
    numbers = set(Account.__annotations__) - {"rows"}
    parts = [getattr(profile.account, name) for name in numbers]
    assert {type(part) for part in parts} == {float}
    assert {type(one["time"]) for one in profile.explain().operators} == {float}
    assert type(profile.details.footprint) is float


@pytest.mark.parametrize(("model", "phase"), CASES)
def test_answers_are_hashable_and_survive_pickling(model, phase):
    profile = Engine.solve(model, H100, 2, **options(model, 64, phase))

    again = pickle.loads(pickle.dumps(profile))

    assert again == profile
    assert hash(again) == hash(profile)
    assert copy.copy(profile) == copy.deepcopy(profile) == profile
    assert again.latency == profile.latency


@given(model=models, hardware=devices, batch=batches, length=lengths)
def test_the_same_question_gets_the_same_answer(model, hardware, batch, length):
    ask = options(model, length)
    twin = ModelSpec.model_validate_json(model.model_dump_json())

    first = Engine.solve(model, hardware, batch, **ask)

    assert Engine.solve(twin, hardware, batch, **ask) == first


def test_another_process_gives_the_same_answer():
    code = (
        "from mlsysim_core import Engine, HardwareSpec, ModelSpec\n"
        f"model = ModelSpec.model_validate_json({LLAMA_3_8B.model_dump_json()!r})\n"
        f"chip = HardwareSpec.model_validate_json({H100.model_dump_json()!r})\n"
        "print(repr(Engine.solve(model, chip, 7).seconds))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert float(done.stdout) == Engine.solve(LLAMA_3_8B, H100, 7).seconds


def test_many_threads_get_the_same_answers():
    questions = [(model, hardware, batch) for model, hardware, batch in product(
        MODELS.values(), (H100, B200), (1, 17)
    )] * 4  # fmt: skip
    alone = [Engine.solve(*question) for question in questions]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: Engine.solve(*question), questions))

    assert together == alone


def test_an_answer_changes_neither_the_model_nor_the_device():
    before = (LLAMA_3_8B.model_dump_json(), H100.model_dump_json())

    Engine.solve(LLAMA_3_8B, H100, 8, is_training=True)

    assert (LLAMA_3_8B.model_dump_json(), H100.model_dump_json()) == before


@settings(max_examples=60)
@given(
    shape=st.fixed_dictionaries(
        {
            "layers": st.integers(1, 200),
            "heads": st.sampled_from([1, 2, 8, 96]),
            "head_dim": st.integers(1, 512),
            "hidden": st.integers(1, 20_000),
            "ffn": st.integers(1, 100_000),
            "vocab": st.integers(1, 500_000),
        }
    ),
    batch=st.integers(1, 10**12),
    length=st.integers(1, 10**12),
    phase=st.sampled_from(["decode", "prefill", "training"]),
    efficiency=st.none() | st.floats(0.0, 1.0),
)
def test_any_shape_at_any_size_gets_a_number(shape, batch, length, phase, efficiency):
    model = ModelSpec(name="any", architecture={"kind": "decoder", **shape})
    rest = {"is_training": True} if phase == "training" else {"phase": phase}

    profile = Engine.solve(model, H100, batch, "fp16", efficiency, seq_len=length, **rest)

    assert profile.seconds > 0.0
    assert not math.isnan(profile.joules)
    assert 0.0 <= profile.mfu <= 1.0
    assert profile.explain().total == profile.seconds


@given(st.integers(1, 10**6))
def test_throughput_is_what_passes_over_the_latency(batch):
    for model, unit in ((LLAMA_3_8B, "token"), (BERT_BASE, "sample"), (T5_SMALL, "token")):
        profile = Engine.solve(model, H100, batch, seq_len=16)

        assert profile.items_per_second == pytest.approx(batch / profile.seconds)
        assert profile.details.unit == unit


@pytest.mark.parametrize("hardware", DEVICES.values(), ids=lambda spec: spec.name)
def test_a_slower_stack_is_slower_by_what_it_says(hardware):
    precision = "int8" if hardware is ESP32_S3 else "bf16" if hardware is BARE else "fp16"
    fast = StackSpec(name="fast", launch="1 us")
    slow = fast.model_copy(update={"launch": "101 us"})

    quick, late = (
        Engine.solve(LITTLE_NETWORK, hardware, precision=precision, stack=stack).account.launch
        for stack in (fast, slow)
    )

    work = Workload.of("forward", 1.0, 1.0, precision)
    kernels = sum(one.count * one.kernels for one in lower(LITTLE_NETWORK, work).operators)
    assert kernels >= 6  # five layers with weights, and the pooling
    assert late - quick == pytest.approx(kernels * 100e-6)


def test_experts_of_a_stack_with_poor_kernels_take_longer():
    def rows(stack):
        account = Engine.solve(
            MIXTRAL_8X7B, H100, 8, seq_len=512, stack=stack, phase="prefill"
        ).account
        return {row.name: row.compute for row in account.rows}

    good, bad = (rows(one) for one in (BAREST, BAREST.model_copy(update={"expert_fraction": 0.5})))

    assert bad["experts.down"] == pytest.approx(2.0 * good["experts.down"], rel=1e-9)
    assert bad["attention.output"] == good["attention.output"]
