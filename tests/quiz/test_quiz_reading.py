"""Each fault of a quiz or a key is told in a sentence: file, key path, what was found, the nearest name."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from grader.course import Course, QuizItem
from grader.errors import CourseFault, UsageFault
from grader.quiz.reading import key_schema, quiz_schema
from grader.yamlfile import parse_yaml
from tests.quiz.small_quiz import KEY, QUIZ, ROOT, SmallQuiz, make_quiz
from tests.small_course import SmallCourse, run

Path_ = tuple[str | int, ...]
GONE = object()


@pytest.fixture
def made(tmp_path: Path) -> SmallQuiz:
    """The small quiz in a folder of its own."""
    return make_quiz(tmp_path)


def changed(text: str, path: Path_, value: Any) -> Any:
    """Read YAML and change what stands at a path; questions of a quiz are named by their ids."""
    data = deepcopy(parse_yaml(text, "sample"))
    here = data["questions"]
    if isinstance(here, list) and path:
        here = next(question for question in here if question["id"] == path[0])
        path = path[1:]
    for part in path[:-1]:
        here = here[part]
    if value is GONE:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return data


def test_the_sample_is_in_order(made: SmallQuiz) -> None:
    quiz, key = made.read()
    assert (quiz.id, quiz.title, quiz.max_points) == ("quiz-01", "A little of everything", 23)
    assert list(key.questions) == [question.id for question in quiz.questions] == list(quiz.plans)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("mse", "titel"), "x", "questions[2].titel: is not a key here. Did you mean 'title'?"),
        (("mse", "title"), GONE, "questions[2].title: is missing."),
        (("mse", "type"), "numerical", "questions[2].type: 'numerical' is not one of 'single', 'multiple', 'boolean', 'numeric', 'vector', 'matrix', 'expression', 'order', 'match', 'short'. Did you mean 'numeric'?"),
        (("mse", "type"), GONE, "questions[2].type: is missing."),
        (("mse", "points"), 0, "questions[2].points: 0 is not positive."),
        (("mse", "points"), 1.5, "questions[2].points: 1.5 is not a whole number."),
        (("mse", "concepts"), [], "questions[2].concepts: []: list should have at least 1 item after validation, not 0."),
        (("mse", "answer"), "sq/n", "questions[2].answer: is not a key here."),
        (("mse", "tolerance"), {}, "questions[2].tolerance: is not a key here."),
        (("mse", "id"), "sigmoid", "questions: the question id 'sigmoid' stands twice."),
        (("mse", "params", "n"), {"chioce": [2]}, "questions[2].params.n: {'chioce': [2]}: a parameter is drawn by one of choice, integer, decimal, pick, shuffle and expr."),
        (("mse", "params", "e", "integer"), [1, 2, 3], "questions[2].params.e.integer: [1, 2, 3]: list should have at most 2 items after validation, not 3."),
        (("mse", "params", "e", "cuont"), 3, "questions[2].params.e.cuont: is not a key here. Did you mean 'count'?"),
        (("mse", "params", "e", "shape"), [2], "questions[2].params.e: a parameter has a 'count' or a 'shape', not both."),
        (("mse", "params", "e", "count"), "m", "questions[2].params.e.count: 'm' can't be read: 'm' is not a name here."),
        (("mse", "params", "n"), {"choice": [True]}, "questions[2].params.n.choice: True is not a number, a text or a list of them."),
        (("mse", "params", "total"), {"expr": "sum(e"}, "questions[2].params.total.expr: 'sum(e' can't be read: This '(' is never closed: add ')'."),
        (("mse", "require"), ["n"], "questions[2].require[0]: 'n' can't be read: A condition compares two values, as in a > 0."),
        (("mse", "prompt"), "Give {{m}}.", "questions[2].prompt: 'm' can't be read: 'm' is not a name here."),
        (("spacing", "params", "format", "pick"), ["a", 1], "questions[3].params.format: mixes texts with numbers or lists; give only texts."),
        (("spacing", "require"), ["format > 1"], "questions[3].require[0]: 'format > 1' can't be read: 'format' is not a name here."),
        (("sigmoid", "symbols", "s", "domain"), [1, 0], "questions[0].symbols.s.domain: a domain begins at its lower end; 1.0 is above 0.0."),
        (("sigmoid", "symbols", "w"), {"domain": [0, 1]}, "questions[0].symbols.w: is a parameter too; give one of them another name."),
        (("sigmoid", "functions"), ["expp"], "questions[0].functions: 'expp' is no function. Did you mean 'exp'?"),
        (("relu", "pinned"), [{"y": 0}], "questions[1].pinned[0]: 'y' is not a symbol of the question."),
        (("shape", "options"), {"a": "one"}, "questions[6].options: {'a': 'one'}: dictionary should have at least 2 items after validation, not 1."),
        (("steps", "hints"), [{"text": "x", "cost": 2}], "questions[11].hints[0].cost: 2: input should be less than or equal to 1."),
    ],
)  # fmt: skip
def test_a_faulty_quiz_is_told_in_a_sentence(made: SmallQuiz, path: Path_, value: Any, fault: str) -> None:
    made.declare(quiz=changed(QUIZ, path, value))
    with pytest.raises(CourseFault) as caught:
        made.read()
    assert any(line.startswith(f"{made.yaml}: {fault}") for line in str(caught.value).splitlines()), str(
        caught.value
    )


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("mse",), GONE, "questions.mse: is missing: each question needs its key."),
        (("mes",), {"answer": 1}, "questions: 'mes' is not a question of the quiz. Did you mean 'mse'?"),
        (("mse", "anwser"), 1, "questions.mse.anwser: is not a key here. Did you mean 'answer'?"),
        (("mse", "answer"), GONE, "questions.mse.answer: is missing."),
        (("mse", "answer"), "sq/m", "questions.mse.answer: 'sq/m' can't be read: 'm' is not a name here."),
        (("mse", "right"), ["a"], "questions.mse.right: is not a key here."),
        (("mse", "exact"), True, "questions.mse: a key is 'exact' or has a 'tolerance', not both."),
        (("mse", "tolerance", "rel"), -1, "questions.mse.tolerance.rel: -1: input should be greater than or equal to 0."),
        (("mse", "values", "n"), "1", "questions.mse.values.n: is a parameter too; give it another name."),
        (("mse", "feedback"), "{{sqq}}", "questions.mse.feedback: 'sqq' can't be read: 'sqq' is not a name here. Did you mean 'sq'?"),
        (("mse", "misconceptions", 0, "credit"), 2, "questions.mse.misconceptions[0].credit: 2: input should be less than or equal to 1."),
        (("mse", "misconceptions", 1, "id"), "sse", "questions.mse.misconceptions: the id 'sse' stands twice."),
        (("mse", "misconceptions", 0, "when"), "n", "questions.mse.misconceptions[0].when: 'n' can't be read"),
        (("mse", "tests", 1, "misconception"), "overlow", "questions.mse.tests[1].misconception: 'overlow' is not a misconception of the key. Did you mean 'overflow'?"),
        (("mse", "tests", 0), {"give": 1}, "questions.mse.tests[0]: a test has either 'credit' or 'status'."),
        (("mse", "tests", 0), {"credit": 1}, "questions.mse.tests[0].give: is missing."),
        (("sigmoid", "answer"), ["s"], "questions.sigmoid.answer:"),
        (("sigmoid", "values"), {"s": "1"}, "questions.sigmoid.values.s: is a symbol of the question too; give it another name."),
        (("gradient", "answer"), ["2*a*d"], "questions.gradient.answer[0]: '2*a*d' can't be read: 'd' is not a name here."),
        (("shape", "right"), ["frist"], "questions.shape.right: 'frist' is not an option of the question. Did you mean 'first'?"),
        (("shape", "right"), ["first", "second"], "questions.shape.right: names 2 options; one is asked for."),
        (("shape", "options", "second"), GONE, "questions.shape.options.second: is missing: each option needs its feedback."),
        (("orthogonal", "options", "det"), GONE, "questions.orthogonal.options.det: is missing: each option needs its feedback."),
        (("orthogonal", "missed"), {"lenght": "x"}, "questions.orthogonal.missed: 'lenght' is not an option of the question. Did you mean 'length'?"),
        (("above", "right", "a0"), "x[0]", "questions.above.right.a0: 'x[0]' can't be read: A condition compares two values"),
        (("steps", "order"), ["forward", "loss", "gradient"], "questions.steps.order: must name each of the 4 steps once."),
        (("steps", "order"), ["gradient", "forward", "update", "loss"], "questions.steps: the quiz lists the steps in the right order, for all to see; list them in another there."),
        (("steps", "before"), [["loss", "update"]], "questions.steps: the key has either 'order' or 'before'."),
        (("pipeline", "before"), [["a", "b"], ["b", "a"]], "questions.pipeline.before: goes round in a circle."),
        (("pipeline", "before"), [["a", "c"]], "questions.pipeline.before: 'c' is not a step of the question."),
        (("ranks", "pairs", "bias"), GONE, "questions.ranks.pairs.bias: is missing."),
        (("ranks", "pairs", "bias"), "nil", "questions.ranks.pairs: 'nil' is not on the right."),
        (("ranks", "pairs"), {"bias": "four", "word": "zero", "batch": "two"}, "questions.ranks: the quiz tells the pairs by the order or the names of its ids; change them there."),
        (("ranks", "wrong"), {"bias/zero": "x"}, "questions.ranks.wrong.bias/zero: is a right pair."),
        (("rule", "accept"), [], "questions.rule.accept: []: list should have at least 1 item after validation, not 0."),
        (("rule", "misconceptions", 0, "answer"), "The chain rule", "questions.rule.misconceptions[0].answer: 'The chain rule' is right, or stands under another mistake."),
    ],
)  # fmt: skip
def test_a_faulty_key_is_told_in_a_sentence(made: SmallQuiz, path: Path_, value: Any, fault: str) -> None:
    made.declare(key=changed(KEY, path, value))
    with pytest.raises(CourseFault) as caught:
        made.read()
    assert any(line.startswith(f"{made.key_yaml}: {fault}") for line in str(caught.value).splitlines()), str(
        caught.value
    )


def test_all_faults_are_told_together(made: SmallQuiz) -> None:
    data = changed(KEY, ("mse", "answer"), "m")
    data["questions"]["rule"]["acept"] = []
    made.declare(key=data)
    with pytest.raises(CourseFault) as caught:
        made.read()
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(("name", "kind", "text"), [("quiz", quiz_schema, QUIZ), ("key", key_schema, KEY)])
def test_the_sample_follows_the_schema_and_the_course_s_is_current(name: str, kind: Any, text: str) -> None:
    """`grader schema` rewrites it."""
    schema = kind()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(yaml.safe_load(text))
    folder = {"quiz": "exercises", "key": "solutions"}[name]
    assert json.loads((ROOT / folder / f"{name}.schema.json").read_text(encoding="utf-8")) == schema


@pytest.mark.parametrize("given", ["quiz-01", "quiz-1", "quiz 1", "quiz1", "q1", "Q01", " quiz-01/ "])
def test_a_quiz_is_found_by_any_of_its_names(course: SmallCourse, given: str) -> None:
    make_quiz(course.root)
    found = Course(course.root).item(given)
    assert isinstance(found, QuizItem)
    assert (found.id, found.spec.title) == ("quiz-01", "A little of everything")
    assert found.key is not None
    assert found.answers.is_file()


def test_numbers_still_mean_exercises(course: SmallCourse) -> None:
    make_quiz(course.root)
    assert Course(course.root).item("1").id == "exercise-01"
    assert list(Course(course.root).items) == ["exercise-01"]
    assert list(Course(course.root).quizzes) == ["quiz-01"]
    with pytest.raises(UsageFault, match="quiz-01: is a quiz; an exercise is asked for here"):
        Course(course.root).exercise("q1")
    with pytest.raises(UsageFault, match=r"q7: there is no such item\. Did you mean 'quiz-01'\?"):
        Course(course.root).item("q7")


def test_without_solutions_a_quiz_has_no_key(tmp_path: Path) -> None:
    make_quiz(tmp_path)
    (tmp_path / "solutions").rename(tmp_path / "elsewhere")
    found = Course(tmp_path).quizzes["quiz-01"]
    assert (found.key, found.key_yaml, found.solutions) == (None, None, None)


def test_a_course_tells_its_title_salt_and_concepts(course: SmallCourse) -> None:
    assert Course(course.root).about.salt == ""
    path = course.root / "exercises" / "course.yaml"
    path.write_text("title: AI\nsalt: '2024'\nconcepts: {chain-rule: the chain rule}\n")
    about = Course(course.root).about
    assert (about.title, about.salt, about.concepts) == ("AI", "2024", {"chain-rule": "the chain rule"})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("slat: x", "slat: is not a key here. Did you mean 'salt'?"),
        ("salt: 7", "salt: 7 is not a text."),
        ("concepts: {Chain Rule: x}", "concepts.Chain Rule: 'Chain Rule' doesn't have the form"),
    ],
)
def test_a_faulty_course_file_is_told_in_a_sentence(course: SmallCourse, text: str, fault: str) -> None:
    path = course.root / "exercises" / "course.yaml"
    path.write_text(text)
    with pytest.raises(CourseFault) as caught:
        _ = Course(course.root).about
    assert str(caught.value).startswith(f"{path}: {fault}")


def test_the_schemas_are_written_where_they_belong(course: SmallCourse) -> None:
    ran = run("grader", "schema", cwd=course.root)
    assert ran.code == 0
    for path, title in {
        "exercises/exercise.schema.json": "Exercise", "exercises/quiz.schema.json": "QuizSpec",
        "solutions/key.schema.json": "KeyFile",
    }.items():  # fmt: skip
        assert json.loads((course.root / path).read_text())["title"] == title
    assert json.loads(run("grader", "schema", "--stdout", cwd=course.root).out)["title"] == "Exercise"
    assert json.loads(run("grader", "schema", "--stdout", "key", cwd=course.root).out)["title"] == "KeyFile"


def test_the_package_of_quizzes_loads_nothing_heavy_by_itself() -> None:

    script = (
        "import sys, grader.quiz; from grader.quiz import draw, learner_seed; print('numpy' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
