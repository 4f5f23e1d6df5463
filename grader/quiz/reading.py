"""Read `quiz.yaml` and `key.yaml`, hold the one against the other, and tell every fault in a sentence."""

from pathlib import Path
from typing import Any

from grader.errors import CourseFault, did_you_mean
from grader.model import json_schema, shown, validated
from grader.quiz.author import Author
from grader.quiz.key import QuizKey, ready
from grader.quiz.keyspec import KEYS, KeyFile, QuestionKey
from grader.quiz.plan import plan
from grader.quiz.quiz import Quiz
from grader.quiz.spec import QuizSpec
from grader.yamlfile import read_yaml


def read_quiz(path: Path) -> Quiz:
    """Read a `quiz.yaml`; the quiz is called as its folder.

    Raises:
        CourseFault: It is faulty, one sentence a fault.
    """
    spec = validated(QuizSpec, read_yaml(path), str(path))
    author = Author(str(path))
    plans = {
        question.id: plan(author, question, f"questions[{k}]") for k, question in enumerate(spec.questions)
    }
    author.finish()
    return Quiz(path.resolve().parent.name, str(path), spec, plans)


def read_key(path: Path, quiz: Quiz) -> QuizKey:
    """Read the `key.yaml` of a quiz.

    Raises:
        CourseFault: It is faulty or doesn't go with the quiz, one sentence a fault.
    """
    data = read_yaml(path)
    given = _entries(data, str(path))
    author = Author(str(path))
    author.known("questions", given, quiz.plans, "a question of the quiz")
    keys: dict[str, QuestionKey] = {}
    faults = []
    for question in quiz.questions:
        if question.id not in given:
            author.fault(f"questions.{question.id}", "is missing: each question needs its key.")
            continue
        model: Any = KEYS[question.type]
        try:
            keys[question.id] = validated(model, given[question.id], str(path), f"questions.{question.id}")
        except CourseFault as fault:
            faults.append(str(fault))
    questions = {
        name: ready(author, quiz.plans[name], key, f"questions.{name}") for name, key in keys.items()
    }
    try:
        author.finish()
    except CourseFault as fault:
        faults.append(str(fault))
    if faults:
        raise CourseFault("\n".join(faults))
    return QuizKey(str(path), questions)


def _entries(data: Any, where: str) -> dict[Any, Any]:
    if not isinstance(data, dict):
        raise CourseFault(f"{where}: holds {shown(data)} where a mapping of keys is expected.")
    for key in data:
        if key != "questions":
            raise CourseFault(f"{where}: {key}: is not a key here.{did_you_mean(str(key), ('questions',))}")
    entries = data.get("questions")
    if not isinstance(entries, dict):
        raise CourseFault(f"{where}: questions: {shown(entries)} is not a mapping of questions.")
    return entries


def quiz_schema() -> dict[str, Any]:
    """Give the JSON Schema of `quiz.yaml`, for editors."""
    return json_schema(QuizSpec)


def key_schema() -> dict[str, Any]:
    """Give the JSON Schema of `key.yaml`, for editors."""
    return json_schema(KeyFile)
