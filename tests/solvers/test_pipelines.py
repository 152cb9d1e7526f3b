"""Pipelines: what goes where, and what is refused before anything runs."""

import pytest
from mlsysim_core import Engine, InputError, InputTypeError, MissingValueError
from mlsysim_core.solver import Solver
from mlsysim_core.units import Quantity, ureg
from mlsysim_solvers import (
    DistributedModel,
    EconomicsModel,
    ForwardModel,
    Pipeline,
    ReliabilityModel,
    ServingCapacityModel,
    Stage,
    SustainabilityModel,
    TailLatencyModel,
    stage,
    training_run,
)
from mlsysim_solvers.pipelines._ports import dimension

from .plans import PLAN


@pytest.fixture(scope="module")
def specs():
    """Make a model and a device that no registry has."""
    from mlsysim_solvers import Plan

    plan = Plan.parse(PLAN)
    return {"model": plan.model, "hardware": plan.hardware}


@stage(takes={"first": "s", "each": "ms"}, gives={"time": "s", "text": str, "long": bool})
def request(first: float, each: float, tokens: int = 11) -> dict:
    """Time of a whole request."""
    return {"time": first + (tokens - 1) * each / 1e3, "text": "x", "long": tokens > 100}


def pair():
    prefill = Stage(ForwardModel, "prefill", phase="prefill")
    decode = Stage(ForwardModel, "decode", phase="decode")
    whole = request(first=prefill["latency"], each=decode["seconds"])
    return prefill, decode, whole


def test_stages_answer_what_their_solvers_answer(specs):
    prefill, decode, whole = pair()

    result = ((prefill | decode) >> whole)(**specs, batch_size=4, seq_len=128)

    asked = {"batch_size": 4, "seq_len": 128}
    assert result["prefill"] == Engine.solve(**specs, **asked, phase="prefill")
    assert result["decode"] == Engine.solve(**specs, **asked, phase="decode")


def test_values_arrive_in_the_units_that_are_asked_for(specs):
    prefill, decode, whole = pair()

    result = ((prefill | decode) >> whole)(**specs, tokens=11)

    expected = result["prefill"].seconds + 10 * result["decode"].seconds
    assert result["request.time"].m_as("s") == pytest.approx(expected, rel=1e-12)
    assert result["request.text"] == "x"
    assert result["request.long"] is False


def test_a_quantity_is_given_as_a_quantity():
    @stage(gives={"delay": "min"})
    def source() -> float:
        return 2.0

    @stage(takes={"wait": "s"}, gives={"same": "s"})
    def sink(wait: Quantity) -> Quantity:
        return wait

    first = source()

    result = (first >> sink(wait=first["delay"]))()

    assert result["sink.same"] == ureg.Quantity(120.0, "s")


def test_whole_answers_and_days_go_into_what_takes_them(specs):
    step = Stage(DistributedModel, "step", system=specs["hardware"])
    run = Stage(training_run, "run", step=step, items=1e9)
    carbon = Stage(
        *(SustainabilityModel, "carbon"),
        system=specs["hardware"],
        duration_days=run["seconds"],
        pue=1.0,
    )

    result = (step >> run >> carbon)(model=specs["model"], precision="fp16")

    assert result["run"] == training_run(result["step"], 1e9)
    assert result["carbon"].seconds == pytest.approx(result["run"].seconds, rel=1e-12)


def test_every_solver_is_a_stage_with_units_that_exist():
    import mlsysim_solvers

    solvers = [
        one
        for name in mlsysim_solvers.__all__
        if isinstance(one := getattr(mlsysim_solvers, name), type) and issubclass(one, Solver)
    ]

    assert len(solvers) > 20
    for one in solvers:
        made = Stage(one)
        assert made.gives
        for name, port in {**made.takes, **made.gives}.items():
            dimension(made.name, name, port.unit)
            assert not (port.quantity and not port.unit), (made, name)


def test_a_pipeline_is_put_together_in_any_order():
    a, b, c, d = (Stage(ForwardModel, name) for name in "abcd")

    left, right = ((a >> b) | (a >> c)) >> d, a >> (b | c) >> d

    assert left.stages == right.stages == (a, b, c, d)
    assert left.explain() == right.explain()


def test_the_order_is_said():
    a, b = Stage(ForwardModel, "a"), Stage(TailLatencyModel, "b")
    ready = Stage(TailLatencyModel, "c", service_latency_ms=a["latency"])

    text = (a >> ready >> b).explain()

    assert "c, after a: " in text
    assert "service_latency_ms <- a.latency [s, taken in ms]" in text
    assert "asked of the pipeline: arrival_rate_qps" in text


def test_a_mistake_when_it_runs_names_its_stage(specs):
    alone = Pipeline(Stage(SustainabilityModel, "carbon"))

    with pytest.raises(MissingValueError) as found:
        alone(system=specs["hardware"], duration_days=3.0)

    assert found.value.__notes__ == ["in stage carbon of a pipeline"]


