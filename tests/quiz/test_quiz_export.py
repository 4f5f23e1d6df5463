"""Quizzes for Moodle: what another reader finds in the files is marked there as it is here."""

import re
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.export.quiz.fraction import nearest, percent
from grader.export.quiz.gather import gather
from grader.export.quiz.gift import gift
from grader.export.quiz.html import to_html
from grader.export.quiz.moodle import moodle_xml
from grader.quiz.counter import practice_seed
from grader.quiz.drawing import draw
from grader.quiz.key import QuizKey
from grader.quiz.marked import mark_question, situation
from grader.quiz.marking.letters import letter
from grader.quiz.marking.number import Numbers
from grader.quiz.marking.tolerance import tolerance_for
from grader.quiz.quiz import Quiz
from grader.quiz.variant import Variant
from tests.quiz.moodle_reader import Read, grade, read_gift, read_xml
from tests.quiz.small_quiz import SmallQuiz, make_quiz
from tests.small_course import run

ROOT = Path(__file__).parents[2]
SEEDS = 4
KINDS = {"single": "multichoice", "multiple": "multichoice", "boolean": "truefalse", "numeric": "numerical",
         "vector": "cloze", "matrix": "cloze", "expression": "essay", "order": "ordering", "match": "matching",
         "short": "shortanswer"}  # fmt: skip
READERS = {"moodle-xml": (moodle_xml, read_xml), "gift": (gift, read_gift)}

Both = tuple[Quiz, QuizKey]


def exported(quiz: Quiz, key: QuizKey, to: str, seeds: int = SEEDS) -> list[tuple[str, Variant, Read]]:
    """Export a quiz and read it again: each question's id, the variant it was made of, and what was read."""
    write, read = READERS[to]
    questions = read(write(gather(quiz, key, seeds))[0])
    found = []
    for question in questions:
        made = re.search(r"\((quiz-\d+)-(.*)-(\d+)\)$", question.name)
        assert made is not None
        found.append((made[2], draw(quiz, practice_seed(int(made[3]))), question))
    return found


def test_every_question_is_there_in_moodle_s_own_type(small: Both) -> None:
    quiz, key = small
    found = exported(quiz, key, "moodle-xml")
    assert {name: read.kind for name, _, read in found} == {
        question.id: KINDS[question.type] for question in quiz.questions
    }
    assert len({read.idnumber for _, _, read in found}) == len(found)


def test_in_gift_arrays_orders_and_formulas_become_essays(small: Both) -> None:
    quiz, key = small
    essays = {name for name, _, read in exported(quiz, key, "gift") if read.kind == "essay"}
    assert essays == {
        question.id
        for question in quiz.questions
        if question.type in ("vector", "matrix", "expression", "order")
    }


def test_a_question_without_parameters_is_written_once(small: Both) -> None:
    quiz, key = small
    names = [name for name, _, _ in exported(quiz, key, "moodle-xml")]
    assert names.count("orthogonal") == 1
    assert names.count("product") == SEEDS


def answers(quiz: Quiz, key: QuizKey, name: str, variant: Variant, read: Read) -> Iterator[tuple[Any, Any]]:
    """Give answers twice: as they are typed here, and as they are given in Moodle."""
    plan, order = quiz.plans[name], variant.questions[name].order
    values = variant.questions[name].params
    shown = {each: to_html(plan.options[each].filled(values)) for each in order}
    letters = {each: letter(at) for at, each in enumerate(order)}
    match plan.question.type:
        case "single":
            yield from ((letters[each], [shown[each]]) for each in order)
        case "multiple":
            for count in range(len(order) + 1):
                for chosen in combinations(order, count):
                    yield [letters[each] for each in chosen], [shown[each] for each in chosen]
        case "boolean":
            yield from (("true", True), ("false", False))
        case "numeric":
            for value in numbers(quiz, key, name, variant):
                yield repr(value), value
        case "short":
            spec: Any = key.questions[name].spec
            for word in (
                *spec.accept,
                *(word for each in spec.misconceptions for word in each.answer),
                "no idea",
            ):
                yield word, word
        case "match":
            left = [to_html(text.filled(values)) for text in plan.left.values()]
            right = {each: plan.options[each].filled(values) for each in order}
            for chosen in list(permutations(order, len(left)))[:60]:
                typed = {str(at): letters[each] for at, each in enumerate(chosen, start=1)}
                yield typed, {one: right[each] for one, each in zip(left, chosen, strict=True)}


def numbers(quiz: Quiz, key: QuizKey, name: str, variant: Variant) -> Iterator[float]:
    """Give the key, known wrong numbers, and what lies well inside and outside of their tolerances."""
    marker = key.questions[name].marker
    assert isinstance(marker, Numbers)
    here = situation(quiz, key, variant, name)
    known = [marker.value(here), *(mistake.value(here) for mistake in marker.mistakes)]
    for value in known:
        assert not isinstance(value, tuple)
        if abs(value) == float("inf") or value != value:
            continue
        wide = tolerance_for(value, marker.tolerance, exact=False)
        width = max(wide.abs, wide.rel * abs(value))
        yield from (value, value + 0.9 * width, value - 0.9 * width, value + 1.2 * width, value - 1.2 * width)
    yield 123456.789


