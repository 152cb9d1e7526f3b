"""The command that tells why predictions differ: what it takes."""

import typer

from ..output._form import form_of
from . import _options as options
from . import _several as several

__all__ = ["register"]

_COMPARE = """\b
Examples:
  mlsysim compare Llama3_8B H100 B200 --batch-size 32
  mlsysim compare Llama3_8B,Mixtral_8x7B H100
  mlsysim compare Llama3_8B H100 -p fp16,fp8,int4 -o json
  mlsysim compare Llama3_8B H100,B200 -b 32,64 -p fp16,fp4 -o csv

\b
The first of every list is the first side, the second the second; what is given once
holds for all. The others are compared with the first side.
Exit status: 0 an answer, 1 bad input, 2 a side does not fit in memory.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", epilog=_COMPARE)(_compare)


def _compare(
    context: typer.Context,
    model: several.Models,
    hardware: several.MoreDevices,
    batch_size: several.Batches = "1",
    precision: several.Precisions = "fp16",
    efficiency: several.Efficiencies = None,
    seq_len: several.Lengths = None,
    phase: several.Phases = None,
    kv_precision: several.KvPrecisions = None,
    stack: several.Stacks = None,
    is_training: options.Training = False,
    recompute: options.Recompute = None,
    optimizer: options.Optimizer = None,
    output: options.Output = None,
) -> int:
    """Tell why predictions differ: models, devices, formats, batches or software."""
    given = locals()
    from ..answers._compare import answer  # noqa: PLC0415

    return answer(several.lists_of(given), several.shared_of(given), form_of(context, output))
