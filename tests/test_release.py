"""What learners get: everything they need, and nothing of `solutions/` in any byte, name, link or date."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from grader.course import Course
from grader.errors import CourseFault
from grader.quiz.writing import stub_text
from grader.release.contents import gather_release
from grader.release.outgoing import Outgoing, read_own
from grader.release.writing import write_release
from tests.canary import Canary
from tests.small_course import EXERCISE, REFERENCE, ROOT, SQUARED, STUB, Ran, SmallCourse, make_course, run

# What the small course's learners get besides the grader's package.
EXPECTED = {
    ".gitignore",
    "README.md",
    "exercises/README.md",
    "exercises/exercise-01/doubling.py",
    "exercises/exercise-01/exercise.yaml",
    "exercises/exercise-01/stub/doubling.py",
    "exercises/exercise.schema.json",
    "pyproject.toml",
}
SECRET_TIME_NS = 1_234_567_890_123_456_789


def release(course: SmallCourse, dest: Path, *args: str) -> Ran:
    """Run `grader release` in the course's folder."""
    return run("grader", "release", dest, *args, cwd=course.root)


def tree(place: Path) -> set[str]:
    """Name the files of a folder, relative to it."""
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir()}


def public(dest: Path) -> set[str]:
    """Name the files of a release but for the grader's package."""
    return {name for name in tree(dest) if not name.startswith("grader/")}


def package() -> set[str]:
    """Name the files of the grader's package that git tracks or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "grader"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def in_release(dest: Path, command: str, *args: str | Path) -> Ran:
    """Run a command with the released grader, from source, in the released folder."""
    script = (
        f"import grader, sys; assert grader.__file__.startswith({str(dest)!r}), grader.__file__; "
        f"from grader.cli.{command} import run; run()"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-B", "-P", "-c", script, *map(str, args)],
        cwd=dest, env={**kept, "PYTHONPATH": str(dest)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def plant_in_solutions(solutions: Path, canary: Canary) -> None:
    """Put a canary into each file's content, and beside each file one whose name is a canary."""
    for path in sorted(solutions.rglob("*")):
        if path.is_file():
            where = path.relative_to(solutions).as_posix()
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n# {canary.plant(f'in {where}')}\n")
            path.with_name(f"{canary.plant(f'beside {where}')}{path.suffix}").write_text("nothing = 0\n")


def plant_strays(root: Path, item: str, canary: Canary) -> set[str]:
    """Put files that aren't on the list where learners' files lie; give the names relative to the course."""
    strays = {
        f"exercises/{item}/{name}"
        for name in (
            ".env", ".doubling.py.swp", "doubling.py.old", "doubling.pyc", "exercise.yaml.bak", "key.yaml",
            "notes.txt", "solution.py", "solutions/doubling.py", "stub/doubling.py~", "stub/solution.py",
        )
    } | {
        f"exercises/{item}.bak/exercise.yaml",
        "exercises/.git/config",
        "exercises/notes.md",
    }  # fmt: skip
    outside = {f"exercises/{item}/__pycache__/doubling.cpython-311.pyc", ".env", ".grade/progress.json", "notes.txt", "tests/test_it.py"}  # fmt: skip
    for name in strays | outside:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canary.plant(f"stray {name}"))
    return strays


def plant_history(root: Path, canary: Canary) -> None:
    """Make the course a git repository whose history is full of canaries."""
    gone = root / "solutions" / "gone.py"
    gone.write_text(canary.plant("in a file that history keeps"))
    who = canary.plant("an author in the history")
    git = ["git", "-c", f"user.name={who}", "-c", f"user.email={who}@example.org", "-c", "core.compression=9"]
    for command in (
        ["init", "-q", "-b", canary.plant("a branch")],
        ["add", "--force", "."],
        ["commit", "-q", "-m", canary.plant("a commit's message")],
        ["tag", canary.plant("a tag")],
    ):
        subprocess.run([*git, *command], cwd=root, check=True)
    gone.unlink()


