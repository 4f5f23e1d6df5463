"""A question as one learner gets it, ready to be answered: what the laws look at draw by draw."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.quiz.drawing import draw_question
from grader.quiz.key import QuizKey, ReadKey
from grader.quiz.marked import situation
from grader.quiz.marking.judged import Judged, Situation, Status, Unreadable
from grader.quiz.marking.plain import Plain, plain
from grader.quiz.plan import Plan
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Question
from grader.quiz.variant import Drawn, Variant


@dataclass(frozen=True)
class Posed:
    """One question with one draw."""

    quiz: Quiz
    key: QuizKey
    name: str
    seed: str
    drawn: Drawn

    @property
    def question(self) -> Question:
        """What the quiz declares."""
        return self.plan.question

    @property
    def plan(self) -> Plan:
        """How the question is drawn and shown."""
        return self.quiz.plans[self.name]

    @property
    def read(self) -> ReadKey:
        """The question's key."""
        return self.key.questions[self.name]

    @cached_property
    def variant(self) -> Variant:
        """The draw as a variant of the quiz, which holds this question only."""
        return Variant(self.quiz.id, self.seed, {self.name: self.drawn})

    @cached_property
    def situation(self) -> Situation:
        """What an answer is marked against.

        Raises:
            ExpressionError: A value on the way to the key can't be computed.
        """
        return situation(self.quiz, self.key, self.variant, self.name)

    def judge(self, answer: Any) -> Judged:
        """Mark an answer, computing the key's values once for all answers; for a faulty key this raises.

        Raises:
            CourseFault: The key has no value for these numbers.
            ExpressionError: It can't be computed.
        """
        try:
            return self.read.marker.mark(plain(answer), self.situation)
        except Unreadable as error:
            return Judged(Status.UNREADABLE, feedback=str(error))

    def right_answer(self) -> Plain:
        """Give the right answer as it would be written.

        Raises:
            CourseFault: The key has no value for these numbers.
            ExpressionError: It can't be computed.
        """
        return self.read.marker.key(self.situation)


def pose(quiz: Quiz, key: QuizKey, name: str, seeds: list[str]) -> list[Posed]:
    """Draw a question from each seed.

    Raises:
        CourseFault: Its numbers can't be drawn, or never meet its conditions.
    """
    return [Posed(quiz, key, name, seed, draw_question(quiz, name, seed)) for seed in seeds]


def different(posed: list[Posed], most: int | None = None) -> list[Posed]:
    """Keep one of those with the same numbers, up to `most`; only the order of options may differ."""
    return list(_different(posed))[:most]


def _different(posed: list[Posed]) -> Iterator[Posed]:
    seen = set()
    for each in posed:
        numbers = tuple(each.drawn.params.items())
        if numbers not in seen:
            seen.add(numbers)
            yield each
