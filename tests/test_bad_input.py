"""Every kind of bad input has its one-sentence message, its outcome and its exit code."""

import shutil
from typing import Any

import pytest

from tests.small_course import CHECKS, EXERCISE, REFERENCE, SmallCourse

ALL = ("example", "values", "linear")


@pytest.mark.parametrize(
    ("source", "outcome", "message"),
    [
        ("def double(x:\n    return x", "ERROR", "doubling.py can't be loaded: SyntaxError in line 1: '(' was never closed"),
        ("import nowhere\n", "ERROR", "doubling.py can't be loaded: ModuleNotFoundError in line 1: No module named 'nowhere'"),
        ("import torch\n", "ERROR", "exercises may use NumPy and the standard library"),
        ("def duoble(x):\n    return x\n", "MISSING", "doubling.py defines no 'double'. There is 'duoble': is that the one?"),
        ("", "MISSING", "doubling.py defines no 'double'."),
        ("def double():\n    return 1\n", "ERROR", "The call doesn't fit (TypeError)"),
        ("def double(x, y):\n    return 1\n", "ERROR", "The call doesn't fit (TypeError)"),
        ("def double(x):\n    return 'two'\n", "FAILED", "is a text, where an array of shape"),
        ("def double(x):\n    pass\n", "FAILED", "is None: is a `return` missing?"),
        ("def double(x):\n    return {1, 2}\n", "FAILED", "is an object of class set, where an array of shape"),
        ("def double(x):\n    raise NotImplementedError\n", "MISSING", "double (line 2) is still to be written."),
        ("x = 1 / 0\n", "ERROR", "doubling.py can't be loaded: ZeroDivisionError in line 1: division by zero"),
        ("double = 3\n", "ERROR", "What came back can't be used"),
        ("while True:\n    pass\n", "TIMEOUT", "No result within 0.5 s of computing"),
        ("import os\nos._exit(0)\n", "ERROR", "Your code broke off: it ended the process (exit status 0)."),
        (b"def double(x):\n    return '\xff'\n", "ERROR", "doubling.py is not UTF-8 text: line 2 has the byte 0xff. Save it as UTF-8."),
        (b"x = 1\0\n", "ERROR", "doubling.py has a NUL byte in line 1; it isn't Python source."),
        (b"#" * 300_000, "ERROR", "doubling.py has 300000 bytes; at most 262144 are read."),
    ],
)  # fmt: skip
def test_a_submission_that_cannot_be_graded_as_it_is(
    course: SmallCourse, source: str | bytes, outcome: str, message: str
) -> None:
    ran = course.grade_source(source)
    assert ran.code == 1
    assert ran.outcomes["values"] == outcome
    assert ran.report["points"] == 0
    told = next(check["message"] for check in ran.report["checks"] if check["id"] == "values")
    assert message in told
    assert len(told.splitlines()) == 1
    assert ran.err == ""


def test_a_file_of_100_mb_is_refused_without_being_read(course: SmallCourse) -> None:
    big = course.root / "big.py"
    with big.open("wb") as file:
        file.truncate(100_000_000)
    ran = course.grade("1", "--file", big, "--json")
    assert ran.outcomes == dict.fromkeys(ALL, "ERROR")
    assert "doubling.py has 100000000 bytes; at most 262144 are read." in ran.out


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.py", "nowhere.py: cannot be read (no such file or directory)."),
        ("exercises", "exercises: is not a file; give the Python file itself."),
        ("/dev/zero", "/dev/zero: is not a file; give the Python file itself."),
    ],
)
def test_a_path_that_holds_no_file_exits_2(course: SmallCourse, path: str, message: str) -> None:
    ran = course.grade("1", "--file", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"grade: {message}\n"


def test_a_missing_stub_is_told_how_to_get_back(course: SmallCourse) -> None:
    course.stub.unlink()
    ran = course.grade("1")
    assert ran.code == 2
    assert "cannot be read (no such file or directory)" in ran.err
    assert "`grade 1 --reset` puts the stub back" in ran.err


def test_a_pipe_in_the_files_place_does_not_hang(course: SmallCourse) -> None:
    import os

    os.mkfifo(course.root / "pipe.py")
    assert course.grade("1", "--file", "pipe.py").code == 2


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("title: [", "exercise.yaml: line 2: is not YAML"),
        ("- 1", "grade: exercises/exercise-01/exercise.yaml: holds [1] where a mapping of keys is expected."),
        (None, "exercise.yaml: checks[1].points: -2 is not positive."),
    ],
)
def test_a_faulty_yaml_exits_2_in_one_sentence(course: SmallCourse, yaml: str | None, message: str) -> None:
    if yaml is None:
        course.declare(changed_check(1, points=-2))
    else:
        course.yaml.write_text(yaml)
    ran = course.grade("1")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


