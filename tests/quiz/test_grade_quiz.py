"""`grade quiz-01` without a terminal: it works from the file alone and never asks."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.quiz import draw, learner_seed, practice_seed, right_answer
from grader.quiz.answers import MAX_BYTES
from tests.quiz.small_quiz import QUIZ, SmallQuiz, make_quiz
from tests.small_course import Ran, make_course, run


@dataclass(frozen=True)
class Learner:
    """A learner's copy of a course with one quiz and one exercise."""

    quiz: SmallQuiz

    @property
    def file(self) -> Path:
        """The answers file."""
        return self.quiz.yaml.with_name("answers.yaml")

    def grade(self, *args: str | Path, env: dict[str, str] | None = None) -> Ran:
        """Run `grade`."""
        return run("grade", *args, cwd=self.quiz.root, env=env)

    def answer(self, text: str, learner: str = "ada") -> None:
        """Write answers by hand."""
        body = "".join(f"  {line}\n" for line in text.splitlines())
        self.file.write_text(f"quiz: quiz-01\nlearner: {learner}\nanswers:\n{body}", encoding="utf-8")

    def right(self, *names: str, seed: str = "") -> str:
        """Give right answers to some questions, by default to all."""
        quiz, key = self.quiz.read()
        variant = draw(quiz, seed or learner_seed("", "quiz-01", "ada"))
        return "\n".join(
            f"{name}: {json.dumps(right_answer(quiz, key, variant, name))}" for name in names or quiz.plans
        )


@pytest.fixture
def ada(tmp_path: Path) -> Learner:
    make_course(tmp_path)
    return Learner(make_quiz(tmp_path))


def check(ran: Ran, name: str) -> dict[str, Any]:
    """Find a question in a JSON report."""
    return next(check for check in ran.report["checks"] if check["id"] == name)


def test_right_answers_earn_all_points_and_exit_0(ada: Learner) -> None:
    ada.answer(ada.right())
    ran = ada.grade("q1")
    assert (ran.code, ran.err) == (0, "")
    assert "23 of 23 points" in ran.out
    assert "All of it is right. Well done!" in ran.out
    assert "The numbers are drawn for ada." in ran.out


def test_the_empty_file_earns_nothing_and_nothing_is_asked(ada: Learner) -> None:
    ran = ada.grade("quiz-01")
    assert ran.code == 1
    assert "0 of 23 points" in ran.out
    assert "`grade q1` asks again: 15 not answered yet" in ran.out
    assert set(ada.grade("q1", "--json").outcomes.values()) == {"MISSING"}
    assert ada.file.read_text() == "quiz: quiz-01\nlearner: ''\nanswers: {}\n"


def test_a_known_wrong_answer_gets_its_feedback_and_its_share(ada: Learner) -> None:
    ada.answer("sigmoid: s*(1-s)")
    ran = ada.grade("q1")
    assert "→ The inner derivative" in ran.out
    assert "You answered s·(1 − s)" in ran.out
    assert "2 attempts left; right next time earns 1.8 of 2." in ran.out
    assert check(ada.grade("q1", "--json"), "sigmoid")["points"] == 1


def test_an_answer_that_cannot_be_read_is_shown_with_a_caret_and_costs_nothing(ada: Learner) -> None:
    ada.answer("sigmoid: s*(1-s")
    ran = ada.grade("q1")
    assert ran.code == 1
    assert "s*(1-s\n          ^\n" in ran.out
    assert "This '(' is never closed: add ')'." in ran.out
    assert "This costs nothing." in ran.out
    ada.answer(ada.right("sigmoid"))
    assert check(ada.grade("q1", "--json"), "sigmoid")["points"] == 2


