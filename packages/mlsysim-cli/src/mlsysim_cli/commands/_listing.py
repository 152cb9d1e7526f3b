"""The commands that show what the registries have, and what descriptions look like."""

from typing import Annotated

import typer

from ..output._form import form_of
from . import _completion as completion
from . import _options as options

__all__ = ["register"]

_ZOO = """\b
Examples:
  mlsysim zoo
  mlsysim zoo hardware --sort bandwidth --reverse
  mlsysim zoo models --search llama --sort parameters
  mlsysim zoo hardware H100 --sources
  mlsysim zoo --search h100

Exit status: 0 entries, 1 bad input, or nothing that has the words.
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
  mlsysim schema entries > entries.schema.json
  mlsysim schema result
"""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("zoo", epilog=_ZOO)(_zoo)
    app.command("audit", epilog=_AUDIT)(_audit)
    app.command("schema", epilog=_SCHEMA)(_schema)


def _zoo(
    context: typer.Context,
    category: Annotated[
        str | None,
        typer.Argument(
            metavar="[LIST]",
            help="hardware, models, scenarios, systems, ...; `mlsysim zoo` lists the lists.",
            autocompletion=completion.category,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="One entry, shown in full.",
            autocompletion=completion.entry,
        ),
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Only entries with these words.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            metavar="NAME",
            help="Only one group, such as Cloud or Language.",
            autocompletion=completion.group,
        ),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort", metavar="COLUMN", help="Column to sort by.", autocompletion=completion.column
        ),
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Largest first.")] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Of one entry: where each value is from.")
    ] = False,
    output: options.Output = None,
) -> int:
    """List hardware, models, scenarios and systems, or show one entry."""
    from ..answers._zoo import overview, search_all, table  # noqa: PLC0415
    from ..answers._zoo_entry import one_entry  # noqa: PLC0415

    form = form_of(context, output)
    if sources and name is None:
        line = "mlsysim zoo hardware H100 --sources"
        raise typer.BadParameter(f"name an entry to see its sources: {line}")
    if category is None:
        if group or sort or reverse:
            line = "mlsysim zoo hardware"
            raise typer.BadParameter(f"name a list to sort or to take a group of: {line}")
        return overview(form) if search is None else search_all(search, form)
    if name is None:
        return table(category, form, search=search, group=group, sort=sort, reverse=reverse)
    return one_entry(category, name, form, sources=sources)


def _audit(
    context: typer.Context,
    category: Annotated[
        str | None,
        typer.Argument(
            metavar="[LIST]",
            help="hardware, models, ...; everything if not given.",
            autocompletion=completion.category,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="One entry, value by value.",
            autocompletion=completion.entry,
        ),
    ] = None,
    issue: Annotated[
        str | None,
        typer.Option(
            "--issue",
            metavar="ISSUE",
            help="recalled, single source, no source, contradiction, stale price, undated price.",
            autocompletion=completion.issue,
        ),
    ] = None,
    output: options.Output = None,
) -> int:
    """List values that rest on memory or on one source, contradictions, and stale prices."""
    from ..answers._audit import listing  # noqa: PLC0415

    return listing(category, name, issue, form_of(context, output))


def _schema(
    context: typer.Context,
    kind: options.SchemaKind,
    output: options.Output = None,
) -> int:
    """Print a JSON Schema: of a description, or of an answer."""
    from ..answers._schema import schema  # noqa: PLC0415

    return schema(kind, form_of(context, output))
