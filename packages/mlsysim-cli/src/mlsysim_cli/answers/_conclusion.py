"""The end of an answer that is one record: what is written, and the exit status."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import write
from ._limits import Verdict, exit_status

__all__ = ["conclude"]


def conclude(
    record: Mapping[str, Any],
    sections: Sequence[Section],
    form: Format,
    shortage: str,
    verdicts: Sequence[Verdict] = (),
) -> int:
    """Write the sections or the record, and return the exit status.

    ``shortage`` says what does not fit; it is empty where everything does.
    """
    if form in {Format.TABLE, Format.MARKDOWN}:
        text = for_people(sections, form)
    else:
        told = {"constraints": [one.record() for one in verdicts]} if verdicts else {}
        found = {**record, **told}
        text = as_json(found) if form is Format.JSON else as_csv([found])
    return write(text) or exit_status(shortage, verdicts)