def test_attempts_are_counted_by_moodle_s_adaptive_rule(ada: Learner) -> None:
    ada.answer("mse: 1000")
    assert "2 attempts left; right next time earns 2.7 of 3." in ada.grade("q1").out
    # The same answer, or another way to write it, isn't another attempt.
    ada.answer("mse: 1e3")
    assert "2 attempts left" in ada.grade("q1").out
    ada.answer("mse: 1001")
    assert "1 attempt left; right next time earns 2.4 of 3." in ada.grade("q1").out
    ada.answer(ada.right("mse"))
    ran = ada.grade("q1")
    assert "Right at attempt 3: −20 %." in ran.out
    assert check(ada.grade("q1", "--json"), "mse")["points"] == 2.4
    ada.answer("mse: 1002")
    ran = ada.grade("q1")
    assert "All 3 attempts are used, so this answer isn't counted." in " ".join(ran.out.split())
    assert check(ada.grade("q1", "--json"), "mse")["points"] == 2.4


def test_an_attempt_stores_the_numbers_that_were_drawn(ada: Learner) -> None:
    ada.answer("mse: 1000")
    ada.grade("q1")
    kept = json.loads((ada.quiz.root / ".grade" / "quiz-01.json").read_text())["drawn"]
    (drawn,) = kept.values()
    assert drawn["attempts"] == [{"mse": "1000"}]
    assert len(drawn["variant"]["questions"]["mse"]["params"]["e"]) in (2, 4, 5)


def test_damaged_attempts_are_kept_aside_and_told(ada: Learner) -> None:
    ada.answer("mse: 1000")
    kept = ada.quiz.root / ".grade" / "quiz-01.json"
    kept.parent.mkdir()
    for damaged in ("{", "[]", '{"drawn": {"x": {"attempts": 3}}}'):
        kept.write_text(damaged)
        ran = ada.grade("q1")
        assert "is damaged; it is kept as quiz-01.json.unreadable" in ran.err
        assert "2 attempts left" in ran.out


def test_hints_open_one_by_one_tell_their_cost_and_count(ada: Learner) -> None:
    ada.answer(ada.right("sigmoid"))
    first = ada.grade("q1", "--check", "sigmoid", "--hint")
    assert first.code == 0
    assert "Hint 1: Differentiate from outside in." in first.out
    assert "Hint 1 costs 10 % of its points." in first.out
    assert "Hint 2 costs 20 % of its points." in ada.grade("q1", "--check", "sigmoid", "--hint").out
    assert "There are no more hints here." in ada.grade("q1", "--check", "sigmoid", "--hint").out
    assert "hints: {sigmoid: 2}" in ada.file.read_text()
    ran = ada.grade("q1")
    assert "2 hints: −30 %." in ran.out
    # Deleting the line doesn't close a hint again.
    ada.answer(ada.right("sigmoid"))
    assert check(ada.grade("q1", "--json"), "sigmoid")["points"] == 1.4


def test_without_naming_a_question_the_hint_is_for_the_first_that_is_not_right(ada: Learner) -> None:
    ada.answer(ada.right("sigmoid"))
    assert "The mean squared error" in ada.grade("q1", "--hint").out
    assert "There are no more hints here." in ada.grade("q1", "--hint").out


def test_without_solutions_staff_will_mark_and_each_answer_is_still_read(ada: Learner) -> None:
    shutil.rmtree(ada.quiz.root / "solutions")
    ada.answer("sigmoid: s*(1-s\nmse: 3\nshape: b")
    ran = ada.grade("q1")
    assert ran.code == 1
    assert "This '(' is never closed" in ran.out
    assert "2 of 15 answers are kept" in ran.out
    assert "This copy of the course holds no keys: staff will mark them." in " ".join(ran.out.split())
    outcomes = ada.grade("q1", "--json").outcomes
    assert (outcomes["sigmoid"], outcomes["mse"], outcomes["rule"]) == ("ERROR", "SKIPPED", "MISSING")
    assert not (ada.quiz.root / ".grade").exists()


def test_with_every_answer_readable_and_no_solutions_the_exit_code_is_0(ada: Learner) -> None:
    ada.answer(ada.right())
    shutil.rmtree(ada.quiz.root / "solutions")
    ran = ada.grade("q1")
    assert ran.code == 0
    assert "15 of 15 answers are kept, worth up to 23 points in all." in ran.out


