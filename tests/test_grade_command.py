"""The learner's command, run as a learner runs it."""

import json
import shutil

import pytest

from tests.small_course import EXERCISE, REFERENCE, STUB, SmallCourse, run


def test_a_right_file_earns_all_points_and_exits_0(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    ran = course.grade("exercise-01")
    assert ran.code == 0
    assert "6 of 6 points" in ran.out
    assert "All that ran has passed. Well done!" in ran.out
    assert ran.err == ""


def test_the_stub_earns_nothing_and_is_pointed_to_the_task(course: SmallCourse) -> None:
    ran = course.grade("1")
    assert ran.code == 1
    assert "0 of 6 points" in ran.out
    assert "double (line 8) is still to be written." in ran.out
    assert "Next: read the task with `grade 1 --statement`" in ran.out


def test_a_wrong_file_is_told_what_and_why_and_one_next_step(course: SmallCourse) -> None:
    ran = course.grade("01", "--file", course.solutions / "wrong" / "squared.py")
    assert ran.code == 1
    assert "double([1.0, 2.5]) is wrong" in ran.out
    assert "Expected [2, 5], got [1, 6.25]." in " ".join(ran.out.split())
    assert "→ You squared the entries; doubling multiplies by 2." in ran.out
    assert ran.out.count("You squared the entries") == 1
    assert ran.out.count("→ the same mistake") == 2
    assert ran.out.count("Next: ") == 1
    assert "What is twice two?" in ran.out


def test_hidden_checks_never_show_values_unless_revealed(course: SmallCourse) -> None:
    wrong = course.solutions / "wrong" / "squared.py"
    hidden = [
        check
        for check in course.grade("1", "--file", wrong, "--json").report["checks"]
        if not check["visible"]
    ]
    assert hidden
    for check in hidden:
        assert "xpected" not in check["message"]
        assert "detail" not in check
    revealed = course.grade("1", "--file", wrong, "--json", "--reveal").report["checks"]
    assert all("Expected" in check["detail"] for check in revealed)
    assert "Expected" in course.grade("1", "--file", wrong, "--reveal", "--check", "values").out


def test_the_json_report_has_the_contract_s_keys(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    report = course.grade("1", "--json").report
    assert list(report) == ["item", "points", "max_points", "checks", "isolation", "seed", "grader_version"]
    assert list(report["checks"][0]) == [
        "id", "title", "points", "max_points", "outcome", "visible", "message", "hint", "misconception", "seconds",
    ]  # fmt: skip
    assert (report["item"], report["points"], report["max_points"], report["seed"]) == (
        "exercise-01",
        6,
        6,
        0,
    )
    assert "process" in report["isolation"]


def test_the_same_submission_and_seed_give_the_same_report(course: SmallCourse) -> None:
    def report(seed: str) -> list[dict[str, object]]:
        found = course.grade(
            "1", "--file", course.solutions / "wrong" / "squared.py", "--seed", seed, "--json"
        ).report
        return [{name: check[name] for name in check if name != "seconds"} for check in found["checks"]]

    assert report("3") == report("3")


def test_several_items_give_a_report_a_line_and_the_worst_exit_code(course: SmallCourse) -> None:
    shutil.copytree(course.root / "exercises" / "exercise-01", course.root / "exercises" / "exercise-02")
    shutil.copytree(course.root / "solutions" / "exercise-01", course.root / "solutions" / "exercise-02")
    course.stub.write_text(REFERENCE)
    ran = course.grade("1", "2", "--json")
    assert [json.loads(line)["points"] for line in ran.out.splitlines()] == [6, 0]
    assert ran.code == 1


def test_without_an_item_the_items_are_listed_with_the_points_earned(course: SmallCourse) -> None:
    assert "exercise-01  – / 6" in course.grade().out
    course.stub.write_text(REFERENCE)
    course.grade("1")
    listed = course.grade()
    assert listed.code == 0
    assert "exercise-01  6 / 6" in listed.out
    assert "6 of 6 points so far" in listed.out
    course.stub.write_text(STUB)
    assert "changed since; grade it again" in course.grade().out
    assert json.loads(course.grade("--json").out)["stale"] is True


def test_grading_another_file_or_one_check_keeps_the_points_earned(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    course.grade("1")
    course.grade("1", "--file", course.solutions / "wrong" / "squared.py")
    course.grade("1", "--check", "values")
    assert "exercise-01  6 / 6" in course.grade().out


def test_one_check_can_be_asked_for_and_the_denominator_stays(course: SmallCourse) -> None:
    ran = course.grade_source(REFERENCE, "--check", "values")
    assert ran.outcomes == {"example": "SKIPPED", "values": "PASSED", "linear": "SKIPPED"}
    assert (ran.report["points"], ran.report["max_points"], ran.code) == (2, 6, 0)


def test_hints_open_step_by_step_and_stay_open(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE.replace("2.0", "3.0"))
    assert (
        "1. What is twice two?\n  2. Doubling is linear.\n  1 more to open" in course.grade("1", "--hint").out
    )
    last = course.grade("1", "--hint")
    assert "3. y = 2x\n  That was the last one." in last.out
    assert last.code == 1
    assert "3. y = 2x" in course.grade("1", "--hint").out
    assert course.grade("1", "--json").report["checks"][0]["hint"] == "$y = 2x$"
    course.stub.write_text(REFERENCE)
    assert "There is nothing to hint at" in course.grade("1", "--hint").out


def test_the_statement_is_readable_in_a_terminal(course: SmallCourse) -> None:
    ran = course.grade("1", "--statement")
    assert ran.code == 0
    assert "Double every entry: yᵢ = 2xᵢ." in ran.out
    assert "Needs: none. Leads on to: none. Difficulty 1 of 5." in ran.out
    assert "Euclid" in ran.out


def test_reset_puts_the_stub_back_and_keeps_the_old_file(course: SmallCourse) -> None:
    course.stub.write_text("first = 1\n")
    assert "doubling.py.old" in course.grade("1", "--reset").out
    course.stub.write_text("second = 2\n")
    assert "doubling.py.old2" in course.grade("1", "--reset").out
    assert course.stub.read_text() == STUB
    assert course.stub.with_name("doubling.py.old").read_text() == "first = 1\n"
    assert course.stub.with_name("doubling.py.old2").read_text() == "second = 2\n"
    course.stub.unlink()
    assert course.grade("1", "--reset").code == 0
    assert course.stub.read_text() == STUB


def test_without_solutions_the_examples_run_and_the_rest_is_announced(course: SmallCourse) -> None:
    shutil.rmtree(course.root / "solutions")
    course.stub.write_text(REFERENCE)
    ran = course.grade("1")
    assert ran.code == 0
    assert "1 of 6 points" in ran.out
    assert (
        "2 hidden checks worth 5 points are still to come, where staff grade: hidden is not passed."
        in ran.out
    )
    assert course.grade("1", "--json").outcomes == {
        "example": "PASSED",
        "values": "SKIPPED",
        "linear": "SKIPPED",
    }
    refused = course.grade("1", "--reveal")
    assert refused.code == 2
    assert "no solutions folder, so nothing can be revealed" in refused.err


def test_output_has_no_colour_when_piped_nor_when_the_user_wants_none(course: SmallCourse) -> None:
    assert "\x1b" not in course.grade("1").out
    assert "\x1b" not in course.grade("1", env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).out
    assert "\x1b[" in course.grade("1", env={"FORCE_COLOR": "1"}).out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["exercise-1"], ""),
        (
            ["exercse-01"],
            "exercse-01: there is no such item. Did you mean 'exercise-01'? `grade` lists them all.",
        ),
        (["99"], "99: there is no such item."),
        (["1", "--check", "value"], "exercise-01: there is no check 'value'. Did you mean 'values'?"),
        (
            ["--hint"],
            "--file, --check, --statement, --hint, --reset and --practice go with exactly one item.",
        ),
        (["1", "--jsno"], "No such option '--jsno'"),
        (["1", "--seed", "x"], "'x' is not a valid integer"),
        (["1", "--course", "nowhere"], "nowhere: no course here (a folder with 'exercises' in it)."),
    ],
)
def test_a_slip_in_the_command_is_told_and_exits_2(
    course: SmallCourse, args: list[str], message: str
) -> None:
    ran = course.grade(*args)
    assert ran.code == (2 if message else 1)
    assert message in ran.err.replace("\n", " ")
    assert "Traceback" not in ran.err