def changed_check(index: int, **changes: Any) -> dict[str, Any]:
    """The small exercise with one check changed."""
    checks = [dict(check) for check in EXERCISE["checks"]]
    checks[index].update(changes)
    return {**EXERCISE, "checks": checks}


def hidden_checks(course: SmallCourse, text: str) -> None:
    """Replace the hidden checks."""
    (course.solutions / "test_doubling.py").write_text(text)


@pytest.mark.parametrize(
    "crash",
    ["raise RuntimeError('a slip of the author')", "submission.double(1, 2, 3)", "solution.nothing", "import pytest; pytest.skip()"],
)  # fmt: skip
def test_a_check_that_itself_crashes_is_our_fault(course: SmallCourse, crash: str) -> None:
    hidden_checks(course, f"{CHECKS}\n\ndef test_linear(submission, solution):\n    {crash}\n")
    ran = course.grade_source(REFERENCE)
    assert ran.outcomes == {"example": "PASSED", "values": "PASSED", "linear": "INTERNAL"}
    assert ran.code == 3
    shown = course.grade("1", "--file", course.solutions / "doubling.py")
    assert "it isn't your doing" in " ".join(shown.out.split())
    assert "please tell your course staff" in shown.out


def test_a_check_with_an_unknown_fixture_is_our_fault(course: SmallCourse) -> None:
    hidden_checks(course, CHECKS + "\n\ndef test_linear(submision):\n    pass\n")
    assert course.grade_source(REFERENCE).outcomes["linear"] == "INTERNAL"


def test_a_declared_check_without_code_is_internal(course: SmallCourse) -> None:
    hidden_checks(course, CHECKS.replace("def test_linear", "def linear"))
    ran = course.grade_source(REFERENCE)
    assert ran.outcomes["linear"] == "INTERNAL"
    assert (ran.report["points"], ran.report["max_points"], ran.code) == (3, 6, 3)


def test_an_undeclared_check_is_dropped(course: SmallCourse) -> None:
    hidden_checks(course, CHECKS + "\n\ndef test_extra(submission):\n    assert False\n")
    ran = course.grade_source(REFERENCE)
    assert ran.code == 0
    assert set(ran.outcomes) == set(ALL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nowhere\n", "can't be collected: ModuleNotFoundError: No module named 'nowhere'"),
        ("def test_values(:\n", "can't be collected: SyntaxError"),
        ("x = 1\n", "can't be collected: it holds no test functions."),
    ],
)
def test_checks_that_cannot_be_collected_exit_2(course: SmallCourse, text: str, message: str) -> None:
    hidden_checks(course, text)
    ran = course.grade("1")
    assert ran.code == 2
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_missing_hidden_checks_or_reference_exit_2(course: SmallCourse) -> None:
    (course.solutions / "doubling.py").unlink()
    assert "solutions/exercise-01/doubling.py: is missing." in course.grade("1").err
    (course.solutions / "test_doubling.py").unlink()
    assert "solutions/exercise-01/test_doubling.py: is missing." in course.grade("1").err
    shutil.rmtree(course.solutions)
    ran = course.grade("1")
    assert (ran.code, "is missing." in ran.err) == (2, True)