def test_one_question_can_be_marked_alone(ada: Learner) -> None:
    ada.answer("mse: 1000\nsigmoid: s*(1-s)")
    ran = ada.grade("q1", "--check", "mse")
    assert "The mean squared error" in ran.out
    assert "sigmoid" not in ran.out
    # It counted as an attempt at that question, and at no other.
    both = ada.grade("q1").out
    assert both.count("2 attempts left") == 2


def test_another_file_is_marked_and_nothing_of_it_is_kept(ada: Learner) -> None:
    other = ada.quiz.root / "other.yaml"
    other.write_text("quiz: quiz-01\nlearner: bob\nanswers: {mse: 1000}\n")
    ran = ada.grade("q1", "--file", other)
    assert "The numbers are drawn for bob." in ran.out
    assert not (ada.quiz.root / ".grade").exists()
    assert ada.grade("q1", "--file", "nowhere.yaml").code == 2


def test_reveal_shows_the_right_answers_to_those_who_learn_by_themselves(ada: Learner) -> None:
    ada.answer("rule: product rule")
    assert "Right: chain rule" in ada.grade("q1", "--reveal").out
    assert "Right:" not in ada.grade("q1").out
    shutil.rmtree(ada.quiz.root / "solutions")
    assert "nothing can be revealed" in ada.grade("q1", "--reveal").err


def test_the_statement_shows_all_questions_with_the_learner_s_numbers(ada: Learner) -> None:
    ran = ada.grade("q1", "--statement")
    assert ran.code == 0
    assert "as an example, since answers.yaml names no learner yet" in " ".join(ran.out.split())
    ada.answer("mse: 3")
    ran = ada.grade("q1", "--statement")
    quiz, _ = ada.quiz.read()
    residuals = draw(quiz, learner_seed("", "quiz-01", "ada")).questions["mse"].params["e"]
    assert isinstance(residuals, tuple)
    assert f"Residuals [{', '.join(map(str, residuals))}]" in ran.out
    assert "Your answer so far: 3" in ran.out
    assert "With s = σ(wx) and w = " in ran.out
    assert "$" not in ran.out
    assert "15/15" in ran.out
    one = ada.grade("q1", "--statement", "--check", "rule").out
    assert "15/15" in one
    assert "1/15" not in one.replace("15/15", "")


def test_reset_keeps_the_old_file_beside(ada: Learner) -> None:
    ada.answer("mse: 3")
    written = ada.file.read_text()
    assert "answers.yaml.old" in ada.grade("q1", "--reset").out
    assert ada.file.with_name("answers.yaml.old").read_text() == written
    assert "mse" not in ada.file.read_text()
    assert "is empty again.\n" in ada.grade("q1", "--reset").out
    ada.file.unlink()
    assert ada.grade("q1").code == 1
    assert ada.grade("q1", "--reset").code == 0
    assert ada.file.exists()


def test_practice_draws_other_numbers_and_keeps_nothing(ada: Learner) -> None:
    ran = ada.grade("q1", "--practice", "3")
    assert ran.code == 0
    assert "for practice round 3" in ran.out
    assert ada.grade("q1", "--practice", "3").out == ran.out
    assert ada.grade("q1", "--practice", "4").out != ran.out
    # Without a number any round is drawn, wherever the option stands.
    assert "for practice round" in ada.grade("--practice", "q1").out
    data = json.loads(ada.grade("q1", "--practice", "3", "--json").out)
    assert (data["seed"], len(data["questions"])) == ("practice-3", 15)
    assert not (ada.quiz.root / ".grade").exists()
    assert "{}" in ada.file.read_text()


def test_a_file_can_be_marked_against_the_numbers_of_a_practice_round(ada: Learner) -> None:
    other = ada.quiz.root / "other.yaml"
    lines = ada.right(seed=practice_seed(3)).replace("\n", "\n  ")
    other.write_text(f"quiz: quiz-01\nanswers:\n  {lines}\n")
    assert ada.grade("q1", "--practice", "3", "--file", other).code == 0
    assert ada.grade("q1", "--practice", "4", "--file", other).code == 1


