"""The commands: what they take. What they do is imported when one of them runs."""

from typing import Annotated, Any

import typer

from . import _options as options
from ._flags import FLAGS, Request
from ._form import form_of
from ._group import Group
from ._measured import register
from ._optimizing import register as register_optimize
from ._serving import register as register_serve
from ._sweeping import register as register_sweep
from ._terminal import write
from ._training import register as register_train

__all__ = ["app"]

_STATUSES = """\b
Exit status: 0 an answer, 1 bad input, 2 it does not fit in memory,
3 a constraint is violated.
"""

_EXAMPLES = (
    """\b
Examples:
  mlsysim eval Llama3_8B H100 --batch-size 32
  mlsysim eval Llama3_70B H100 -p int4 -o json
  mlsysim zoo hardware --sort memory --reverse

"""
    + _STATUSES
)

_EVAL = (
    """\b
Examples:
  mlsysim eval Llama3_8B H100 --batch-size 32
  mlsysim eval Llama3_8B H100 --phase prefill --seq-len 8192
  mlsysim eval Llama3_8B H100 -b 64 --max-latency "20 ms"
  mlsysim eval ResNet50 A100 --training -b 256 -o json
  mlsysim eval KeywordSpotting
  mlsysim eval mymodel mychip --registry ./mine

"""
    + _STATUSES
)

_EXPLAIN = (
    """\b
Examples:
  mlsysim explain Llama3_8B H100 --batch-size 32
  mlsysim explain Llama3_8B H100 -o csv > operators.csv

"""
    + _STATUSES
)

_ZOO = """\b
Examples:
  mlsysim zoo
  mlsysim zoo hardware --sort bandwidth --reverse
  mlsysim zoo models --search llama --sort parameters
  mlsysim zoo hardware H100 --sources
"""

_AUDIT = """\b
Examples:
  mlsysim audit
  mlsysim audit hardware --issue recalled
  mlsysim audit hardware H100
"""

_SCHEMA = """\b
Examples:
  mlsysim schema hardware > hardware.schema.json
  mlsysim schema result
"""

app = typer.Typer(
    name="mlsysim",
    cls=Group,
    rich_markup_mode=None,  # rich would take longer to import than most answers take
    pretty_exceptions_enable=False,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    output: options.Output = None,  # noqa: ARG001  # a command looks for it here
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True)
    ] = False,
) -> None:
    """Predict the speed, size and cost of models on machines."""
    if version:
        from ._version import version as installed  # noqa: PLC0415

        raise typer.Exit(write(f"mlsysim {installed()}\n"))
    if context.invoked_subcommand is None:
        raise typer.Exit(write(context.get_help() + "\n"))


@app.command("eval", epilog=_EVAL)
def _eval(
    context: typer.Context,
    model: options.ModelOrScenario,
    hardware: options.HardwareOrNone = None,
    batch_size: options.BatchSize = 1,
    precision: options.Precision = "fp16",
    efficiency: options.Efficiency = None,
    seq_len: options.SeqLen = None,
    phase: options.Phase = None,
    kv_precision: options.KvPrecision = None,
    stack: options.Stack = None,
    is_training: options.Training = False,
    recompute: options.Recompute = None,
    optimizer: options.Optimizer = None,
    max_latency: options.MaxLatency = None,
    min_throughput: options.MinThroughput = None,
    max_memory: options.MaxMemory = None,
    max_power: options.MaxPower = None,
    max_energy: options.MaxEnergy = None,
    min_mfu: options.MinMfu = None,
    by_operator: Annotated[
        bool, typer.Option(*FLAGS["by_operator"], help="Show the time of each operator, too.")
    ] = False,
    output: options.Output = None,
) -> int:
    """Predict one pass of MODEL on HARDWARE, or hold a scenario against its limits."""
    given = {name: value for name, value in locals().items() if name in FLAGS}
    if hardware is None:  # what nobody said is the scenario's to choose
        given = {
            name: value
            for name, value in given.items()
            if name == "output" or "DEFAULT" not in str(context.get_parameter_source(name))
        }
    return _answer(context, model, hardware, given)


@app.command("explain", epilog=_EXPLAIN)
def _explain(
    context: typer.Context,
    model: options.Model,
    hardware: options.Hardware,
    batch_size: options.BatchSize = 1,
    precision: options.Precision = "fp16",
    efficiency: options.Efficiency = None,
    seq_len: options.SeqLen = None,
    phase: options.Phase = None,
    kv_precision: options.KvPrecision = None,
    stack: options.Stack = None,
    is_training: options.Training = False,
    recompute: options.Recompute = None,
    optimizer: options.Optimizer = None,
    output: options.Output = None,
) -> int:
    """Show where the time of a pass goes, operator by operator."""
    given = {name: value for name, value in locals().items() if name in FLAGS}
    return _answer(context, model, hardware, {**given, "by_operator": True})


def _answer(context: typer.Context, model: str, hardware: str | None, given: dict[str, Any]) -> int:
    from ._eval import answer  # noqa: PLC0415

    form = form_of(context, given.pop("output"))
    return answer(Request.of(model, hardware, given, form))


@app.command("zoo", epilog=_ZOO)
def _zoo(
    context: typer.Context,
    category: Annotated[
        str | None,
        typer.Argument(
            metavar="[LIST]",
            help="hardware, models, scenarios, systems, ...; `mlsysim zoo` lists the lists.",
            autocompletion=options.complete_category,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="One entry, shown in full.",
            autocompletion=options.complete_entry,
        ),
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Only entries with these words.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", metavar="NAME", help="Only one group, such as Cloud or Language."),
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", metavar="COLUMN", help="Column to sort by.")
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Largest first.")] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Of one entry: where each value is from.")
    ] = False,
    output: options.Output = None,
) -> int:
    """List hardware, models, scenarios and systems, or show one entry."""
    from ._zoo import one_entry, overview, table  # noqa: PLC0415

    form = form_of(context, output)
    if sources and name is None:
        raise typer.BadParameter("name an entry to see its sources: mlsysim zoo hardware H100 ...")
    if category is None:
        if search or group or sort or reverse:
            raise typer.BadParameter("name a list to search or sort: mlsysim zoo hardware ...")
        return overview(form)
    if name is None:
        return table(category, form, search=search, group=group, sort=sort, reverse=reverse)
    return one_entry(category, name, form, sources=sources)


@app.command("audit", epilog=_AUDIT)
def _audit(
    context: typer.Context,
    category: Annotated[
        str | None,
        typer.Argument(
            metavar="[LIST]",
            help="hardware, models, ...; everything if not given.",
            autocompletion=options.complete_category,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="One entry, value by value.",
            autocompletion=options.complete_entry,
        ),
    ] = None,
    issue: Annotated[
        str | None,
        typer.Option(
            "--issue",
            metavar="ISSUE",
            help="recalled, single source, no source, contradiction, stale price, undated price.",
        ),
    ] = None,
    output: options.Output = None,
) -> int:
    """List values that rest on memory or on one source, contradictions, and stale prices."""
    from ._audit import listing  # noqa: PLC0415

    return listing(category, name, issue, form_of(context, output))


@app.command("schema", epilog=_SCHEMA)
def _schema(
    context: typer.Context,
    kind: options.SchemaKind,
    output: options.Output = None,
) -> int:
    """Print a JSON Schema: of a description, or of an answer."""
    from ._schema import schema  # noqa: PLC0415

    return schema(kind, form_of(context, output))


register(app)
register_sweep(app)
register_serve(app)
register_train(app)
register_optimize(app)
