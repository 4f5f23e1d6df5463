"""Draws are the same on every version of everything, and each seed's own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.errors import CourseFault
from grader.quiz.counter import Counter, learner_seed, practice_seed
from grader.quiz.drawing import draw
from grader.quiz.key import QuizKey
from grader.quiz.quiz import Quiz
from grader.quiz.reading import read_quiz
from grader.quiz.shown import show
from grader.quiz.text import humane
from grader.quiz.variant import variant_from_data
from tests.quiz.small_quiz import QUIZ, ROOT, make_quiz

GOLD = Path(__file__).parent / "gold"


def drawn(tmp_path: Path, params: dict[str, Any], require: list[str] | None = None, seed: str = "s") -> Any:
    """Draw one question with these parameters."""
    question = {
        "id": "q", "title": "A question", "type": "numeric", "concepts": ["mean"], "prompt": "How much?",
        "params": params, "require": require or [],
    }  # fmt: skip
    path = tmp_path / "quiz-01" / "quiz.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        yaml.safe_dump({"title": "T", "introduction": "I", "questions": [question]}, sort_keys=False)
    )
    return draw(read_quiz(path), seed).questions["q"].params


def test_the_draws_of_a_few_seeds_are_pinned(small: tuple[Quiz, QuizKey]) -> None:
    """A change here changes every learner's numbers: it must be meant."""
    seeds = [learner_seed("salt", "quiz-01", "alice"), practice_seed(1), practice_seed(2)]
    found = [draw(small[0], seed).as_data() for seed in seeds]
    gold = json.loads((GOLD / "draws.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(found)) == gold


def test_a_draw_doesn_t_depend_on_the_process(small: tuple[Quiz, QuizKey], tmp_path: Path) -> None:
    made = make_quiz(tmp_path)
    script = (
        "import json, sys; from pathlib import Path; from grader.quiz import draw, read_quiz; "
        "print(json.dumps(draw(read_quiz(Path(sys.argv[1])), 'practice-1').as_data()))"
    )
    for hashes in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", script, made.yaml], env={"PYTHONHASHSEED": hashes, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert json.loads(done.stdout) == json.loads(json.dumps(draw(small[0], "practice-1").as_data()))


def test_a_learner_s_seed_is_the_same_however_the_id_is_written() -> None:
    seed = learner_seed("2024", "quiz-03", "zoé")
    assert seed == learner_seed("2024", "quiz-03", " ZOÉ ")
    assert seed == learner_seed("2024", "quiz-03", "zoe\u0301")
    assert len({seed, learner_seed("2025", "quiz-03", "zoé"), learner_seed("2024", "quiz-04", "zoé")}) == 3


def test_two_learners_have_different_numbers(small: tuple[Quiz, QuizKey]) -> None:
    variants = [draw(small[0], learner_seed("salt", "quiz-01", name)).questions for name in ("alice", "bob")]
    assert sum(variants[0][name] != variants[1][name] for name in variants[0]) > len(variants[0]) / 2


def test_the_order_of_options_doesn_t_depend_on_the_file_s(
    tmp_path: Path, small: tuple[Quiz, QuizKey]
) -> None:
    made = make_quiz(tmp_path)
    lines = QUIZ.splitlines(keepends=True)
    at = next(k for k, line in enumerate(lines) if line.startswith("    gradient: gradients"))
    lines[at], lines[at + 2] = lines[at + 2], lines[at]
    made.yaml.write_text("".join(lines), encoding="utf-8")
    again = draw(read_quiz(made.yaml), "practice-1").questions["steps"].order
    assert again == draw(small[0], "practice-1").questions["steps"].order


def test_options_stay_in_order_where_they_are_not_shuffled(small: tuple[Quiz, QuizKey]) -> None:
    orders = {draw(small[0], practice_seed(k)).questions["smallest"].order for k in range(10)}
    assert orders == {("one", "two", "three")}


def test_a_variant_comes_back_from_plain_data(small: tuple[Quiz, QuizKey]) -> None:
    variant = draw(small[0], "practice-1")
    assert variant_from_data(json.loads(json.dumps(variant.as_data()))) == variant


def test_whole_numbers_reach_both_ends_and_are_whole(tmp_path: Path) -> None:
    values = {drawn(tmp_path, {"k": {"integer": [-1, 1]}}, seed=str(s))["k"] for s in range(40)}
    assert values == {-1, 0, 1}
    assert {type(value) for value in values} == {int}


def test_decimals_are_those_that_are_written(tmp_path: Path) -> None:
    values = {
        drawn(tmp_path, {"x": {"decimal": [0.1, 0.3], "step": 0.1}}, seed=str(s))["x"] for s in range(40)
    }
    assert values == {0.1, 0.2, 0.3}


def test_an_end_may_follow_from_an_earlier_parameter(tmp_path: Path) -> None:
    params = {
        "n": {"integer": [2, 3]},
        "k": {"integer": [1, "n - 1"]},
        "v": {"integer": [0, 9], "shape": ["n", 2]},
    }
    for seed in range(20):
        found = drawn(tmp_path, params, seed=str(seed))
        assert 1 <= found["k"] < found["n"] == len(found["v"])
        assert {len(row) for row in found["v"]} == {2}


def test_distinct_values_are_distinct(tmp_path: Path) -> None:
    for seed in range(20):
        found = drawn(tmp_path, {"v": {"integer": [1, 5], "count": 5, "distinct": True}}, seed=str(seed))
        assert sorted(found["v"]) == [1, 2, 3, 4, 5]


def test_what_is_required_holds_in_every_draw(tmp_path: Path) -> None:
    params = {"a": {"integer": [1, 9]}, "b": {"integer": [1, 9]}}
    for seed in range(30):
        found = drawn(tmp_path, params, ["a > 2*b", "a != 9"], seed=str(seed))
        assert found["a"] > 2 * found["b"]
        assert found["a"] != 9


def test_a_value_that_is_undefined_is_drawn_again(tmp_path: Path) -> None:
    params = {"a": {"integer": [0, 1]}, "r": {"expr": "1/a"}}
    assert {drawn(tmp_path, params, seed=str(seed))["a"] for seed in range(10)} == {1}


@pytest.mark.parametrize(
    ("params", "require", "message"),
    [
        ({"a": {"integer": [1, 2]}}, ["a > 2"], "require: none of 400 draws meets it; widen the parameters."),
        ({"a": {"integer": [1, 2], "count": 3, "distinct": True}}, [], "there aren't 3 different values, only 2."),
        ({"a": {"integer": [1, 2], "shape": [99, 99]}}, [], "9801 values are more than the 256 that are drawn."),
        ({"a": {"integer": [1, 2], "count": "1/2"}}, [], "a: 0.5 is no number of values."),
        ({"a": {"pick": [1, 2], "by": "2"}}, [], "a: there is no entry 2 among 2."),
        ({"a": {"shuffle": [1, 2]}, "b": {"expr": "dot(a, [1, 2, 3])"}}, [], "don't go together"),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_drawn_are_the_author_s_fault(
    tmp_path: Path, params: dict[str, Any], require: list[str], message: str
) -> None:
    with pytest.raises(CourseFault) as caught:
        drawn(tmp_path, params, require)
    assert "quiz.yaml: questions[0]." in str(caught.value)
    assert message in str(caught.value)


def test_a_counter_is_even() -> None:
    counter = Counter("even")
    counts = [0] * 5
    for _ in range(5000):
        counts[counter.below(5)] += 1
    assert max(counts) - min(counts) < 150


@pytest.mark.parametrize(
    ("value", "text", "formula"),
    [
        (3, "3", "3"),
        (-2.5, "−2.5", "-2.5"),
        (0.1 + 0.2, "0.3", "0.3"),
        (1 / 3, "0.333333", "0.333333"),
        (2.0**20, "1048576", "1048576"),
        (1e-7, "1e−7", "10^{-7}"),
        (2.5e30, "2.5e30", r"2.5 \cdot 10^{30}"),
        ((1, -2), "[1, −2]", "[1, -2]"),
        ("bfloat16", "bfloat16", "bfloat16"),
    ],
)
def test_numbers_are_shown_as_people_write_them(value: Any, text: str, formula: str) -> None:
    assert humane(value) == text
    assert humane(value, formula=True) == formula


def test_a_question_is_shown_with_its_numbers_and_letters(small: tuple[Quiz, QuizKey]) -> None:
    quiz, _ = small
    variant = draw(quiz, "practice-1")
    shown = show(quiz, variant, "shape")
    p, q = (variant.questions["shape"].params[name] for name in "pq")
    assert shown.prompt.startswith(f"X has {p} columns, y has {q}")
    assert [letter for letter, _ in shown.options] == ["a", "b", "c"]
    assert {text for _, text in shown.options} == {f"({p}, {q})", f"({q}, {p})", f"({p}, {p})"}
    assert "{{" not in str([show(quiz, variant, name) for name in quiz.plans])
