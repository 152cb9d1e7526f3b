"""The simulation: conservation, Little's law, order of policies, determinism."""

import gzip
import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, StackSpec
from mlsysim_solvers import Requests, ServingModel, SimulationModel

from .serving_specs import CHIP, DENSE, HYBRID, LATENT, SERVER

POLICIES = ("chunked", "continuous", "prefill_first", "static")
policies = pytest.mark.parametrize("policy", POLICIES)
solve = SimulationModel().solve


def requests(count=400, rate=8.0, **changes):
    return Requests.generate(count, (100, 900), (20, 200), rate=rate, **{"seed": 3, **changes})


@policies
def test_tokens_are_conserved(policy):
    asked = requests()

    answer = solve(DENSE, CHIP, asked, policy=policy)

    assert answer.served == len(asked)
    assert answer.tokens_written == sum(asked.outputs)
    assert answer.tokens_read == sum(asked.prompts)
    if policy != "static":
        assert sum(count for _, count in answer.gaps) == sum(asked.outputs) - len(asked)


def test_a_stack_brings_its_scheduler_and_its_host():
    plain = StackSpec(name="Engine", launch="1 us")
    own = plain.model_copy(update={"serving": {"policy": "prefill_first", "reserve": True}})
    slow = plain.model_copy(update={"serving": {"per_step": "5 ms", "per_sequence": "100 us"}})

    told = solve(DENSE, CHIP, requests(), stack=own)

    assert told == solve(DENSE, CHIP, requests(), stack=plain, policy="prefill_first", reserve=True)
    assert told.policy == "prefill_first"
    assert solve(DENSE, CHIP, requests(), stack=plain).policy == "chunked"
    assert solve(DENSE, CHIP, requests(), stack=own, policy="chunked").policy == "chunked"
    single = {"policy": "chunked", "concurrency": 1}
    asked = requests(8, rate=None)
    waited = solve(DENSE, CHIP, asked, stack=slow, **single).end_to_end(50)
    at_once = solve(DENSE, CHIP, asked, stack=plain, **single).end_to_end(50)
    assert (waited - at_once).m_as("s") > 0.0051 * 20


@policies
def test_the_same_requests_give_the_same_answer(policy):
    assert solve(DENSE, CHIP, requests(), policy=policy) == solve(
        DENSE, CHIP, requests(), policy=policy
    )


@pytest.mark.parametrize("policy", POLICIES[:3])
def test_littles_law_holds(policy):
    asked = requests(4000, 12.0)

    answer = solve(DENSE, CHIP, asked, policy=policy)

    decoding = [end - first for first, _, end in answer.outcomes]
    expected = len(asked) / answer.seconds * sum(decoding) / len(decoding)
    assert answer.mean_batch == pytest.approx(expected, rel=0.01)


def test_one_request_takes_what_the_model_of_one_batch_says():
    asked = Requests.generate(1, 1024, 200, arrival="burst")

    answer = solve(DENSE, CHIP, asked)

    alone = ServingModel().solve(DENSE, CHIP, 1024, 1, output_len=200)
    assert answer.ttft_seconds[0] == pytest.approx(alone.ttft_seconds, rel=1e-6)
    assert answer.tpot_seconds[0] == pytest.approx(alone.itl_seconds, rel=2e-3)
    assert answer.end_to_end_seconds[0] == pytest.approx(alone.end_to_end_seconds, rel=2e-3)


def test_a_static_batch_takes_what_the_model_of_one_batch_says():
    asked = Requests.generate(8, 512, 100, arrival="burst")

    answer = solve(DENSE, CHIP, asked, policy="static", max_batch=8)

    batch = ServingModel().solve(DENSE, CHIP, 512, 8, output_len=100)
    assert answer.end_to_end_seconds[0] == pytest.approx(batch.end_to_end_seconds, rel=0.02)


def test_a_static_batch_waits_for_its_longest():
    asked = Requests(prompts=(100, 100), outputs=(10, 500), arrivals=(0.0, 0.0))

    answer = solve(DENSE, CHIP, asked, policy="static")

    assert answer.end_to_end_seconds[0] == answer.end_to_end_seconds[1]


def test_batching_as_requests_come_beats_static_batches():
    asked = requests(600, 20.0)
    ends = {policy: solve(DENSE, CHIP, asked, policy=policy).end_to_end(50) for policy in POLICIES}

    assert ends["chunked"] < ends["static"]
    assert ends["prefill_first"] < ends["static"]


