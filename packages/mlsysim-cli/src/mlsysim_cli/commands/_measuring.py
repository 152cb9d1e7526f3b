"""The commands that compare with measurements: what they take."""

from pathlib import Path
from typing import Annotated

import typer

from .._flags import FLAGS
from ..output._form import Format, form_of
from . import _completion as completion
from . import _options as options
from . import _serving_options as serving

__all__ = ["register"]

_VALIDATE = """\b
Examples:
  mlsysim validate measurements.csv
  mlsysim validate mine.csv --task decode --by hardware --rows predictions.csv
  mlsysim validate mine.csv -o json > report.json

\b
Exit status: 0 a report, 1 bad input or not one row that could be predicted.
`mlsysim schema measurements` describes the file, `mlsysim schema report` the JSON.
"""

_CALIBRATE = """\b
Examples:
  mlsysim calibrate mine.csv --hardware H100 --stack VLLM -o mine.toml
  mlsysim eval Llama3_8B H100_calibrated --stack VLLM_calibrated --registry mine.toml

\b
Exit status: 0 numbers, 1 bad input or too few rows.
"""

Groupings = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="hardware|stack",
        help="Tell errors by this, too.",
        autocompletion=completion.each(completion.any_of("hardware", "stack")),
    ),
]
RowsFile = Annotated[
    Path | None,
    typer.Option("--rows", metavar="OUT.csv", help="Write every row with its prediction there."),
]
Device = Annotated[
    str | None,
    typer.Option(
        "--hardware",
        metavar="NAME",
        help="Only rows of this device; fit its numbers.",
        autocompletion=completion.hardware,
    ),
]
Software = Annotated[
    str | None,
    typer.Option(
        "--stack",
        metavar="NAME",
        help="Only rows of this software; fit its numbers, too.",
        autocompletion=completion.stack,
    ),
]
Profile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="OUT.toml",
        help="Write the fitted entries there; --registry takes them.",
    ),
]
FormOrProfile = Annotated[
    str | None,
    typer.Option(
        *FLAGS["output"],
        parser=lambda text: text if text.endswith(".toml") else options.read_form(text),
        metavar="table|json|markdown|csv|OUT.toml",
        autocompletion=completion.any_of(*Format),
        help="Form of the answer, or the same as --profile OUT.toml. [default: table]",
    ),
]
Name = Annotated[
    str,
    typer.Option("--suffix", metavar="WORD", help="What the names of the fitted entries end in."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""

    @app.command("validate", epilog=_VALIDATE)
    def _validate(
        context: typer.Context,
        file: serving.Measurements,
        task: serving.Tasks = None,
        by: Groupings = None,
        rows: RowsFile = None,
        output: options.Output = None,
    ) -> int:
        """Compare predictions with the measurements in FILE.csv."""
        from ..answers._validate import answer  # noqa: PLC0415

        return answer(file, _words(task), _words(by) or (), rows, form_of(context, output))

    @app.command("calibrate", epilog=_CALIBRATE)
    def _calibrate(
        context: typer.Context,
        file: serving.Measurements,
        hardware: Device = None,
        stack: Software = None,
        task: serving.Tasks = None,
        profile: Profile = None,
        suffix: Name = "calibrated",
        output: FormOrProfile = None,
    ) -> int:
        """Fit the few numbers of a device and a stack to your own runs in FILE.csv."""
        from ..answers._calibrate import answer  # noqa: PLC0415

        if output and output.endswith(".toml"):
            profile, output = Path(output), None
        settings = (hardware, stack, _words(task), suffix)
        return answer(file, *settings, profile, form_of(context, output))


def _words(given: list[str] | None) -> tuple[str, ...] | None:
    """Part what was given by commas, as people do."""
    words = [word.strip() for text in given or () for word in text.split(",")]
    return tuple(word for word in words if word) or None
