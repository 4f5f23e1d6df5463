"""`grader verify` on a quiz: a lawful one holds, and each law is seen to fail once."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.quiz.expression import Language, parse
from grader.quiz.writing import stub_text
from grader.verify.quiz.formula_mutants import formula_mutants
from grader.verify.quiz.run import verify_quiz
from tests.quiz.small_quiz import SmallQuiz, make_quiz
from tests.small_course import run

SEEDS = 24
CONCEPTS = "concepts: {chain-rule: a, mean: b, floating-point: c, gradient: d, matrix-product: e}\n"
# What the small quiz does to show every generator, and a course wouldn't.
MADE_LAWFUL = (
    ("yaml", "needs: [exercise-01]\n", ""),
    ("yaml", "concepts: [chain-rule]\n  prompt: 'Which rule", "concepts: [gradient]\n  prompt: 'Which rule"),
    ("yaml", "'norm(matmul(A, B)) > 0', 'abs(norm(matmul(A, B) - transpose(matmul(A, B)))) > 0'", "'A[0, 0] != 0'"),
    ("key", "    - {give: 2^-7, credit: 1, seed: 2}\n", "    - {give: 'two', status: invalid, seed: 2}\n"),
)  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> SmallQuiz:
    """The small quiz in a course where all laws hold."""
    made = make_quiz(tmp_path)
    (tmp_path / "exercises" / "course.yaml").write_text(CONCEPTS)
    made.yaml.with_name("answers.yaml").write_text(stub_text("quiz-01"))
    for file, old, new in MADE_LAWFUL:
        edit(made, file, old, new)
    return made


def edit(small: SmallQuiz, file: str, old: str, new: str) -> None:
    """Change a text in `quiz.yaml` or `key.yaml`."""
    path = small.yaml if file == "yaml" else small.key_yaml
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def declare(small: SmallQuiz, questions: dict[str, Any], keys: dict[str, Any]) -> None:
    """Write a quiz of other questions."""
    asked = [{"id": name, **copy.deepcopy(question)} for name, question in questions.items()]
    small.declare(
        {"title": "T", "introduction": "I", "questions": asked},
        {"questions": {name: copy.deepcopy(key) for name, key in keys.items()}},
    )


def broken(small: SmallQuiz) -> list[str]:
    """Give the sentences on the laws that don't hold."""
    course = Course(small.root)
    violations, _ = verify_quiz(course, course.quizzes["quiz-01"], SEEDS)
    return [str(violation) for violation in violations]


def test_a_lawful_quiz_holds_and_is_measured(small: SmallQuiz) -> None:
    course = Course(small.root)
    violations, strength = verify_quiz(course, course.quizzes["quiz-01"], SEEDS)
    assert [str(violation) for violation in violations] == []
    assert strength is not None
    assert (strength.seeds, strength.survivors) == (SEEDS, 0)
    assert strength.killed > 100
    # By hand: of 23 points, single 1/3 each, two orders, a match of 4, a truth, two multiples.
    assert 0.1 < strength.clicking < 0.25


