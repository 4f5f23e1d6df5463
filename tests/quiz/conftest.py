"""Fixtures that the tests of quizzes share."""

from pathlib import Path

import pytest

from grader.quiz.key import QuizKey
from grader.quiz.quiz import Quiz
from tests.quiz.small_quiz import make_quiz


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Quiz, QuizKey]:
    """The small quiz and its keys, read once."""
    return make_quiz(Path(tmp_path_factory.mktemp("quiz"))).read()
