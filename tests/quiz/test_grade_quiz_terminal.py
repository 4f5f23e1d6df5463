"""`grade quiz-01` on a terminal: what a learner sees and types."""

import json
import shutil
from pathlib import Path

import pytest

from grader.quiz import draw, learner_seed, right_answer
from grader.quiz.answers import Answers, read_answers
from tests.quiz.small_quiz import SmallQuiz, make_quiz
from tests.quiz.terminal import terminal

ASKED = "› "


@pytest.fixture
def quiz(tmp_path: Path) -> SmallQuiz:
    return make_quiz(tmp_path)


def file(quiz: SmallQuiz) -> Path:
    return quiz.yaml.with_name("answers.yaml")


def answers(quiz: SmallQuiz) -> Answers:
    return read_answers(file(quiz).read_bytes(), "answers.yaml", quiz.read()[0])


def begin(quiz: SmallQuiz, learner: str = "ada") -> None:
    """Write the file as it is once it knows the learner."""
    file(quiz).write_text(f"quiz: quiz-01\nlearner: {learner}\nanswers: {{}}\n")


def right(quiz: SmallQuiz) -> list[str]:
    """Right answers to all questions, as typed."""
    read, key = quiz.read()
    variant = draw(read, learner_seed("", "quiz-01", "ada"))
    found = [right_answer(read, key, variant, name) for name in read.plans]
    return [each if isinstance(each, str) else json.dumps(each).replace('"', "") for each in found]


def test_a_whole_quiz_is_asked_kept_and_marked(quiz: SmallQuiz) -> None:
    with terminal("q1", cwd=quiz.root) as screen:
        assert "Your numbers are drawn for you alone" in screen.wait_for("Your id: ")
        shown = screen.type("ada")
        assert "15 questions, 23 points; the numbers are drawn for ada. Type `?` for help." in shown
        assert "1/15  The derivative of the sigmoid (2 points, 2 hints)" in shown
        assert "give ∂s/∂x in s." in shown
        for number, answer in enumerate(right(quiz), start=1):
            shown = screen.type(answer)
            assert "read as" in shown
            assert (f"{number + 1}/15" if number < 15 else "Overview") in shown
            assert len(answers(quiz).given) == 15
            assert sum(map(answers(quiz).answered, answers(quiz).given)) == number
        screen.send("\r")
        assert screen.end() == 0
        assert "23 of 23 points" in screen.screen


