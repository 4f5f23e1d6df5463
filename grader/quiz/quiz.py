"""One quiz, read and ready: its questions, and how each is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.quiz.plan import Plan
from grader.quiz.spec import Attempts, Question, QuizSpec


@dataclass(frozen=True, slots=True)
class Quiz:
    """One quiz.

    Attributes:
        id: The name of its folder, such as `quiz-03`.
        where: The file it was read from, for messages.
        spec: What the YAML declares.
        plans: How each question is drawn, by its id.
    """

    id: str
    where: str
    spec: QuizSpec
    plans: Mapping[str, Plan]

    @property
    def title(self) -> str:
        """Its title."""
        return self.spec.title

    @property
    def questions(self) -> list[Question]:
        """Its questions, in order."""
        return self.spec.questions

    @property
    def attempts(self) -> Attempts:
        """How many attempts there are, and what each costs."""
        return self.spec.attempts

    @property
    def max_points(self) -> int:
        """Points that can be earned."""
        return self.spec.max_points
