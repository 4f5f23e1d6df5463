"""A batch that is stopped, killed or hindered loses at most what was in flight, and the same command goes on."""

import os
import random
import re
import shutil
import signal
import subprocess
import time

import pytest

from grader.batch.pool import Pool, Settings
from grader.batch.snapshot import take_snapshot
from grader.batch.task import Task
from grader.course import Course
from tests.batch.batches import ENDLESS, SLOW, TRIPLED, Batch, everything, family, nothing_left_running
from tests.small_course import EXERCISE, REFERENCE

# More rounds by hand: `BATCH_KILLS=200 pytest tests/batch/test_batch_stopping.py -k kill`.
KILLS = int(os.environ.get("BATCH_KILLS", "8"))
ITEM_S = EXERCISE["limits"]["item_s"]

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="processes are found through /proc")  # noqa: PTH112


def mixed_class(batch: Batch) -> None:
    """Hand in right, wrong, slow, broken and deadly files."""
    for n in range(5):
        batch.hand_in(f"right-{n}", f"# {n}\n{REFERENCE}")
        batch.hand_in(f"wrong-{n}", f"# {n}\n{TRIPLED}")
        batch.hand_in(f"slow-{n}", f"# {n}\n{SLOW}")
    batch.hand_in("broken", "def double(x:\n")
    batch.hand_in("deadly", "import os\nos.kill(os.getpid(), 9)\n")
    batch.hand_in("endless", ENDLESS)


def strike(started: subprocess.Popen[str], kind: str, chance: random.Random) -> bool:
    """Kill a process of this kind that the command has started, as soon as there is one; say whether there was."""
    while started.poll() is None:
        found = (started.pid,) if kind == "main" else getattr(family(started.pid), kind)
        if found:
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
            except ProcessLookupError:  # it has just come to its end
                continue
            return True
    return False


def test_a_kill_of_any_process_at_any_time_changes_no_grade(batch: Batch) -> None:
    mixed_class(batch)
    undisturbed = Batch(batch.course, batch.submissions, batch.out.with_name("undisturbed"))
    assert undisturbed.run().code == 0
    kinds = ("main", "checkers", "zygotes", "workers")
    struck = dict.fromkeys(kinds, 0)
    for n in range(KILLS):
        chance = random.Random(n)
        kind = kinds[n % len(kinds)]
        again = Batch(batch.course, batch.submissions, batch.out.with_name(f"killed-{n}"))
        with nothing_left_running(), again.running() as started:
            time.sleep(chance.uniform(0.1, 1.6))
            hit = strike(started, kind, chance)
            _, said = started.communicate(timeout=120)
            assert started.returncode == (-signal.SIGKILL if kind == "main" and hit else 0), (n, kind, said)
            struck[kind] += hit
        if kind == "main" and hit:
            assert again.run().code == 0
        assert again.gradebook == undisturbed.gradebook, (n, kind)
        assert again.outcomes == undisturbed.outcomes, (n, kind)
        assert sorted(path.name for path in again.out.iterdir()) == sorted(
            path.name for path in undisturbed.out.iterdir()
        )
    assert all(struck.values()), struck


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_batch_that_is_stopped_keeps_what_is_graded_and_goes_on_from_there(
    batch: Batch, number: signal.Signals
) -> None:
    batch.hand_in_many(12, SLOW)
    with nothing_left_running(), batch.running() as started:
        batch.await_results(2)
        started.send_signal(number)
        _, said = started.communicate(timeout=20)
    assert started.returncode == 130
    found = re.search(
        r"grader: (\d+) of 12 submissions are graded and kept; the same command goes on from here\.", said
    )
    assert found, said
    assert "Traceback" not in said
    assert [path.name for path in batch.out.iterdir()] == ["batch.sqlite"]
    assert 2 <= int(found[1]) < 12
    # One more may have been kept in the moment of the stop.
    assert 12 - int(found[1]) - batch.told()["graded"] in (0, 1)
    assert set(batch.grades.values()) == {"6"}


def test_a_stop_before_anything_is_graded_leaves_nothing_behind(batch: Batch) -> None:
    batch.hand_in_many(3, SLOW)
    with nothing_left_running(), batch.running() as started:
        while not family(started.pid).checkers:
            assert started.poll() is None
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=20)
    assert started.returncode == 130
    assert "0 of 3 submissions are graded and kept" in said
    assert not list(batch.out.glob(".course-*"))


def test_a_killed_batch_s_copy_of_the_course_is_cleared_by_the_next(batch: Batch) -> None:
    batch.hand_in_many(4, SLOW)
    with nothing_left_running(), batch.running() as started:
        batch.await_results(1)
        started.kill()
        started.wait()
    assert list(batch.out.glob(".course-*"))
    batch.run()
    assert not list(batch.out.glob(".course-*"))


def test_a_second_batch_into_the_same_folder_waits_its_turn_and_harms_nothing(batch: Batch) -> None:
    batch.hand_in_many(12, SLOW)
    with batch.running() as first:
        batch.await_results(1)
        first.send_signal(signal.SIGSTOP)  # it mustn't be through before the others have tried
        for command in (batch.run, batch.diff):
            second = command()
            assert second.code == 2
            assert (
                f"grader: {batch.out / 'batch.sqlite'}: another run has it open; wait for its end."
                in second.err
            )
        assert list(batch.out.glob(".course-*"))
        first.send_signal(signal.SIGCONT)
        first.communicate(timeout=120)
    assert first.returncode == 0
    assert set(batch.grades.values()) == {"6"}


