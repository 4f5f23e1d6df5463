"""Read Moodle XML and GIFT by Moodle's own rules, written from its source, and mark as its question types do."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

# question/engine/bank.php; any other share is refused on import.
GRADES = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
          11.11111, 10, 5, 0)  # fmt: skip
NUMBER = r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?"
GAP = re.compile(rf"\{{1:NUMERICAL:=({NUMBER}):({NUMBER})\}}")


@dataclass
class Answer:
    """One answer: what it is, its share of the mark in percent, what is said, and how far off a number may be."""

    text: str
    fraction: float
    feedback: str = ""
    tolerance: float = 0.0


@dataclass
class Read:
    """One question as Moodle would keep it."""

    kind: str
    name: str
    text: str
    category: str = ""
    answers: list[Answer] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    single: bool = True
    correct: bool = False
    feedback: tuple[str, str] = ("", "")
    general: str = ""
    graderinfo: str = ""
    hints: list[str] = field(default_factory=list)
    points: float = 1.0
    penalty: float = 0.0
    idnumber: str = ""
    shuffle: bool = True
    tags: list[str] = field(default_factory=list)
    grading: str = ""


def read_xml(text: str) -> list[Read]:
    """Read a file of Moodle XML, strictly: what is missing or unknown raises."""
    root = ET.fromstring(text)
    assert root.tag == "quiz"
    found, category = [], ""
    for element in root:
        assert element.tag == "question"
        if element.get("type") == "category":
            category = words(element, "category")
            continue
        found.append(_read_xml(element, category))
    return found


def words(element: ET.Element, tag: str) -> str:
    """Give the text within a tag, which must be there."""
    inner = element.find(f"{tag}/text")
    assert inner is not None, (element.get("type"), tag)
    return (inner.text or "").strip()


KNOWN = {
    "multichoice": {"single", "shuffleanswers", "answernumbering", "answer", "combined"},
    "truefalse": {"answer"},
    "numerical": {"answer"},
    "shortanswer": {"answer", "usecase"},
    "matching": {"subquestion", "shuffleanswers", "combined"},
    "ordering": {"answer", "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "combined"},
    "cloze": set(),
    "essay": {"responseformat", "responserequired", "responsefieldlines", "attachments", "graderinfo"},
}  # fmt: skip
COMMON = {"name", "questiontext", "generalfeedback", "penalty", "hidden", "idnumber", "hint", "tags"}
COMBINED = {"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"}


def _read_xml(element: ET.Element, category: str) -> Read:
    kind = element.get("type", "")
    tags = {child.tag for child in element}
    allowed = COMMON | KNOWN[kind] | (COMBINED if "combined" in KNOWN[kind] else set())
    allowed |= set() if kind == "cloze" else {"defaultgrade"}
    assert tags <= allowed, tags - allowed
    assert KNOWN[kind] - {"combined"} <= tags
    assert element.find("questiontext").get("format") == "html"  # type: ignore[union-attr]
    read = Read(kind, words(element, "name"), words(element, "questiontext"), category)
    read.general = words(element, "generalfeedback")
    read.penalty = float(element.findtext("penalty", ""))
    read.points = float(element.findtext("defaultgrade", "0"))
    read.idnumber = element.findtext("idnumber", "")
    read.hints = [(hint.findtext("text") or "").strip() for hint in element.findall("hint")]
    read.tags = [tag.findtext("text") or "" for tag in element.findall("tags/tag")]
    read.single = element.findtext("single", "true") == "true"
    read.shuffle = element.findtext("shuffleanswers", "true") == "true"
    for answer in element.findall("answer"):
        told = words(answer, "feedback") if answer.find("feedback") is not None else ""
        tolerance = float(answer.findtext("tolerance", "0"))
        text = (answer.findtext("text") or "").strip()
        read.answers.append(Answer(text, float(answer.get("fraction", "")), told, tolerance))
    for pair in element.findall("subquestion"):
        read.pairs.append(((pair.findtext("text") or "").strip(), words(pair, "answer")))
    if kind == "truefalse":
        assert [answer.text for answer in read.answers] == ["true", "false"]
        read.correct = read.answers[0].fraction == 100
        read.feedback = (read.answers[0].feedback, read.answers[1].feedback)
    if kind == "ordering":
        assert element.findtext("selecttype") == "ALL"
        assert [answer.fraction for answer in read.answers] == list(range(1, len(read.answers) + 1))
        read.grading = element.findtext("gradingtype", "")
    if kind == "essay":
        read.graderinfo = words(element, "graderinfo")
    return _checked(read)


def _checked(read: Read) -> Read:
    """What question/format.php and the types themselves refuse."""
    assert read.name
    if read.kind != "ordering":
        for answer in read.answers:
            assert any(abs(abs(answer.fraction) - grade) < 1e-4 for grade in GRADES), answer
    positive = sum(answer.fraction for answer in read.answers if answer.fraction > 0)
    if read.kind == "multichoice":
        assert len(read.answers) >= 2
        most = max(answer.fraction for answer in read.answers)
        assert most == 100 if read.single else round(positive, 2) == 100
    if read.kind in ("numerical", "shortanswer"):
        assert max(answer.fraction for answer in read.answers) == 100
    if read.kind == "matching":
        assert sum(bool(left) for left, _ in read.pairs) >= 2
        assert len({right for _, right in read.pairs}) >= 3 or len(read.pairs) >= 2
        assert all(right for _, right in read.pairs)
    return read


def grade(read: Read, given: Any) -> float:
    """Mark an answer as the question type does; from 0 to 1."""
    match read.kind:
        case "multichoice":
            share = sum(answer.fraction for answer in read.answers if answer.text in given)
            return max(0.0, round(share / 100, 5))
        case "truefalse":
            return float(bool(given == read.correct))
        case "numerical":
            matching = (a for a in read.answers if a.text == "*" or abs(float(a.text) - given) <= a.tolerance)
        case "shortanswer":
            matching = (answer for answer in read.answers if _fits(answer.text, given))
        case "matching":
            asked = [(left, right) for left, right in read.pairs if left]
            return sum(bool(given[left] == right) for left, right in asked) / len(asked)
        case "cloze":
            gaps = [(float(value), float(tolerance)) for value, tolerance in GAP.findall(read.text)]
            assert len(gaps) == len(given)
            return sum(bool(abs(a - b) <= t) for a, (b, t) in zip(given, gaps, strict=True)) / len(gaps)
        case _:
            raise AssertionError(read.kind)
    return next((answer.fraction / 100 for answer in matching), 0.0)


def _fits(pattern: str, given: str) -> bool:
    pieces = [piece.replace("\\*", "*") for piece in re.split(r"(?<!\\)\*", pattern)]
    return re.fullmatch(".*".join(map(re.escape, pieces)), given, re.IGNORECASE) is not None


# GIFT: question/format/gift/format.php

_WEIGHT = re.compile(r"^%(-*[0-9]{1,2}\.?[0-9]*)%")
_HIDDEN = {":": "\ue000", "#": "\ue001", "=": "\ue002", "{": "\ue003", "}": "\ue004", "~": "\ue005"}


def read_gift(text: str) -> list[Read]:
    """Read a file of GIFT: blank lines divide it."""
    found, category = [], ""
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if not line.strip().startswith("//")]
        source = _hidden("\n".join(lines).strip())
        if source.startswith("$CATEGORY:"):
            category = source.removeprefix("$CATEGORY:").strip()
        elif source:
            found.append(_read_gift(source, category))
    return found


def _hidden(text: str) -> str:
    """Put away escaped characters, in the order in which Moodle does."""
    text = text.replace("\\\\", "\ue010")
    for char, mark in _HIDDEN.items():
        text = text.replace(f"\\{char}", mark)
    return text.replace("\\n", "\n").replace("\ue010", "\\")


def _shown(text: str) -> str:
    for char, mark in _HIDDEN.items():
        text = text.replace(mark, char)
    if text.startswith("[html]"):
        text = text.removeprefix("[html]")
    return text.strip()


def _read_gift(source: str, category: str) -> Read:
    name, rest = re.fullmatch(r"::(.*?)::(.*)", source, re.DOTALL).groups()  # type: ignore[union-attr]
    start, end = rest.index("{"), rest.index("}")
    assert rest[end + 1 :].strip() == "", "text behind the answers"
    answers = rest[start + 1 : end].strip()
    answers, _, general = answers.partition("####")
    answers = answers.strip()
    read = Read("", _shown(name), _shown(rest[:start]), category, general=_shown(general))
    if not answers:
        read.kind = "essay"
    elif answers.startswith("#"):
        read.kind = "numerical"
        rows, _, wrong = answers[1:].partition("~")
        for row in filter(None, map(str.strip, rows.split("="))):
            answer = _gift_answer(row, 100)
            value, _, tolerance = answer.text.partition(":")
            read.answers.append(Answer(value, answer.fraction, answer.feedback, float(tolerance or 0)))
        if wrong:
            read.answers.append(Answer("*", 0, _shown(wrong.removeprefix("#"))))
    elif "~" in answers:
        read.kind, read.single = "multichoice", "=" in answers
        for row in filter(None, map(str.strip, answers.replace("=", "~=").split("~"))):
            read.answers.append(_gift_answer(row.removeprefix("="), 100 if row.startswith("=") else 0))
    elif "=" in answers and "->" in answers:
        read.kind = "matching"
        for row in filter(None, map(str.strip, answers.split("="))):
            left, right = row.split("->", 1)
            read.pairs.append((_shown(left), _shown(right)))
    elif answers.split("#")[0].strip() in ("T", "TRUE", "F", "FALSE"):
        read.kind = "truefalse"
        said, wrong, right = [*answers.split("#"), "", ""][:3]
        read.correct = said.strip() in ("T", "TRUE")
        read.feedback = (_shown(right), _shown(wrong)) if read.correct else (_shown(wrong), _shown(right))
    else:
        read.kind = "shortanswer"
        read.answers = [_gift_answer(row, 100) for row in filter(None, map(str.strip, answers.split("=")))]
    return _checked(read)


def _gift_answer(row: str, default: float) -> Answer:
    weight = _WEIGHT.match(row)
    text, _, told = row[weight.end() if weight else 0 :].partition("#")
    return Answer(_shown(text), float(weight[1]) if weight else default, _shown(told))
