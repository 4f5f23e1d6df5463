"""Quizzes in a batch: each learner's answers are marked against that learner's own numbers."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.course import Course
from grader.quiz import draw, learner_seed, right_answer
from tests.batch.batches import TRIPLED, Batch
from tests.quiz.small_quiz import SmallQuiz, make_quiz
from tests.small_course import EXERCISE, REFERENCE


@pytest.fixture
def quiz(batch: Batch) -> SmallQuiz:
    """The small quiz beside the small course's exercise."""
    return make_quiz(batch.course.root)


def right(batch: Batch, learner: str, quiz: str = "quiz-01") -> dict[str, Any]:
    """The right answers to the numbers of a learner."""
    course = Course(batch.course.root)
    item = course.quizzes[quiz]
    key = item.key
    assert key is not None
    variant = draw(item.spec, learner_seed(course.about.salt, quiz, learner))
    return {
        question.id: right_answer(item.spec, key, variant, question.id) for question in item.spec.questions
    }


def plain(answer: Any) -> Any:
    """Tuples as lists, for YAML."""
    if isinstance(answer, (list, tuple)):
        return [plain(part) for part in answer]
    return {name: plain(part) for name, part in answer.items()} if isinstance(answer, dict) else answer


def hand_in(batch: Batch, learner: str, answers: dict[str, Any], *, drawn_for: str | None = None) -> Path:
    """Hand in answers, drawn for the learner or for somebody else."""
    data = {
        "quiz": "quiz-01",
        "learner": learner if drawn_for is None else drawn_for,
        "answers": plain(answers),
    }
    return batch.hand_in(learner, yaml.safe_dump(data, allow_unicode=True), "answers.yaml")


def outcomes(batch: Batch, learner: str) -> dict[str, str]:
    """What became of each question."""
    return batch.outcomes[learner, "quiz-01"]


def test_each_learner_is_marked_against_numbers_of_their_own(batch: Batch, quiz: SmallQuiz) -> None:
    for learner in ("anna", "ben"):
        hand_in(batch, learner, right(batch, learner))
    hand_in(batch, "copycat", right(batch, "anna"))
    batch.told()
    full = str(quiz.read()[0].max_points)
    assert batch.rows["anna"]["quiz-01"] == batch.rows["ben"]["quiz-01"] == full
    assert float(batch.rows["copycat"]["quiz-01"]) < 0.8 * float(full)


def test_answers_drawn_for_somebody_else_wait_for_staff_and_earn_nothing(
    batch: Batch, quiz: SmallQuiz
) -> None:
    hand_in(batch, "ben", right(batch, "anna"), drawn_for="anna")
    ran = batch.run()
    assert ran.code == 1
    assert batch.rows["ben"]["quiz-01"] == ""
    assert batch.rows["ben"]["needs_review"] == "quiz-01"
    assert set(outcomes(batch, "ben").values()) == {"INTERNAL"}
    assert "The numbers in this file are drawn for 'anna', but 'ben' handed it in" in (
        batch.out / "results.jsonl"
    ).read_text(encoding="utf-8")


