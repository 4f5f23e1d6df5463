"""`grader verify`, `grader new`, and the mutants: each law is seen to fail once."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.verify.mutants import mutants
from tests.small_course import CHECKS, EXERCISE, REFERENCE, SQUARED, STUB, Ran, SmallCourse, run

ADDED = "def double(x):\n    return [v + v for v in x]\n"
MULTIPLIED = "import numpy as np\n\n\ndef double(x):\n    return np.multiply(x, 2)\n"
THIRD = """\
import numpy as np


def test_scaled(submission, rng):
    x = rng.normal(size=3)
    assert_close(submission.double(3.0 * x), 6.0 * x)
"""


@pytest.fixture
def lawful(course: SmallCourse) -> SmallCourse:
    """The small course with all that the laws ask for."""
    course.yaml.write_text(
        "# yaml-language-server: $schema=../exercise.schema.json\n" + course.yaml.read_text()
    )
    for name, source in {"added": ADDED, "multiplied": MULTIPLIED}.items():
        (course.solutions / "alternative" / f"{name}.py").write_text(source)
    return course


def verify(course: SmallCourse, *args: str) -> Ran:
    """Run `grader verify` on a course, one item at a time."""
    return run("grader", "verify", "--jobs", "1", *args, cwd=course.root)


def test_a_lawful_exercise_holds(lawful: SmallCourse) -> None:
    ran = verify(lawful, "--mutants")
    assert ran.out.splitlines()[-1] == "1 items verified: all laws hold."
    assert ran.code == 0
    assert "exercise-01: holds" in ran.out
    assert "0 survive" in ran.out


def test_the_result_is_given_as_json_too(lawful: SmallCourse) -> None:
    (lawful.root / "solutions" / "exercise-01" / "alternative" / "added.py").unlink()
    ran = verify(lawful, "--json", "--sample", "2")
    data = json.loads(ran.out)
    assert ran.code == 1
    assert data["item"] == "exercise-01"
    assert data["violations"][0]["law"] == "alternatives"
    assert data["mutants"]["killed"] == 2


def write(course: SmallCourse, name: str, text: str) -> None:
    """Write a file of the exercise: `exercises/…` or `solutions/…`, relative to the item's folder."""
    top, _, rest = name.partition("/")
    path = course.root / top / "exercise-01" / rest
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


HALF = '"""\nmessage: Half is missing.\nfails: [values]\n"""\n\n\ndef double(x):\n    return [1.5 * v for v in x]\n'


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("exercises/exercise.yaml", "title: [", "exercises/exercise-01/exercise.yaml: line 3: is not YAML"),
        ("exercises/exercise.yaml", None, "must begin with the line '# yaml-language-server"),
        ("exercises/notes.txt", "x", "exercises/exercise-01/notes.txt: is a file that the layout doesn't know. (files)"),
        ("solutions/wrong/deep.txt", "x", "solutions/exercise-01/wrong/deep.txt: is a file that the layout doesn't know."),
        ("exercises/doubling.py", "x = 1\n", "exercises/exercise-01/doubling.py: differs from exercises/exercise-01/stub/doubling.py"),
        ("solutions/test_doubling.py", CHECKS.replace("test_linear", "test_lineal"), "has no function 'test_linear' for the check 'linear'."),
        ("solutions/test_doubling.py", CHECKS + THIRD, "exercise.yaml: declares no hidden check 'scaled'. (declared)"),
        ("solutions/doubling.py", "def double(x):\n    return [3 * v for v in x]\n", "solutions/exercise-01/doubling.py: gets FAILED for 'example'."),
        ("solutions/alternative/added.py", "def double(x):\n    return [v for v in x]\n", "alternative/added.py: gets FAILED for 'values'."),
        ("solutions/wrong/squared.py", SQUARED.replace("values, linear", "values"), "wrong/squared.py: fails 'linear' without saying so."),
        ("solutions/wrong/squared.py", SQUARED.replace("** 2", "* 2"), "wrong/squared.py: passes 'values', which it says it fails."),
        ("solutions/wrong/squared.py", SQUARED.replace("values,", "valued,"), "names the check 'valued', which isn't declared."),
        ("solutions/wrong/squared.py", SQUARED.replace("message:", "mesage:"), "wrong/squared.py: mesage: is not a key here. Did you mean 'message'?"),
        ("solutions/wrong/squared.py", SQUARED.replace("You squared", "You $x^\\top$ squared"), "has a control character in its message"),
        ("solutions/wrong/squared.py", "x = 1\n", "needs a docstring with 'message' and 'fails'."),
        ("solutions/wrong/twin.py", SQUARED.replace("You squared", "Squares"), "wrong/twin.py: would be told the message of 'squared' too."),
        ("solutions/wrong/half.py", HALF, "wrong/half.py: fails 'example' without saying so."),
        ("solutions/wrong/squared.py", None, "the check 'example' is failed by no wrong solution. (strength)"),
        ("solutions/doubling.py", "import time\n" + REFERENCE.replace("    return", "    time.sleep(0.3)\n    return"), "more than half of the limit of 0.5 s."),
        ("solutions/doubling.py", REFERENCE.replace("np.asarray(x)", "np.asarray(x) * (1 + 0.8e-7)"), "when tolerances are 2 times tighter, with 1 BLAS threads"),
        ("exercises/stub/doubling.py", STUB.replace("raise NotImplementedError", "return 2 * x"), "as handed out gets"),
        ("exercises/stub/doubling.py", STUB.replace("def double", "def duoble"), "asks for 'duoble', which the reference lacks."),
        ("solutions/doubling.py", REFERENCE.replace("2.0", "2.0  # TODO"), "solutions/exercise-01/doubling.py: still holds a TODO in line 5."),
    ],
)  # fmt: skip
def test_each_law_is_seen_to_fail(lawful: SmallCourse, name: str, text: str | None, sentence: str) -> None:
    if name == "exercises/exercise.yaml":
        lines = lawful.yaml.read_text().splitlines(keepends=True)
        lawful.yaml.write_text(lines[0] + text if text else "".join(lines[1:]))
    elif text is None:
        (lawful.root / name.replace("/", "/exercise-01/", 1)).unlink()
    else:
        write(lawful, name, text)
    ran = verify(lawful)
    assert sentence in ran.out
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_two_wrong_solutions_that_no_input_tells_apart_can_be_declared_alike(lawful: SmallCourse) -> None:
    write(lawful, "solutions/wrong/twin.py", SQUARED.replace("fails:", "like: [squared]\nfails:"))
    assert verify(lawful).code == 0