def test_an_exercise_that_is_edited_while_the_batch_runs_changes_nothing(batch: Batch) -> None:
    batch.hand_in_many(8, SLOW)
    with batch.running("--jobs", "1") as started:
        batch.await_results(1)
        checks = batch.course.solutions / "test_doubling.py"
        checks.write_text("def test_values(submission):\n    raise SystemExit\n")
        batch.course.yaml.write_text("title: [")
        (batch.course.solutions / "doubling.py").unlink()
        _, said = started.communicate(timeout=120)
    assert started.returncode == 0, said
    assert set(batch.grades.values()) == {"6"}


def test_a_checker_that_ends_over_a_submission_each_time_leaves_it_to_staff_and_the_rest_go_on(
    batch: Batch,
) -> None:
    checks = batch.course.solutions / "test_doubling.py"
    checks.write_text(
        checks.read_text()
        + "\n\ndef test_linear(submission):\n    import os\n\n    if submission.double([1.0])[0] == 3.0:\n        os._exit(7)\n"
    )
    batch.hand_in_many(5)
    batch.hand_in("deadly", TRIPLED)
    with nothing_left_running():
        ran = batch.run()
    assert ran.code == 1
    assert (
        "1 needs review:\n  deadly, exercise-01: Our fault in example, values, linear; staff must look."
        in ran.out
    )
    assert batch.grades.pop("deadly") == ""
    assert set(batch.outcomes["deadly", "exercise-01"].values()) == {"INTERNAL"}
    assert batch.rows["deadly"]["needs_review"] == "exercise-01"
    assert [batch.grades[name] for name in batch.grades if name != "deadly"] == ["6"] * 5
    assert (
        "The grader's own process ended 3 times over this submission; staff will look at it."
        in batch.feedback("deadly")
    )


def test_a_check_that_fails_on_the_reference_is_tried_again_for_one_submission_only(batch: Batch) -> None:
    seen = batch.out.with_name("seen")
    checks = batch.course.solutions / "test_doubling.py"
    checks.write_text(
        checks.read_text()
        + f"\n\ndef test_linear(submission):\n    with open({str(seen)!r}, 'a') as file:\n        file.write('x')\n    raise KeyError\n"
    )
    batch.hand_in_many(8)
    ran = batch.run("--jobs", "1")
    assert ran.code == 1
    assert "8 need review" in ran.out
    # Three tries of the first, each with the reference; one of every other.
    assert len(seen.read_text()) == 3 * 2 + 7


def test_a_check_of_ours_that_never_ends_leaves_the_submission_to_staff(batch: Batch) -> None:
    checks = batch.course.solutions / "test_doubling.py"
    checks.write_text(
        checks.read_text()
        + "\n\ndef test_linear(submission):\n    tripled = submission.double([1.0])[0]\n    while tripled == 3.0:\n        pass\n"
    )
    batch.course.declare({**EXERCISE, "limits": {"check_s": 0.5, "item_s": 0.5, "memory_mb": 256}})
    course = Course(batch.course.root)
    snapshot = take_snapshot(course, ["exercise-01"])
    with (
        nothing_left_running(),
        snapshot.laid_out(["exercise-01"]) as copy,
        Pool(Settings(copy), 1, patience_s=0.0) as pool,
    ):
        stuck, fine = pool.grade(
            Task(name, "exercise-01", source.encode()) for name, source in (("a", TRIPLED), ("b", REFERENCE))
        )
    assert "A check of ours came to no end over this submission" in stuck.report
    assert (stuck.review, fine.points) == (True, 6)


def test_an_endless_submission_costs_the_batch_no_more_than_its_limit(batch: Batch) -> None:
    batch.hand_in_many(4)
    both = Batch(batch.course, batch.submissions.with_name("both"), batch.out.with_name("out-both"))
    both.hand_in_many(4)
    both.hand_in("endless", "def double(x):\n    while True:\n        pass\n")
    for _ in range(4):  # a machine that is busy otherwise may spoil a measurement, hardly each of them
        alone_s, both_s = (seconds(which) for which in (batch, both))
        if both_s <= alone_s + ITEM_S:
            break
    # A busy machine stretches the one like the other.
    assert both_s <= 2 * alone_s + ITEM_S
    assert both.grades == {**batch.grades, "endless": "0"}
    assert set(batch.grades.values()) == {"6"}


def seconds(batch: Batch) -> float:
    shutil.rmtree(batch.out, ignore_errors=True)
    started = time.monotonic()
    assert batch.run("--jobs", "1").code == 0
    return time.monotonic() - started


def test_an_interrupted_batch_leaves_the_outputs_of_the_run_before(batch: Batch) -> None:
    batch.hand_in_many(2)
    batch.run()
    before = everything(batch.out)
    batch.hand_in_many(12, SLOW)
    with batch.running() as started:
        time.sleep(1.2)
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=20)
    after = everything(batch.out)
    assert {name: after[name] for name in before if name != "batch.sqlite"} == {
        name: before[name] for name in before if name != "batch.sqlite"
    }


@pytest.mark.parametrize("kind", ["main", "checkers"])
def test_a_worker_that_is_not_confined_dies_with_its_checker_too(batch: Batch, kind: str) -> None:
    batch.course.declare({**EXERCISE, "limits": {"check_s": 20, "item_s": 20}})
    flag = batch.submissions.with_name("it runs")
    batch.hand_in(
        "endless", f"import time\nopen({str(flag)!r}, 'w').close()\nwhile True:\n    time.sleep(0.01)\n"
    )
    with nothing_left_running(), batch.running("--weak-isolation") as started:
        while not flag.exists():
            assert started.poll() is None
        assert strike(started, kind, random.Random(0))
        if kind == "checkers":  # the next one's worker is at it as well
            flag.unlink()
            while not flag.exists():
                assert started.poll() is None
        started.kill()