def plant_metadata(root: Path, canary: Canary) -> None:
    """Give every file a secret date, and attributes with canaries where the file system has them."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            if hasattr(os, "setxattr"):
                label = f"an attribute of {path.relative_to(root).as_posix()}"
                try:
                    os.setxattr(path, "user.note", canary.plant(label).encode())
                except OSError:
                    canary.planted.pop()
            os.utime(path, ns=(SECRET_TIME_NS, SECRET_TIME_NS))


@pytest.fixture
def canary() -> Canary:
    """Strings of this test alone."""
    return Canary()


@pytest.fixture
def planted(course: SmallCourse, canary: Canary) -> SmallCourse:
    """The small course with canaries wherever a release might pick one up."""
    plant_in_solutions(course.root / "solutions", canary)
    plant_strays(course.root, "exercise-01", canary)
    course.stub.write_text(f"{REFERENCE}# {canary.plant('in the stub worked on')}\n")
    for name in ("README.md", "exercise.schema.json"):
        (course.root / "exercises" / name).write_text(canary.plant(f"in a stale {name}"))
    for name in ("README.md", "pyproject.toml", ".gitignore"):
        (course.root / name).write_text(f"# {canary.plant(f'in the course s {name}')}\n")
    (course.root / "exercises" / "peek.py").symlink_to("../solutions/exercise-01/doubling.py")
    (course.root / "exercises" / "exercise-01" / "staff").symlink_to("../../solutions")
    (course.root / "exercises" / "broken").symlink_to(canary.plant("what a link leads to"))
    plant_history(course.root, canary)
    plant_metadata(course.root, canary)
    return course


@pytest.mark.parametrize("name", ["learners", "learners.zip"])
def test_no_canary_of_the_solutions_goes_out(
    planted: SmallCourse, canary: Canary, tmp_path: Path, name: str
) -> None:
    dest = tmp_path / name
    ran = release(planted, dest)
    assert (ran.code, ran.err) == (0, "")
    assert canary.search(dest) == []


def test_a_copy_of_everything_would_be_caught_at_every_canary(
    planted: SmallCourse, canary: Canary, tmp_path: Path
) -> None:
    """The guard seen failing: each planted string is one that the search would have found."""
    shutil.copytree(planted.root, tmp_path / "copy", symlinks=True)
    assert canary.caught(tmp_path / "copy") == set(canary.planted)


@pytest.mark.parametrize("name", ["learners", "learners.zip"])
def test_a_list_that_leaks_is_caught(course: SmallCourse, canary: Canary, tmp_path: Path, name: str) -> None:
    """The guard seen failing: one file too many on the list."""
    leak = course.solutions / "test_doubling.py"
    leak.write_text(f"# {canary.plant('a hidden check')}\n")
    files = gather_release(Course(course.root)).files
    write_release((*files, Outgoing(PurePosixPath("exercises/tests.py"), leak.read_bytes())), tmp_path / name)
    assert canary.caught(tmp_path / name) == {"a hidden check"}


def test_a_canary_in_what_does_go_out_is_caught(course: SmallCourse, canary: Canary, tmp_path: Path) -> None:
    (course.stub.parent / "stub" / "doubling.py").write_text(f"# {canary.plant('in the stub')}\n")
    assert release(course, tmp_path / "learners").code == 0
    assert len(canary.search(tmp_path / "learners")) == 2


@pytest.mark.parametrize("name", ["learners", "learners.zip"])
def test_no_canary_of_this_course_s_solutions_goes_out(canary: Canary, tmp_path: Path, name: str) -> None:
    root = tmp_path / "course"
    for top in ("exercises", "solutions"):
        shutil.copytree(ROOT / top, root / top, ignore=shutil.ignore_patterns("__pycache__"))
    plant_in_solutions(root / "solutions", canary)
    plant_strays(root, "exercise-07", canary)
    (root / "exercises" / "exercise-07" / "softmax.py").write_text(canary.plant("a stub worked on"))
    plant_metadata(root, canary)
    ran = run("grader", "release", tmp_path / name, "--course", root, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert canary.search(tmp_path / name) == []


def test_everything_that_goes_out_is_on_the_list(planted: SmallCourse, tmp_path: Path) -> None:
    """A data file of the grader that is missing here belongs into grader/release/package.py."""
    (planted.root / "LICENSE").write_text("Do as you like.\n")
    (planted.root / "exercises" / "course.yaml").write_text("title: Doubling\n")
    assert release(planted, tmp_path / "learners").code == 0
    expected = EXPECTED | {"LICENSE", "exercises/course.yaml"}
    assert tree(tmp_path / "learners") == expected | package()


def test_strays_stay_and_are_named(course: SmallCourse, canary: Canary, tmp_path: Path) -> None:
    strays = plant_strays(course.root, "exercise-01", canary)
    (course.root / "exercises" / "a\nb.txt").touch()
    ran = release(course, tmp_path / "learners")
    assert public(tmp_path / "learners") == EXPECTED
    note = next(line for line in ran.out.splitlines() if "Not on the list" in line)
    assert "so left here: exercises/a\\nb.txt, exercises/notes.md, " in note
    assert note.endswith(f" and {len(strays) + 1 - 8} more.")


def test_a_stub_goes_out_as_it_was_handed_out(course: SmallCourse, tmp_path: Path) -> None:
    course.stub.write_text(REFERENCE)
    ran = release(course, tmp_path / "learners")
    folder = tmp_path / "learners" / "exercises" / "exercise-01"
    assert (folder / "doubling.py").read_text() == STUB
    assert (folder / "stub" / "doubling.py").read_text() == STUB
    assert (
        "exercises/exercise-01/doubling.py: isn't the untouched stub; "
        "exercises/exercise-01/stub/doubling.py goes out in its place." in ran.out
    )


def test_a_stub_that_is_gone_here_goes_out_all_the_same(course: SmallCourse, tmp_path: Path) -> None:
    course.stub.unlink()
    ran = release(course, tmp_path / "learners")
    assert (tmp_path / "learners" / "exercises" / "exercise-01" / "doubling.py").read_text() == STUB
    assert "isn't the untouched stub" in ran.out


def test_nothing_of_this_machine_is_in_the_metadata(planted: SmallCourse, tmp_path: Path) -> None:
    dest = tmp_path / "learners"
    ran = subprocess.run(
        ["bash", "-c", 'umask 077 && exec "$0" release "$1"', Path(sys.executable).parent / "grader", dest],
        cwd=planted.root, check=False,
    )  # fmt: skip
    assert ran.returncode == 0
    for path in (dest, *dest.rglob("*")):
        about = path.lstat()
        assert stat.S_IMODE(about.st_mode) == (0o755 if path.is_dir() else 0o644), path
        assert about.st_mtime_ns == 315_532_800 * 10**9, path


def test_a_zip_holds_the_same_in_one_folder_without_dates_and_owners(
    planted: SmallCourse, tmp_path: Path
) -> None:
    release(planted, tmp_path / "learners")
    release(planted, tmp_path / "learners.zip")
    with zipfile.ZipFile(tmp_path / "learners.zip") as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.extra == entry.comment == b""
            assert entry.external_attr >> 16 == stat.S_IFREG | 0o644
        assert archive.comment == b""
        archive.extractall(tmp_path / "unpacked")
    assert {path.name for path in (tmp_path / "unpacked").iterdir()} == {"learners"}
    unpacked = tmp_path / "unpacked" / "learners"
    assert tree(unpacked) == tree(tmp_path / "learners")
    for name in tree(unpacked):
        assert (unpacked / name).read_bytes() == (tmp_path / "learners" / name).read_bytes()


def test_the_same_course_gives_the_same_bytes(course: SmallCourse, tmp_path: Path) -> None:
    packed = []
    for day in ("monday", "friday"):
        (tmp_path / day).mkdir()
        run("grader", "release", tmp_path / day / "learners.zip", "--course", course.root, cwd=tmp_path / day)
        packed.append((tmp_path / day / "learners.zip").read_bytes())
        os.utime(course.yaml)
    assert packed[0] == packed[1]


def test_a_release_of_the_release_is_the_same(course: SmallCourse, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    release(course, first)
    assert in_release(first, "grader", "release", second).code == 0
    assert tree(first) == tree(second)
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in tree(first))


def test_what_lies_about_in_the_grader_s_package_stays(
    course: SmallCourse, canary: Canary, tmp_path: Path
) -> None:
    release(course, tmp_path / "first")
    strays = set()
    for name in (
        ".env", "notes.txt", "a-scratch.py", "__pycache__/course.cpython-311.pyc", "solutions/softmax.py",
        "sandbox/key.yaml", "release/template/staff.md", ".hidden/__init__.py",
    ):  # fmt: skip
        path = tmp_path / "first" / "grader" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(canary.plant(name))
        strays.add(f"grader/{name}")
    assert in_release(tmp_path / "first", "grader", "release", tmp_path / "second").code == 0
    assert canary.search(tmp_path / "second") == []
    assert tree(tmp_path / "second") == tree(tmp_path / "first") - strays


@pytest.mark.parametrize(
    "name",
    [
        "exercises",
        "exercises/exercise-01",
        "exercises/exercise-01/exercise.yaml",
        "exercises/exercise-01/stub",
        "exercises/exercise-01/stub/doubling.py",
        "exercises/course.yaml",
        "LICENSE",
    ],
)
def test_a_link_in_place_of_what_goes_out_is_refused(course: SmallCourse, tmp_path: Path, name: str) -> None:
    path, elsewhere = course.root / name, course.root / "solutions" / "elsewhere"
    if path.exists():
        path.rename(elsewhere)
    path.symlink_to(elsewhere)
    ran = release(course, tmp_path / "learners")
    assert ran.code == 2
    assert f"{name}: is a link; only a file of its own goes out, so put the file there." in ran.err
    assert not (tmp_path / "learners").exists()


@pytest.mark.parametrize(
    ("public", "staff"),
    [
        ("exercises/exercise-01/stub/doubling.py", "solutions/exercise-01/doubling.py"),
        ("exercises/exercise-01/stub/doubling.py", "solutions/exercise-01/wrong/squared.py"),
        ("exercises/course.yaml", "solutions/course.yaml"),
    ],
)
def test_a_file_that_is_the_same_as_one_of_the_solutions_is_refused(
    course: SmallCourse, tmp_path: Path, public: str, staff: str
) -> None:
    (course.root / "solutions" / "course.yaml").write_text("salt: pepper\n")
    shutil.copy(course.root / staff, course.root / public)
    ran = release(course, tmp_path / "learners")
    assert ran.code == 2
    assert f"{public}: is the same as {staff}, which stays with staff." in ran.err
    assert not (tmp_path / "learners").exists()


def test_an_empty_file_of_the_solutions_hinders_nothing(course: SmallCourse, tmp_path: Path) -> None:
    (course.root / "solutions" / "__init__.py").touch()
    assert release(course, tmp_path / "learners").code == 0


def test_a_missing_stub_stops_the_release(course: SmallCourse, tmp_path: Path) -> None:
    (course.stub.parent / "stub" / "doubling.py").unlink()
    ran = release(course, tmp_path / "learners")
    assert (ran.code, ran.err) == (2, "grader: exercises/exercise-01/stub/doubling.py: is missing.\n")
    assert not (tmp_path / "learners").exists()


def test_a_pipe_in_place_of_a_file_stops_the_release(course: SmallCourse, tmp_path: Path) -> None:
    (course.stub.parent / "stub" / "doubling.py").unlink()
    os.mkfifo(course.stub.parent / "stub" / "doubling.py")
    ran = release(course, tmp_path / "learners")
    assert (ran.code, ran.err) == (
        2,
        "grader: exercises/exercise-01/stub/doubling.py: is not a regular file.\n",
    )


def test_a_file_that_cannot_be_read_stops_the_release(course: SmallCourse, tmp_path: Path) -> None:
    shutil.rmtree(course.stub.parent / "stub")
    (course.stub.parent / "stub").touch()
    ran = release(course, tmp_path / "learners")
    assert ran.code == 2
    assert "exercises/exercise-01/stub/doubling.py: cannot be read (not a directory)." in ran.err


def test_solutions_that_cannot_be_looked_at_stop_the_release(course: SmallCourse, tmp_path: Path) -> None:
    """Without them nobody can say that nothing of theirs goes out."""
    shutil.rmtree(course.root / "solutions")
    (course.root / "solutions").touch()
    ran = release(course, tmp_path / "learners")
    assert ran.code == 2
    assert "solutions: cannot be read (not a directory), so nobody knows whether it would go out." in ran.err


def test_a_faulty_yaml_stops_the_release(course: SmallCourse, tmp_path: Path) -> None:
    course.declare({**EXERCISE, "difficulty": 9})
    ran = release(course, tmp_path / "learners")
    assert ran.code == 2
    assert "exercises/exercise-01/exercise.yaml: difficulty: 9" in ran.err


def test_a_missing_file_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(CourseFault, match=r"a/b\.txt: is missing\."):
        read_own(tmp_path, PurePosixPath("a/b.txt"))


@pytest.mark.parametrize(
    ("dest", "sentence"),
    [
        ("course/out", "lies in the course; choose a place outside of"),
        ("course", "lies in the course; choose a place outside of"),
        ("course/exercises/../out.zip", "lies in the course; choose a place outside of"),
        ("inside/out", "lies in the course; choose a place outside of"),
        ("full", "isn't empty; choose another place, or remove it first."),
        ("file", "is there already; choose another place, or remove it first."),
        ("file.zip", "is there already; choose another place, or remove it first."),
        ("empty.zip", "is there already; choose another place, or remove it first."),
        ("link", "is a link; give the place itself."),
        ("nowhere/out", "there is no folder"),
    ],
)
def test_a_destination_that_will_not_do_is_refused(
    course: SmallCourse, tmp_path: Path, dest: str, sentence: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_text("kept")
    (tmp_path / "empty.zip").mkdir()
    for name in ("file", "file.zip"):
        (tmp_path / name).write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "inside").symlink_to(course.root)
    before = tree(tmp_path)
    ran = release(course, tmp_path / dest)
    assert ran.code == 2
    assert f"{tmp_path / dest}: {sentence}" in ran.err
    assert tree(tmp_path) == before


def test_an_empty_folder_is_a_destination(course: SmallCourse, tmp_path: Path) -> None:
    (tmp_path / "learners").mkdir(mode=0o700)
    assert release(course, tmp_path / "learners").code == 0
    assert public(tmp_path / "learners") == EXPECTED


@pytest.mark.parametrize("name", ["learners", "learners.zip"])
def test_what_cannot_be_written_whole_is_not_written(course: SmallCourse, tmp_path: Path, name: str) -> None:
    """Files may grow to 4 KiB here, as on a disk that fills up half-way."""
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 4 && exec "$0" release "$1"', Path(sys.executable).parent / "grader", tmp_path / "out" / name],
        cwd=course.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{name}: cannot be written (file too large); nothing was written." in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def three(root: Path) -> SmallCourse:
    """Make a course with exercise-01, exercise-02, which needs it, and a quiz."""
    course = make_course(root)
    shutil.copytree(course.stub.parent, root / "exercises" / "exercise-02")
    shutil.move(root / "exercises/exercise-02/stub/doubling.py", root / "exercises/exercise-02/stub/twice.py")
    shutil.move(root / "exercises/exercise-02/doubling.py", root / "exercises/exercise-02/twice.py")
    second = SmallCourse(root).yaml.parents[1] / "exercise-02" / "exercise.yaml"
    second.write_text(json.dumps({**EXERCISE, "file": "twice.py", "needs": ["exercise-01"]}))
    quiz = root / "exercises" / "quiz-01"
    quiz.mkdir()
    (quiz / "quiz.yaml").write_text("title: A quiz\n")
    (quiz / "answers.yaml").write_text("quiz: quiz-01\nmean: 3\n")
    (root / "solutions" / "quiz-01").mkdir()
    (root / "solutions" / "quiz-01" / "key.yaml").write_text("mean: 3\n")
    return course


def test_the_command_says_what_went_out_and_what_to_do_next(tmp_path: Path) -> None:
    ran = release(three(tmp_path / "course"), tmp_path / "learners")
    lines = ran.out.splitlines()
    assert lines[0].startswith(
        f"{tmp_path / 'learners'}: written, 2 exercises and 1 quiz with the grader and a README for learners ("
    )
    assert f"({len(tree(tmp_path / 'learners'))} files, " in lines[0]
    assert lines[-2] == "solutions/ stays here; nothing of it went out."
    assert "`grader batch` grades what they hand in." in lines[-1]


def test_a_quiz_goes_out_without_its_key_and_with_untouched_answers(tmp_path: Path) -> None:
    release(three(tmp_path / "course"), tmp_path / "learners", "--items", "quiz-01")
    folder = tmp_path / "learners" / "exercises"
    assert tree(folder) == {
        "README.md", "quiz-01/answers.yaml", "quiz-01/quiz.yaml", "quiz.schema.json",
    }  # fmt: skip
    assert (folder / "quiz-01" / "answers.yaml").read_text() == stub_text("quiz-01")


def test_a_part_can_be_released_and_says_what_it_leans_on(tmp_path: Path) -> None:
    ran = release(three(tmp_path / "course"), tmp_path / "learners", "--items", "2")
    assert ran.code == 0
    assert "Note: exercise-02 needs exercise-01, which isn't in this release." in ran.out
    assert "Not on the list" not in ran.out
    folder = tmp_path / "learners" / "exercises"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"exercise-02"}
    page = (folder / "README.md").read_text()
    assert "| [02](exercise-02/exercise.yaml) |" in page
    assert "| 01 |" in page
    assert "exercise-01" not in page
    readme = (tmp_path / "learners" / "README.md").read_text()
    assert "`exercises/exercise-02/twice.py`" in readme
    assert "grade 2 --hint" in readme


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ("1,77", "77: there is no such item."),
        ("quiz-02", "quiz-02: there is no such quiz. Did you mean 'quiz-01'?"),
        (" , ", "--items: names no item; give some, such as 3,5,quiz-01."),
        ("draft", "draft: isn't the name of an item (such as 'exercise-07'), so it doesn't go out."),
    ],
)
def test_items_that_cannot_be_released_are_told(tmp_path: Path, items: str, sentence: str) -> None:
    course = three(tmp_path / "course")
    shutil.copytree(course.stub.parent, course.root / "exercises" / "draft")
    ran = release(course, tmp_path / "learners", "--items", items)
    assert ran.code == 2
    assert sentence in ran.err
    assert not (tmp_path / "learners").exists()


def test_a_course_without_items_gives_no_release(tmp_path: Path) -> None:
    (tmp_path / "course" / "exercises").mkdir(parents=True)
    ran = release(SmallCourse(tmp_path / "course"), tmp_path / "learners")
    assert ran.code == 2
    assert "exercises: holds no exercise and no quiz, so there is nothing to release." in ran.err


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What learners of this course get, of two exercises."""
    dest = tmp_path_factory.mktemp("released") / "learners"
    ran = run("grader", "release", dest, "--items", "7,8", cwd=ROOT)
    assert ran.code == 0, ran.err
    return dest