def test_stub_names_are_unique_in_a_course(lawful: SmallCourse) -> None:
    import shutil

    for top in ("exercises", "solutions"):
        shutil.copytree(lawful.root / top / "exercise-01", lawful.root / top / "exercise-02")
    ran = verify(lawful, "1")
    assert (
        "exercises/exercise-02/exercise.yaml: the file name 'doubling.py' is taken by exercise-01." in ran.out
    )
    assert ran.code == 1


def test_a_needed_item_must_be_in_the_course(lawful: SmallCourse) -> None:
    lawful.yaml.write_text(lawful.yaml.read_text() + "needs: [exercise-99]\n")
    assert "needs 'exercise-99', which isn't in the course. (needs)" in verify(lawful).out


def test_a_concept_must_be_in_the_course_s_vocabulary(lawful: SmallCourse) -> None:
    (lawful.root / "exercises" / "course.yaml").write_text("concepts: {linear-map: linear maps}\n")
    lawful.yaml.write_text(lawful.yaml.read_text() + "concepts: [linear-maps]\n")
    sentence = (
        "the concept 'linear-maps' isn't in exercises/course.yaml. Did you mean 'linear-map'? (concepts)"
    )
    assert sentence in verify(lawful).out


def test_weak_checks_let_mutants_survive_and_each_is_shown_as_a_diff(lawful: SmallCourse) -> None:
    weak = CHECKS.replace("x + x", "submission.double(x)").replace(
        "[2.0, 4.0]", "submission.double([1.0, 2.0])"
    )
    write(lawful, "solutions/test_doubling.py", weak)
    ran = verify(lawful, "--mutants")
    assert ran.code == 1
    assert "of the mutants; at least 95% must die. (mutants)" in ran.out
    assert "    - return 2.0 * np.asarray(x)\n    + return 4.0 * np.asarray(x)" in ran.out


def test_an_equivalent_mutant_is_declared_with_a_reason(lawful: SmallCourse) -> None:
    idle = REFERENCE.replace("    return 2.0", "    idle = 3.0\n    return 2.0")
    write(lawful, "solutions/doubling.py", idle)
    entry = "- {was: 'idle = 3.0', becomes: '%s', because: it is used nowhere}\n"
    write(
        lawful,
        "solutions/equivalent.yaml",
        "".join(entry % to for to in ("idle = 6.0", "idle = 0.0", "(removed)")),
    )
    ran = verify(lawful, "--mutants")
    assert "3 declared equivalent (100.0%)" in ran.out
    assert ran.code == 0
    write(lawful, "solutions/equivalent.yaml", entry % "idle = 7.0")
    assert "declares 'idle = 3.0' → 'idle = 7.0', which no mutant does." in verify(lawful, "--mutants").out