def test_the_roster_tells_under_which_names_numbers_may_be_drawn(
    batch: Batch, quiz: SmallQuiz, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,email\nanna,Anna Bell,Anna@Example.org\n")
    hand_in(batch, "anna", right(batch, "anna@example.org"), drawn_for=" anna@example.org ")
    batch.told("--roster", roster)
    assert batch.rows["anna"]["quiz-01"] == str(quiz.read()[0].max_points)


def test_a_second_hand_in_is_a_second_attempt_and_costs_what_the_quiz_says(
    batch: Batch, quiz: SmallQuiz
) -> None:
    answers = right(batch, "anna")
    hand_in(batch, "anna", {**answers, "mse": "-5"})
    batch.told()
    before = float(batch.rows["anna"]["quiz-01"])
    hand_in(batch, "anna", answers)
    assert batch.told()["graded"] == 1
    # 3 points, 0.1 of them for the further attempt.
    assert float(batch.rows["anna"]["quiz-01"]) == pytest.approx(before + 3 * 0.9, abs=0.006)
    assert outcomes(batch, "anna")["mse"] == "PARTIAL"


def test_an_unreadable_answer_costs_nothing_and_is_told_with_its_place(batch: Batch, quiz: SmallQuiz) -> None:
    answers = right(batch, "anna")
    hand_in(batch, "anna", {**answers, "mse": "3 + (4"})
    batch.told()
    assert outcomes(batch, "anna")["mse"] == "ERROR"
    assert "can't be read" in batch.feedback("anna")
    hand_in(batch, "anna", answers)
    batch.told()
    assert batch.rows["anna"]["quiz-01"] == str(quiz.read()[0].max_points)


def test_the_numbers_that_were_drawn_stand_beside_the_result(batch: Batch, quiz: SmallQuiz) -> None:
    hand_in(batch, "anna", right(batch, "anna"))
    batch.told()
    with sqlite3.connect(batch.out / "batch.sqlite") as store:
        (report,) = store.execute("SELECT report FROM result WHERE item = 'quiz-01'").fetchone()
    drawn = json.loads(report)["variant"]["questions"]["mse"]["params"]
    assert len(drawn["e"]) == drawn["n"]


def test_another_public_salt_draws_other_numbers_and_marks_anew(batch: Batch, quiz: SmallQuiz) -> None:
    hand_in(batch, "anna", right(batch, "anna"))
    batch.told()
    path = batch.course.root / "exercises" / "course.yaml"
    about = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(yaml.safe_dump({**about, "salt": "another year"}), encoding="utf-8")
    assert batch.told("--allow-lower")["graded"] == 1
    assert float(batch.rows["anna"]["quiz-01"]) < quiz.read()[0].max_points


@pytest.mark.parametrize(
    "text",
    [
        "quiz: quiz-01\nlearner: anna\nanswers: [1, 2]\n",
        "quiz: quiz-01\nlearner: anna\nanswers: {mse: " + "9" * 200_000 + "}\n",
        "quiz: quiz-01\nlearner: [anna]\nanswers: {nobody: 3, mse: 1e999}\n",
        "quiz: quiz-01\na: &a [x, x]\nb: &b [*a, *a]\nanswers: {mse: *b}\n",
        "quiz: quiz-01\nlearner: anna\nseed: 7\nanswers: {mse: 3}\n",
        "quiz: quiz-01\n\x00\x01",
        "quiz: quiz-01\nanswers: {mse: !!python/object/apply:os.system [id]}\n",
    ],
)
def test_a_strange_file_earns_nothing_and_hurts_nobody(batch: Batch, quiz: SmallQuiz, text: str) -> None:
    hand_in(batch, "ben", right(batch, "ben"))
    batch.hand_in("anna", text, "answers.yaml")
    batch.told()
    assert batch.rows["ben"]["quiz-01"] == str(quiz.read()[0].max_points)
    assert batch.rows["anna"]["quiz-01"] in ("0", "")
    assert batch.feedback("anna")


def test_the_page_tells_of_questions_in_moodles_terms(batch: Batch, quiz: SmallQuiz) -> None:
    for number in range(24):
        learner = f"l{number}"
        answers = right(batch, learner)
        if number % 3:
            answers = {**answers, "mse": "-5", "relu": "0"}
        hand_in(batch, learner, answers)
    batch.told()
    page = (batch.out / "report.html").read_text(encoding="utf-8")
    section = page[page.index('id="questions"') :]
    row = section[section.index("The mean squared error") :]
    assert "33%" in row[: row.index("</tr>")]
    assert "100%" in row[: row.index("</tr>")]  # who misses it misses the other one as well


def test_quizzes_and_exercises_stand_in_one_gradebook(batch: Batch, quiz: SmallQuiz) -> None:
    hand_in(batch, "anna", right(batch, "anna"))
    batch.hand_in("anna")
    batch.told()
    assert list(batch.rows["anna"])[3:5] == ["exercise-01", "quiz-01"]


def test_feedback_names_a_concept_that_was_missed_in_a_quiz_and_in_an_exercise(
    batch: Batch, quiz: SmallQuiz
) -> None:
    batch.course.declare({**EXERCISE, "concepts": ["mean"]})
    (batch.course.root / "exercises" / "course.yaml").write_text("concepts: {mean: the mean}\n")
    for learner, source in (("anna", TRIPLED), ("ben", REFERENCE)):
        hand_in(batch, learner, {**right(batch, learner), "mse": "-5"})
        batch.hand_in(learner, source)
    batch.told()
    assert "- the mean: missed in quiz-01 and exercise-01" in batch.feedback("anna")
    assert "- the mean: missed in quiz-01\n" in batch.feedback("ben")
