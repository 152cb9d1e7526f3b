"""Worked examples of pipelines: what they answer is what the solvers answer one by one."""

import pytest
from mlsysim import Engine, PerformanceProfile
from mlsysim.solvers import (
    CheckpointModel,
    DataModel,
    DistributedModel,
    EconomicsModel,
    ForwardModel,
    ServingModel,
    Stage,
    SustainabilityModel,
    stage,
    training_run,
)


def test_prefill_and_decode_make_a_request():
    @stage(takes={"first": "s", "each": "s"}, gives={"time": "s"})
    def request(first: float, each: float, tokens: int = 2) -> float:
        """Time of a whole request."""
        return first + (tokens - 1) * each

    prefill = Stage(ForwardModel, "prefill", phase="prefill")
    decode = Stage(ForwardModel, "decode", phase="decode")
    whole = (prefill | decode) >> request(first=prefill["latency"], each=decode["latency"])

    result = whole(model="Llama3_8B", hardware="H100", batch_size=8, seq_len=2048)

    served = ServingModel().solve("Llama3_8B", "H100", 2048, 8, output_len=2)
    assert result["request.time"].m_as("s") == pytest.approx(served.end_to_end_seconds, rel=1e-9)


def test_parallelism_checkpoints_and_carbon_make_a_run():
    layout = {"tp_size": 8, "pp_size": 4, "microbatch_count": 128}
    step = Stage(DistributedModel, "step", **layout)
    pause = Stage(CheckpointModel, "pause", storage_bandwidth="2 TB/s")
    run = Stage(training_run, "run", step=step, checkpoint_seconds=pause["pause_seconds"])
    carbon = Stage(
        *(SustainabilityModel, "carbon"),
        duration_days=run["seconds"],
        pue=1.1,
        network_power="200 W",
    )
    whole = (step | pause) >> run >> carbon
    asked = {"model": "Llama3_70B", "system": "Research_256"}

    result = whole.needs_only("model", "system", "batch_size", "items", "grid")(
        **asked, batch_size=1024, items=1e12, grid="Quebec"
    )

    one_step = DistributedModel().solve(**asked, batch_size=1024, **layout)
    one_pause = CheckpointModel().solve(**asked, storage_bandwidth="2 TB/s").pause_seconds
    days = training_run(one_step, 1e12, checkpoint_seconds=one_pause).seconds / 86400.0
    expected = SustainabilityModel().solve(
        "Research_256", days, pue=1.1, network_power="200 W", grid="Quebec"
    )
    assert result["carbon"].operational_grams == pytest.approx(
        expected.operational_grams, rel=1e-12
    )


def test_late_data_make_a_run_longer_and_dearer():
    @stage(takes={"each": "s", "size": "byte"}, gives={"rate": "byte/s"})
    def reading(each: float, size: float) -> float:
        """What one device reads in a second."""
        return size / each

    @stage(gives={"factor": ""})
    def waiting(share: float) -> float:
        """Times that a step takes longer because data are late."""
        return 1 / share

    step = Stage(DistributedModel, "step")
    rate = reading(each=step["device_seconds_per_item"], size=110e3)
    data = Stage(DataModel, "data", workload_data_rate=rate["rate"], hardware="A100", devices=8)
    late = waiting(share=data["device_utilization"])
    run = Stage(training_run, "run", step=step, straggler_factor=late["factor"])
    cost = Stage(
        *(EconomicsModel, "cost"),
        duration_days=run["seconds"],
        pue=1.1,
        node_price="150000 USD",
    )
    whole = step >> rate >> data >> late >> run >> cost
    asked = {"model": "ResNet50", "system": "DGX_A100", "batch_size": 2048, "items": 1e8}

    slow, fast = (whole(**asked, storage=name) for name in ("NVMe_Gen3", "Lustre"))

    # 110 kB for each sample, of which the store gives 3.5 GB in a second
    samples = slow["step"].items_per_second
    assert slow["waiting.factor"] == pytest.approx(samples * 110e3 / 3.5e9, rel=1e-9)
    assert fast["waiting.factor"] == 1.0
    assert slow["cost"].capex_usd / fast["cost"].capex_usd == pytest.approx(
        slow["run"].seconds / fast["run"].seconds, rel=1e-12
    )


def test_a_solver_of_ones_own_is_a_stage():
    class Cautious(ForwardModel):
        """One pass with half of the device."""

        def solve(self, model, hardware, batch_size=1) -> PerformanceProfile:
            return Engine.solve(model, hardware, batch_size, efficiency=0.5)

    result = (Stage(Cautious) | Stage(ForwardModel, phase="prefill"))(
        model="Llama3_8B", hardware="H100"
    )

    assert result["cautious"] == Engine.solve("Llama3_8B", "H100", efficiency=0.5)
