"""junit.xml, read by an XML parser and held against the elements that pytest's xunit2 family allows."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from grader.batch.gradebook import Basis, Gradebook
from grader.batch.handin import Learner
from grader.export.junit import junit
from grader.printable import file_names
from tests.export.books import SOFTMAX, book, cell, hostile, one_of_each, row

# Written from jenkinsci/xunit-plugin, junit-10.xsd: children, attributes that must and that may stand.
RULES: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors"}),
    "testsuite": (
        {"properties", "testcase", "system-out", "system-err"},
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
    ),
    "properties": ({"property"}, set(), set()),
    "property": (set(), {"name", "value"}, set()),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name"},
        {"time", "classname", "group"},
    ),
    "failure": (set(), set(), {"type", "message"}),
    "error": (set(), set(), {"type", "message"}),
    "skipped": (set(), set(), {"type", "message"}),
}


def content(gradebook: Gradebook) -> bytes:
    made = junit(gradebook, file_names(row.learner.id for row in gradebook.rows()))
    return made.head + b"".join(map(made.row, gradebook.rows())) + made.tail()


def suites(gradebook: Gradebook) -> dict[str, ET.Element]:
    """Give the suites by name, checked against the rules."""
    root = ET.fromstring(content(gradebook))
    assert root.tag == "testsuites"
    for element in root.iter():
        children, must, may = RULES[element.tag]
        assert {child.tag for child in element} <= children
        assert must <= set(element.attrib) <= must | may
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        for tag, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.attrib[count]) == len(suite.findall(f"testcase/{tag}"))
    return {suite.attrib["name"]: suite for suite in root}


def properties(suite: ET.Element) -> dict[str, str]:
    return {entry.attrib["name"]: entry.attrib["value"] for entry in suite.iter("property")}


def test_each_learner_and_item_is_a_suite() -> None:
    found = suites(one_of_each())
    assert len(found) == 10
    assert found["ada exercise-07"].attrib["failures"] == "0"
    assert found["ben exercise-07"].attrib["failures"] == "4"
    assert found["ben exercise-31"].attrib["skipped"] == "1"


def test_points_and_what_they_rest_on_are_properties_of_the_suite() -> None:
    told = properties(suites(one_of_each())["chi exercise-07"])
    assert (told["points"], told["max_points"], told["basis"]) == ("9.5", "10", "override")
    assert told["reason"] == "Extension agreed by mail."
    assert told["sha256"] == "ab" * 32


def test_our_own_faults_are_errors_and_give_no_points() -> None:
    suite = suites(one_of_each())["eve exercise-07"]
    assert suite.attrib["errors"] == "1"
    assert "points" not in properties(suite)


def test_what_was_not_handed_in_fails() -> None:
    suite = suites(one_of_each())["chi exercise-31"]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.attrib == {"type": "MISSING", "message": "Nothing was handed in."}


def test_a_grade_by_hand_without_a_submission_passes() -> None:
    made = cell("ada", None, basis=Basis.OVERRIDE, points=7.0)
    suite = suites(book([row(Learner("ada"), (made, None))], (SOFTMAX,)))["ada exercise-07"]
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("1", "0")


def test_a_failure_tells_what_and_why() -> None:
    failure = suites(one_of_each())["ben exercise-07"].findall("testcase/failure")[1]
    assert failure.attrib["type"] == "FAILED"
    assert failure.attrib["message"] == "softmax(z) is wrong: entry [0, 2] is off, about 2 times too large."
    assert "A likely reason: You left out the shift" in (failure.text or "")


def test_hostile_names_and_forbidden_characters_make_no_broken_xml() -> None:
    raw = content(hostile())
    assert len(suites(hostile())) == hostile().size
    assert b"\x1b" not in raw
    assert b"SECRET" not in content(one_of_each())


def test_the_small_gradebook_reads_as_it_should(golden: Callable[[str, bytes], None]) -> None:
    golden("junit.xml", content(one_of_each()))