def test_every_kind_of_mistake_is_made() -> None:
    source = '''
def f(a, b, axis=-1):
    """Docstrings stay."""
    if a < b and not a:
        raise ValueError
    total = a - b
    total += a.sum(axis=axis, keepdims=True)
    m = a.T @ b
    return g(total, m) if a == 0 else 2.5 * total[1:]
'''
    changed = {(mutant.was, mutant.becomes) for mutant in mutants(source)}
    for was, becomes in [
        ("if a < b and (not a):", "if a <= b and (not a):"),
        ("if a < b and (not a):", "if a < b or not a:"),
        ("if a < b and (not a):", "if a < b and a:"),
        ("if a < b and (not a):", "if True:"),
        ("raise ValueError", "(removed)"),
        ("total = a - b", "total = a + b"),
        ("total = a - b", "total = b - a"),
        ("total = a - b", "total = a"),
        ("total += a.sum(axis=axis, keepdims=True)", "total += a.sum(axis=axis)"),
        ("total += a.sum(axis=axis, keepdims=True)", "total += a.sum(keepdims=True)"),
        ("total += a.sum(axis=axis, keepdims=True)", "total += a.mean(axis=axis, keepdims=True)"),
        ("total += a.sum(axis=axis, keepdims=True)", "total -= a.sum(axis=axis, keepdims=True)"),
        ("total += a.sum(axis=axis, keepdims=True)", "(removed)"),
        ("m = a.T @ b", "m = b @ a.T"),
        ("m = a.T @ b", "m = a @ b"),
        ("m = a.T @ b", "m = a.T @ b.T"),
        (
            "return g(total, m) if a == 0 else 2.5 * total[1:]",
            "return g(m, total) if a == 0 else 2.5 * total[1:]",
        ),
        (
            "return g(total, m) if a == 0 else 2.5 * total[1:]",
            "return g(total, m) if a != 0 else 2.5 * total[1:]",
        ),
        (
            "return g(total, m) if a == 0 else 2.5 * total[1:]",
            "return g(total, m) if a == 0 else 5.0 * total[1:]",
        ),
        (
            "return g(total, m) if a == 0 else 2.5 * total[1:]",
            "return g(total, m) if a == 0 else 2.5 * total",
        ),
        ("def f(a, b, axis=-1):", "def f(a, b, axis=1):"),
    ]:
        assert (was, becomes) in changed
    assert not any("Docstrings" in was for was, _ in changed)
    assert len({mutant.source for mutant in mutants(source)}) == len(mutants(source))


def new(root: Path, *args: str) -> Ran:
    """Run `grader new` in a folder that is, or isn't, a course."""
    return run("grader", "new", *args, cwd=root)


def test_a_new_exercise_passes_all_laws_but_those_that_need_its_author(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    made = new(tmp_path, "exercise-41", "--title", "Doubling: the author's first")
    assert made.code == 0
    assert (tmp_path / "solutions" / "exercise-41" / "test_doubling_the_author.py").is_file()
    ran = run("grader", "verify", "exercise-41", "--mutants", "--json", "--jobs", "1", cwd=tmp_path)
    data: dict[str, Any] = json.loads(ran.out)
    assert {violation["law"] for violation in data["violations"]} == {"unfinished", "alternatives"}
    assert data["mutants"]["survivors"] == []
    graded = run("grade", "41", cwd=tmp_path)
    assert graded.code == 1
    assert "0 of 100 points" in graded.out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["exercise-01", "--title", "Other"],
            "exercise-01: there is such a folder already; nothing was written.",
        ),
        (["41", "--title", "Other"], "41: a new exercise's id looks like 'exercise-41'."),
        (["exercise-41", "--title", "Doubling"], "its file would be doubling.py, which exercise-01 has"),
        (["exercise-41", "--title", "加倍"], "a title needs a word of Latin letters"),
        (["exercise-41"], "Missing option '--title'"),
    ],
)
def test_a_new_exercise_is_refused_in_one_sentence(
    course: SmallCourse, args: list[str], message: str
) -> None:
    ran = new(course.root, *args)
    assert ran.code == 2
    assert message in ran.err
    assert not (course.root / "exercises" / "exercise-41").exists()


def test_misconceptions_are_told_by_the_one_that_agrees_on_most_checks(lawful: SmallCourse) -> None:
    """A mistake that shows on one check only doesn't take the message of one that shows on all."""
    only_linear = SQUARED.replace("You squared", "Wrongly told").replace("example, values, linear", "linear")
    write(lawful, "solutions/wrong/aaa.py", only_linear)
    shown = {
        check["misconception"]
        for check in lawful.grade("1", "--file", lawful.solutions / "wrong" / "squared.py", "--json").report[
            "checks"
        ]
    }
    assert shown == {"You squared the entries; doubling multiplies by 2."}
    assert EXERCISE["checks"]
