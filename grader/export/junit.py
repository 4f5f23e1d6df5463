"""`junit.xml`: a test suite a learner and item, as pytest's `xunit2` writes them, with the points as properties."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.export.format import FileFormat
from grader.export.told import Write, about_check, about_grade, reading
from grader.outcome import CheckResult, Outcome, Report, points_text
from grader.printable import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "junit.xml"
_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="grader batch">\n'

# What XML 1.0 (section 2.2) has no way to write, not even as a reference.
_FORBIDDEN = re.compile("[^\\t\\n\\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# How a check ended, for the elements that the format has.
_ELEMENTS = {
    Outcome.PARTIAL: "failure",
    Outcome.FAILED: "failure",
    Outcome.MISSING: "failure",
    Outcome.ERROR: "failure",
    Outcome.TIMEOUT: "failure",
    Outcome.SKIPPED: "skipped",
    Outcome.INTERNAL: "error",
}


def junit(_: Gradebook, names: Mapping[str, str]) -> FileFormat:
    """Lay out the run. What was not handed in is a suite with one failure; our own faults are errors."""
    from xml.etree.ElementTree import tostring

    written = reading()

    def suites(row: Row) -> bytes:
        name = names[row.learner.id]
        elements = (_suite(row, cell, row.reports.get(cell.item), name, written) for cell in row.cells)
        return b"".join(tostring(element, encoding="utf-8") + b"\n" for element in elements)

    return FileFormat(NAME, suites, head=_HEAD, tail=lambda: b"</testsuites>\n")


def _suite(row: Row, cell: Cell, report: Report | None, name: str, written: Write) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    class_name = f"{cell.item}.{name}"
    cases = (
        [_case(check, class_name, written) for check in report.checks]
        if report
        else [_not_run(cell, class_name)]
    )
    found = [child.tag for case in cases for child in case]
    suite = Element(
        "testsuite",
        name=f"{name} {cell.item}",
        tests=str(len(cases)),
        failures=str(found.count("failure")),
        errors=str(found.count("error")),
        skipped=str(found.count("skipped")),
        time=f"{sum(check.seconds for check in report.checks) if report else 0.0:.3f}",
    )
    if cell.graded_at:
        suite.set("timestamp", cell.graded_at)
    properties = SubElement(suite, "properties")
    for key, value in _properties(row, cell, report):
        SubElement(properties, "property", name=key, value=_allowed(value))
    suite.extend(cases)
    return suite


def _properties(row: Row, cell: Cell, report: Report | None) -> list[tuple[str, str]]:
    told = [
        ("learner", one_line(row.learner.id)),
        ("item", cell.item),
        ("points", "" if cell.points is None else points_text(cell.points)),
        ("max_points", str(cell.max_points)),
        ("basis", cell.basis),
        ("reason", one_line(cell.reason)),
        ("late", "yes" if cell.late else ""),
        ("sha256", cell.sha256),
    ]
    if report:
        told += [("seed", str(report.seed)), ("isolation", " ".join(report.isolation))]
        told.append(("grader_version", report.grader_version))
    return [(key, value) for key, value in told if value]


def _case(check: CheckResult, class_name: str, written: Write) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    case = Element(
        "testcase", classname=class_name, name=_allowed(written(check.title)), time=f"{check.seconds:.3f}"
    )
    if check.outcome in _ELEMENTS:
        text = _allowed(about_check(check, written))
        first = text.partition("\n")[0] or check.outcome
        ended = SubElement(case, _ELEMENTS[check.outcome], type=check.outcome, message=first)
        ended.text = text
    return case


def _not_run(cell: Cell, class_name: str) -> "Element":
    """Make the case of an item without a report: nothing was handed in, or only staff's grade stands."""
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", classname=class_name, name="submission", time="0.000")
    if cell.basis is not Basis.OVERRIDE:
        tag = "error" if cell.basis is Basis.REVIEW else "failure"
        SubElement(case, tag, type=cell.basis.upper(), message=_allowed(" ".join(about_grade(cell))))
    return case


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)
