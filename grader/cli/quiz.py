"""`grade quiz-03`: ask, keep every answer at once, and mark."""

import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import screen
from grader.cli.asking import Asking
from grader.course import Course, QuizItem
from grader.errors import UsageFault
from grader.quiz.marked import right_answer
from grader.quiz.marking.plain import is_empty
from grader.quiz.session import Event
from grader.quiz.shown import Shown, show
from grader.render.mathtext import readable
from grader.render.quiz import answer_text, opening_text, question_text, share_text
from grader.render.quiz_report import can_be_tried_again, quiz_report_text
from grader.sitting import LONGEST_ID, Result, Sitting

if TYPE_CHECKING:
    from collections.abc import Sequence

# Practice rounds that are drawn here are numbered up to this.
_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says.

    Attributes:
        practice: The number of a practice round; None for the quiz itself, -1 for any round.
    """

    file: Path | None = None
    checks: tuple[str, ...] = ()
    statement: bool = False
    hint: bool = False
    reset: bool = False
    reveal: bool = False
    as_json: bool = False
    practice: int | None = None


def grade_quiz(course: Course, item: QuizItem, options: Options) -> int:
    """Do what the command line asks of one quiz; give the exit code."""
    if options.reset:
        return _reset(item)
    practice = secrets.randbelow(_ROUNDS) + 1 if options.practice == -1 else options.practice
    sitting = Sitting(course, item, options.file, practice)
    sitting.check_names(options.checks)
    manned = screen.is_manned() and not options.as_json and options.file is None
    if manned and not sitting.named:
        _ask_for_id(sitting)
    if options.statement:
        return _show_statement(sitting, options.checks)
    if options.hint:
        return _open_hint(sitting, options.checks, manned=manned)
    if practice is not None and options.file is None:
        return _practise(sitting, options, manned=manned)
    if manned and not _ask(sitting, options.checks):
        screen.say(
            f"Saved in {sitting.path}. Nothing was marked; `grade {_short(sitting)}` goes on where you stopped."
        )
        return 0
    return _mark(sitting, options)


def _mark(sitting: Sitting, options: Options) -> int:
    result = sitting.mark(options.checks, keep=True)
    report = result.report
    if options.reveal:
        checks = tuple(
            replace(check, detail=_revealed(sitting, check.id, check.detail)) for check in report.checks
        )
        report = replace(report, checks=checks)
    if options.as_json:
        click.echo(json.dumps(report.as_json(reveal=options.reveal), ensure_ascii=False))
    else:
        _show_report(sitting, replace(result, report=report), options)
        for fault in sitting.answers.faults:
            screen.note(fault)
    for note in result.notes:
        screen.note(note)
    return report.exit_code


def _show_report(sitting: Sitting, result: Result, options: Options) -> None:
    from grader.missed import missed

    asked = [each for each in result.marked if not options.checks or each.question in options.checks]
    text = quiz_report_text(
        sitting.quiz,
        result.report,
        result.marked,
        _all_shown(sitting),
        whose=_whose(sitting),
        hints=result.hints,
        missed=missed(sitting.course, sitting.item, asked),
        width=screen.text_width(),
        only=options.checks,
        reveal=options.reveal,
    )
    screen.say(text)


def _revealed(sitting: Sitting, question: str, detail: str) -> str:
    assert sitting.item.key is not None
    right = right_answer(sitting.quiz, sitting.item.key, sitting.variant, question)
    return "\n".join(filter(None, (detail, f"Right: {answer_text(right)}")))


def _ask(sitting: Sitting, only: "Sequence[str]") -> bool:
    """Ask what isn't answered; tell whether all is ready to be marked."""
    asked = list(only) or _unanswered(sitting) or _tried_again(sitting)
    if not asked:
        return True
    opening = opening_text(sitting.quiz, sitting.item.id, _whose(sitting), len(asked), screen.text_width())
    screen.say(opening)
    return Asking(sitting, asked).run() is Event.FINISHED


def _unanswered(sitting: Sitting) -> list[str]:
    """Name the questions without an answer that can be read."""
    given = sitting.answers.given
    return [
        name
        for name in sitting.quiz.plans
        if is_empty(given.get(name)) or sitting.understood(name, given[name]).problem
    ]


def _tried_again(sitting: Sitting) -> list[str]:
    """Ask whether to answer again what was wrong and may be tried again; name these questions."""
    if sitting.item.key is None:
        return []
    marked = sitting.mark(keep=False).marked
    again = [each.question for each in marked if can_be_tried_again(sitting.quiz, each)]
    if not again:
        return []
    one = len(again) == 1
    verb = "isn't right yet and may" if one else "aren't right yet and may"
    count = f"{len(again)} answer{'' if one else 's'}"
    return again if _yes(f"All is answered. {count} {verb} be tried again. Now?") else []


