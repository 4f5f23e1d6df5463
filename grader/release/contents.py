"""What goes out of a course: a list of what may, and nothing that isn't on it.

Everything is read and made before anything is written. A stub goes out as it was handed out, from
its untouched twin, so that a file somebody works on in this checkout never does.
"""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.authoring.catalogue import catalogue_page
from grader.authoring.schemas import schema_texts
from grader.course import Course
from grader.errors import UsageFault, did_you_mean
from grader.quiz.writing import stub_text
from grader.release.guard import refuse_solutions
from grader.release.notes import left_behind, left_out_needs, worked_on
from grader.release.outgoing import Outgoing, read_own
from grader.release.package import package_files, project_files, template

_EXERCISE = re.compile(r"exercise-[0-9]{2,}")
_QUIZ = re.compile(r"quiz-[0-9]{2,}")
_PUBLIC = PurePosixPath("exercises")


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that goes out.

    Attributes:
        files: The files, in the order of their paths.
        exercises: The exercises' ids.
        quizzes: The quizzes' ids.
        notes: What staff should know before they give it out, a sentence each.
    """

    files: tuple[Outgoing, ...]
    exercises: tuple[str, ...]
    quizzes: tuple[str, ...]
    notes: tuple[str, ...]


def gather_release(course: Course, given: Sequence[str] = ()) -> Release:
    """Gather what learners get.

    Args:
        course: The course.
        given: The items to release, by id or an exercise's number; by default all.

    Raises:
        UsageFault: There is no such item, or nothing to release.
        CourseFault: A file that should go out is missing, faulty, a link, or the same as one of
            the solutions.
    """
    quizzes = _quizzes(course)
    exercises = _exercises(course)
    if given:
        chosen = {_chosen(course, name, quizzes) for name in given}
        exercises = [name for name in exercises if name in chosen]
        quizzes = [name for name in quizzes if name in chosen]
    if not exercises and not quizzes:
        raise UsageFault(
            f"{course.root / _PUBLIC}: holds no exercise and no quiz, so there is nothing to release."
        )
    public = [
        *(file for name in exercises for file in _exercise_files(course, name)),
        *(file for name in quizzes for file in _quiz_files(course, name)),
        *_course_files(course, exercises, quizzes),
    ]
    everything = [*public, *project_files(_readme(course, exercises, quizzes)), *package_files()]
    files = tuple(sorted(everything, key=lambda file: file.path))
    refuse_solutions(course.root / "solutions", files)
    unchosen = {*_exercises(course), *_quizzes(course)} - {*exercises, *quizzes}
    notes = (
        *left_out_needs(course, exercises),
        *worked_on(course, public),
        *left_behind(course.root, _PUBLIC, {file.path for file in public}, unchosen),
    )
    return Release(files, tuple(exercises), tuple(quizzes), notes)


def _exercises(course: Course) -> list[str]:
    return [name for name in course.items if _EXERCISE.fullmatch(name)]


def _quizzes(course: Course) -> list[str]:
    found = (path.parent.name for path in (course.root / _PUBLIC).glob("quiz-*/quiz.yaml"))
    return sorted(name for name in found if _QUIZ.fullmatch(name))


def _chosen(course: Course, given: str, quizzes: Collection[str]) -> str:
    name = given.strip().rstrip("/").lower()
    if name in quizzes:
        return name
    if _QUIZ.fullmatch(name):
        raise UsageFault(f"{given}: there is no such quiz.{did_you_mean(name, quizzes)}")
    item = course.item(given)
    if item.id in quizzes:
        return item.id
    if not _EXERCISE.fullmatch(item.id):
        raise UsageFault(
            f"{item.id}: isn't the name of an item (such as 'exercise-07'), so it doesn't go out."
        )
    return item.id


def _exercise_files(course: Course, name: str) -> Iterator[Outgoing]:
    folder = _PUBLIC / name
    yield _copied(course, folder / "exercise.yaml")
    yield from _stub_files(course, folder, course.items[name].spec.file)


def _quiz_files(course: Course, name: str) -> Iterator[Outgoing]:
    folder = _PUBLIC / name
    yield _copied(course, folder / "quiz.yaml")
    # Written afresh, so that nobody's answers go out.
    yield Outgoing(folder / "answers.yaml", stub_text(name).encode())


def _stub_files(course: Course, folder: PurePosixPath, file: str) -> Iterator[Outgoing]:
    """Give the stub twice, to be worked on and to be put back: both from the untouched twin."""
    pristine = _copied(course, folder / "stub" / file)
    yield pristine
    yield Outgoing(folder / file, pristine.content, pristine.origin)


def _course_files(course: Course, exercises: Collection[str], quizzes: Collection[str]) -> Iterator[Outgoing]:
    """Give the course's own files; those that are written by a command are written afresh."""
    for kind, given in (("exercise", exercises), ("quiz", quizzes)):
        if given:
            path = _PUBLIC / f"{kind}.schema.json"
            yield Outgoing(path, schema_texts()[path].encode())
    yield Outgoing(_PUBLIC / "README.md", catalogue_page(course, only=exercises).encode())
    for path in (_PUBLIC / "course.yaml", PurePosixPath("LICENSE")):
        if os.path.lexists(course.root / path):
            yield _copied(course, path)


def _copied(course: Course, path: PurePosixPath) -> Outgoing:
    return Outgoing(path, read_own(course.root, path), course.root / path)


def _readme(course: Course, exercises: Sequence[str], quizzes: Sequence[str]) -> str:
    first = exercises[0] if exercises else quizzes[0]
    file = course.items[first].spec.file if exercises else "answers.yaml"
    call = first.removeprefix("exercise-").lstrip("0") or first
    page = template("README.md").replace("@COUNT@", counted(exercises, quizzes))
    return page.replace("@ITEM@", call).replace("@FILE@", file).replace("@FOLDER@", str(_PUBLIC / first))


def counted(exercises: Sequence[str], quizzes: Sequence[str]) -> str:
    """Say how many exercises and quizzes there are."""
    numbers = [(len(exercises), "exercise", "exercises"), (len(quizzes), "quiz", "quizzes")]
    return " and ".join(f"{n} {one if n == 1 else many}" for n, one, many in numbers if n)
