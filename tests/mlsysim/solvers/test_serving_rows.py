"""Rows of served requests: every one gets a number or a reason."""

import json

import pytest
from mlsysim_core import MLSysimError
from mlsysim_solvers.validation.tasks._serving import predict

LLAMA = json.dumps(
    {
        "type": "decoder", "layers": 32, "hidden": 4096, "heads": 32, "kv_heads": 8,
        "ffn": 14336, "vocab": 128256, "gated_mlp": True,
    }
)  # fmt: skip
EXPERTS = json.dumps(
    {
        "type": "decoder", "layers": 36, "hidden": 2880, "heads": 64, "kv_heads": 8,
        "head_dim": 64, "ffn": 2880, "vocab": 201088, "gated_mlp": True,
        "moe": {"experts": 128, "topk": 4, "expert_ffn": 2880},
    }
)  # fmt: skip
ROW = {
    "id": "1", "source": "s", "task": "serve", "model": "Llama-3.1-8B", "architecture": LLAMA,
    "hardware": "h100_sxm", "devices": "1", "tp": "1", "weight_precision": "bf16",
    "input_len": "1024", "output_len": "128", "concurrency": "16", "stack": "vllm 0.12.0",
    "metric": "tpot_s", "value": "0.01", "notes": "",
}  # fmt: skip


def row(**changes):
    return ROW | changes


def test_a_closed_loop_keeps_littles_law():
    found = predict(row())

    # 16 clients: requests in a second times the time of one.
    assert found["samples_per_s"] * found["latency_s"] == pytest.approx(16, rel=0.1)
    assert found["tokens_per_s"] == pytest.approx(128 * found["samples_per_s"])
    assert found["energy_j"] == pytest.approx(found["power_w"] / found["tokens_per_s"])


def test_more_clients_wait_longer_and_get_more_done():
    few, many = predict(row(concurrency="4")), predict(row(concurrency="64"))

    assert few["tpot_s"] < many["tpot_s"]
    assert few["ttft_s"] < many["ttft_s"]
    assert few["tokens_per_s"] < many["tokens_per_s"]


def test_an_engine_whose_prompts_go_first_delays_the_first_token_and_not_the_others():
    mixed = predict(row(stack="vllm 0.12.0", concurrency="64"))
    first = predict(row(stack="sglang 0.5.9", concurrency="64"))

    assert first["ttft_s"] > mixed["ttft_s"]
    assert first["tpot_s"] < mixed["tpot_s"]


def test_a_static_batch_is_a_prompt_and_its_tokens():
    found = predict(row(task="generate", batch="8", concurrency="", metric="latency_s"))

    assert found["latency_s"] == pytest.approx(found["ttft_s"] + 127 * found["tpot_s"])
    assert found["tokens_per_s"] == pytest.approx(8 * 128 / found["latency_s"])


def test_a_batch_that_exceeds_the_memory_is_served_in_waves():
    lengths = {"task": "generate", "input_len": "2048", "output_len": "2048", "concurrency": ""}
    fits, waves = (predict(row(batch=batch, **lengths)) for batch in ("64", "512"))

    assert waves["latency_s"] > 5.0 * fits["latency_s"]


def test_four_bits_are_for_experts_only():
    narrow = row(model="gpt-oss-120b", architecture=EXPERTS, weight_precision="mxfp4")
    wide = row(
        model="gpt-oss-120b", architecture=EXPERTS, weight_precision="bf16", devices="4", tp="4"
    )

    assert predict(narrow)["tpot_s"] > 0.0
    assert predict(wide)["tpot_s"] > 0.0


def test_beams_are_sequences_that_share_a_prompt():
    one, four = (predict(row(shape=json.dumps({"beams": count}))) for count in (1, 4))
    apart = predict(row(concurrency="64"))

    assert one["tpot_s"] < four["tpot_s"] < apart["tpot_s"]
    assert four["ttft_s"] < apart["ttft_s"]
    # Dearer than one sequence for each request, cheaper than four requests.
    assert apart["samples_per_s"] / 4 < four["samples_per_s"] < one["samples_per_s"]
    with pytest.raises(MLSysimError, match="beams must be a whole number from 1 up"):
        predict(row(shape='{"beams": 0}'))


def test_a_first_token_comes_with_the_others_of_its_message():
    alone, grouped = (
        predict(row(shape=json.dumps({"stream_interval": count}))) for count in (1, 20)
    )

    assert grouped["ttft_s"] == pytest.approx(alone["ttft_s"] + 19 * alone["tpot_s"], rel=1e-9)
    assert grouped["latency_s"] == alone["latency_s"]
    assert grouped["ttft_s"] + 127 * grouped["tpot_s"] == pytest.approx(alone["latency_s"])


def test_a_data_set_tells_what_is_written():
    told = {"output_len": "", "shape": '{"dataset": "CNN/DailyMail, mean input ~ 1k tokens"}'}
    stated = {"output_len": "68", "input_len": "1000", "shape": '{"spread": 0.1}'}

    assert predict(row(**told, input_len="")) == predict(row(**stated))
    with pytest.raises(MLSysimError, match="one of the data sets openorca"):
        predict(row(output_len="", shape='{"dataset": "somebody else\'s"}'))


@pytest.mark.parametrize(
    "changes",
    [
        {"output_len": ""},
        {"hardware": "no such device"},
        {"weight_precision": "int3.7"},
        {"input_len": "100000", "output_len": "600000"},
        {"tp": "3"},
    ],
)
def test_what_cannot_be_predicted_has_a_reason(changes):
    with pytest.raises(MLSysimError) as caught:
        predict(row(**changes))

    assert len(str(caught.value)) > 10