def test_chunks_protect_the_tokens_of_others():
    asked = Requests.generate(300, 8000, 100, rate=2.0, seed=1)

    chunked = solve(DENSE, CHIP, asked, policy="chunked", max_tokens=512)
    first = solve(DENSE, CHIP, asked, policy="prefill_first")

    assert chunked.itl(99) < first.itl(99)


def test_too_many_arrivals_are_reported_as_unstable():
    calm = solve(DENSE, CHIP, requests(2000, 5.0))
    flood = solve(DENSE, CHIP, requests(4000, 500.0))

    assert calm.stable
    assert not flood.stable
    assert "unstable" in flood.explain()
    assert flood.ttft(99) > calm.ttft(99)


def test_a_closed_loop_keeps_so_many_under_way():
    asked = Requests.generate(512, 128, 400)

    answer = solve(DENSE, CHIP, asked, concurrency=16)

    assert 14.0 < answer.mean_batch <= 16.0
    with pytest.raises(InputError, match="concurrency"):
        solve(DENSE, CHIP, asked)


def test_clients_wait_for_the_front_end_of_a_server():
    asked = Requests.generate(4000, (100, 900), (20, 200), seed=3)
    engine = SERVER.model_copy(update={"serving.front_end": None})

    answer, quick = (solve(DENSE, CHIP, asked, concurrency=16, stack=s) for s in (SERVER, engine))

    for one in (answer, quick):
        # Little's law: 16 clients always have a request under way.
        mean = sum(one.end_to_end_seconds) / len(asked)
        assert one.requests_per_second * mean == pytest.approx(16, rel=0.01)
    alone, bare = (
        solve(DENSE, CHIP, Requests.generate(8, 512, 32), concurrency=1, stack=s)
        for s in (SERVER, engine)
    )
    assert alone.ttft().m_as("s") == pytest.approx(bare.ttft().m_as("s") + 0.05)
    assert alone.tpot_seconds == pytest.approx(bare.tpot_seconds)
    later = requests(100, 1.0)
    shifted, plain = (solve(DENSE, CHIP, later, stack=s).ttft_seconds for s in (SERVER, engine))
    assert shifted == pytest.approx([one + 0.05 for one in plain])


@pytest.mark.parametrize(("each", "hidden"), [("20 us", True), ("10 ms", False)])
def test_the_loop_of_an_engine_may_go_on_beside_the_device(each, hidden):
    asked = Requests.generate(16, 512, 64, arrival="burst")
    plain, after, beside = (
        StackSpec(name="Engine", launch="1 us", serving=habits)
        for habits in ({}, {"per_sequence": each}, {"per_sequence": each, "overlapped": True})
    )

    none, added, most = (
        solve(DENSE, CHIP, asked, stack=stack).tpot_seconds[8] for stack in (plain, after, beside)
    )

    if hidden:
        assert most == none < added
    else:  # the device waits: a step takes as long as the loop for all sixteen
        assert most == pytest.approx(16 * 0.01, rel=1e-6)
        assert added == pytest.approx(none + 16 * 0.01, rel=1e-6)
    single = [ServingModel().solve(DENSE, CHIP, 512, 16, stack=one) for one in (plain, beside)]
    assert (single[0].itl_seconds == single[1].itl_seconds) == hidden


def test_a_stack_says_how_many_tokens_a_pass_reads():
    asked = Requests.generate(64, 1024, 16, arrival="burst")

    own, told = (solve(DENSE, CHIP, asked, stack=SERVER, max_tokens=n) for n in (None, 2048))

    assert own == told
    assert own.ttft(1) < solve(DENSE, CHIP, asked, stack=SERVER, max_tokens=8192).ttft(1)
    with pytest.raises(InputError, match="max_tokens must be from 1"):
        solve(DENSE, CHIP, asked, max_tokens=0)


def test_every_replica_has_a_client():
    with pytest.raises(InputError, match="concurrency must be from 4"):
        solve(DENSE, CHIP, Requests.generate(8, 64, 8), concurrency=3, replicas=4)


def test_a_client_whose_request_never_fits_sends_the_next():
    small = CHIP.model_copy(update={"memory.capacity": "17 GB"})
    asked = Requests(prompts=(100_000, 100, 100_000, 100), outputs=(10,) * 4)

    assert solve(DENSE, small, asked, concurrency=1).served == 2


def test_more_replicas_wait_less():
    asked = requests(1000, 40.0)
    one, two = (solve(DENSE, CHIP, asked, replicas=count) for count in (1, 2))

    assert two.end_to_end(90) < one.end_to_end(90)
    assert two.tokens_written == one.tokens_written