@pytest.mark.parametrize("to", READERS)
def test_each_answer_is_worth_there_what_it_is_here(small: Both, to: str) -> None:
    quiz, key = small
    count = 0
    for name, variant, read in exported(quiz, key, to):
        for here, there in answers(quiz, key, name, variant, read) if read.kind != "essay" else ():
            credit = mark_question(quiz, key, variant, name, here).credit
            assert grade(read, there) == pytest.approx(nearest(credit) if read.kind == "numerical" else credit, abs=1e-4), (name, here)  # fmt: skip
            count += 1
    assert count > 200


@pytest.mark.parametrize("to", READERS)
@pytest.mark.parametrize("item", Course(ROOT).quizzes)
def test_the_course_s_quizzes_come_through_with_their_credit(item: str, to: str) -> None:
    quiz_item = Course(ROOT).quizzes[item]
    quiz, key = quiz_item.spec, quiz_item.key
    assert key is not None
    for name, variant, read in exported(quiz, key, to, 2):
        if read.kind in ("multichoice", "truefalse", "numerical"):
            for here, there in answers(quiz, key, name, variant, read):
                credit = mark_question(quiz, key, variant, name, here).credit
                expected = nearest(credit) if read.kind == "numerical" else credit
                assert grade(read, there) == pytest.approx(expected, abs=1e-4), (name, here)


def test_an_array_is_right_entry_by_entry(small: Both) -> None:
    quiz, key = small
    for name, variant, read in exported(quiz, key, "moodle-xml"):
        if read.kind != "cloze":
            continue
        marker = key.questions[name].marker
        right: Any = marker.value(situation(quiz, key, variant, name))  # type: ignore[union-attr]
        flat = [float(entry) for row in right for entry in (row if isinstance(row, tuple) else (row,))]
        assert grade(read, flat) == 1
        assert grade(read, [flat[0] + 1, *flat[1:]]) == pytest.approx(1 - 1 / len(flat))


def test_an_order_is_written_in_its_right_order(small: Both) -> None:
    quiz, key = small
    (steps,) = (read for name, _, read in exported(quiz, key, "moodle-xml") if name == "steps")
    assert [answer.text for answer in steps.answers] == ["forward pass", "loss", "gradients", "update"]
    assert steps.grading == "LONGEST_ORDERED_SUBSET"


def test_points_penalties_hints_feedback_and_tags_come_along(small: Both) -> None:
    quiz, key = small
    read = next(read for name, _, read in exported(quiz, key, "moodle-xml") if name == "mse")
    assert (read.points, read.penalty, read.hints, read.tags) == (3, 0.1, ["Square first."], ["mean"])
    assert read.answers[0].feedback.startswith("Yes: ")
    assert [answer.fraction for answer in read.answers] == [100, 30]
    assert r"Divide by \(" in read.answers[1].feedback
    assert read.category == "$course$/top/quiz-01: A little of everything/mse"
    formula = next(read for name, _, read in exported(quiz, key, "moodle-xml") if name == "sigmoid")
    assert formula.graderinfo.startswith("Key: <code>")
    assert "no_inner" not in formula.text


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("moodle-xml", "Comparing formulas: a person marks them. (sigmoid, relu)"),
        ("moodle-xml", "Known wrong answers that are infinite. (mse)"),
        ("moodle-xml", "Known wrong answers that are about all entries together. (gradient, product)"),
        ("moodle-xml", "Other orders that are right too: only one is kept. (pipeline)"),
        ("moodle-xml", "What is said of right options that are left out. (orthogonal)"),
        ("moodle-xml", "What is said of wrong pairs. (ranks)"),
        ("moodle-xml", "Credit for k of n steps in order: Moodle gives k/n, not (k - 1)/(n - 1). (steps, pipeline)"),
        ("gift", "Points, penalties, tags, and whether options are shuffled: GIFT has no place for them."),
        ("gift", "Hints. (sigmoid, mse)"),
        ("gift", "Arrays: each becomes a text for a person to mark, without its key. (gradient, product)"),
    ],
)  # fmt: skip
def test_what_is_lost_is_told(small: Both, to: str, expected: str) -> None:
    write, _ = READERS[to]
    assert expected in write(gather(*small, SEEDS))[1]


HOSTILE = [
    "a < b & c > d, <b>bold</b> &amp; </text>]]>",
    "{~=#:} \\: \\n \\\\ %50% :: // -> =>",
    "// no comment, $\\nabla f = \\{x : x^2 < 1\\}$ costs \\$5",
    "[html] `x_{1} ~= $y$` **strong**",
    "Größe 数学 😀 {1:NUMERICAL:=3:1}",
    "first\n\nsecond\n// third",
]