def _practise(sitting: Sitting, options: Options, *, manned: bool) -> int:
    if options.as_json:
        data = {
            "item": sitting.item.id,
            "seed": sitting.variant.seed,
            "questions": [_as_data(shown) for shown in _all_shown(sitting).values()],
        }
        click.echo(json.dumps(data, ensure_ascii=False))
        return 0
    if not manned:
        return _show_statement(sitting, options.checks)
    asked = list(options.checks) or list(sitting.quiz.plans)
    screen.say(opening_text(sitting.quiz, sitting.item.id, _whose(sitting), len(asked), screen.text_width()))
    asking = Asking(sitting, asked)
    asking.run()
    screen.say(asking.sum_of_practice())
    screen.say(f"`grade {_short(sitting)} --practice {sitting.practice}` draws the same numbers again.")
    return 0


def _as_data(shown: Shown) -> dict[str, Any]:
    return {
        "id": shown.id,
        "title": shown.title,
        "type": shown.type,
        "points": shown.points,
        "prompt": shown.prompt,
        "left": dict(shown.left),
        "options": dict(shown.options),
        "unit": shown.unit,
        "how": shown.how,
    }


def _show_statement(sitting: Sitting, only: "Sequence[str]") -> int:
    width, shown = screen.text_width(), _all_shown(sitting)
    asked = list(only) or list(shown)
    hints = {} if sitting.practice is not None else sitting.hints()
    parts = [opening_text(sitting.quiz, sitting.item.id, _whose(sitting), len(shown), width)]
    parts += [
        question_text(
            shown[name],
            len(shown),
            width,
            answer=sitting.answers.given.get(name),
            opened=hints.get(name, 0),
        )
        for name in asked
    ]
    screen.say("\n\n".join(parts))
    return 0


def _open_hint(sitting: Sitting, only: "Sequence[str]", *, manned: bool) -> int:
    """Open the next hint of a question that isn't right yet."""
    if not sitting.named:
        raise UsageFault(f"{sitting.path}: learner: is empty; write your id first: hints show your numbers.")
    opened = sitting.hints()
    name = next((name for name in only or _not_right(sitting) if _left(sitting, name, opened)), None)
    shown = _all_shown(sitting)
    if name is None:
        for each in only:
            screen.say(
                question_text(shown[each], len(shown), screen.text_width(), opened=opened.get(each, 0))
            )
        screen.say("There are no more hints here.")
        return 0
    count = opened.get(name, 0)
    cost = sitting.quiz.plans[name].question.hints[count].cost
    told = f"costs {share_text(cost)} of its points" if cost else "costs nothing"
    title = f"{shown[name].number}. {readable(shown[name].title)}"
    if (
        manned
        and sitting.practice is None
        and cost
        and not _yes(f"The next hint for “{title}” {told}. Open it?")
    ):
        return 0
    if sitting.practice is None:
        _keep(sitting, hints={name: count + 1})
    screen.say(question_text(shown[name], len(shown), screen.text_width(), opened=count + 1, bare=True))
    screen.say(f"   Hint {count + 1} {told}. `grade {_short(sitting)} --check {name} --hint` opens the next.")
    return 0


def _not_right(sitting: Sitting) -> list[str]:
    if sitting.item.key is None or sitting.practice is not None:
        return [name for name in sitting.quiz.plans if not sitting.answers.answered(name)]
    return [each.question for each in sitting.mark(keep=False).marked if each.status != "right"]


def _left(sitting: Sitting, name: str, opened: dict[str, int]) -> bool:
    return opened.get(name, 0) < len(sitting.quiz.plans[name].question.hints)


def _keep(sitting: Sitting, **new: Any) -> None:
    kept = sitting.save(readable, **new)
    if kept is not None:
        screen.note(f"not all of {sitting.path} could be taken over; the old file is kept as {kept.name}.")


def _ask_for_id(sitting: Sitting) -> None:
    """Ask for whom the numbers shall be drawn."""
    why = (
        "Your numbers are drawn for you alone, from your id in the course (the name or number under "
        "which your course knows you). Learning by yourself? Any name will do, but keep to it."
    )
    click.echo(click.wrap_text(why, screen.text_width()))
    while True:
        try:
            learner = " ".join(screen.ask("Your id: ", "\x1b[1m").split())
        except EOFError:
            click.echo()
            raise click.Abort from None
        if learner and learner.isprintable() and len(learner) <= LONGEST_ID:
            break
        click.echo("Type a word or number on one line; Ctrl-C ends.")
    sitting.name_learner(learner, readable)
    click.echo(f"Written to {sitting.path}.\n")


def _yes(question: str) -> bool:
    try:
        return screen.ask(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        click.echo()
        return False


def _reset(item: QuizItem) -> int:
    from grader.reset import reset_answers

    kept = reset_answers(item)
    click.echo(f"{item.answers}: is empty again." + (f" Your file is kept as {kept.name}." if kept else ""))
    return 0


def _all_shown(sitting: Sitting) -> dict[str, Shown]:
    return {name: show(sitting.quiz, sitting.variant, name) for name in sitting.quiz.plans}


def _whose(sitting: Sitting) -> str:
    if sitting.practice is not None:
        return f"for practice round {sitting.practice}"
    if not sitting.named:
        return "as an example, since answers.yaml names no learner yet"
    return f"for {sitting.answers.learner}"


def _short(sitting: Sitting) -> str:
    return f"q{sitting.item.id.removeprefix('quiz-').lstrip('0')}"
