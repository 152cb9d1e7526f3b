"""A report in the form of JUnit, which every CI system shows."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from mlsysim_core.errors import InputError

from ._plan import Evaluated
from ._plan_document import shortage

if TYPE_CHECKING:
    from mlsysim_solvers import PlanResult

__all__ = ["report"]

_FORBIDDEN = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not have."""


def report(evaluated: list[Evaluated], path: Path) -> None:
    """Write a suite for each plan, and in it a case for each assertion."""
    root = Element("testsuites", name="mlsysim")
    for one in evaluated:
        for result in one.results:
            _suite(root, one.file, result)
        if one.error is not None:
            suite = SubElement(root, "testsuite", name=_clean(one.file))
            for problem in one.error.problems or (one.error,):
                case = _case(suite, one.file, "can be read", one.file, getattr(problem, "line", 0))
                SubElement(case, "error", message=_clean(str(problem)), type="PlanError")
            _count(suite)
    _count(root)
    indent(root)
    try:
        with path.open("wb") as file:
            ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
            file.write(b"\n")
    except OSError as failure:
        raise InputError(f"--junit: {path} cannot be written: {failure.strerror}") from None


def _suite(root: Element, file: str, result: "PlanResult") -> None:
    name = result.plan.name
    suite = SubElement(root, "testsuite", name=_clean(name))
    fits = _case(suite, name, "fits in memory", file, 1)
    if not result.feasible:
        SubElement(fits, "failure", message=_clean(shortage(result)), type="infeasible")
    for held in result.verdicts:
        case = _case(suite, name, held.text, file, held.line)
        about = "; ".join(f"{one.name} is {one}" for one in held.values)
        if held.passed is None:
            SubElement(case, "skipped", message="it does not fit in memory")
        elif not held.passed:
            SubElement(case, "failure", message=_clean(about), type="violated")
    _count(suite)


def _case(suite: Element, plan: str, name: str, file: str, line: int) -> Element:
    case = SubElement(suite, "testcase", classname=_clean(plan), name=_clean(name))
    if line:
        case.set("file", _clean(file))
        case.set("line", str(line))
    return case


def _count(element: Element) -> None:
    element.set("tests", str(len(list(element.iter("testcase")))))
    for outcome, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        element.set(name, str(len(list(element.iter(outcome)))))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