@pytest.fixture
def learners(handed_out: Path, tmp_path: Path) -> Path:
    """One learner's own copy of it."""
    return shutil.copytree(handed_out, tmp_path / "learners")


def solve(learners: Path) -> None:
    """Write the reference into the stub of exercise-07."""
    reference = ROOT / "solutions" / "exercise-07" / "softmax.py"
    (learners / "exercises" / "exercise-07" / "softmax.py").write_bytes(reference.read_bytes())


def judged(report: dict[str, Any]) -> None:
    """A right file has all visible points, and its hidden checks weren't run."""
    assert {check["outcome"] for check in report["checks"] if check["visible"]} == {"PASSED"}
    assert {check["outcome"] for check in report["checks"] if not check["visible"]} == {"SKIPPED"}
    assert report["points"] == sum(check["max_points"] for check in report["checks"] if check["visible"]) > 0
    assert report["max_points"] == 100


def test_a_released_stub_earns_nothing_and_its_solution_the_visible_points(learners: Path) -> None:
    stub = in_release(learners, "grade", "7", "--json")
    assert (stub.code, stub.report["points"]) == (1, 0)
    solve(learners)
    judged(in_release(learners, "grade", "7", "--json").report)
    told = in_release(learners, "grade", "7")
    assert told.code == 0
    assert "are still to come, where staff grade: hidden is not passed." in told.out


