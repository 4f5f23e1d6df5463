"""The laws over every item of this course, and what holds for this course in particular."""

import json
from pathlib import Path

import pytest

from grader.authoring.catalogue import catalogue_page
from grader.course import Course
from grader.verify.files import course_laws
from grader.verify.run import MutantPlan, verify_item

ROOT = Path(__file__).parents[1]
COURSE = Course(ROOT)
# A fixed sample of mutants an exercise; `grader verify --mutants` runs them all.
SAMPLE = 8


@pytest.mark.parametrize("item", COURSE.items)
def test_every_law_holds_on_every_item(item: str) -> None:
    verified = verify_item(ROOT, item, MutantPlan(SAMPLE), seed=0)
    assert [str(violation) for violation in verified.violations] == []
    assert verified.strength is not None
    assert [f"- {mutant.was}\n+ {mutant.becomes}" for mutant in verified.strength.survivors] == []


@pytest.mark.parametrize("quiz", COURSE.quizzes)
def test_every_law_holds_on_every_quiz(quiz: str) -> None:
    verified = verify_item(ROOT, quiz, None, seed=0)
    assert [str(violation) for violation in verified.violations] == []
    assert verified.quiz is not None
    assert verified.quiz.seeds == 200
    assert verified.quiz.clicking < 1 / 3


def test_the_laws_over_the_whole_course_hold() -> None:
    assert [str(violation) for violation in course_laws(COURSE)] == []


@pytest.mark.parametrize("item", COURSE.items)
def test_an_exercise_of_this_course_is_worth_100_points(item: str) -> None:
    spec = COURSE.items[item].spec
    assert spec.max_points == 100
    assert spec.part is not None
    assert sum(check.points for check in spec.checks if check.visible and check.rule is None) <= 20
    assert len(spec.hidden_ids) >= 8


def test_every_topic_is_asked_for_where_the_map_says() -> None:
    """Each topic of the course is declared by the exercises and quizzes that the topic map names for it."""
    places = json.loads((ROOT / "tests" / "topics.json").read_text(encoding="utf-8"))
    declared = {
        **{name: item.spec.topics for name, item in COURSE.items.items()},
        **{name: item.spec.spec.topics for name, item in COURSE.quizzes.items()},
    }
    missing = [
        f"{item}: {topic}" for topic, items in places.items() for item in items if topic not in declared[item]
    ]
    assert missing == []


def test_the_catalogue_is_current() -> None:
    """`grader catalogue` rewrites it."""
    assert (ROOT / "exercises" / "README.md").read_text(encoding="utf-8") == catalogue_page(COURSE)
