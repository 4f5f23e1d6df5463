"""GIFT: Moodle's plain text for questions, which other platforms read too.

Source: Moodle, question/format/gift/format.php; docs.moodle.org/en/GIFT_format.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from grader.export.quiz.fraction import is_known, percent
from grader.export.quiz.html import printable, to_html
from grader.export.quiz.portable import (
    Array,
    Bank,
    Choice,
    Number,
    Option,
    Pairs,
    Question,
    Steps,
    Truth,
    Words,
    Written,
    credits_of,
    has_formulas_on_the_right,
)
from grader.render.mathtext import readable


def gift(bank: Bank) -> tuple[str, tuple[str, ...]]:
    """Write a bank of questions as GIFT.

    Returns:
        The file's text, and what was lost, a sentence each.
    """
    parts = [f"// {_one_line(readable(bank.title))}\n"]
    group = ""
    for question in bank.questions:
        if question.group != group:
            group = question.group
            level = _one_line(readable(bank.title)).replace("/", "//")
            parts.append(f"$CATEGORY: $course$/top/{level}/{group}\n")
        parts.append(_question(question))
    losses = bank.losses.extended(each for question in bank.questions for each in _lost(question)).told()
    return "\n".join(parts), losses


def _question(question: Question) -> str:
    name = _escaped(_one_line(f"{readable(question.title)} ({question.id})"))
    return f"::{name}::[html]{_prompt(question)}{{{_answers(question)}}}\n"


def _prompt(question: Question) -> str:
    return _escaped(_one_line(to_html(question.prompt)))


def _answers(question: Question) -> str:
    body = question.body
    # The first stands in the answer's own feedback.
    own = isinstance(body, Truth | Number | Words)
    general = f"\n\t####{_rich(question.feedback)}\n" if question.feedback and not own else "\n"
    match body:
        case Choice():
            return "".join(f"\n\t{_option(body, option)}" for option in body.options) + general
        case Truth():
            return f"{'TRUE' if body.answer else 'FALSE'}#{_rich(body.wrong)}#{_rich(body.right)}"
        case Number():
            rows = [
                f"\n\t=%{percent(near.credit)}%{_decimal(near.value)}:{_decimal(near.tolerance)}"
                f"#{_rich(near.feedback)}"
                for near in body.answers
            ]
            return "#" + "".join(rows) + (f"\n\t~#{_rich(body.wrong)}" if body.wrong else "") + "\n"
        case Words():
            rows = [
                f"\n\t=%{percent(word.credit)}%{_word(word.text)}#{_rich(word.feedback)}"
                for word in body.answers
            ]
            if body.wrong:
                rows.append(f"\n\t=%0%*#{_rich(body.wrong)}")
            return "".join(rows) + "\n"
        case Pairs():
            pairs = (*body.pairs, *(("", more) for more in body.more))
            rows = [f"\n\t={_rich(left)} -> {_escaped(_one_line(readable(right)))}" for left, right in pairs]
            return "".join(rows) + general
    return f"####{_rich(question.feedback)}" if question.feedback else ""


def _option(body: Choice, option: Option) -> str:
    sign = "=" if body.single and option.credit == 1 else "~"
    weight = "" if sign == "=" or option.credit == 0 else f"%{percent(option.credit)}%"
    told = f"#{_rich(option.feedback)}" if option.feedback else ""
    return f"{sign}{weight}{_rich(option.text)}{told}"


def _word(text: str) -> str:
    """Write what may be typed; a star would stand for any letters."""
    return _escaped(_one_line(text).replace("*", r"\*"))


def _rich(text: str) -> str:
    """Write a text as HTML, in the format of the question's own text."""
    written = _escaped(_one_line(to_html(text)))
    # In front of a text, brackets name a format, and percent signs a weight.
    return f"[html]{written}" if written.startswith(("[", "%")) else written


def _one_line(text: str) -> str:
    """A blank line would end the question."""
    return re.sub(r"\s+", " ", printable(text)).strip()


def _escaped(text: str) -> str:
    r"""Mark what GIFT would read as its own; the backslash too, since \n in \nabla means a new line.

    An arrow made of two signs would divide a pair.
    """
    return re.sub(r"([\\~=#{}:])", r"\\\1", text.replace("->", "-&gt;"))


def _decimal(value: float) -> str:
    """Write a number without an exponent, which readers other than Moodle don't know."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lost(question: Question) -> Iterator[tuple[str, str]]:
    """Tell what GIFT can't hold of a question, besides what no platform can."""
    body, name = question.body, question.group
    yield "Points, penalties, tags, and whether options are shuffled: GIFT has no place for them.", ""
    if question.hints:
        yield "Hints.", name
    if isinstance(body, Array | Steps | Written):
        kind = {Array: "Arrays", Steps: "Orders", Written: "Formulas"}[type(body)]
        yield f"{kind}: each becomes a text for a person to mark, without its key.", name
    for credit in credits_of(body):
        if not is_known(credit):
            yield f"The credit {credit:g}: the nearest that Moodle knows is {percent(credit)} %.", name
    if isinstance(body, Pairs) and has_formulas_on_the_right(body):
        yield "Formulas in menus: they become plain text.", name