def test_memory_pressure_pre_empts_and_loses_nothing():
    small = CHIP.model_copy(update={"memory.capacity": "19 GB"})
    asked = Requests.generate(60, 500, 900, arrival="burst")

    answer = solve(DENSE, small, asked)
    reserved = solve(DENSE, small, asked, reserve=True)

    assert answer.preempted > 0
    assert reserved.preempted == 0
    assert answer.served == reserved.served == 60
    assert answer.tokens_written == reserved.tokens_written == 60 * 900
    assert answer.tokens_read > reserved.tokens_read == 60 * 500


def test_a_request_larger_than_the_memory_is_left_out():
    small = CHIP.model_copy(update={"memory.capacity": "17 GB"})
    asked = Requests(prompts=(100, 100_000), outputs=(10, 10), arrivals=(0.0, 0.0))

    answer = solve(DENSE, small, asked)

    assert answer.served == 1
    assert "exceed the memory" in answer.explain()
    assert answer.attainment() == 1.0  # without limits, infinity is no violation
    assert answer.attainment(end_to_end=1e9) == 0.5


def test_attainment_and_goodput_agree():
    answer = solve(DENSE, CHIP, requests(500, 15.0))
    limit = answer.ttft_seconds[399]

    assert answer.attainment(ttft=limit) == pytest.approx(0.8)
    assert answer.goodput(ttft=limit) == pytest.approx(0.8 * 500 / answer.seconds)


def test_the_trace_covers_the_busy_time(tmp_path):
    answer = solve(DENSE, CHIP, requests(50), record=True)
    answer.write_trace(tmp_path / "trace.json")

    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    busy = sum(event.get("dur", 0.0) for event in events) / 1e6
    assert busy == pytest.approx(answer.utilization * answer.seconds)
    assert {event["ph"] for event in events} == {"M", "X"}


def test_a_cached_prefix_helps_the_first_token():
    asked = Requests.generate(200, 4000, 50, rate=2.0)
    cold, warm = (solve(DENSE, CHIP, asked, cached_fraction=part) for part in (0.0, 0.8))

    assert warm.ttft(50) < 0.5 * cold.ttft(50)


@settings(max_examples=25, deadline=None)
@given(
    lengths=st.lists(
        st.tuples(st.integers(1, 5000), st.integers(1, 300), st.floats(0.0, 5.0)),
        min_size=1,
        max_size=30,
    ),
    policy=st.sampled_from(POLICIES),
    limit=st.integers(1, 8),
    budget=st.integers(16, 4096),
)
def test_every_request_ends_after_it_began(lengths, policy, limit, budget):
    lengths.sort(key=lambda one: one[2])
    asked = Requests(
        prompts=tuple(one[0] for one in lengths),
        outputs=tuple(one[1] for one in lengths),
        arrivals=tuple(one[2] for one in lengths),
    )

    answer = solve(DENSE, CHIP, asked, policy=policy, max_batch=limit, max_tokens=budget)

    assert answer.served == len(lengths)
    assert answer.tokens_written == sum(asked.outputs)
    assert answer.tokens_read == sum(asked.prompts)
    for first, gap, end in answer.outcomes:
        assert 0.0 < first <= end < math.inf
        assert gap >= 0.0


@settings(max_examples=40, deadline=None)
@given(
    lengths=st.lists(
        st.tuples(st.integers(1, 3000), st.integers(1, 2000), st.floats(0.0, 3.0)),
        min_size=1,
        max_size=25,
    ),
    policy=st.sampled_from(POLICIES),
    reserve=st.booleans(),
    closed=st.booleans(),
    budget=st.integers(16, 4096),
)
def test_little_memory_loses_no_token(lengths, policy, reserve, closed, budget):
    # Memory for about 6,700 tokens: a few requests at a time.
    small = CHIP.model_copy(update={"memory.capacity": "18.5 GB"})
    lengths.sort(key=lambda one: one[2])
    asked = Requests(
        prompts=tuple(one[0] for one in lengths),
        outputs=tuple(one[1] for one in lengths),
        arrivals=None if closed else tuple(one[2] for one in lengths),
    )

    answer = solve(
        DENSE, small, asked, policy=policy, reserve=reserve, max_tokens=budget,
        concurrency=8 if closed else None,
    )  # fmt: skip

    assert answer.served == len(lengths)
    assert answer.tokens_written == sum(asked.outputs)
    assert answer.tokens_read >= sum(asked.prompts)
    assert answer.preempted == 0 or not reserve
    if policy != "static":
        later = sum(asked.outputs) - len(lengths) - answer.preempted
        assert sum(answer.gap_tokens) == later
    assert all(first <= end < math.inf for first, _, end in answer.outcomes)