def test_concepts_that_were_missed_here_and_in_an_exercise_are_named(ada: Learner) -> None:
    path = ada.quiz.root / "exercises" / "exercise-01" / "exercise.yaml"
    path.write_text(path.read_text() + "concepts: [chain-rule]\n")
    about = ada.quiz.root / "exercises" / "course.yaml"
    about.write_text("title: A course\nsalt: ''\nconcepts: {chain-rule: the chain rule, mean: means}\n")
    ada.answer("sigmoid: s*(1-s)\nmse: 1000")
    assert "· the chain rule: exercise-01 practises it" in ada.grade("q1").out
    ada.grade("1")
    ran = ada.grade("q1")
    assert "· the chain rule: missed here and in exercise-01" in ran.out
    assert "· means" in ran.out


def test_the_list_shows_quizzes_with_the_points_earned(ada: Learner) -> None:
    assert "quiz-01      – / 23  A little of everything" in ada.grade().out
    ada.answer(ada.right())
    ada.grade("q1")
    assert "quiz-01      23 / 23  A little of everything" in ada.grade().out
    ada.answer(ada.right("mse"))
    assert "changed since; grade it again" in ada.grade().out
    listed = [json.loads(line) for line in ada.grade("--json").out.splitlines()]
    assert [(line["item"], line["max_points"]) for line in listed] == [("exercise-01", 6), ("quiz-01", 23)]


