"""Moodle XML: one category a question, one question a draw.

Source: Moodle, question/format/xml/format.php and question/type/ordering/questiontype.php (4.4).
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from grader.export.quiz.fraction import is_known, percent
from grader.export.quiz.html import printable, to_html
from grader.export.quiz.portable import (
    Array,
    Bank,
    Body,
    Choice,
    Number,
    Pairs,
    Question,
    Steps,
    Truth,
    Words,
    Written,
    credits_of,
    has_formulas_on_the_right,
)
from grader.quiz.expression import number_text
from grader.render.mathtext import readable

_LAYOUT = {"layouttype": "VERTICAL", "selecttype": "ALL",
           "gradingtype": "LONGEST_ORDERED_SUBSET", "showgrading": "HIDE"}  # fmt: skip


def moodle_xml(bank: Bank) -> tuple[str, tuple[str, ...]]:
    """Write a bank of questions as Moodle XML.

    Returns:
        The file's text, and what was lost, a sentence each.
    """
    root = ET.Element("quiz")
    group = ""
    for question in bank.questions:
        if question.group != group:
            group = question.group
            _category(root, f"$course$/top/{_level(bank.title)}/{_level(group)}")
        _question(root, question)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    losses = bank.losses.extended(each for question in bank.questions for each in _lost(question)).told()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', losses


def _level(name: str) -> str:
    """Write one level of a category's path, in which a slash is doubled."""
    return printable(readable(name)).replace("/", "//")


def _category(root: ET.Element, path: str) -> None:
    question = ET.SubElement(root, "question", type="category")
    ET.SubElement(ET.SubElement(question, "category"), "text").text = path


def _question(root: ET.Element, question: Question) -> None:
    body = question.body
    kind = _KINDS[type(body)]
    element = ET.SubElement(root, "question", type=kind)
    name = f"{readable(question.title)} ({question.id})"
    ET.SubElement(ET.SubElement(element, "name"), "text").text = printable(name)
    prompt = to_html(question.prompt)
    if isinstance(body, Array):
        # What looks like a gap isn't one.
        prompt = re.sub(r"\{(?=[0-9]*:[A-Z])", "&#123;", prompt) + _gaps(body)
    _html(element, "questiontext", f"<p>{prompt}</p>")
    # A number's and a word's right answer has feedback of its own.
    general = "" if isinstance(body, Truth | Number | Words) else question.feedback
    _html(element, "generalfeedback", to_html(general))
    if not isinstance(body, Array):
        ET.SubElement(element, "defaultgrade").text = str(question.points)
    ET.SubElement(element, "penalty").text = f"{question.penalty:.7f}"
    ET.SubElement(element, "hidden").text = "0"
    ET.SubElement(element, "idnumber").text = question.id
    _body(element, body)
    if not isinstance(body, Written):
        for hint in question.hints:
            _html(element, "hint", to_html(hint))
    tags = ET.SubElement(element, "tags")
    for concept in question.concepts:
        ET.SubElement(ET.SubElement(tags, "tag"), "text").text = concept


_KINDS: dict[type, str] = {Choice: "multichoice", Truth: "truefalse", Number: "numerical", Words: "shortanswer",
                           Pairs: "matching", Steps: "ordering", Array: "cloze", Written: "essay"}  # fmt: skip


def _body(element: ET.Element, body: Body) -> None:
    match body:
        case Choice():
            ET.SubElement(element, "single").text = "true" if body.single else "false"
            ET.SubElement(element, "shuffleanswers").text = "true" if body.shuffle else "false"
            ET.SubElement(element, "answernumbering").text = "abc"
            _combined(element)
            for option in body.options:
                _answer(element, to_html(option.text), option.credit, option.feedback, html=True)
        case Truth():
            for said in (True, False):
                right = said == body.answer
                told = body.right if right else body.wrong
                _answer(element, "true" if said else "false", float(right), told)
        case Number():
            for near in body.answers:
                answer = _answer(element, number_text(near.value), near.credit, near.feedback)
                ET.SubElement(answer, "tolerance").text = number_text(near.tolerance)
            if body.wrong:
                ET.SubElement(_answer(element, "*", 0.0, body.wrong), "tolerance").text = "0"
        case Words():
            ET.SubElement(element, "usecase").text = "0"
            for word in body.answers:
                # A star stands for any letters.
                _answer(element, word.text.replace("*", r"\*"), word.credit, word.feedback)
            if body.wrong:
                _answer(element, "*", 0.0, body.wrong)
        case Pairs():
            ET.SubElement(element, "shuffleanswers").text = "true"
            _combined(element)
            for left, partner in (*body.pairs, *(("", more) for more in body.more)):
                pair = ET.SubElement(element, "subquestion", format="html")
                ET.SubElement(pair, "text").text = to_html(left)
                # The menu of right sides shows plain text only.
                ET.SubElement(ET.SubElement(pair, "answer"), "text").text = printable(readable(partner))
        case Steps():
            for name, text in _LAYOUT.items():
                ET.SubElement(element, name).text = text
            ET.SubElement(element, "selectcount").text = str(len(body.steps))
            _combined(element)
            for place, step in enumerate(body.steps, start=1):
                answer = ET.SubElement(element, "answer", fraction=f"{place}.0000000", format="html")
                ET.SubElement(answer, "text").text = to_html(step)
        case Written():
            ET.SubElement(element, "responseformat").text = "plain"
            ET.SubElement(element, "responserequired").text = "1"
            ET.SubElement(element, "responsefieldlines").text = "2"
            ET.SubElement(element, "attachments").text = "0"
            _html(element, "graderinfo", to_html("\n\n".join(_for_graders(body))))
        case Array():
            pass


def _html(element: ET.Element, name: str, text: str) -> None:
    ET.SubElement(ET.SubElement(element, name, format="html"), "text").text = text


def _combined(element: ET.Element) -> None:
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _html(element, name, "")


def _answer(
    element: ET.Element, text: str, credit: float, feedback: str, *, html: bool = False
) -> ET.Element:
    kind = "html" if html else "plain_text"
    answer = ET.SubElement(element, "answer", fraction=percent(credit), format=kind)
    ET.SubElement(answer, "text").text = text if html else printable(text)
    _html(answer, "feedback", to_html(feedback))
    return answer


def _gaps(array: Array) -> str:
    """Write an array's entries as gaps of a cloze question, row by row."""
    rows = (
        " ".join(f"{{1:NUMERICAL:={number_text(each.value)}:{number_text(each.tolerance)}}}" for each in row)
        for row in array.rows
    )
    return "".join(f"<br>{row}" for row in rows)


def _for_graders(body: Written) -> Iterator[str]:
    yield f"Key: `{body.key}`"
    for known in body.known:
        yield f"Known: `{known.text}`, credit {known.credit:g}. {known.feedback}"


def _lost(question: Question) -> Iterator[tuple[str, str]]:
    """Tell what Moodle can't hold of a question, besides what no platform can."""
    body, name = question.body, question.group
    for credit in credits_of(body):
        if not is_known(credit):
            yield f"The credit {credit:g}: the nearest that Moodle knows is {percent(credit)} %.", name
    if isinstance(body, Steps):
        yield "Credit for k of n steps in order: Moodle gives k/n, not (k - 1)/(n - 1).", name
    if isinstance(body, Pairs) and has_formulas_on_the_right(body):
        yield "Formulas in menus: they become plain text.", name
    if isinstance(body, Written) and question.hints:
        yield "Hints.", name
    if isinstance(body, Array):
        yield "Points: each entry is worth one until the quiz says otherwise.", name
        if body.wrong:
            yield "What is said of wrong answers.", name