@pytest.mark.parametrize("sequences", [1, 20, 200])
@pytest.mark.parametrize("new", [64, 500, 2000])
def test_tables_time_a_mixed_pass_as_its_operators_do(sequences, new):
    from mlsysim_solvers.serving._replica_settings import replica_of
    from mlsysim_solvers.serving._steps import Steps

    replica = replica_of(DENSE, CHIP, "fp16")
    steps = Steps(replica, 1000.0)

    tabled = (
        steps.decode(sequences, 300)
        + steps.tokens[sequences + new]
        - steps.tokens[sequences]
        + steps.reading[new]
    )
    assert tabled == pytest.approx(replica.mixed(sequences, 300, new).seconds, rel=0.05)


@pytest.mark.parametrize("model", [DENSE, HYBRID, LATENT], ids=lambda model: model.name)
@pytest.mark.parametrize(("sequences", "context"), [(2, 1), (7, 300), (500, 40_000)])
def test_several_sequences_take_what_one_takes_several_times(model, sequences, context):
    from mlsysim_solvers.serving._passes import SEQUENTIAL, decode_pass, sequences_like
    from mlsysim_solvers.serving._replica_settings import replica_of

    widths = replica_of(model, CHIP, "fp16").widths
    one, several = (decode_pass(model, widths, count, context) for count in (1, sequences))
    chosen = tuple(part for part in one.operators if part.kind in SEQUENTIAL)

    repeated = sequences_like(one._replace(operators=chosen), sequences).operators

    wanted = [part for part in several.operators if part.kind in SEQUENTIAL]
    assert len(wanted) == len(repeated) > 0
    for mine, other in zip(repeated, wanted, strict=True):
        assert (mine.name, mine.count, mine.weights) == (other.name, other.count, other.weights)
        for name in ("flops", "cache", "activations", "shape"):
            assert getattr(mine, name) == pytest.approx(getattr(other, name), rel=1e-12), name


def test_traces_are_read(tmp_path):
    azure = tmp_path / "azure.csv"
    azure.write_text(
        "TIMESTAMP,ContextTokens,GeneratedTokens\n"
        "2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50.9951690,396,109\n"
    )
    mooncake = tmp_path / "mooncake.jsonl"
    mooncake.write_text('{"timestamp": 500, "input_length": 6758, "output_length": 500}\n')

    assert Requests.read(azure).prompts == (374, 396)
    assert Requests.read(azure).arrivals[1] == pytest.approx(4.3146, abs=1e-3)
    assert Requests.read(mooncake).outputs == (500,)
    for packed, text in (("azure.csv.gz", azure), ("mooncake.jsonl.gz", mooncake)):
        (tmp_path / packed).write_bytes(gzip.compress(text.read_bytes()))
        assert Requests.read(tmp_path / packed) == Requests.read(text)
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="record 1"):
        Requests.read(tmp_path / "bad.csv")
    for header, cells, words in (
        ("arrival_s,promt_tokens,output_tokens", "0,5,5", "did you mean prompt_tokens?"),
        ("arrival_s,prompt_tokens,output_tokens", "0,abc,5", "prompt_tokens must be a whole"),
        ("arrival_s,prompt_tokens,output_tokens", "0,,5", "it has none of prompt_tokens, "),
    ):
        (tmp_path / "bad.csv").write_text(f"{header}\n{cells}\n")
        with pytest.raises(InputError, match=f"bad.csv: record 1: .*{re.escape(words)}"):
            Requests.read(tmp_path / "bad.csv")
    with pytest.raises(InputError, match=r"missing\.csv: No such file"):
        Requests.read(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="is a directory"):
        Requests.read(tmp_path)


def test_generated_requests_have_the_rate_and_the_lengths_asked_for():
    asked = Requests.generate(20000, 500, 100, rate=10.0, variation=0.8, seed=5)

    assert asked.rate == pytest.approx(10.0, rel=0.03)
    assert sum(asked.prompts) / 20000 == pytest.approx(500, rel=0.03)
    assert Requests.generate(10, 5, 5, seed=1) == Requests.generate(10, 5, 5, seed=1)