def test_foreign_pytest_settings_have_no_say(course: SmallCourse) -> None:
    """A conftest, an ini file and PYTEST_ADDOPTS that would pass or fail everything change nothing."""
    everything_fails = "import pytest\n\n\n@pytest.hookimpl(tryfirst=True)\ndef pytest_runtest_call(item):\n    raise ValueError\n"
    (course.solutions / "conftest.py").write_text(everything_fails)
    (course.root / "conftest.py").write_text(everything_fails)
    (course.root / "pytest.ini").write_text("[pytest]\naddopts = -k nothing\n")
    course.stub.write_text(REFERENCE)
    ran = course.grade("1", "--json", env={"PYTEST_ADDOPTS": "-k nothing", "PYTEST_PLUGINS": "nowhere"})
    assert ran.code == 0


def test_wild_numbers_cause_no_warnings_on_the_screen(course: SmallCourse) -> None:
    hidden_checks(course, CHECKS.replace("apart = as_array", "apart = 0 * np.log(as_array").replace("x), shape=(4,)) +", "x), shape=(4,))) +").replace("from grader", "import numpy as np\nfrom grader", 1))  # fmt: skip
    ran = course.grade_source("def double(x):\n    return [-1e308 for _ in x]\n")
    assert ran.outcomes["linear"] == "FAILED"
    assert ran.err == ""


def test_grading_leaves_nothing_behind_but_the_progress(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    before = set(course.root.rglob("*"))
    course.grade("1")
    new = {str(path.relative_to(course.root)) for path in course.root.rglob("*")} - {
        str(path.relative_to(course.root)) for path in before
    }
    assert new == {".grade", ".grade/progress.json"}


def test_a_bare_pytest_does_not_collect_the_hidden_checks(course: SmallCourse) -> None:
    """The repository's own settings keep `solutions/` out of a bare `pytest`."""
    import tomllib
    from pathlib import Path

    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["tool"]["pytest"]
    assert settings["ini_options"]["testpaths"] == ["tests"]
    assert "solutions" in settings["ini_options"]["norecursedirs"]


def test_a_parametrised_check_is_one_check(course: SmallCourse) -> None:
    hidden_checks(course, CHECKS + '''

import pytest


@pytest.mark.parametrize("n", [1, 2, 3])
def test_linear(submission, n):
    assert_close(submission.double([1.0] * n), [2.0] * n)
''')  # fmt: skip
    assert course.grade_source(REFERENCE).outcomes["linear"] == "PASSED"
    only_small = "def double(x):\n    return [2.0 * v for v in x] if len(x) != 3 else None\n"
    assert course.grade_source(only_small).outcomes["linear"] == "FAILED"


def test_a_plain_assert_of_a_check_is_a_comparison(course: SmallCourse) -> None:
    hidden_checks(
        course,
        CHECKS + "\n\ndef test_linear(submission):\n    assert submission.double(1.0) == 2.0, 'secret'\n",
    )
    ran = course.grade_source("def double(x):\n    return x\n")
    assert ran.outcomes["linear"] == "FAILED"
    assert "secret" not in ran.out


def test_pytest_raises_works_on_the_submissions_errors(course: SmallCourse) -> None:
    hidden_checks(course, CHECKS + '''

import pytest


def test_linear(submission):
    with pytest.raises(ValueError):
        submission.double("text")
''')  # fmt: skip
    right = REFERENCE.replace(
        "    return", "    if isinstance(x, str):\n        raise ValueError\n    return"
    )
    (course.solutions / "doubling.py").write_text(right)
    assert course.grade_source(right).outcomes["linear"] == "PASSED"
    assert course.grade_source("def double(x):\n    return 2\n").outcomes["linear"] == "FAILED"
    assert course.grade_source("def double(x):\n    raise KeyError\n").outcomes["linear"] == "ERROR"