@pytest.fixture
def hostile(tmp_path: Path) -> SmallQuiz:
    """A quiz whose every text is one that some format would read as its own."""
    made = make_quiz(tmp_path)
    options = {f"o{k}": text for k, text in enumerate(HOSTILE)}
    told = {name: f"{text} told" for name, text in options.items()}
    common = {"concepts": ["mean"], "prompt": " ".join(HOSTILE)}
    made.declare(
        {
            "title": "A / B: {x}",
            "introduction": "I",
            "questions": [
                {"id": "one", "type": "single", "title": HOSTILE[1], "options": {**options}, **_copy(common)},
                {"id": "many", "type": "multiple", "title": "T", "options": {**options}, **_copy(common)},
                {"id": "word", "type": "short", "title": "T", **_copy(common)},
            ],
        },
        {
            "questions": {
                "one": {"right": ["o1"], "options": {**told}},
                "many": {"right": ["o1", "o3"], "options": {**told}},
                "word": {"accept": ["a*b = {c}~#:"], "wrong": HOSTILE[1]},
            }
        },
    )
    return made


def _copy(common: dict[str, Any]) -> dict[str, Any]:
    return {"concepts": [*common["concepts"]], "prompt": common["prompt"]}


@pytest.mark.parametrize("to", READERS)
def test_no_text_is_read_as_markup(hostile: SmallQuiz, to: str) -> None:
    quiz, key = hostile.read()
    one, many, word = (read for _, _, read in exported(quiz, key, to))
    for read in (one, many):
        assert [answer.text for answer in read.answers] == [arrow(to_html(text), to) for text in HOSTILE]
        assert [answer.feedback for answer in read.answers] == [
            arrow(to_html(f"{text} told"), to) for text in HOSTILE
        ]
    assert [answer.fraction for answer in one.answers] == [0, 100, 0, 0, 0, 0]
    assert [answer.fraction for answer in many.answers] == [-25, 50, -25, 50, -25, -25]
    assert grade(word, "A*B = {c}~#:") == 1
    assert grade(word, "axb = {c}~#:") == 0
    assert arrow(to_html(" ".join(HOSTILE)), to) in arrow(one.text, to)


def arrow(text: str, to: str) -> str:
    """What differs without a difference on the page: in GIFT a greater-than sign behind a dash."""
    return re.sub(r"\s+", " ", text) if to == "gift" else text


def test_nothing_but_the_entries_of_an_array_is_a_gap(hostile: SmallQuiz) -> None:
    prompt = " ".join(HOSTILE)
    asked = {"id": "v", "type": "vector", "title": "T", "concepts": ["mean"], "prompt": prompt}
    hostile.declare(
        {"title": "T", "introduction": "I", "questions": [asked]},
        {"questions": {"v": {"answer": ["1e-7", "-2/3"]}}},
    )
    ((_, _, read),) = exported(*hostile.read(), "moodle-xml")
    assert grade(read, [1e-7, -0.6667]) == 1
    assert grade(read, [1e-7, 0.6667]) == 0.5


def test_html_keeps_formulas_code_and_bold_apart() -> None:
    assert to_html("$a<b$ and `$x$` **is $y$** \\$5 & $$z$$") == (
        r"\(a&lt;b\) and <code>$x$</code> <strong>is \(y\)</strong> $5 &amp; \[z\]"
    )


def test_credits_are_those_that_moodle_takes() -> None:
    assert percent(1 / 3) == "33.33333"
    assert percent(-1 / 7) == "-14.28571"
    assert percent(0.35) == "33.33333"
    assert nearest(0.15) == 0.1428571
    assert nearest(0.0) == 0


def test_the_command_writes_the_file_and_tells_what_was_lost(small: Both, tmp_path: Path) -> None:
    made = make_quiz(tmp_path)
    ran = run(
        "grader", "export-quiz", "q1", "--to", "gift", "--seeds", "2", "--out", "out.gift", cwd=made.root
    )
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0].startswith("out.gift: written, with ")
    assert "Lost on the way:\n  - Comparing formulas: a person marks them. (sigmoid, relu)\n" in ran.out
    assert len(read_gift((made.root / "out.gift").read_text(encoding="utf-8"))) > 20


def test_the_command_says_why_it_can_t(tmp_path: Path) -> None:
    made = make_quiz(tmp_path)
    made.key_yaml.unlink()
    ran = run("grader", "export-quiz", "1", "--to", "gift", "--out", "x", cwd=made.root)
    assert "1: there is no such item." in ran.err
    ran = run("grader", "export-quiz", "q1", "--to", "gift", "--out", "x", cwd=made.root)
    assert (ran.code, (made.root / "x").exists()) == (2, False)
    assert "key.yaml" in ran.err
    made.key_yaml.parent.rmdir()
    made.root.joinpath("solutions").rmdir()
    ran = run("grader", "export-quiz", "q1", "--to", "gift", "--out", "x", cwd=made.root)
    assert "quiz-01: can't be exported without its key, which only staff have." in ran.err
