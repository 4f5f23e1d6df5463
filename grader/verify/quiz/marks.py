"""Laws on how one draw is marked: the key is right, each known wrong answer is wrong in its own way."""

import math
from collections.abc import Iterator

from grader.errors import CourseFault
from grader.quiz.expression import Value, compare, holds, to_text
from grader.quiz.expression.arrays import elementwise, entries_of
from grader.quiz.marking.choice import Choice
from grader.quiz.marking.formula import Formula
from grader.quiz.marking.judged import Status
from grader.quiz.marking.number import Mistake, Numbers, text_of
from grader.quiz.marking.short import Words
from grader.quiz.marking.tolerance import Tolerance, is_whole, tolerance_for
from grader.quiz.spec import Formula as FormulaSpec
from grader.verify.quiz.finding import Finding
from grader.verify.quiz.posed import Posed
from grader.verify.quiz.rewrite import with_numbers, written_out

# A number is typed with no more digits than these, unless it is whole.
DIGITS = 6
# At so many of the 20 drawn points a key must have a value.
LEAST_POINTS = 15


def mark_laws(posed: Posed, *, by_marker: bool) -> Iterator[Finding]:
    """Check a question's key and its known wrong answers in one draw.

    Args:
        posed: The question with its draw.
        by_marker: Whether known wrong numbers are also typed and marked, besides being compared with
            the key and with each other, which takes a tenth of the time.
    """
    marker = posed.read.marker
    try:
        match marker:
            case Choice() if marker.single:
                yield from _one_is_right(posed, marker)
            case Numbers():
                yield from _numbers(posed, marker, by_marker=by_marker)
            case Formula():
                yield from _formulas(posed, marker)
            case Words():
                yield from _words(posed, marker)
            case _:
                pass
    except CourseFault as fault:
        yield Finding("key", False, f"questions.{posed.name}: {fault}.")


def _one_is_right(posed: Posed, marker: Choice) -> Iterator[Finding]:
    right = sorted(marker.rights(posed.situation))
    if len(right) != 1:
        at = f"questions.{posed.name}.right"
        yield Finding("key", False, f"{at}: one option must be right in each draw.", f"{right or 'none'}")


def _numbers(posed: Posed, marker: Numbers, *, by_marker: bool) -> Iterator[Finding]:
    right = marker.value(posed.situation)
    tolerance = tolerance_for(right, marker.tolerance, exact=marker.exact)
    at = f"questions.{posed.name}"
    rounded = elementwise(lambda entry: float(f"{entry:.{DIGITS}g}"), right)
    if not is_whole(right) and not marker.exact and not tolerance.same(rounded, right):
        yield Finding(
            "digits",
            False,
            f"{at}.tolerance: the key with {DIGITS} digits isn't right; allow for rounding.",
            text_of(right),
        )
    known: list[tuple[Mistake, Value, Tolerance]] = []
    for mistake in marker.mistakes:
        where = f"{at}.misconceptions.{mistake.id}"
        if mistake.when is not None and not holds(mistake.when, posed.situation.numbers):
            continue
        value = mistake.value(posed.situation)
        if not _is_answer(value):
            sentence = f"{where}: has no value; say 'when' it is looked for."
            yield Finding("misconceptions", False, sentence)
            continue
        own = tolerance_for(value, mistake.tolerance or marker.tolerance, exact=False)
        example = f"{text_of(value)}, the key is {text_of(right)}"
        if tolerance.same(value, right) or own.same(value, right):
            sentence = f"{where}: is the key, within the tolerance."
            yield Finding("misconceptions", False, sentence, example)
            continue
        for other, its, wide in known:
            if wide.same(value, its) or own.same(value, its):
                sentence = f"{where}: is the same as {other.id!r}, within the tolerance."
                yield Finding("misconceptions", False, sentence, example)
        known.append((mistake, value, own))
        if by_marker:
            yield from _recognised(posed, where, mistake.id, text_of(value), example)


def _is_answer(value: Value) -> bool:
    return value in (math.inf, -math.inf) or all(map(math.isfinite, entries_of(value)))


def _recognised(posed: Posed, where: str, name: str, answer: str, example: str) -> Iterator[Finding]:
    judged = posed.judge(answer)
    if judged.misconception != name:
        as_what = f"as {judged.misconception!r}" if judged.misconception else f"only as {judged.status}"
        yield Finding("misconceptions", False, f"{where}: is recognised {as_what}.", example)
    elif not judged.feedback.strip():
        yield Finding("misconceptions", False, f"{where}: says nothing.", example)


def _formulas(posed: Posed, marker: Formula) -> Iterator[Finding]:
    question, numbers = posed.question, posed.situation.numbers
    assert isinstance(question, FormulaSpec)
    at = f"questions.{posed.name}"
    key = with_numbers(written_out(marker.answer, posed.read.values), numbers)
    seed = f"{posed.quiz.id}/{question.id}"
    points = compare(key, key, posed.plan.domains, seed=seed, pinned=question.pinned).points
    if points < LEAST_POINTS:
        yield Finding(
            "points",
            True,
            f"{posed.plan.path}.symbols: the key has a value at {points} points of the domains; narrow them.",
        )
    for mistake in marker.mistakes:
        where = f"{at}.misconceptions.{mistake.id}"
        if mistake.when is not None and not holds(mistake.when, numbers):
            continue
        text = to_text(with_numbers(written_out(mistake.answer, posed.read.values), numbers))
        judged = posed.judge(text)
        if judged.status is Status.UNREADABLE:
            yield Finding("misconceptions", False, f"{where}: can't be typed: {judged.feedback}", text)
        elif judged.status is Status.RIGHT:
            yield Finding("misconceptions", False, f"{where}: is the key.", text)
        else:
            yield from _recognised(posed, where, mistake.id, text, text)


def _words(posed: Posed, marker: Words) -> Iterator[Finding]:
    at = f"questions.{posed.name}"
    for word in sorted(marker.accept):
        if posed.judge(word).status is not Status.RIGHT:
            yield Finding("key", False, f"{at}.accept: {word!r} isn't right.")
    for word, known in marker.known.items():
        yield from _recognised(posed, f"{at}.misconceptions.{known.id}", known.id, word, word)