def test_a_formula_is_read_back_and_one_that_cannot_be_read_is_asked_again(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        shown = screen.type("s*(1-s")
        assert (
            "   s*(1-s\n     ^\n   This '(' is never closed: add ')'.\n   It costs nothing; try again."
            in shown
        )
        assert answers(quiz).given["sigmoid"] == "s*(1-s"
        assert "read as s·(1 − s²)" in screen.type("s*(1-s^2)")
        screen.type("stop", "goes on where you stopped")
        assert screen.end() == 0
    assert answers(quiz).given["sigmoid"] == "s*(1-s^2)"
    assert not (quiz.root / ".grade").exists()


def test_the_next_time_only_what_is_left_is_asked(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.type("s")
        screen.type("skip")
        screen.type("12")
        screen.type("stop", "goes on where")
    with terminal("q1", cwd=quiz.root) as screen:
        shown = screen.wait_for(ASKED)
        assert "13 of 15 questions still to answer" in shown
        assert "2/15  A kink" in shown
        assert "4/15" in screen.type("x*relu(x)")


def test_help_back_and_hint_answer_in_place(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        shown = screen.type("?")
        assert "back  the question before" in shown
        assert "1/15" in shown
        assert "This is the first question." in screen.type("back")
        assert "The next hint costs 10 % of the points. `hint` again opens it." in screen.type("hint")
        assert answers(quiz).hints == {}
        assert "Hint 1: Differentiate from outside in." in screen.type("hint")
        assert answers(quiz).hints == {"sigmoid": 1}
        screen.type("s")
        assert "There is no hint for this question." in screen.type("hint")
        shown = screen.type("back")
        assert "Your answer so far: s\n" in shown
        assert "Hint 1: Differentiate from outside in." in shown
        assert "The answer stays as it was." in screen.type("")
        assert "Type an answer, or `skip` to leave it for later." in screen.type("")


@pytest.mark.parametrize(("key", "code"), [("d", 0), ("c", 130)])
def test_ctrl_d_and_ctrl_c_keep_everything_and_stop(quiz: SmallQuiz, key: str, code: int) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.type("s")
        screen.leave("\x03" if key == "c" else "\x04")
        assert screen.end() == code
        assert "Saved in exercises/quiz-01/answers.yaml." in screen.screen
        assert "Traceback" not in screen.screen
    assert answers(quiz).given["sigmoid"] == "s"


def test_the_process_may_be_killed_at_any_time(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.type("s")
    # The terminal was closed: the process is gone, the answer isn't.
    assert answers(quiz).given["sigmoid"] == "s"


def test_comments_and_what_is_changed_in_an_editor_meanwhile_stay(quiz: SmallQuiz) -> None:
    file(quiz).write_text("# mine\nquiz: quiz-01\nlearner: ada\nanswers:\n  mse: 3  # sure?\n")
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.type("s")
        text = file(quiz).read_text()
        assert "# mine\n" in text
        file(quiz).write_text(text + "  rule: chain rule  # in the editor\n")
        screen.type("x*x")
    text = file(quiz).read_text()
    for kept in (
        "# mine\n",
        "mse: 3  # sure?",
        "rule: chain rule  # in the editor",
        "sigmoid: s\n",
        "relu: x*x",
    ):
        assert kept in text
    assert not file(quiz).with_name("answers.yaml.old").exists()


def test_a_file_that_is_broken_meanwhile_is_kept_beside(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.type("s")
        file(quiz).write_text("answers: [my notes")
        assert "it is kept as answers.yaml.old" in " ".join(screen.type("x*x").split())
    assert file(quiz).with_name("answers.yaml.old").read_text() == "answers: [my notes"
    assert (answers(quiz).given["sigmoid"], answers(quiz).given["relu"]) == ("s", "x*x")


def test_a_file_that_cannot_be_written_is_told_and_written_with_the_next_answer(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        moved = quiz.yaml.parent.rename(quiz.yaml.parent.with_name("moved"))
        assert "It is tried again with your next answer." in screen.type("s")
        moved.rename(moved.with_name("quiz-01"))
        screen.type("x*x")
    assert (answers(quiz).given["sigmoid"], answers(quiz).given["relu"]) == ("s", "x*x")


def test_ten_thousand_characters_do_not_hurt(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.send("x+" * 5_000)
        assert "more than 512 characters" in " ".join(screen.type("x").split())
    assert not answers(quiz).broken


def test_control_characters_in_a_file_do_not_reach_the_screen(quiz: SmallQuiz) -> None:
    file(quiz).write_text('quiz: quiz-01\nlearner: ada\nanswers: {sigmoid: "\\e[31mred\\a("}\n')
    with terminal("q1", cwd=quiz.root, env={"NO_COLOR": "1"}) as screen:
        assert "(can't be read)" in screen.wait_for(ASKED)
        assert "\x1b[31m" not in screen.raw
        screen.type("skip")
    assert "\x1b[31m" not in screen.raw


def test_from_the_overview_one_can_still_go_to_any_question(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", "--check", "rule", cwd=quiz.root) as screen:
        assert "15/15" in screen.wait_for(ASKED)
        shown = screen.type("product rule")
        assert "15 ● The rule for compositions: product rule" in shown
        assert " 1 ○ The derivative of the sigmoid: no answer yet" in shown
        assert "Your answer so far: product rule" in screen.type("15")
        assert "15 ● The rule for compositions: chain rule" in screen.type("chain rule")
        screen.send("\r")
        assert screen.end() == 0
        assert "1 of 1 points" in screen.screen


def test_what_was_wrong_can_be_tried_again(quiz: SmallQuiz) -> None:
    given = right(quiz)
    read, _ = quiz.read()
    wrong = dict(zip(read.plans, given, strict=True)) | {"mse": "1000"}
    body = "".join(f"  {name}: {json.dumps(value)}\n" for name, value in wrong.items())
    file(quiz).write_text(f"quiz: quiz-01\nlearner: ada\nanswers:\n{body}")
    with terminal("q1", cwd=quiz.root) as screen:
        # It is marked once, so there is an answer to try again.
        screen.wait_for("Now? [y/N]")
        screen.send("n\r")
        screen.end()
        assert "2 attempts left; right next time earns 2.7 of 3." in screen.screen
    with terminal("q1", cwd=quiz.root) as screen:
        shown = screen.wait_for("Now? [y/N]")
        assert "1 answer isn't right yet and may be tried again." in shown
        screen.send("y\r")
        assert "3/15" in screen.wait_for(ASKED)
        screen.type(given[2])
        screen.send("\r")
        assert screen.end() == 1
        assert "Right at attempt 2: −10 %." in screen.screen


def test_without_solutions_staff_will_mark(quiz: SmallQuiz) -> None:
    shutil.rmtree(quiz.root / "solutions")
    begin(quiz)
    with terminal("q1", "--check", "rule", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        assert "Enter ends; staff will mark." in screen.type("chain rule")
        screen.send("\r")
        screen.end()
        assert "staff will mark them" in " ".join(screen.screen.split())


def test_practice_marks_at_once_and_keeps_nothing(quiz: SmallQuiz) -> None:
    before = file(quiz).read_bytes()
    with terminal("q1", "--practice", "3", "--check", "rule", "--check", "convex", cwd=quiz.root) as screen:
        assert "for practice round 3" in " ".join(screen.wait_for(ASKED).split())
        first = screen.type("true")
        if "Not right" in first:
            first = screen.type("false")
        assert "✓ Right. Look at the smallest eigenvalue." in first
        shown = screen.type("product rule")
        assert "✗ Not right. That one is for products." in shown
        assert "Try again, or `skip` shows the answer." in shown
        screen.send("skip\r")
        assert screen.end() == 0
        assert "The answer is chain rule" in screen.screen
        assert "of 2 right at the first try." in screen.screen
    assert file(quiz).read_bytes() == before
    assert not (quiz.root / ".grade").exists()


def test_a_matrix_may_be_typed_on_several_lines(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", "--check", "product", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
        screen.type("[[1, 2],", "… ")
        assert "read as [[1, 2], [3, 4]]" in screen.type("[3, 4]]")
    assert answers(quiz).given["product"] == [["1", "2"], ["3", "4"]]


def test_an_id_that_is_no_id_is_asked_for_again(quiz: SmallQuiz) -> None:
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for("Your id: ")
        assert "Type a word or number on one line" in screen.type("   ", "Your id: ")
        screen.type("x" * 200, "Your id: ")
        assert "for Zoë O’Hara: 7." in screen.type("Zoë  O’Hara: 7")
    assert answers(quiz).learner == "Zoë O’Hara: 7"


def test_ending_before_giving_an_id_changes_nothing(quiz: SmallQuiz) -> None:
    before = file(quiz).read_bytes()
    for key in "cd":
        with terminal("q1", cwd=quiz.root) as screen:
            screen.wait_for("Your id: ")
            screen.leave("\x03" if key == "c" else "\x04")
            assert screen.end() == 130
            assert "Traceback" not in screen.screen
    assert file(quiz).read_bytes() == before


def test_json_never_asks(quiz: SmallQuiz) -> None:
    with terminal("q1", "--json", cwd=quiz.root) as screen:
        assert screen.end() == 1
        assert json.loads(screen.screen)["points"] == 0


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(quiz: SmallQuiz, columns: int) -> None:
    begin(quiz)
    given = ["s*(1-s", *right(quiz)]
    with terminal("q1", cwd=quiz.root, columns=columns) as screen:
        screen.wait_for(ASKED)
        for answer in given:
            screen.type(answer)
        screen.send("\r")
        screen.end()
    assert max(map(len, screen.screen.splitlines())) <= min(columns, 100)


def test_colours_are_left_out_where_nobody_wants_them(quiz: SmallQuiz) -> None:
    begin(quiz)
    with terminal("q1", cwd=quiz.root, env={"NO_COLOR": "1"}) as screen:
        screen.wait_for(ASKED)
        screen.type("s")
    assert "\x1b[3" not in screen.raw
    assert "\x1b[1" not in screen.raw
    with terminal("q1", cwd=quiz.root) as screen:
        screen.wait_for(ASKED)
    assert "\x1b[1m" in screen.raw
