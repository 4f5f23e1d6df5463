"""Write a quiz's questions, and what comes of what is typed, for a terminal.

Plain lines styled by click, as in the report; nothing is said by colour alone.
"""

import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from click import style

from grader.printable import one_line
from grader.quiz.marking.judged import Unreadable
from grader.quiz.marking.plain import as_typed, is_empty, plain
from grader.quiz.quiz import Quiz
from grader.quiz.session import Event, Reply, Session
from grader.quiz.shown import Shown
from grader.quiz.understood import Understood
from grader.render.mathtext import readable
from grader.render.report import paragraph

PROMPT = "› "
MORE_PROMPT = "… "

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INDENT = 3
_LONGEST_SHOWN = 200
_LONGEST_HANG, _SHORT_HANG = 8, 2
_NO_BREAK = "\u00a0"
_SHORT_LIST = re.compile(r"\[[^\[\]]{1,28}\]|[(\[]{1,2}[^()\[\]]{1,16}[)\]]")
_EQUATION = re.compile(r" = (?=[−0-9])")

_HELP = (
    ("?", "this help, and the question again"),
    ("back", "the question before"),
    ("skip", "leave it for later"),
    ("hint", "the next hint; its cost is told first"),
    ("stop", "end here; go on later with the same command"),
)


def opening_text(quiz: Quiz, item: str, whose: str, count: int, width: int) -> str:
    """Introduce a quiz.

    Args:
        quiz: The quiz.
        item: Its id.
        whose: For whom the numbers are drawn, such as `for ada`.
        count: How many questions are asked now.
        width: Columns of the terminal.
    """
    lines = [f"{style(item, fg='cyan', bold=True)}  {style(readable(quiz.title), bold=True)}", ""]
    lines += [*paragraph(readable(quiz.spec.introduction), width, 2), ""]
    total = len(quiz.questions)
    asked = f"{total} questions" if count == total else f"{count} of {total} questions still to answer"
    rest = f"{asked}, {quiz.max_points} points; the numbers are drawn {whose}. Type `?` for help."
    return "\n".join([*lines, *paragraph(rest, width, 2, dim=True)])