def test_a_course_is_found_from_a_folder_inside_it(course: SmallCourse) -> None:
    assert run("grade", "1", cwd=course.stub.parent).code == 1
    outside = run("grade", "1", cwd=course.root.parent)
    assert outside.code == 2
    assert "no course here" in outside.err


def test_the_weaker_isolation_grades_alike_and_says_what_it_lacks(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    ran = course.grade("1", "--weak-isolation")
    assert ran.code == 0
    assert "6 of 6 points" in ran.out
    assert "Grade only code that you trust" in ran.err
    assert "seccomp" not in course.grade("1", "--weak-isolation", "--json").report["isolation"]


def test_a_damaged_progress_file_is_kept_aside_and_told(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    (course.root / ".grade").mkdir()
    (course.root / ".grade" / "progress.json").write_text("{broken")
    ran = course.grade("1")
    assert ran.code == 0
    assert "is damaged; it is kept as progress.json.unreadable" in ran.err
    assert (course.root / ".grade" / "progress.json.unreadable").read_text() == "{broken"
    assert "6 / 6" in course.grade().out


def test_progress_that_cannot_be_written_costs_no_report(course: SmallCourse) -> None:
    course.stub.write_text(REFERENCE)
    (course.root / ".grade").write_text("a file in the folder's place")
    ran = course.grade("1")
    assert ran.code == 0
    assert "6 of 6 points" in ran.out
    assert "points earned are not kept" in ran.err


def test_one_faulty_yaml_does_not_hide_the_other_items(course: SmallCourse) -> None:
    bad = course.root / "exercises" / "exercise-02"
    bad.mkdir()
    (bad / "exercise.yaml").write_text("title: [")
    ran = course.grade()
    assert ran.code == 2
    assert "exercise-01" in ran.out
    assert "is not YAML" in ran.out


def test_misconceptions_cost_nothing_when_all_passes(course: SmallCourse) -> None:
    """A wrong solution that isn't even Python goes unnoticed while nothing fails."""
    (course.solutions / "wrong" / "broken.py").write_text(
        '"""\nmessage: x\nfails: [values]\n"""\nimport nowhere\n'
    )
    course.stub.write_text(REFERENCE)
    assert course.grade("1").code == 0


def test_exercise_points_always_come_from_the_yaml(course: SmallCourse) -> None:
    data = {**EXERCISE, "checks": [*EXERCISE["checks"][:2], {**EXERCISE["checks"][2], "points": 50}]}
    course.declare(data)
    assert course.grade_source(REFERENCE).report["max_points"] == 53
