"""Write `answers.yaml` so that a person would gladly go on in it by hand."""

import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from grader.quiz.answers import Answers
from grader.quiz.quiz import Quiz
from grader.quiz.shown import Shown, show
from grader.quiz.variant import Variant

_WIDTH = 96
# A text that means itself without quotes, alone or in a list.
_SAFE = re.compile(r"-?[A-Za-z0-9(.√σ∞+][^\x00-\x1f\x7f-\xa0\ud800-\udfff:#,\[\]{}'\"&*!|>%@`?\\]*(?<! )")
_SAFE_ALONE = re.compile(r"-?[A-Za-z0-9(.√σ∞+][^\x00-\x1f\x7f-\xa0\ud800-\udfff:#'\"\\]*(?<! )")
_NOTHING = frozenset(("null", "~", ""))

_HEAD = "Write each answer behind its name. What is left empty isn't answered yet."


def stub_text(quiz: str) -> str:
    """Give the answers file of a quiz as it is handed out."""
    return (
        f"# Fill in your answers by hand, or let `grade {quiz}` ask for them.\n"
        f"quiz: {quiz}\nlearner: ''\nanswers: {{}}\n"
    )


def answers_text(
    quiz: Quiz, variant: Variant, answers: Answers, readable: Callable[[str], str] = lambda text: text
) -> str:
    """Write an answers file with the questions as comments.

    Reading it gives the same answers, also those under unknown names; the comments of a file that
    was there before are not kept.

    Args:
        quiz: The quiz.
        variant: The learner's numbers, which the comments show.
        answers: What was answered so far; not those of a broken file, which would be lost.
        readable: Makes the mathematics of a text fit for a plain page.

    Raises:
        ValueError: The answers are those of a broken file.
    """
    if answers.broken:
        raise ValueError("a broken answers file can't be written anew: what it holds isn't known")
    number = quiz.id.removeprefix("quiz-")
    lines = [*_comment(f"Quiz {number}: {quiz.title}", ""), *_comment(_HEAD, "")]
    lines += [
        f"quiz: {quiz.id}",
        f"learner: {value_text(answers.learner)}  # your id: your numbers are drawn for it",
    ]
    if answers.hints:
        opened = ", ".join(f"{name}: {count}" for name, count in answers.hints.items())
        lines.append(f"hints: {{{opened}}}  # how many you have opened")
    lines.append("answers:")
    for name in quiz.plans:
        lines += ["", *_question(show(quiz, variant, name), readable)]
        lines.append(f"  {name}:{_behind(answers.given.get(name))}")
    if answers.unknown:
        lines += ["", "  # These are no questions of this quiz."]
        lines += [
            f"  {value_text(name, flow=True)}:{_behind(value)}" for name, value in answers.unknown.items()
        ]
    return "\n".join(lines) + "\n"


def _question(shown: Shown, readable: Callable[[str], str]) -> Iterator[str]:
    points = f"{shown.points} point{'' if shown.points == 1 else 's'}"
    yield from _comment(f"{shown.number}. {readable(shown.title)} ({points})", "  ")
    yield from _comment(readable(shown.prompt), "  ")
    for name, text in (*shown.left, *shown.options):
        yield from _comment(f"{name}) {readable(text)}", "  ", hang="     ")
    unit = f" The unit, {readable(shown.unit)}, isn't typed." if shown.unit else ""
    yield from _comment(shown.how + unit, "  ")


def _comment(text: str, indent: str, hang: str = "") -> Iterator[str]:
    """Write a text as comment lines; nothing in it can leave the comment."""
    for paragraph in text.splitlines():
        clean = "".join(char if char.isprintable() else " " for char in paragraph)
        first = f"{indent}# "
        yield from textwrap.wrap(
            clean, _WIDTH, initial_indent=first, subsequent_indent=first + hang, break_long_words=False
        ) or [f"{indent}#"]


def _behind(value: Any) -> str:
    text = value_text(value)
    return f" {text}" if text else ""


def value_text(value: Any, *, flow: bool = False) -> str:
    """Write one answer as it stands in the file; nothing for None."""
    if value is None:
        return "~" if flow else ""
    if isinstance(value, list):
        return f"[{', '.join(value_text(each, flow=True) for each in value)}]"
    if isinstance(value, dict):
        pairs = (
            f"{value_text(key, flow=True)}: {value_text(each, flow=True)}" for key, each in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    text = str(value)
    if text not in _NOTHING and (_SAFE if flow else _SAFE_ALONE).fullmatch(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
