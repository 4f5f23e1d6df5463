"""Every type of question: what is right, partly right, wrong, unreadable, and what is said of it."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from grader.outcome import Outcome
from grader.quiz.answers import Answers
from grader.quiz.drawing import draw
from grader.quiz.key import QuizKey
from grader.quiz.marked import Marked, mark, mark_question, right_answer
from grader.quiz.marking.choice import credit_of
from grader.quiz.marking.judged import Status
from grader.quiz.marking.letters import letter
from grader.quiz.marking.order import longest
from grader.quiz.marking.short import is_slip, plainest
from grader.quiz.marking.symptom import symptom
from grader.quiz.marking.tolerance import Tolerance
from grader.quiz.quiz import Quiz
from grader.quiz.report import report_of, report_unmarked
from grader.quiz.variant import Drawn, Variant

Read = tuple[Quiz, QuizKey]

# Numbers by hand, so that each test shows its own.
PARAMS: dict[str, dict[str, Any]] = {
    "sigmoid": {"w": -1.5},
    "mse": {"n": 2, "e": (3, 4), "total": 7.0},
    "spacing": {"k": 1, "format": "float16"},
    "gradient": {"point": (3, -2), "c": 1.5},
    "product": {"A": ((1, 2, 0), (0, 1, 1)), "B": ((1, 0), (2, 1), (0, 3))},
    "shape": {"p": 3, "q": 2},
    "smallest": {"v": (2, 1, 3)},
    "above": {"x": (0.2, 0.5, 0.9, 0.45)},
    "convex": {"h": (1, -2)},
}
ORDERS: dict[str, tuple[str, ...]] = {
    "shape": ("third", "first", "second"),
    "smallest": ("one", "two", "three"),
    "orthogonal": ("gram", "symmetric", "length", "det"),
    "above": ("a0", "a1", "a2", "a3"),
    "steps": ("loss", "update", "forward", "gradient"),
    "pipeline": ("print", "b", "sum", "a"),
    "ranks": ("two", "one", "zero", "four"),
}


def by_hand(quiz: Quiz) -> Variant:
    """The variant with the numbers above."""
    return Variant(
        quiz.id, "by hand", {name: Drawn(PARAMS.get(name, {}), ORDERS.get(name, ())) for name in quiz.plans}
    )


def marked(small: Read, question: str, answer: Any) -> Marked:
    """Mark one answer against the numbers above."""
    return mark_question(*small, by_hand(small[0]), question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("sigmoid", "-1.5*s*(1-s)"),
        ("sigmoid", "1.5 (s² − s)"),
        ("relu", "x*max(0, x)"),
        ("mse", "12.5"),
        ("mse", 12.5),
        ("mse", "25/2"),
        ("mse", ["12.5"]),
        ("mse", "(9 + 16)/2"),
        ("spacing", "2^-10"),
        ("spacing", "0.000977"),
        ("spacing", "9.77e-4"),
        ("gradient", "[-12, 10.5]"),
        ("gradient", [-12, 10.5]),
        ("gradient", "-12 10.5"),
        ("gradient", ["-2*6", "9 + 1.5"]),
        ("gradient", "-12; 10.5"),
        ("product", "[[5, 2], [2, 4]]"),
        ("product", [[5, 2], [2, 4]]),
        ("product", "5 2\n2 4"),
        ("shape", "b"),
        ("shape", "B)"),
        ("shape", ["b"]),
        ("smallest", "b"),
        ("orthogonal", ["a", "c"]),
        ("orthogonal", "a, c"),
        ("orthogonal", "ca"),
        ("orthogonal", ["a", "c", "a"]),
        ("above", "bc"),
        ("convex", False),
        ("convex", "no"),
        ("convex", " FALSE "),
        ("steps", ["c", "a", "d", "b"]),
        ("steps", "c a d b"),
        ("steps", "cadb"),
        ("steps", "c > a > d > b"),
        ("pipeline", "b d c a"),
        ("pipeline", "d b c a"),
        ("ranks", {1: "c", 2: "b", 3: "d"}),
        ("ranks", {"1": ["c"], "3": "d", "2": "b"}),
        ("ranks", ["c", "b", "d"]),
        ("ranks", "c b d"),
        ("ranks", "1: c, 2: b, 3: d"),
        ("ranks", "1c 2b 3d"),
        ("rule", "chain rule"),
        ("rule", "The Chain-Rule."),
    ],
)
def test_a_right_answer_is_right_in_each_form(small: Read, question: str, answer: Any) -> None:
    found = marked(small, question, answer)
    assert (found.status, found.credit, found.misconception) == (Status.RIGHT, 1.0, ""), found


@pytest.mark.parametrize(
    ("question", "answer", "credit", "misconception", "feedback"),
    [
        ("sigmoid", "s*(1-s)", 0.5, "no_inner", "The inner derivative $-1.5$ is lost."),
        ("relu", "x*x", 0, "", "Look at negative x too."),
        ("mse", "25", 0.3, "sse", "Divide by $2$."),
        ("mse", "inf", 0, "overflow", "Nothing overflows here."),
        ("mse", "-12.5", 0, "", "Your answer has the wrong sign."),
        ("mse", "6.25", 0, "", "Your answer is half of what it should be."),
        ("mse", "13", 0, "", ""),
        ("spacing", "2^-11", 0, "roundoff", "That is the bound of the rounding error."),
        ("gradient", "[10.5, -12]", 0.5, "swapped", "The derivative by $x$ stands first."),
        ("gradient", "[-12, 10]", 0, "", "1 of the 2 entries is wrong."),
        ("gradient", "[-24, 21]", 0, "", "Your answer is twice too large."),
        ("gradient", "[-36, 31.5]", 0, "", "Your answer is right up to a factor that all entries share."),
        ("product", "[[1, 2, 0], [2, 5, 1], [0, 3, 3]]", 0, "reversed", "That is $BA$."),
        ("product", "[[5, 2, 0], [2, 4, 0]]", 0, "", "Your answer has 2 by 3 entries, and the right one has another shape."),
        ("product", "[[4, 2], [2, 5]]", 0, "", "Your entries are right, but in another order."),
        ("shape", "c", 0, "", "That is the convention $y = Wx$."),
        ("shape", "a", 0, "", "Then y would have 3 columns."),
        ("orthogonal", "a", 0.5, "", "From $Q^T Q = I$ follows $|Qx| = |x|$."),
        ("orthogonal", "c", 0.5, "", "Something that is right is left out."),
        ("orthogonal", "a b c", 0.5, "", "A rotation is not."),
        ("orthogonal", "abcd", 0, "", "A rotation is not. Or -1."),
        ("orthogonal", [], 0, "", "From $Q^T Q = I$ follows $|Qx| = |x|$."),
        ("above", "abc", 0.5, "", "0.2?"),
        ("convex", "true", 0, "", "The smallest eigenvalue decides."),
        ("steps", "c a b d", 2 / 3, "", "3 of the 4 steps follow each other rightly."),
        ("steps", "b d a c", 0, "", ""),
        ("pipeline", "d c b a", 2 / 3, "", "3 of the 4 steps follow each other rightly."),
        ("ranks", {1: "c", 2: "a", 3: "d"}, 2 / 3, "", "2 of 3 pairs are right. A row of a table is a vector."),
        ("ranks", {1: "c"}, 1 / 3, "", "1 of 3 pairs are right."),
        ("rule", "leibniz rule", 0, "product", "That one is for products."),
        ("rule", "magic", 0, "", "It has its name from its links."),
    ],
)  # fmt: skip
def test_a_wrong_answer_gets_the_feedback_that_it_deserves(
    small: Read, question: str, answer: Any, credit: float, misconception: str, feedback: str
) -> None:
    found = marked(small, question, answer)
    assert found.credit == pytest.approx(credit)
    assert found.status is (Status.PARTLY if credit else Status.WRONG)
    assert (found.misconception, found.feedback) == (misconception, feedback)


@pytest.mark.parametrize(
    ("question", "answer", "feedback"),
    [
        ("sigmoid", "s*(1-s", "s*(1-s\n  ^\nThis '(' is never closed: add ')'."),
        ("sigmoid", "exp(s)", "exp(s)\n^^^\n'exp' is not a function here; this answer needs none."),
        ("sigmoid", ["s", "s"], "Your answer is a list; a formula is asked for."),
        ("sigmoid", {"s": "s"}, "Your answer is a mapping; a formula is asked for."),
        ("mse", "abc", "abc\n^^^\n'abc' is not a name here: write the number alone, without a unit."),
        ("mse", "-inf", "Infinity is not a number here."),
        ("mse", float("nan"), "nan\n^^^\n'nan' is not a number here."),
        ("mse", "1/0", "1/0\n^^^\nThis has no value."),
        pytest.param("mse", 10**400, "has more than 24 digits; write fewer.", id="401 digits"),
        pytest.param("mse", 10**5000, "This number is too large to be computed with.", id="5001 digits"),
        pytest.param("mse", "9" * 1_000_000, "Your answer has more than 512 characters, which are the most that are read.", id="a million characters"),
        ("gradient", "7", "Your answer is a single number; a vector, such as [1, 2] is asked for."),
        ("gradient", "[1, 2, 3]", "Your answer has 3 entries; 2 are asked for."),
        ("gradient", {"x": 1}, "Your answer is a mapping; a vector, such as [1, 2] is asked for."),
        ("gradient", [1] * 300, "Your answer has more than 256 parts."),
        ("product", "[1, 2]", "Your answer is a vector; a matrix, such as [[1, 2], [3, 4]] is asked for."),
        ("product", "[[1, 2], [3]]", "[[1, 2], [3]]\n^^^^^^^^^^^^^\nRow 1 holds 2 numbers, row 2 holds 1 number."),
        ("shape", "d", "'d' is no letter from a to c."),
        ("shape", ["a", "b"], "One letter is asked for, from a to c."),
        ("shape", "(3, 2)", "'3' is no letter from a to c."),
        ("orthogonal", {"a": True}, "Your answer is a mapping; letters are asked for, such as [a, d]."),
        ("orthogonal", [["a", ["b"]]], "Lists in lists can't be read here; write letters, such as [a, d]."),
        ("convex", "maybe", "Write true or false."),
        ("convex", 1, "Write true or false."),
        ("steps", "c a d", "Name all 4 steps: b is missing."),
        ("steps", "c a d b b", "b stands twice; name each step once."),
        ("ranks", "c b", "Your answer has 2 letters, 3 are asked for: one for each number, in order."),
        ("ranks", {0: "a"}, "'0' is no number from 1 to 3."),
        ("ranks", {"1": "a", "01": "b"}, "1 stands twice."),
        ("ranks", {1: "ab"}, "1 needs one letter."),
        ("ranks", "1: word", "Write pairs as in 1: b, 2: a, or only the letters in order, as in b a."),
        pytest.param("rule", "x" * 101, "A word or two is asked for, not a text.", id="a text"),
        ("rule", "...", "A word or two is asked for."),
        ("rule", b"chain rule", "Your answer is of a kind (bytes) that can't be read."),
        ("rule", [[[[[[1]]]]]], "Your answer is nested too deep."),
        ("ranks", {(1, 2): "a"}, "The names in your answer must be numbers or words."),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_says_why_and_costs_nothing(
    small: Read, question: str, answer: Any, feedback: str
) -> None:
    found = marked(small, question, answer)
    assert (found.status, found.credit, found.attempts) == (Status.UNREADABLE, 0.0, 0)
    assert found.feedback.endswith(feedback)
    assert len(found.feedback) < 300


@pytest.mark.parametrize("answer", [None, "", "  ", {}])
def test_an_empty_answer_is_no_answer(small: Read, answer: Any) -> None:
    assert {marked(small, name, answer).status for name in small[0].plans} == {Status.UNANSWERED}


def test_a_slip_of_spelling_is_not_decided(small: Read) -> None:
    found = marked(small, "rule", "chian rule")
    assert (found.status, found.credit, found.attempts) == (Status.UNDECIDED, 0.0, 0)
    assert "look at its spelling" in found.feedback


def test_a_formula_that_overflows_is_not_decided(small: Read) -> None:
    found = marked(small, "sigmoid", "s^(-99999999)^99999999")
    assert found.status in (Status.UNDECIDED, Status.UNREADABLE)
    assert (found.credit, found.attempts) == (0.0, 0)


def test_a_counterexample_is_shown_where_the_author_allows_it(small: Read) -> None:
    assert "yours is" in marked(small, "sigmoid", "s").feedback
    assert "yours is" not in marked(small, "relu", "x").feedback


def test_a_pinned_point_decides(small: Read) -> None:
    assert marked(small, "relu", "relu(x)*relu(x)*x/x").status is Status.WRONG


def test_the_credit_of_choices_follows_the_rule() -> None:
    right = frozenset("ab")
    assert [credit_of(set(chosen), right, 5) for chosen in ("", "a", "ab", "abc", "abcde", "cd")] == [
        0.0, 0.5, 1.0, pytest.approx(2 / 3), 0.0, 0.0,
    ]  # fmt: skip
    assert credit_of({"a"}, right, 2) == 0.5
    assert [credit_of(set(chosen), frozenset(), 3) for chosen in ("", "a")] == [1.0, 0.0]


def test_the_most_steps_that_can_stay_is_the_longest_common_subsequence_for_a_full_order() -> None:
    steps = "abcde"
    before = frozenset((a, b) for at, a in enumerate(steps) for b in steps[at + 1 :])
    for order in permutations(steps):
        best = max(
            sum(1 for _ in kept)
            for mask in range(32)
            for kept in [[step for k, step in enumerate(order) if mask >> k & 1]]
            if kept == sorted(kept)
        )
        assert longest(list(order), before) == best


def test_numbers_within_the_tolerance_are_the_same_both_ends_included() -> None:
    tolerance = Tolerance(0.01, 0.5)
    assert tolerance.same(10.0, 10.5)
    assert not tolerance.same(10.0, 10.500001)
    assert tolerance.same(100.0, 99.0)
    assert not tolerance.same(100.0, 98.9)
    assert not tolerance.same(float("nan"), float("nan"))
    assert not tolerance.same(float("inf"), 1.0)
    assert tolerance.same(float("inf"), float("inf"))
    assert not tolerance.same((1.0, 2.0), (1.0,))


def test_a_transposed_matrix_is_seen() -> None:
    assert "transposition" in symptom(((1, 3), (2, 5)), ((1, 2), (3, 5)), Tolerance(1e-9, 0))
    assert symptom(((0.0,),), ((7.0,),), Tolerance(1e-9, 0)) == ""


@pytest.mark.parametrize(
    ("text", "plain"), [("The  Chain–rule!", "chain rule"), ("an", "an"), ("L’Hôpital", "l'hôpital")]
)
def test_words_are_compared_in_their_plainest_form(text: str, plain: str) -> None:
    assert plainest(text) == plain


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [("abc", "abc", False), ("abc", "abd", True), ("abc", "acb", True), ("abc", "ab", True), ("ab", "abc", True),
     ("abc", "cba", False), ("abcd", "ab", False), ("", "a", True)],
)  # fmt: skip
def test_a_slip_is_one_letter(one: str, other: str, *, slip: bool) -> None:
    assert is_slip(one, other) is slip


def test_a_faulty_key_is_our_fault_and_not_the_learner_s(small: Read) -> None:
    quiz, key = small
    variant = by_hand(quiz)
    broken = replace(
        variant, questions={**variant.questions, "spacing": Drawn({"k": 9, "format": "float16"})}
    )
    found = mark_question(quiz, key, broken, "spacing", "1")
    assert (found.status, found.credit) == (Status.FAULTY, 0.0)
    report = report_of(quiz, mark(quiz, key, broken, Answers(given={"spacing": "1"})), "s")
    assert {check.id: check.outcome for check in report.checks}["spacing"] is Outcome.INTERNAL
    assert report.exit_code == 3


def test_numbers_of_another_version_of_the_quiz_are_not_marked_against(small: Read) -> None:
    quiz, key = small
    old = Variant(quiz.id, "s", {"mse": Drawn({"n": 2})})
    assert {mark_question(quiz, key, old, name, "1").status for name in quiz.plans} == {Status.FAULTY}


def test_the_key_earns_everything_on_200_seeds(small: Read) -> None:
    quiz, key = small
    for number in range(200):
        variant = draw(quiz, f"practice-{number}")
        given = {name: right_answer(quiz, key, variant, name) for name in quiz.plans}
        found = mark(quiz, key, variant, Answers(given=given))
        assert [each for each in found if each.credit != 1 or each.status is not Status.RIGHT] == []


def answers(**given: Any) -> Answers:
    """An answers file with these answers."""
    return Answers(given=given)


def best_of(small: Read, *row: Answers, question: str = "mse") -> Marked:
    """Mark answers given one after the other; give what became of one question."""
    found = mark(*small, by_hand(small[0]), row[-1], earlier=row[:-1])
    return next(each for each in found if each.question == question)


def test_each_further_attempt_costs_a_penalty(small: Read) -> None:
    found = best_of(small, answers(mse="1"), answers(mse="12.5"))
    assert (found.credit, found.fraction, found.attempts, found.status) == (0.9, 1.0, 2, Status.RIGHT)


def test_the_best_attempt_counts(small: Read) -> None:
    found = best_of(small, answers(mse="25"), answers(mse="1"))
    assert (found.credit, found.attempts, found.status) == (0.3, 2, Status.WRONG)


def test_what_cannot_be_read_is_no_attempt(small: Read) -> None:
    broken = Answers(faults=("answers.yaml: is not YAML.",), broken=True)
    found = best_of(small, answers(mse="1+"), broken, answers(), answers(mse="12.5"))
    assert (found.credit, found.attempts) == (1.0, 1)


def test_an_unchanged_answer_is_no_attempt(small: Read) -> None:
    assert best_of(small, answers(mse="1"), answers(mse="1.0"), answers(mse="12.5")).credit == 0.9


def test_no_attempt_counts_after_the_last(small: Read) -> None:
    found = best_of(small, *(answers(mse=str(k)) for k in range(3)), answers(mse="12.5"))
    assert (found.credit, found.attempts) == (0.0, 3)
    assert found.feedback.startswith("All 3 attempts are used, so this answer isn't counted.")


def test_an_answer_that_was_taken_back_still_counts(small: Read) -> None:
    found = best_of(small, answers(mse="12.5"), answers())
    assert (found.credit, found.status) == (1.0, Status.RIGHT)


def test_hints_cost_what_they_say(small: Read) -> None:
    quiz, key = small
    given = Answers(given={"sigmoid": "-1.5*s*(1-s)", "mse": "12.5"}, hints={"sigmoid": 2, "mse": 99})
    found = {each.question: each.credit for each in mark(quiz, key, by_hand(quiz), given)}
    assert found["sigmoid"] == pytest.approx(0.7)
    assert found["mse"] == pytest.approx(0.9)
    assert mark(quiz, key, by_hand(quiz), given, hints={})[0].credit == 1


def test_a_report_has_a_line_for_each_question(small: Read) -> None:
    quiz, key = small
    given = Answers(
        given={
            "sigmoid": "s*(1-s)",
            "mse": "25",
            "shape": "c",
            "gradient": "[",
            "product": "[[5, 2], [2, 4]]",
        }
    )
    report = report_of(quiz, mark(quiz, key, by_hand(quiz), given), "alice's")
    checks = {check.id: check for check in report.checks}
    assert list(checks) == [question.id for question in quiz.questions]
    assert (checks["sigmoid"].outcome, checks["sigmoid"].points) == (Outcome.PARTIAL, 1.0)
    assert (checks["mse"].outcome, checks["mse"].points) == (Outcome.PARTIAL, 0.9)
    assert checks["mse"].misconception == "Divide by $2$."
    assert checks["mse"].detail == "Read as: 25"
    assert (checks["shape"].outcome, checks["shape"].points) == (Outcome.FAILED, 0)
    assert checks["gradient"].outcome is Outcome.ERROR
    assert (checks["product"].outcome, checks["product"].points) == (Outcome.PASSED, 2)
    assert checks["rule"].outcome is Outcome.MISSING
    assert (report.points, report.max_points, report.seed) == (3.9, 23, "alice's")
    assert report.isolation == ("nothing is run",)


def test_a_question_that_nobody_marked_is_our_fault(small: Read) -> None:
    assert {check.outcome for check in report_of(small[0], (), "s").checks} == {Outcome.INTERNAL}


def test_without_a_key_answers_are_kept_and_neither_right_nor_wrong(small: Read) -> None:
    report = report_unmarked(small[0], answers(mse="1"), "s")
    outcomes = {check.id: (check.outcome, check.message) for check in report.checks}
    assert outcomes["mse"] == (Outcome.SKIPPED, "Kept; it will be marked by staff.")
    assert outcomes["rule"] == (Outcome.MISSING, "Not answered yet.")
    assert report.points == 0


def test_letters_go_from_a_on() -> None:
    assert [letter(0), letter(25)] == ["a", "z"]