def test_quizzes_and_exercises_are_graded_together_in_the_order_given(ada: Learner) -> None:
    ran = ada.grade("q1", "1", "quiz-1", "--json")
    assert [json.loads(line)["item"] for line in ran.out.splitlines()] == [
        "quiz-01",
        "exercise-01",
        "quiz-01",
    ]
    assert ran.code == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["q1", "--seed", "3"],
            "quiz-01: --seed is for exercises; the numbers of a quiz follow from your id",
        ),
        (["1", "--practice"], "exercise-01: --practice is for quizzes"),
        (["q1", "1", "--practice", "3"], "go with exactly one item"),
        (["q1", "--practice", "9" * 40], "is no number of a round"),
        (["q1", "--check", "msw"], "quiz-01: there is no question 'msw'. Did you mean 'mse'?"),
        (["q1", "--check", "msw", "--hint"], "there is no question 'msw'"),
        (["q9"], "q9: there is no such item."),
        (["q1", "--hint"], "learner: is empty; write your id first"),
    ],
)
def test_a_slip_in_the_command_is_told_and_exits_2(ada: Learner, args: list[str], message: str) -> None:
    ran = ada.grade(*args)
    assert ran.code == 2
    assert message in ran.err.replace("\n", " ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"answers: [", "line 2: is not YAML"),
        (b"answers: {mse: 3, mse: 4}", "the key 'mse' stands here twice."),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nanswers: *b\n", "an anchor is used again"),
        (b"answers: !!python/object/apply:os.system [ls]", "the tag"),
        (b"quiz: quiz-02\nlearner: ada\n", "these are answers to 'quiz-02', not to 'quiz-01'."),
        (b"learner: ada\nanswers: [1, 2]\n", "answers: a list is no mapping"),
        (b"- 1\n", "holds a list where"),
        (b"answers:\n  sigmoid: x: y\n", "put it in 'single quotes'"),
        (b"learner: \xff\n", "is not UTF-8"),
        (b"answers: {mse: " + b"9" * MAX_BYTES + b"}", "bytes, more than the"),
        (b"[" * 5000, "is nested more than"),
        (b"learner: " + b"a" * 5000 + b"\nanswers: {mse: 3}", "learner: has 5000 characters; give your id."),
        (b"answers: {mse: 3}", "learner: is empty, but your numbers are drawn for your id"),
        (b"learner: [ada]\nanswers: {mse: 3}", "learner: is empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_stays_as_it_is(
    ada: Learner, content: bytes, message: str
) -> None:
    ada.file.write_bytes(content)
    for args in (["q1"], ["q1", "--json"]):
        ran = ada.grade(*args)
        assert ran.code == 2
        assert message in ran.err
        assert (ran.out, "Traceback" in ran.err) == ("", False)
    assert ada.file.read_bytes() == content
    assert not (ada.quiz.root / ".grade").exists()


@pytest.mark.parametrize(
    ("answers", "name", "message"),
    [
        ("mse: [1, 2]", "mse", "Your answer is a list; a number is asked for."),
        ("mse: {a: 1}", "mse", "Your answer is a mapping; a number is asked for."),
        ("mse: 1e400", "mse", "too large"),
        ("mse: 9^9^9^9", "mse", ""),
        ("mse: " + "9" * 5000, "mse", "more than 512 characters"),
        ("mse: " + "(" * 400, "mse", ""),
        ("sigmoid: " + "x+" * 100_000 + "x", "sigmoid", "more than 512 characters"),
        ("sigmoid: __import__('os')", "sigmoid", ""),
        ("shape: 12", "shape", "is no letter from a to c."),
        ("steps: [a, [b, [c, [d, [a, [b]]]]]]", "steps", ""),
        ("convex: [true, false]", "convex", "Your answer is a list; true or false is asked for."),
    ],
)
def test_an_answer_of_the_wrong_form_costs_nothing_and_earns_nothing(
    ada: Learner, answers: str, name: str, message: str
) -> None:
    ada.answer(answers)
    found = check(ada.grade("q1", "--json"), name)
    assert (found["outcome"], found["points"]) == ("ERROR", 0)
    assert message in found["message"]
    ada.answer(ada.right(name))
    assert check(ada.grade("q1", "--json"), name)["outcome"] == "PASSED"


def test_unknown_questions_keys_and_a_seed_by_hand_are_told_and_change_nothing(ada: Learner) -> None:
    ada.file.write_text(
        "quiz: quiz-01\nlearner: ada\nseed: practice-1\nhints: {nowhere: 3, mse: -1}\n"
        f"answers:\n  msee: 3\n  {ada.right('rule')}\n"
    )
    ran = ada.grade("q1")
    for told in ("'seed' is not a key here", "'msee' is no question of quiz-01. Did you mean 'mse'?",
                 "'nowhere' is no question", "hints.mse: '-1' is no number of hints."):  # fmt: skip
        assert told in ran.err
    assert "1 of 23 points" in ran.out


def test_somebody_else_s_numbers_are_told(ada: Learner) -> None:
    ada.answer("mse: 1000")
    ada.grade("q1")
    ada.answer("mse: 1000", learner="bob")
    ran = ada.grade("q1")
    assert "These numbers are drawn for 'bob', those before for 'ada'" in ran.err
    assert "2 attempts left" in ran.out


def test_upper_case_and_spaces_in_the_id_draw_the_same_numbers(ada: Learner) -> None:
    ada.answer(ada.right(), learner="'  ADA '")
    assert ada.grade("q1").code == 0


def test_a_folder_in_the_file_s_place_is_told(ada: Learner) -> None:
    ada.file.unlink()
    ada.file.mkdir()
    ran = ada.grade("q1")
    assert ran.code == 2
    assert "cannot be read (Is a directory)" in ran.err


def test_a_faulty_quiz_is_told_with_its_place(ada: Learner) -> None:
    ada.quiz.yaml.write_text(QUIZ.replace("type: numeric", "type: numreic", 1))
    ran = ada.grade("q1")
    assert ran.code == 2
    assert "quiz.yaml: questions[2].type: 'numreic' is not one of" in ran.err


def test_output_has_no_colour_when_piped_nor_when_the_user_wants_none(ada: Learner) -> None:
    ada.answer("mse: 3")
    assert "\x1b" not in ada.grade("q1").out
    assert "\x1b" not in ada.grade("q1", "--statement", env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).out
    assert "\x1b[" in ada.grade("q1", env={"FORCE_COLOR": "1"}).out