PREFILL, DECODE, WHOLE = pair()
STEP = Stage(DistributedModel, "step")
RUN = Stage(training_run, "run", step=STEP)
CARBON = Stage(SustainabilityModel, "carbon", duration_days=RUN["seconds"])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Stage(ForwardModel, "a", modle="x"),
            "stage a takes no modle; did you mean model?",
        ),
        (lambda: STEP["secnds"], "step gives no secnds; did you mean seconds?"),
        (
            lambda: Stage(SustainabilityModel, "carbon", duration_days=STEP["throughput"]),
            (
                "stage carbon needs duration_days, a number of day; step.throughput is a quantity "
                "in 1 / s; step gives such as seconds, step_latency"
            ),
        ),
        (
            lambda: Stage(ReliabilityModel, duration_days=STEP["model"]),
            "stage reliability needs duration_days, a number of day; step.model is a text",
        ),
        (
            lambda: Stage(ReliabilityModel, duration_days=STEP["mfu"]),
            "a number of day; step.mfu is a number without a unit",
        ),
        (
            lambda: Stage(training_run, "run", step=PREFILL),
            "stage run needs step, a DistributedResult; prefill is a PerformanceProfile",
        ),
        (
            lambda: PREFILL >> Stage(ForwardModel, "prefill"),
            (
                "two stages are called prefill, and so would be what they give: name one of them, "
                "such as Stage(ForwardModel, 'second_prefill')"
            ),
        ),
        (
            lambda: RUN >> STEP,
            "stage run needs step from step, which does not come before it: write step >> run",
        ),
        (lambda: STEP | RUN, "stage run needs step from step, which does not come before it"),
        (
            lambda: Stage(ServingCapacityModel, "capacity") | Stage(EconomicsModel, "cost"),
            (
                "hourly_price is a quantity in USD/hour to stage cost, and a number of USD / h to "
                "stage capacity: give one of them its own, such as Stage(..., hourly_price=...)"
            ),
        ),
        (
            lambda: (STEP >> Stage(SustainabilityModel, "carbon")).needs_only("model", "system"),
            (
                "stage carbon needs duration_days, a number of day, which nobody gives; it could "
                "take step.seconds, step.step_latency"
            ),
        ),
        (
            lambda: (STEP >> CARBON).needs_only("model", "system"),
            (
                "stage carbon needs duration_days from run.seconds, which is no part of the "
                "pipeline: write run >> carbon"
            ),
        ),
        (
            lambda: (STEP >> RUN).needs_only("model", "systm"),
            "no stage of the pipeline asks for systm; did you mean system?",
        ),
        (
            lambda: (STEP >> RUN)(model="m", batchsize=3),
            "no stage of the pipeline asks for batchsize; did you mean batch_size",
        ),
        (
            lambda: (STEP >> RUN)(model="m"),
            "stage step needs system, a HardwareSpec or NodeSpec or SystemSpec or text, which",
        ),
        (
            lambda: (STEP >> RUN).needs_only("model", "system", "items")(zero_stage=1),
            "no stage of the pipeline asks for zero_stage",
        ),
        (lambda: Stage(len), "a stage is made of a solver or a function, got <built-in"),
        (lambda: Stage(ForwardModel, "two words"), "a stage's name is a word"),
        (lambda: Stage(pair), "stage pair: say what it gives, as gives={'time': 's'}"),
        (lambda: Stage(pair, gives={"a": "foo"}), "a has a unit that nobody knows: 'foo'"),
        (lambda: Stage(pair, gives={"a": 3}), "say its unit (empty if it has none), or str, or"),
        (lambda: Stage(ForwardModel, gives={"a": "s"}), "says itself what it gives"),
        (lambda: STEP >> "run", "a pipeline is made of stages, got 'run'"),
    ],
)
def test_what_does_not_go_together_is_refused_at_once(make, message):
    with pytest.raises((InputError, InputTypeError)) as found:
        make()

    assert message in str(found.value).replace("InputError: ", "")


@pytest.mark.parametrize("wrong", [{"time": 1.0}, {"time": 1.0, "text": "", "lung": True}, 3.0])
def test_a_function_must_give_what_it_said(wrong):
    made = Stage(lambda: wrong, "made", gives={"time": "s", "text": str, "long": bool})

    with pytest.raises(InputError, match="stage made should give time, text, long, and gave"):
        Pipeline(made)()


def test_what_a_result_does_not_have_is_named(specs):
    prefill, decode, whole = pair()
    result = ((prefill | decode) >> whole)(**specs)

    with pytest.raises(InputError, match="no stage is called 'prefil'; did you mean prefill"):
        result["prefil"]
    with pytest.raises(InputError, match="stage prefill gives no latncy; did you mean latency"):
        result["prefill.latncy"]
    assert "prefill: " in result.explain()
    assert repr(result) == "<PipelineResult of prefill, decode, request>"