def question_text(
    shown: Shown,
    total: int,
    width: int,
    *,
    answer: Any = None,
    unreadable: bool = False,
    opened: int = 0,
    bare: bool = False,
) -> str:
    """Lay out one question.

    Args:
        shown: The question with the learner's numbers.
        total: How many questions there are.
        width: Columns of the terminal.
        answer: The answer so far.
        unreadable: Whether that can't be read.
        opened: How many hints are open.
        bare: Whether to leave out how to answer.
    """
    about = _counted(shown.points, "point")
    if shown.hints:
        about += f", {_counted(len(shown.hints), 'hint')}"
    heading = wrap(f"{shown.number}/{total}  {readable(shown.title)} ({about})", max(20, width))
    lines = [style(line, fg="cyan", bold=True) for line in heading]
    lines += _hanging("", readable(shown.prompt), width)
    for label, text in (*shown.left, *shown.options):
        lines += _hanging(f"{label}) ", readable(text), width)
    for number, hint in enumerate(shown.hints[:opened], start=1):
        lines += _hanging(f"Hint {number}: ", readable(hint), width, fg="yellow")
    if not is_empty(answer):
        text = one_line(answer_text(answer), _LONGEST_SHOWN)
        lines += _hanging("Your answer so far: ", text + ("  (can't be read)" if unreadable else ""), width)
    if not bare:
        unit = f" The unit, {readable(shown.unit)}, isn't typed." if shown.unit else ""
        lines += paragraph(shown.how + unit, width, _INDENT, dim=True)
    return "\n".join(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def answer_text(answer: Any) -> str:
    """Write an answer as it would be typed."""
    try:
        return as_typed(plain(answer))
    except Unreadable:
        return str(answer)


def help_text(shown: Shown | None, width: int) -> str:
    """Say what can be typed."""
    lines = []
    if shown is not None:
        lines += paragraph(_how_much(shown), width, _INDENT)
    for word, meaning in _HELP if shown is not None else (*_HELP[:2], _HELP[-1]):
        lines += _hanging(f"{word:5} ", meaning, width)
    if shown is not None and shown.type == "short":
        lines += paragraph("To answer with one of these words, put it in quotes.", width, _INDENT, dim=True)
    return "\n".join(lines)


def _how_much(shown: Shown) -> str:
    return {
        "expression": "Write a product as 2*x or 2x, a power as x^2, a quotient as a/(b*c); × · ² − π work too. "
        "Your formula is read back to you.",
        "vector": "Write the numbers with commas or spaces between them; each may be an expression such as 3/8.",
        "matrix": "Write [[1, 2], [3, 4]], or 1 2; 3 4; a row may stand on a line of its own.",
        "numeric": "Write 0.125, 1/8, 2^-3 or 1.25e-1; all are the same.",
    }.get(shown.type, shown.how)


def reply_text(
    reply: Reply, shown: Shown | None, hint_costs: Sequence[float], session: Session, width: int
) -> str:
    """Say what came of a line; empty where the next question says it all."""
    match reply.event:
        case Event.ANSWERED:
            return _said("read as ", understood_text(reply.text, shown), width, fg="cyan")
        case Event.UNREADABLE:
            lines = [" " * _INDENT + line for line in caret_lines(reply.text, width - _INDENT)]
            costs_nothing = paragraph("It costs nothing; try again.", width, _INDENT, dim=True)
            return "\n".join([*(style(line, fg="red") for line in lines), *costs_nothing])
        case Event.UNCHANGED:
            return _said("", "The answer stays as it was.", width, dim=True)
        case Event.EMPTY:
            return _said("", "Type an answer, or `skip` to leave it for later.", width, dim=True)
        case Event.FIRST:
            return _said("", "This is the first question.", width, dim=True)
        case Event.HELP:
            return help_text(shown, width)
        case Event.NO_HINT:
            given = session.hints.get(reply.question, 0)
            none = "There are no more hints." if given else "There is no hint for this question."
            return _said("", none, width, dim=True)
        case Event.HINT_COST:
            cost = share_text(hint_costs[int(reply.text) - 1])
            return _said(
                "", f"The next hint costs {cost} of the points. `hint` again opens it.", width, fg="yellow"
            )
        case Event.HINT:
            assert shown is not None
            text = readable(shown.hints[int(reply.text) - 1])
            return _said(f"Hint {reply.text}: ", text, width, fg="yellow")
        case Event.NO_SUCH:
            return _said("", f"{one_line(reply.text, 40)!r} is no number of a question.", width, fg="red")
    return ""


def understood_text(read_as: str, shown: Shown | None) -> str:
    """Write how an answer was read, in the notation of print: x·(1 − s), b) 3 by 4."""
    if shown is None:
        return read_as
    if shown.type == "expression":
        return formula_text(read_as)
    if shown.type in ("numeric", "vector", "matrix"):
        unit = f" {readable(shown.unit)}" if shown.unit else ""
        return read_as.replace("-", "−") + unit
    if shown.type == "single":
        return next(
            (f"{read_as}) {readable(text)}" for label, text in shown.options if label == read_as), read_as
        )
    return read_as


def formula_text(typed: str) -> str:
    """Write a formula in the notation of print."""
    powers = re.sub(
        r"\^([0-9]+)(?![0-9.eE(])", lambda power: power[1].translate(_SUPERSCRIPTS), typed.replace("*", "·")
    )
    # The sign in 1e-7 belongs to the number.
    return re.sub(r"(?<![0-9]e)-", "−", powers)


def overview_text(
    quiz: Quiz, session: Session, readings: Mapping[str, Understood], *, marks: bool, width: int
) -> str:
    """List all questions with what was answered, before it is marked."""
    lines = [style("Overview", fg="cyan", bold=True)]
    for number, question in enumerate(quiz.questions, start=1):
        read = readings[question.id]
        if question.id in session.open:
            mark, said, colour = "○", "no answer yet", "yellow"
        elif read.problem:
            mark, said, colour = "!", "can't be read", "red"
        else:
            mark, said, colour = "●", "", ""
            said = formula_text(read.read_as) if question.type == "expression" else read.read_as
        title = f"{number:>4} {mark} {readable(question.title)}: "
        broken = wrap(title + one_line(said, _LONGEST_SHOWN), max(20, width), subsequent_indent=" " * 7)
        lines += [style(line, fg=colour) if colour else line for line in broken]
    end = (
        "Enter marks them (what is new or changed counts as an attempt)"
        if marks
        else "Enter ends; staff will mark"
    )
    lines += [
        "",
        *paragraph(f"{end}. A number goes to that question; `stop` saves all for later.", width, dim=True),
    ]
    return "\n".join(lines)


def caret_lines(text: str, width: int) -> list[str]:
    """Break a message; where carets point into a line, both lines are cut alike so that they still do."""
    lines = text.splitlines()
    if len(lines) < 2 or not re.fullmatch(r" *\^+", lines[1]):
        return paragraph(text, width)
    line, carets = lines[:2]
    first = carets.index("^")
    start = max(0, min(first - width // 2, len(line) - width)) if len(line) > width else 0
    shown, marks = line[start : start + width], carets[start : start + width]
    if start:
        shown = "…" + shown[1:]
    return [shown, marks.rstrip() or "^", *paragraph("\n".join(lines[2:]), width)]


def share_text(share: float) -> str:
    """Write a share of the points: 10 %."""
    return f"{100 * share:g} %"


def _said(label: str, text: str, width: int, *, fg: str | None = None, dim: bool | None = None) -> str:
    return "\n".join(_hanging(label, text, width, fg=fg, dim=dim))


def _hanging(
    label: str, text: str, width: int, *, fg: str | None = None, dim: bool | None = None
) -> list[str]:
    """Break a text behind a label, the later lines below the text's beginning."""
    hang = len(label) if len(label) <= _LONGEST_HANG else _SHORT_HANG
    broken = wrap(
        label + _together(text),
        max(20, width - _INDENT),
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
    )
    plain = (line.replace(_NO_BREAK, " ") for line in broken)
    return [" " * _INDENT + (style(line, fg=fg, dim=dim) if fg or dim else line) for line in plain]


def _together(text: str) -> str:
    """Keep on one line what reads badly when it is broken: a short list, and the value behind an =."""
    text = _SHORT_LIST.sub(lambda found: found[0].replace(" ", _NO_BREAK), text)
    return _EQUATION.sub(f"{_NO_BREAK}={_NO_BREAK}", text)
