"""Activations kept for the backward pass: the formulas of Korthikanti et al., 2022.

https://arxiv.org/abs/2205.05198, table 2; s, b, h, a, t as there, 16-bit activations.
"""

import pytest
from mlsysim_core import HardwareSpec, ModelSpec
from mlsysim_core.specs import NodeSpec
from mlsysim_solvers import DistributedModel

CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "300 TFLOP/s"}},
    memory={"capacity": "80 GB", "bandwidth": "2 TB/s"},
    link={"bandwidth": "300 GB/s"},
)
S, B, H, A, LAYERS, T = 2048, 4, 6144, 64, 48, 8
SBH = S * B * H
SQUARE = 5 * A * S / H


def kept(recompute, tensor, *, sequence):
    """Bytes that each of the layers keeps."""
    model = ModelSpec(
        name="22B",
        architecture={
            "kind": "decoder",
            "layers": LAYERS,
            "hidden": H,
            "heads": A,
            "ffn": 4 * H,
            "vocab": 51200,
            "gated_mlp": False,
            "tied_embeddings": True,
        },
    )
    on = NodeSpec(name="node", accelerator=CHIP, accelerators=tensor) if tensor > 1 else CHIP
    result = DistributedModel().solve(
        model,
        on,
        B,
        "fp16",
        seq_len=S,
        tp_size=tensor,
        sequence_parallel=sequence,
        recompute=recompute,
        flash_attention=False,
        dropout=True,
    )
    return result.memory["activations"] / LAYERS


@pytest.mark.parametrize(
    ("recompute", "tensor", "sequence", "expected"),
    [
        ("none", 1, False, SBH * (34 + SQUARE)),
        ("none", T, False, SBH * (10 + 24 / T + SQUARE / T)),
        ("none", T, True, SBH * (34 / T + SQUARE / T)),
        ("selective", T, False, SBH * (10 + 24 / T)),
        ("selective", T, True, SBH * 34 / T),
        ("full", 1, False, SBH * 2),
    ],
)
def test_a_layer_keeps_what_the_paper_says(recompute, tensor, sequence, expected):
    assert kept(recompute, tensor, sequence=sequence) == pytest.approx(expected, rel=1e-12)
