"""Mark a quiz's answers against one learner's numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.errors import CourseFault
from grader.quiz.answers import Answers
from grader.quiz.attempt import attempts_among, best
from grader.quiz.expression import ExpressionError, Value, evaluate
from grader.quiz.key import QuizKey
from grader.quiz.marking.judged import Judged, Situation, Status, Unreadable
from grader.quiz.marking.plain import Plain, is_empty, plain
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Hint
from grader.quiz.variant import Variant


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of one question.

    Attributes:
        question: Its id.
        status: Of the latest answer.
        credit: What it is worth, from 0 to 1: the best attempt, less penalties and hints.
        fraction: What the latest answer is worth by itself.
        feedback: What is said of the latest answer; of one that can't be read, where.
        misconception: The id of the known wrong answer that it is, or nothing.
        read_as: How it was read.
        attempts: How many attempts were counted.
    """

    question: str
    status: Status
    credit: float = 0.0
    fraction: float = 0.0
    feedback: str = ""
    misconception: str = ""
    read_as: str = ""
    attempts: int = 0


def mark(
    quiz: Quiz,
    key: QuizKey,
    variant: Variant,
    answers: Answers,
    *,
    hints: Mapping[str, int] | None = None,
    earlier: Sequence[Answers] = (),
) -> tuple[Marked, ...]:
    """Mark all questions, in the quiz's order.

    Args:
        quiz: The quiz.
        key: Its keys.
        variant: The learner's numbers.
        answers: What the learner answers now.
        hints: How many hints of each question were opened; by default what the answers say.
        earlier: What the learner answered before, each of them looked at by a marker, oldest first.
    """
    opened = answers.hints if hints is None else hints
    return tuple(
        _marked(
            quiz,
            question.id,
            [_judged_in(quiz, key, variant, question.id, each) for each in (*earlier, answers)],
            _cost(question.hints, opened.get(question.id, 0)),
        )
        for question in quiz.questions
    )


def mark_question(quiz: Quiz, key: QuizKey, variant: Variant, question: str, answer: Any) -> Marked:
    """Mark one answer by itself, as a first attempt without hints.

    Args:
        quiz: The quiz.
        key: Its keys.
        variant: The learner's numbers.
        question: The question's id.
        answer: What was answered: a text, a list or a mapping; anything else is told to be unreadable.
    """
    return _marked(quiz, question, [judge(quiz, key, variant, question, answer)], 0.0)


def judge(quiz: Quiz, key: QuizKey, variant: Variant, question: str, answer: Any) -> Judged:
    """Judge one answer, whatever it is; neither its form nor a faulty key raises."""
    if is_empty(answer):
        return Judged(Status.UNANSWERED)
    read = key.questions[question]
    try:
        given = plain(answer)
        return read.marker.mark(given, situation(quiz, key, variant, question))
    except Unreadable as error:
        return Judged(Status.UNREADABLE, feedback=str(error))
    except (CourseFault, ExpressionError) as fault:
        return Judged(Status.FAULTY, feedback=f"{key.where}: questions.{question}: {fault}.")


def right_answer(quiz: Quiz, key: QuizKey, variant: Variant, question: str) -> Plain:
    """Give the right answer to one question as the learner with these numbers would write it.

    Raises:
        CourseFault: The key has no value for these numbers.
        ExpressionError: It can't be computed.
    """
    return key.questions[question].marker.key(situation(quiz, key, variant, question))


def situation(quiz: Quiz, key: QuizKey, variant: Variant, question: str) -> Situation:
    """Give what an answer to a question is marked against.

    Raises:
        CourseFault: The variant is none of this quiz.
        ExpressionError: A value on the way to the key can't be computed.
    """
    plan, drawn = quiz.plans[question], variant.questions.get(question)
    if drawn is None or {*drawn.params} != {*plan.names, *plan.texts} or {*drawn.order} != {*plan.options}:
        raise CourseFault("the numbers were drawn for another version of the quiz")
    values = dict(drawn.params)
    numbers: dict[str, Value] = {name: drawn.params[name] for name in plan.names}  # type: ignore[misc]  # no texts
    for name, node in key.questions[question].values:
        values[name] = numbers[name] = evaluate(node, numbers)
    return Situation(quiz.id, plan, drawn, values, numbers)


def _judged_in(quiz: Quiz, key: QuizKey, variant: Variant, question: str, answers: Answers) -> Judged:
    if answers.broken:
        return Judged(Status.UNREADABLE, feedback=answers.faults[0])
    return judge(quiz, key, variant, question, answers.given.get(question))


def _cost(hints: Sequence[Hint], opened: int) -> float:
    return sum(hint.cost for hint in hints[: max(0, opened)])


def _marked(quiz: Quiz, question: str, answers: Sequence[Judged], cost: float) -> Marked:
    attempts = attempts_among(answers, quiz.attempts.max)
    latest = answers[-1]
    if latest.status is Status.UNANSWERED and attempts:
        # What was answered before still counts.
        latest = attempts[-1]
    elif len(attempts) == quiz.attempts.max and latest.read_as not in ("", attempts[-1].read_as):
        used_up = f"All {quiz.attempts.max} attempts are used, so this answer isn't counted."
        latest = replace(attempts[-1], feedback=f"{used_up} {attempts[-1].feedback}".rstrip())
    credit = best([attempt.credit for attempt in attempts], quiz.attempts.penalty)
    return Marked(
        question,
        latest.status,
        max(0.0, credit - cost),
        latest.credit,
        latest.feedback,
        latest.misconception,
        latest.read_as,
        len(attempts),
    )