def test_verifying_twice_finds_the_same(small: SmallQuiz) -> None:
    edit(small, "key", "answer: sq/n", "answer: sq")
    assert broken(small) == broken(small)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("yaml", "title: A little", "titel: A little", "titel: is not a key here"),
        ("yaml", "{{total}}", "{{totl}}", "'totl' can't be read"),
        ("key", "answer: sq/n", "answer: sq/m", "'sq/m' can't be read"),
        ("yaml", "concepts: [floating-point]", "concepts: [floating-points]", "'floating-points' isn't in exercises/course.yaml. Did you mean 'floating-point'?"),
        ("yaml", "title: A little", "needs: [exercise-09]\ntitle: A little", "needs 'exercise-09', which isn't in the course"),
        ("yaml", "# yaml-language-server: $schema=../quiz.schema.json\n", "", "must begin with the line"),
        ("key", "# yaml-language-server: $schema=../key.schema.json\n", "", "must begin with the line"),
        ("yaml", "introduction: Every", "introduction: TODO Every", "still holds a TODO in line"),
        ("yaml", "'sum(e^2) > 2*n', 'total > n'", "'sum(e^2) > 9999'", "none of 400 draws meets it"),
        ("key", "answer: sq/n\n    tolerance: {rel: 1.0e-6, abs: 1.0e-9}", "answer: sq/7\n    tolerance: {rel: 1.0e-9}", "the key with 6 digits isn't right"),
        ("key", "answer: w*s*(1 - s)", "answer: w*s*(1 - exp(s))", "questions.sigmoid: the key itself isn't marked right"),
        ("key", "{id: sse, answer: sq,", "{id: sse, answer: sq/n + 1e-9,", "misconceptions.sse: is the key, within the tolerance"),
        ("key", "{id: overflow, answer: inf,", "{id: overflow, answer: sq*1,", "misconceptions.overflow: is the same as 'sse', within the tolerance"),
        ("key", "{id: overflow, answer: inf,", "{id: overflow, answer: sq/(n - n),", "misconceptions.overflow: has no value; say 'when'"),
        ("key", "{id: no_inner, answer: s*(1 - s),", "{id: no_inner, answer: (s - s^2)*w,", "misconceptions.no_inner: is the key"),
        ("key", "{id: no_inner, answer: s*(1 - s),", "{id: no_inner, answer: exp(s),", "misconceptions.no_inner: can't be typed"),
        ("key", "{give: 's', credit: 0}", "{give: 's', credit: 0.25}", "questions.sigmoid.tests[2]: the credit should be 0.25"),
        ("key", "{give: abc, status: invalid}", "{give: abc, status: undecided}", "tests[0]: is unreadable, not undecided"),
        ("key", "{give: [first], credit: 1}", "{give: [frist], credit: 1}", "tests[0].give: ['frist'] names something that isn't in the question"),
        ("key", "misconception: product}", "misconception: product}\n    - {give: sum rule, credit: 0, misconception: product}", "should be recognised as 'product', but isn't"),
        ("key", "right: {one: 'v[0] == 1'", "right: {one: 'v[0] <= 2'", "one option must be right in each draw"),
        ("yaml", "third: '({{p}}, {{p}})'", "third: '({{p}},  {{q}})'", "questions[6].options.third: reads the same as 'first'"),
        ("yaml", "Residuals {{e}}", "Residuals {{{e}} and {{", "a hole is left open"),
        ("yaml", "With $s = ", "With $$s = ", "a formula is opened by $ and not closed"),
        ("key", "Yes: {{sq}}/{{n}}.", "Yes: {{12345678901 + sq}}.", "shows a number of more than 10 characters"),
        ("key", "Yes: {{sq}}/{{n}}.", "Yes: {{sq/(n - n)}}.", "shows a number that is undefined or infinite"),
        ("yaml", "Residuals {{e}}", "Residuals {{e/7}}", "is rounded where it is shown"),
        ("yaml", "'total > n'", "'sum(e^2)/n > 2'", "require[1]: holds the key's expression"),
        ("yaml", "total: {expr: sum(e)}", "total: {expr: sum(e^2)/n}", "params.total: is the key in every draw"),
        ("yaml", "give the mean squared error.'", "give sum(e^2)/n.'", "prompt: holds the text of the key"),
        ("yaml", "title: The rule for compositions", "title: A chain, rule of compositions", "title: holds the answer 'chain rule'"),
        ("key", "tolerance: {rel: 0.01}", "tolerance: {abs: 1}", "is taken for right in too many draws"),
        ("key", "accept: [chain rule]", "accept: [chain rule, not chain rule]", "questions.rule: a negation is taken for right"),
    ],
)  # fmt: skip
def test_each_law_is_seen_to_fail(small: SmallQuiz, file: str, old: str, new: str, expected: str) -> None:
    edit(small, file, old, new)
    found = broken(small)
    assert any(expected in sentence for sentence in found), found


def test_a_key_with_a_telling_id_is_found(small: SmallQuiz) -> None:
    edit(small, "yaml", "first: '({{p}}, {{q}})'", "correct: '({{p}}, {{q}})'")
    text = small.key_yaml.read_text(encoding="utf-8")
    small.key_yaml.write_text(
        text.replace("[first]", "[correct]").replace("first: 'Rows", "correct: 'Rows"), encoding="utf-8"
    )
    assert any("the id 'correct' tells what it stands for" in sentence for sentence in broken(small))


