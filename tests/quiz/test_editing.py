"""Changing an answers file: nothing of what a learner wrote into it gets lost."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.quiz import Quiz, draw, learner_seed, read_quiz
from grader.quiz.answers import Answers, read_answers
from grader.quiz.editing import changed
from grader.quiz.writing import answers_text, stub_text
from tests.quiz.small_quiz import make_quiz


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> Quiz:
    return read_quiz(make_quiz(tmp_path_factory.mktemp("course")).yaml)


def edited(quiz: Quiz, text: str, **new: Any) -> str:
    """Change answers of a file in which nothing may get lost."""
    old = read_answers(text.encode(), "f", quiz)
    answers = Answers("quiz-01", "ada", old.hints, {**old.given, **new}, old.unknown)
    found = changed(text.encode(), quiz, draw(quiz, learner_seed("", "quiz-01", "ada")), answers)
    assert not found.loses
    back = read_answers(found.text.encode(), "f", quiz)
    assert (back.learner, {k: v for k, v in back.given.items() if v is not None}, dict(back.unknown)) == (
        "ada",
        {k: v for k, v in answers.given.items() if v is not None},
        dict(old.unknown),
    )
    return found.text


def test_the_empty_file_becomes_one_with_all_questions(quiz: Quiz) -> None:
    for empty in (stub_text("quiz-01"), "", "quiz: quiz-01\nlearner: ''\nanswers: {}\n", "answers:\n"):
        text = edited(quiz, empty, mse="3")
        assert "  # 3. The mean squared error (3 points)\n" in text
        assert "  mse: 3\n" in text
        assert "  rule:\n" in text


def test_a_file_of_ours_is_written_anew(quiz: Quiz) -> None:
    variant = draw(quiz, learner_seed("", "quiz-01", "ada"))
    first = edited(quiz, stub_text("quiz-01"), mse="3")
    second = edited(quiz, first, gradient=["1", "2"])
    assert second == answers_text(
        quiz, variant, Answers("quiz-01", "ada", {}, {"mse": "3", "gradient": ["1", "2"]})
    )


def test_comments_and_layout_of_the_learner_s_own_stay(quiz: Quiz) -> None:
    text = (
        "# mine\nquiz: quiz-01\nlearner:   ada\nanswers:\n    # think!\n    mse: 3   # sure?\n"
        "    rule: >-\n      chain\n      rule\n    gradient:\n    - 1\n    - 2\n    shape:\n    convex:   # ?\n\n# the end\n"
    )
    new = edited(quiz, text, mse="4", rule="x # y", gradient=["3", "4"], shape="b", convex="true", relu="x*x")
    assert "    mse: 4   # sure?\n    rule: 'x # y'\n    gradient: [3, 4]\n    shape: b\n" in new
    assert "learner:   ada\n" in new
    for kept in ("# mine\n", "    # think!\n", "# sure?", "# ?", "# the end\n"):
        assert kept in new


@pytest.mark.parametrize(
    "text",
    [
        "# mine\nquiz: quiz-01\nlearner: ada\nanswers: {}\n",
        "# mine\nquiz: quiz-01\nlearner: ada\nanswers:\n",
        "# mine\nquiz: quiz-01\nlearner: ada\nanswers: {rule: chain}\n",
        "# mine\nquiz: quiz-01\nlearner: ada\nanswers: # here\n  rule: chain # x",
        "# mine\nanswers:\n  rule: 'it''s'\nlearner: ada",
        "# mine\nlearner: ada\n",
        "\ufeff# mine\nlearner: ada\nanswers:\n  rule: é # ü\n",
    ],
)
def test_an_answer_finds_its_place(quiz: Quiz, text: str) -> None:
    new = edited(quiz, text, mse="3.50")
    assert "# mine" in new
    assert "mse: 3.50" in new


def test_what_cannot_be_used_stays(quiz: Quiz) -> None:
    text = (
        "quiz: quiz-01\nlearner: ada\nnote: [to, myself]\nhints: {nowhere: 2, mse: many}\n"
        "answers:\n  wrong_name: 12:30\n  mse: !\n  sigmoid: 's*(1-s'\n"
    )
    new = edited(quiz, text, rule="chain rule")
    for kept in ("note: [to, myself]", "nowhere: 2", "mse: many", "12:30", "s*(1-s"):
        assert kept in new


def test_a_hint_is_noted_beside_the_learner_s_own_comments(quiz: Quiz) -> None:
    text = "# mine\nquiz: quiz-01\nlearner: ada\nanswers:\n  rule: chain\n"
    variant = draw(quiz, learner_seed("", "quiz-01", "ada"))
    first = changed(text.encode(), quiz, variant, Answers("quiz-01", "ada", {"mse": 1}, {"rule": "chain"}))
    assert first.text == text + "hints: {mse: 1}\n"
    second = changed(
        first.text.encode(), quiz, variant, Answers("quiz-01", "ada", {"mse": 2}, {"rule": "chain"})
    )
    assert second.text == text + "hints: {mse: 2}\n"


@pytest.mark.parametrize("text", ["answers: [", "quiz: quiz-02\n", "\xff", "- a\n", "a: &x 1\nb: *x\n"])
def test_a_file_that_cannot_be_used_is_to_be_kept_beside(quiz: Quiz, text: str) -> None:
    variant = draw(quiz, learner_seed("", "quiz-01", "ada"))
    found = changed(text.encode("latin-1"), quiz, variant, Answers("quiz-01", "ada", {}, {"mse": "3"}))
    assert found.loses
    assert "mse: 3" in found.text


ANSWERS = st.recursive(
    st.text(max_size=12), lambda inner: st.lists(inner, max_size=3), max_leaves=4
) | st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=3)


@settings(max_examples=150, deadline=None)
@given(
    before=st.dictionaries(st.sampled_from(["mse", "rule", "shape", "product"]), ANSWERS, max_size=3),
    after=st.dictionaries(st.sampled_from(["mse", "rule", "relu"]), ANSWERS, min_size=1, max_size=2),
    remark=st.sampled_from(["", "  # mine\n"]),
)
def test_whatever_was_typed_comes_back(
    quiz: Quiz, before: dict[str, Any], after: dict[str, Any], remark: str
) -> None:
    variant = draw(quiz, learner_seed("", "quiz-01", "ada"))
    text = answers_text(quiz, variant, Answers("quiz-01", "ada", {}, before))
    text = text.replace("answers:\n", f"answers:\n{remark}")
    old = read_answers(text.encode("utf-8", "surrogatepass"), "f", quiz)
    answers = Answers("quiz-01", "ada", {}, {**old.given, **after})
    found = changed(text.encode("utf-8", "surrogatepass"), quiz, variant, answers)
    back = read_answers(found.text.encode("utf-8", "surrogatepass"), "f", quiz)
    assert not back.broken
    for name, value in {**old.given, **after}.items():
        assert (back.given.get(name) or "") == (value or ""), name
    assert found.loses or remark in found.text
