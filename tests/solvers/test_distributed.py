"""Training on many devices: exact limits, then what must hold of any answer."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import Engine, HardwareSpec, InputError, ModelSpec, StackSpec, SystemSpec
from mlsysim_core.errors import MissingValueError
from mlsysim_core.specs import FabricSpec, NodeSpec
from mlsysim_solvers import DistributedModel, ForwardModel, search
from mlsysim_solvers._cluster import cluster

MODEL = ModelSpec(
    name="M",
    architecture={
        "kind": "decoder",
        "layers": 8,
        "hidden": 1024,
        "heads": 16,
        "ffn": 4096,
        "vocab": 32000,
        "gated_mlp": False,
        "tied_embeddings": True,
    },
)
EXPERTS = ModelSpec(
    name="E",
    architecture={
        "kind": "decoder",
        "layers": 8,
        "hidden": 1024,
        "heads": 16,
        "vocab": 32000,
        "experts": {"count": 16, "top_k": 2, "ffn": 1024},
    },
)
CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"bf16": "300 TFLOP/s", "fp8": "600 TFLOP/s"}, "units": 100},
    memory={"capacity": "80 GB", "bandwidth": "2 TB/s"},
    link={"bandwidth": "300 GB/s"},
    host_link={"bandwidth": "30 GB/s"},
    tdp="500 W",
)

BAREST = StackSpec(name="Barest", launch="0 s")


def node(accelerators=8, chip=CHIP, **values):
    return NodeSpec(name="node", accelerator=chip, accelerators=accelerators, **values)


def system(nodes=4, port="25 GB/s", chip=CHIP, **fabric):
    return SystemSpec(
        name="system",
        node=node(chip=chip, ports=8),
        nodes=nodes,
        fabric=FabricSpec(name="fabric", bandwidth=port, **fabric),
    )


def solve(on, batch_size=32, model=MODEL, **strategy):
    return DistributedModel().solve(model, on, batch_size, "bf16", **{"seq_len": 1024, **strategy})


def test_it_is_a_forward_model():
    assert isinstance(DistributedModel(), ForwardModel)


@pytest.mark.parametrize("recompute", ["selective", "full"])
def test_one_device_is_the_engine(recompute):
    ours = solve(CHIP, batch_size=4, recompute=recompute)
    engines = Engine.solve(
        MODEL, CHIP, 4, "bf16", seq_len=1024, is_training=True, recompute=recompute
    )

    assert ours.seconds == pytest.approx(engines.seconds, rel=1e-12)
    assert ours.mfu == pytest.approx(engines.mfu, rel=1e-12)
    assert ours.feasible == engines.feasible
    assert ours.items_per_second == pytest.approx(engines.items_per_second, rel=1e-12)


def test_one_device_is_the_engine_on_any_stack():
    stack = BAREST.model_copy(
        update={
            "training": {"attention": 0.5, "attention_backward": 0.4, "passes": 3.0}
            | {"gradients": "fp32"},
        }
    )

    ours = solve(CHIP, batch_size=4, stack=stack)
    engines = Engine.solve(MODEL, CHIP, 4, "bf16", seq_len=1024, is_training=True, stack=stack)

    assert ours.seconds == pytest.approx(engines.seconds, rel=1e-12)
    assert ours.seconds > 1.1 * solve(CHIP, batch_size=4, stack=BAREST).seconds


def test_a_stack_says_what_it_hides():
    stack = BAREST.model_copy(update={"training.overlap": ["data"]})
    shared = {"zero_stage": 3, "tp_size": 2}

    told = solve(system(), stack=stack, **shared)

    assert told == solve(system(), stack=stack, overlap="data", **shared)
    assert told.layout.overlap == ("data",)
    assert told.seconds < solve(system(), stack=stack, overlap=False, **shared).seconds
    assert told.seconds > solve(system(), stack=stack, overlap=True, **shared).seconds


def test_gathers_wait_for_every_rank_and_for_every_message():
    # Rings only: from 40 to 100 nodes there are 60 more hops between nodes, of 4 us each, and 420
    # within, of 1 us each, for each of 8 layers and of three times that a pass gathers or reduces.
    def data(nodes, **habits):
        stack = BAREST.model_copy(update={"training": habits}) if habits else BAREST
        on = system(nodes=nodes, port="1e6 GB/s")
        sharded = {"zero_stage": 3, "overlap": False, "batch_size": 8 * nodes}
        return solve(on, stack=stack, **sharded).communication["data"]

    grown = data(100) - data(40)
    assert grown == pytest.approx(8 * 3 * (60 * 4e-6 + 60 * 7 * 1e-6), rel=0.02)
    assert data(100, gathers=4) - data(40, gathers=4) == pytest.approx(4 * grown, rel=0.02)
    copied = data(64, copy_per_rank="10 us") - data(64)
    assert copied == pytest.approx(8 * 3 * 512 * 10e-6, rel=1e-6)


def test_depthwise_convolutions_move_their_data_more_often():
    network = ModelSpec(
        name="D",
        architecture={
            "kind": "network",
            "layers": [
                {"op": "conv", "channels": (64, 64), "kernel": (3, 3), "size": (56, 56),
                 "groups": 64},
            ],
            "input": (64, 56, 56),
        },
    )  # fmt: skip
    again = BAREST.model_copy(update={"training.depthwise": 3.0})

    once, thrice = (Engine.train(network, CHIP, batch_size=64, stack=s) for s in (BAREST, again))

    assert thrice.account.activations > 2.5 * once.account.activations


def test_software_reaches_a_part_of_the_fabric():
    half = BAREST.model_copy(update={"training.fabric": 0.5})
    sharded = {"zero_stage": 3, "overlap": False}

    told = solve(system(), stack=half, **sharded).communication["data"]

    assert told == solve(system(port="12.5 GB/s"), stack=BAREST, **sharded).communication["data"]


def test_gradients_that_are_added_apart_take_time():
    apart = BAREST.model_copy(update={"training.adds_in_place": False})
    pieces = {"microbatch_count": 8, "batch_size": 256}

    assert (
        solve(system(), stack=apart, **pieces).parts["memory"]
        > solve(system(), stack=BAREST, **pieces).parts["memory"]
    )


def test_fused_attention_computes_its_scores_again_anyway():
    assert solve(CHIP, recompute="none").parts == solve(CHIP, recompute="selective").parts


@pytest.mark.parametrize(
    "strategy",
    [
        {},
        {"tp_size": 8},
        {"tp_size": 4, "pp_size": 2, "microbatch_count": 4},
        {"pp_size": 4, "v_stages": 2, "microbatch_count": 4},
        {"zero_stage": 3, "recompute": "full"},
        {"cp_size": 2, "zero_stage": 1},
    ],
)
def test_parts_add_up_to_the_latency_exactly(strategy):
    result = solve(system(), **strategy)

    assert sum(result.parts.values()) == result.seconds == result.explain().total
    assert sum(result.memory.values()) == result.footprint


def test_perfect_links_and_no_bubble_scale_linearly():
    one = solve(CHIP, batch_size=4, stack="Ideal")
    many = solve(
        system(port="1e9 GB/s", chip=CHIP.model_copy(update={"link.bandwidth": "1e9 GB/s"})),
        batch_size=4 * 32,
        stack="Ideal",
    )

    assert many.items_per_second == pytest.approx(32 * one.items_per_second, rel=1e-4)


def test_equal_stages_wait_as_the_pipeline_formula_says():
    # (p - 1) / m of the busy time, where both ends cost nothing: 3 / 8.
    bare = MODEL.model_copy(update={"architecture.vocab": 1})
    result = solve(
        system(nodes=1, port="1e9 GB/s").node.model_copy(update={"accelerators": 4}),
        model=bare,
        batch_size=8,
        pp_size=4,
        microbatch_count=8,
        stack="Ideal",
        seq_len=8192,
    )
    busy = result.parts["compute"] + result.parts["memory"]

    assert result.parts["bubble"] / busy == pytest.approx(3 / 8, rel=0.02)


def test_the_last_stage_may_be_shorter():
    # 8 layers in three stages are 3, 3 and 2. The last, of two layers and the scores of a large
    # vocabulary, is the slowest here, as it is of four stages of two layers.
    found = solve(node(3), batch_size=12, pp_size=3)
    even = solve(node(4), batch_size=12, pp_size=4)

    assert "stages of 3 layers, and 2 in the last" in found.notes
    assert not any("in the last" in note for note in even.notes)
    assert found.parts["compute"] == pytest.approx(even.parts["compute"])
    assert found.parts["bubble"] < even.parts["bubble"] + found.parts["compute"] / 12
    best = search(MODEL.model_copy(update={"architecture.layers": 7}), node(4), 16, pp_sizes=[4])
    assert best.best.layout.pp == 4


def test_interleaving_shortens_the_bubble_and_keeps_more_activations():
    bare = MODEL.model_copy(update={"architecture.vocab": 1})
    plain = solve(system(), 64, bare, pp_size=4, microbatch_count=8)
    interleaved = solve(system(), 64, bare, pp_size=4, v_stages=2, microbatch_count=8)

    assert interleaved.parts["bubble"] == pytest.approx(plain.parts["bubble"] / 2)
    assert interleaved.memory["activations"] == pytest.approx(plain.memory["activations"] * 5.5 / 4)


def test_a_zero_bubble_schedule_waits_less():
    plain = solve(system(), pp_size=4, microbatch_count=4)

    assert solve(system(), pp_size=4, microbatch_count=4, schedule="zero_bubble").seconds < (
        plain.seconds
    )


def test_fed_from_both_ends_a_pipeline_hides_experts_and_waits_less():
    sizes = {"pp_size": 4, "ep_size": 8, "microbatch_count": 16, "zero_stage": 1}
    plain, zero, dual = (
        solve(system(4), 256, EXPERTS, schedule=name, **sizes)
        for name in ("1f1b", "zero_bubble", "dualpipe")
    )

    assert 0.0 < dual.parts["bubble"] < zero.parts["bubble"] < plain.parts["bubble"]
    assert dual.parts["expert"] < plain.parts["expert"] == zero.parts["expert"]
    assert dual.communication["expert"] == pytest.approx(plain.communication["expert"])
    # Every device holds two of four equal stages, of which it shares the optimizer's state.
    bare = EXPERTS.model_copy(update={"architecture.vocab": 1})
    one, two = (solve(system(4), 256, bare, schedule=n, **sizes) for n in ("1f1b", "dualpipe"))
    assert two.memory["weights"] == pytest.approx(2.0 * one.memory["weights"], rel=1e-3)
    assert two.memory["optimizer"] == pytest.approx(one.memory["optimizer"], rel=1e-3)
    assert two.memory["activations"] == pytest.approx(one.memory["activations"] * 5 / 4, rel=1e-3)


@pytest.mark.parametrize(
    "sizes",
    [
        {"pp_size": 4, "microbatch_count": 4},
        {"pp_size": 4, "microbatch_count": 8, "v_stages": 2},
        {"microbatch_count": 2},
    ],
)
def test_what_cannot_be_fed_from_both_ends_is_refused(sizes):
    with pytest.raises(InputError, match="even pp_size, v_stages=1 and"):
        solve(system(), 64, schedule="dualpipe", **sizes)


@pytest.mark.parametrize(("topology", "share"), [("", 15 / 16), ("2D torus", 1 / 2)])
def test_a_ring_takes_through_the_fabric_what_its_own_node_has(topology, share):
    joined = system(2, port="5 GB/s").model_copy(update={"node.topology": topology})
    links = cluster(joined, ideal=True)
    for passes in (1.0, 2.0):
        seconds = links.ring(8e9, 16.0, 1.0, passes)
        assert seconds == pytest.approx(passes * share * 8e9 / (8 * 5e9))


def test_accumulating_does_not_change_the_work():
    once = solve(CHIP, batch_size=8)
    often = solve(CHIP, batch_size=8, gradient_accumulation_steps=8)

    assert often.flops == pytest.approx(once.flops)
    assert often.seconds > once.seconds
    assert often.footprint < once.footprint


def test_tensor_parallelism_shares_work_and_weights():
    one = solve(node(), batch_size=8, tp_size=1)
    eight = solve(node(), batch_size=8, tp_size=8)

    assert eight.memory["weights"] == pytest.approx(one.memory["weights"] / 8, rel=0.01)
    assert eight.flops == one.flops


def test_zero_stages_shard_what_they_say():
    memories = [solve(node(), zero_stage=stage).memory for stage in range(4)]

    assert memories[1]["optimizer"] == pytest.approx(memories[0]["optimizer"] / 8)
    assert memories[1]["gradients"] == memories[0]["gradients"]
    assert memories[2]["gradients"] == pytest.approx(memories[0]["gradients"] / 8)
    assert memories[2]["weights"] == memories[0]["weights"]
    assert memories[3]["weights"] == pytest.approx(memories[0]["weights"] / 8)


def test_sharded_gradients_are_reduced_with_every_micro_batch():
    # Of stage 1: gradients reduced once, and weights of the same width gathered once; of stage 2,
    # who keeps a shard of the sums has nowhere to add up the rest: four reductions and a gather.
    def moved(stage):
        return solve(node(), zero_stage=stage, microbatch_count=4).communication["data"]

    assert moved(2) / moved(1) == pytest.approx(5.0 / 2.0)
    assert solve(node(), zero_stage=1).communication == solve(node(), zero_stage=2).communication


def test_sharding_within_nodes_keeps_replicas_and_spares_the_fabric():
    everywhere = solve(system(port="2 GB/s"), zero_stage=3, overlap=False)
    within = solve(system(port="2 GB/s"), zero_stage=3, shard_size=8, overlap=False)

    assert within.memory["optimizer"] == pytest.approx(4 * everywhere.memory["optimizer"])
    assert within.parts["data"] < everywhere.parts["data"]


def test_a_group_that_spans_nodes_uses_the_fabric():
    # Tensor parallelism fills the node: gradients of two nodes cross the fabric.
    slow = solve(system(nodes=2, port="1 GB/s"), tp_size=8, overlap=False)
    fast = solve(system(nodes=2, port="100 GB/s"), tp_size=8, overlap=False)

    assert slow.parts["data"] > 20 * fast.parts["data"]


def test_experts_are_dealt_out():
    whole = solve(node(), model=EXPERTS, batch_size=8)
    shared = solve(node(), model=EXPERTS, batch_size=8, ep_size=8)

    assert shared.memory["weights"] < whole.memory["weights"] / 2
    assert shared.parts["expert"] > 0.0 == whole.parts["expert"]


def test_busy_experts_hold_everyone_up():
    even = solve(node(), model=EXPERTS, batch_size=8, ep_size=8)
    uneven = solve(node(), model=EXPERTS, batch_size=8, ep_size=8, expert_imbalance=1.5)

    assert uneven.seconds > even.seconds


def test_interleaved_stages_hide_what_is_dealt_out():
    shared = {"model": EXPERTS, "batch_size": 64, "pp_size": 2, "ep_size": 16}
    slow = system(port="2 GB/s")
    one = solve(slow, **shared)
    two = solve(slow, v_stages=2, **shared)
    bare = solve(slow, v_stages=2, overlap=False, **shared)

    assert bare.parts["expert"] == pytest.approx(one.parts["expert"])
    # What is left of a micro-batch's dealing is what no multiplication of another one covers.
    assert 0.0 < two.parts["expert"] < bare.parts["expert"]
    assert two.parts["expert"] > bare.parts["expert"] - 1.01 * two.parts["compute"]


@pytest.mark.parametrize("topology", ["ring", "2D torus"])
def test_a_torus_deals_out_more_slowly(topology):
    def on(shape):
        fabric = FabricSpec(name="fabric", bandwidth="5 GB/s", topology=shape)
        return SystemSpec(name="s", node=node(2, ports=2), nodes=8, fabric=fabric)

    slow = solve(on(topology), model=EXPERTS, batch_size=64, ep_size=16)
    fast = solve(on("fat_tree"), model=EXPERTS, batch_size=64, ep_size=16)

    assert slow.parts["expert"] > fast.parts["expert"] * (1.5 if topology == "ring" else 1.2)


def test_offloading_trades_memory_for_time():
    here = solve(node(), zero_stage=2)
    there = solve(node(), zero_stage=2, offload_optimizer=True)

    assert there.memory["optimizer"] == 0.0
    assert there.parts["optimizer"] > here.parts["optimizer"]


def test_adapters_need_less_of_everything():
    full, adapters = solve(CHIP, batch_size=4), solve(CHIP, batch_size=4, lora_rank=16)

    assert adapters.memory["optimizer"] < full.memory["optimizer"] / 20
    assert 0.6 < adapters.seconds / full.seconds < 0.9
    assert 0.6 < adapters.flops / full.flops < 0.7  # no gradients of frozen weights: 4P, not 6P
    assert adapters.mfu <= adapters.hfu


def test_narrow_multiplications_are_faster_and_keep_wide_weights():
    wide = solve(CHIP, batch_size=8)
    narrow = DistributedModel().solve(MODEL, CHIP, 8, "fp8", seq_len=1024)

    assert narrow.seconds < wide.seconds
    assert narrow.memory["weights"] == wide.memory["weights"]


def test_narrow_multiplications_have_gradients_cast():
    # A layer reads and writes each gradient of an output: 3 h and h of attention, f and h of the
    # MLP, at two bytes and then at one, twice; of inputs, those of the two that no normalisation
    # wrote are read. h = 1024, f = 4096; at 2 TB/s, over 8 x 1024 tokens and 8 layers.
    tokens, hidden, ffn = 8 * 1024, 1024, 4096
    outputs, inputs, read = 5 * hidden + ffn, 3 * hidden + ffn, hidden + ffn
    moved = 8 * tokens * (4 * outputs + 2 * inputs + 2 * read)
    idle = CHIP.model_copy(update={"compute.peak": {"bf16": "1e9 TFLOP/s", "fp8": "1e9 TFLOP/s"}})

    def memory(precision):
        ideal = StackSpec(name="Ideal", launch="0 s", ideal=True)
        found = DistributedModel().solve(MODEL, idle, 8, precision, seq_len=1024, stack=ideal)
        return found.parts["memory"]

    assert memory("fp8") - memory("bf16") == pytest.approx(moved / 2e12, rel=1e-6)


def test_a_stack_says_how_it_sums_gradients_of_bf16():
    stack = BAREST.model_copy(update={"training.gradients": "fp32"})

    def held(precision, **asked):
        found = DistributedModel().solve(MODEL, node(), 8, precision, seq_len=1024, **asked)
        return found.memory["gradients"]

    assert held("bf16", stack=stack) == held("fp8", stack=stack) == 2.0 * held("bf16")
    assert held("fp16", stack=stack) == held("fp16")
    assert held("bf16", stack=stack, gradient_precision="bf16") == held("bf16")


@settings(deadline=None, max_examples=25)
@given(
    tp=st.sampled_from([1, 2, 4, 8]),
    pp=st.sampled_from([1, 2, 4]),
    zero=st.integers(0, 3),
    faster=st.floats(1.0, 10.0),
    overlap=st.booleans(),
)
def test_better_links_or_memory_are_never_slower(tp, pp, zero, faster, overlap):
    strategy = {"tp_size": tp, "pp_size": pp, "zero_stage": zero, "batch_size": 128}
    better = CHIP.model_copy(
        update={
            "link.bandwidth": f"{300 * faster} GB/s",
            "memory.bandwidth": f"{2 * faster} TB/s",
        }
    )
    before = solve(system(), overlap=overlap, **strategy)
    after = solve(system(port=f"{25 * faster} GB/s", chip=better), overlap=overlap, **strategy)
    hidden = solve(system(), overlap=True, **strategy)

    assert after.seconds <= before.seconds * (1 + 1e-9)
    assert hidden.seconds <= before.seconds * (1 + 1e-9)


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        ({"tp_size": 3}, "does not divide the 32 devices"),
        ({"tp_size": 32}, r"heads of M \(16\); these would: 1, 2, 4, 8, 16"),
        ({"pp_size": 16}, "any of the 8 layers of M; these would not: 1, 2, 3, 4, 5, 8"),
        ({"ep_size": 2}, "experts of M"),
        ({"batch_size": 33}, "33 does not divide among 32 data-parallel ranks; 32 or 64 would"),
        ({"batch_size": 64, "microbatch_count": 3}, "these would: 1, 2"),
        ({"v_stages": 2}, "needs pp_size"),
        ({"recompute": "ful"}, "did you mean full"),
        ({"overlap": "dta"}, "did you mean data"),
        ({"zero_stage": 4}, "zero_stage must be from 0 to 3"),
        ({"gradient_accumulation_steps": 2, "microbatch_count": 1}, "the same thing"),
    ],
)
def test_what_does_not_divide_is_refused(strategy, message):
    with pytest.raises(InputError, match=message):
        solve(system(), **strategy)


def test_integers_are_not_trained_in():
    with pytest.raises(InputError, match="no gradients"):
        DistributedModel().solve(MODEL, CHIP, 1, "int8")


def test_an_unknown_link_is_named():
    lonely = CHIP.model_copy(update={"link": None})

    with pytest.raises(MissingValueError, match="link_bandwidth"):
        solve(node(chip=lonely))


def test_what_does_not_fit_says_so_and_still_has_a_time():
    small = CHIP.model_copy(update={"memory.capacity": "2 GB"})
    result = solve(small, batch_size=4)

    assert not result.feasible
    assert result.parts["host"] > 0.0
    assert "do not fit" in str(result.explain())


def test_results_are_frozen_hashable_and_picklable():
    result = solve(system(), tp_size=4, pp_size=2)

    assert pickle.loads(pickle.dumps(result)) == result
    assert hash(result) == hash(solve(system(), tp_size=4, pp_size=2))
    assert result.step_latency.m_as("s") == result.seconds
    with pytest.raises(AttributeError):
        result.seconds = 1.0