def test_files_are_accounted_for(small: SmallQuiz) -> None:
    (small.yaml.parent / "notes.txt").write_text("the key is b")
    small.yaml.with_name("answers.yaml").unlink()
    found = broken(small)
    assert "exercises/quiz-01/answers.yaml: is missing. (files)" in found
    assert "exercises/quiz-01/notes.txt: is a file that the layout doesn't know. (files)" in found


def test_the_answers_are_handed_out_blank(small: SmallQuiz) -> None:
    stub = small.yaml.with_name("answers.yaml")
    stub.write_text(stub.read_text().replace("answers: {}", "answers: {mse: 12}"))
    (sentence,) = broken(small)
    assert sentence.startswith("exercises/quiz-01/answers.yaml: differs from the blank file")
    assert sentence.endswith("`grade quiz-01 --reset` puts it back. (blank-answers)")


def test_a_quiz_that_can_be_clicked_through_is_found(small: SmallQuiz) -> None:
    """Two questions of true and false are worth half of their points to a coin."""
    question = {"title": "T", "type": "boolean", "concepts": ["mean"], "prompt": "Is it?"}
    declare(small, {"a": question, "b": question}, {"a": {"answer": True}, "b": {"answer": False}})
    found = [sentence for sentence in broken(small) if "(clicking)" in sentence]
    assert found == [
        "exercises/quiz-01/quiz.yaml: random clicking earns 50% of the points, not under a third. (clicking)"
    ]


def test_a_habit_of_right_options_is_found(small: SmallQuiz) -> None:
    options = {"a": "short", "b": "another", "c": "the longest of them all"}
    question = {"title": "T", "type": "single", "concepts": ["mean"], "prompt": "Which?", "options": options}
    names = [f"q{k}" for k in range(6)]
    key = {"right": ["c"], "options": dict.fromkeys(options, "Well.")}
    declare(small, dict.fromkeys(names, question), dict.fromkeys(names, key))
    found = broken(small)
    assert any("option 3 of the file is right in 6 of 6 questions" in sentence for sentence in found)
    assert any("the longest option is right in 6 of 6 questions" in sentence for sentence in found)


def test_the_command_verifies_quizzes_beside_exercises(small: SmallQuiz) -> None:
    ran = run("grader", "verify", "--jobs", "1", "--seeds", "12", cwd=small.root)
    assert ran.code == 0, ran.out + ran.err
    assert ran.out.startswith("quiz-01: holds (")
    assert "12 seeds, " in ran.out
    assert ran.out.splitlines()[-1] == "1 items verified: all laws hold."


def test_the_command_gives_json_and_takes_a_short_name(small: SmallQuiz) -> None:
    edit(small, "key", "{id: sse, answer: sq,", "{id: sse, answer: sq/n,")
    ran = run("grader", "verify", "q1", "--json", "--seeds", "12", cwd=small.root)
    data = json.loads(ran.out)
    assert ran.code == 1
    assert data["item"] == "quiz-01"
    assert data["violations"][0]["law"] == "misconceptions"
    assert set(data["quiz"]) == {"seeds", "killed", "equivalent", "survivors", "clicking"}


def test_mutants_are_the_mistakes_that_people_make() -> None:
    """One of each kind, by its name."""
    language = Language.of_authors(("x", "y", "v"))
    found = formula_mutants(parse("x/y - sum(v)^2 + log(x*y)", language))
    for name in (
        "the sign",
        "a factor 2",
        "the inverse",
        "x/y upside down",
        "x/y without the divisor",
        "x/y - sum(v)^2 as a sum",
        "x/y - sum(v)^2 with its sides swapped",
        "sum(v)^2 without the power",
        "mean in place of sum(v)",
        "log2 in place of log(x*y)",
        "the argument alone of log(x*y)",
        "x*y without the first factor",
        "2 + 1",
    ):
        assert name in found
    assert len(set(found.values())) == len(found)