def test_verifying_a_release_says_that_the_solutions_are_missing(learners: Path) -> None:
    ran = in_release(learners, "grader", "verify")
    assert ran.code == 2
    assert ran.err == (
        "grader: .: this copy of the course has no solutions folder, without which nothing can be verified.\n"
    )


def test_each_command_of_the_learners_readme_runs(learners: Path) -> None:
    readme = (learners / "README.md").read_text(encoding="utf-8")
    assert "@" not in readme
    rows = [line.split("`")[1] for line in readme.splitlines() if line.startswith("| `grade ")]
    assert len(rows) == 5
    for row in rows:
        ran = in_release(learners, "grade", *row.replace("ID", "cat_dog_bird").split()[1:])
        assert ran.code in (0, 1), f"{row}: {ran.err}"


def test_the_learners_commands_install_the_grader_and_grade(learners: Path) -> None:
    readme = (learners / "README.md").read_text(encoding="utf-8")
    setup, first = (
        readme.split(f"<!-- {name} -->\n```console\n")[1].split("```")[0] for name in ("setup", "first")
    )
    path = f"{learners / '.venv' / 'bin'}:{os.environ['PATH']}"
    script = f"{setup}\n{first.replace('grade 7', 'grade 7 || true')}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=learners, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "0 of 200 points so far" in done.stdout
    assert "Next: read the task with `grade 7 --statement`" in done.stdout
    solve(learners)
    graded = subprocess.run(
        [learners / ".venv" / "bin" / "grade", "7", "--json"],
        cwd=learners, capture_output=True, text=True, check=False,
    )  # fmt: skip
    judged(json.loads(graded.stdout))


def test_the_released_project_is_the_grader_s_own_without_what_only_developers_need() -> None:
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    theirs = tomllib.loads((ROOT / "grader/release/template/pyproject.toml").read_text(encoding="utf-8"))
    for key in ("name", "requires-python", "dependencies", "scripts", "license", "authors", "dynamic"):
        assert theirs["project"][key] == ours["project"][key]
    assert theirs["build-system"] == ours["build-system"]
    assert "optional-dependencies" not in theirs["project"]


def test_the_grader_carries_its_licence() -> None:
    assert (ROOT / "grader" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_a_mistake_that_staff_know_is_not_told_in_a_release(course: SmallCourse, tmp_path: Path) -> None:
    release(course, tmp_path / "learners")
    (tmp_path / "learners" / "exercises" / "exercise-01" / "doubling.py").write_text(SQUARED)
    ran = in_release(tmp_path / "learners", "grade", "1", "--json")
    assert ran.outcomes == {"example": "FAILED", "values": "SKIPPED", "linear": "SKIPPED"}
    assert {check["misconception"] for check in ran.report["checks"]} == {""}
