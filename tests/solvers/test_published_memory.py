"""Memory that others have published for whole models, in bytes, within five percent."""

import pytest
from mlsysim_core import HardwareSpec, ModelSpec, SystemSpec
from mlsysim_core.specs import FabricSpec, NodeSpec
from mlsysim_solvers import DistributedModel

CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "125 TFLOP/s"}},
    memory={"capacity": "32 GB", "bandwidth": "900 GB/s"},
    link={"bandwidth": "150 GB/s"},
    host_link={"bandwidth": "16 GB/s"},
)


def gpt(layers, hidden, heads):
    return ModelSpec(
        name="GPT",
        architecture={
            "kind": "decoder",
            "layers": layers,
            "hidden": hidden,
            "heads": heads,
            "ffn": 4 * hidden,
            "vocab": 50257,
            "gated_mlp": False,
            "tied_embeddings": True,
        },
    )


@pytest.mark.parametrize(("stage", "gigabytes"), [(0, 120.0), (1, 31.4), (2, 16.6), (3, 1.9)])
def test_states_of_zero(stage, gigabytes):
    # Rajbhandari et al., 2020 (arXiv:1910.02054), figure 1: 7.5 B parameters on 64 devices.
    node = NodeSpec(name="node", accelerator=CHIP, accelerators=16, ports=8)
    fabric = FabricSpec(name="fabric", bandwidth="12.5 GB/s")
    system = SystemSpec(name="system", node=node, nodes=4, fabric=fabric)

    held = (
        DistributedModel()
        .solve(gpt(36, 4096, 32), system, 64, "fp16", seq_len=1024, zero_stage=stage)
        .memory
    )

    states = held["weights"] + held["gradients"] + held["optimizer"]
    assert states == pytest.approx(gigabytes * 1e9, rel=0.05)


def test_checkpoints_of_mt_nlg():
    # Smith et al., 2022 (arXiv:2201.11990), sec. 2.1: one tensor kept for each layer of 530 B
    # parameters takes 16.9 TB at a batch of 1,920.
    held = (
        DistributedModel()
        .solve(gpt(105, 20480, 128), CHIP, 1, "fp16", seq_len=2048, recompute="full")
        .memory
    )

    assert 1920 * held["activations"] == pytest.approx(16.9e12, rel=0.05)


@pytest.mark.parametrize(
    ("layers", "hidden", "heads", "saved"), [(96, 12288, 96, 0.70), (105, 20480, 128, 0.65)]
)
def test_what_selective_recomputation_saves(layers, hidden, heads, saved):
    # Korthikanti et al., 2022 (arXiv:2205.05198), sec. 5: of GPT-3's and of MT-NLG's activations.
    def kept(recompute):
        asked = {"recompute": recompute, "flash_attention": False, "dropout": True}
        model = gpt(layers, hidden, heads)
        return (
            DistributedModel()
            .solve(model, CHIP, 1, "fp16", seq_len=2048, **asked)
            .memory["activations"]
        )

    assert 1.0 - kept("selective") / kept("none") == pytest.approx(saved, rel=0.05)
