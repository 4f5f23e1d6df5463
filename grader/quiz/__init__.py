"""Quizzes: questions drawn anew for each learner, and answers marked with feedback.

    quiz = read_quiz(Path("exercises/quiz-03/quiz.yaml"))
    key = read_key(Path("solutions/quiz-03/key.yaml"), quiz)
    variant = draw(quiz, learner_seed(salt, quiz.id, "alice"))
    answers = read_answers(raw, "answers.yaml", quiz)
    report = report_of(quiz, mark(quiz, key, variant, answers), variant.seed)

What is named here is loaded when it is asked for: defining the models of the YAML takes 100 ms.
"""

from importlib import import_module
from typing import Any

# Where each public name stands; no module is called as a name in it, which it would hide.
_HOMES = {
    "Answers": "answers",
    "Marked": "marked",
    "Quiz": "quiz",
    "QuizKey": "key",
    "Status": "marking.judged",
    "Variant": "variant",
    "answers_text": "writing",
    "draw": "drawing",
    "key_schema": "reading",
    "learner_seed": "counter",
    "mark": "marked",
    "mark_question": "marked",
    "practice_seed": "counter",
    "quiz_schema": "reading",
    "read_answers": "answers",
    "read_key": "reading",
    "read_quiz": "reading",
    "report_of": "report",
    "report_unmarked": "report",
    "right_answer": "marked",
    "show": "shown",
    "stub_text": "writing",
    "variant_from_data": "variant",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'grader.quiz' has no attribute {name!r}")
    return getattr(import_module(f"grader.quiz.{_HOMES[name]}"), name)
