"""Hidden checks are pytest functions: whatever fixtures they take, each run is like the first."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.checking.hidden import HiddenChecks, with_hidden_checks
from grader.checking.local import LocalSeat, LocalSubmission

Ends = dict[str, list[str]]


def run_twice(folder: Path, checks: str, submissions: Sequence[str]) -> Ends:
    """Run each check on each submission, twice over; give how each ended, by the check's id."""
    # pytest keeps modules by their name for as long as the process lives.
    module, reference = folder / f"test_{folder.name}.py", folder / "f.py"
    module.write_text(checks, encoding="utf-8")
    reference.write_text("def f(x):\n    return 2 * x\n", encoding="utf-8")
    seats = []
    for number, text in enumerate(submissions):
        path = folder / f"submission_{number}.py"
        path.write_text(text, encoding="utf-8")
        seats.append(LocalSeat(LocalSubmission(path)))

    def body(hidden: HiddenChecks) -> Ends:
        ended: Ends = {check: [] for check in hidden.ids}
        for _ in range(2):
            for seat in seats:
                for check in hidden.ids:
                    error, _ = hidden.run(check, seat, "seed")
                    ended[check].append("" if error is None else type(error).__name__)
        return ended

    return with_hidden_checks(module, reference, body)


RIGHT, WRONG, RAISES = (f"def f(x):\n    {line}\n" for line in ("return 2 * x", "return x", "raise KeyError"))


def test_each_submission_is_judged_by_itself(tmp_path: Path) -> None:
    checks = "def test_doubled(submission):\n    assert submission.f(2) == 4\n"
    assert run_twice(tmp_path, checks, [WRONG, RIGHT, RAISES]) == {
        "doubled": ["AssertionError", "", "KeyError"] * 2
    }


def test_random_inputs_are_the_same_each_time(tmp_path: Path) -> None:
    checks = """
seen = []
def test_same(submission, rng, solution):
    seen.append(solution.f(rng.random()))
    assert len(set(seen)) == 1
"""
    assert run_twice(tmp_path, checks, [RIGHT, RIGHT]) == {"same": [""] * 4}


def test_a_fixture_of_the_authors_is_set_up_for_every_run(tmp_path: Path) -> None:
    checks = """
import pytest
@pytest.fixture
def fresh():
    return []
def test_fresh(submission, fresh):
    fresh.append(1)
    assert fresh == [1]
"""
    assert run_twice(tmp_path, checks, [RIGHT, RIGHT]) == {"fresh": [""] * 4}


def test_a_fixture_of_the_authors_takes_the_place_of_ours(tmp_path: Path) -> None:
    checks = """
import pytest
@pytest.fixture(name="rng")
def seven():
    return 7
def test_seven(submission, rng):
    assert rng == 7
"""
    assert run_twice(tmp_path, checks, [RIGHT]) == {"seven": [""] * 2}


def test_setup_functions_run_before_every_run(tmp_path: Path) -> None:
    checks = """
count = 0
def setup_function():
    global count
    count = 0
def test_counted(submission):
    global count
    count += 1
    assert count == 1
"""
    assert run_twice(tmp_path, checks, [RIGHT, RIGHT]) == {"counted": [""] * 4}


def test_all_cases_of_a_check_must_pass(tmp_path: Path) -> None:
    checks = """
import pytest
@pytest.mark.parametrize("x", [0, 1])
def test_cases(submission, x):
    assert submission.f(x) == 2 * x
"""
    assert run_twice(tmp_path, checks, [RIGHT, WRONG]) == {"cases": ["", "AssertionError"] * 2}


def test_ctrl_c_in_a_check_ends_the_session(tmp_path: Path) -> None:
    checks = """
count = 0
def test_interrupted(submission):
    global count
    count += 1
    if count == 2:
        raise KeyboardInterrupt
"""
    with pytest.raises(KeyboardInterrupt):
        run_twice(tmp_path, checks, [RIGHT])


def test_a_coroutine_never_passes(tmp_path: Path) -> None:
    checks = "async def test_later(submission):\n    pass\n"
    assert "" not in run_twice(tmp_path, checks, [RIGHT])["later"]
