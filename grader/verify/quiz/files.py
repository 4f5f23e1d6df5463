"""Laws on a quiz's files, which need no draw."""

from collections.abc import Iterator
from pathlib import Path

from grader.course import Course, QuizItem
from grader.errors import CourseFault, did_you_mean
from grader.quiz import keyspec, spec
from grader.quiz.writing import stub_text
from grader.verify.files import place
from grader.verify.violation import Violation


def quiz_file_laws(course: Course, item: QuizItem) -> Iterator[Violation]:
    """Check what can be seen from a quiz's files alone.

    Yields:
        The violations; when a YAML file is faulty, only its own, since nothing else can be judged.
    """
    try:
        item.spec  # noqa: B018  # reading is the law
    except CourseFault as fault:
        yield from _faults(course, item, item.yaml, fault)
        return
    yield from _accounted(course, item)
    yield from _schema_line(course, item, item.yaml, spec.SCHEMA_LINE)
    yield from _stub(course, item)
    yield from _known_names(course, item)
    if item.key_yaml is None or not item.key_yaml.is_file():
        return
    yield from _schema_line(course, item, item.key_yaml, keyspec.SCHEMA_LINE)
    try:
        item.key  # noqa: B018
    except CourseFault as fault:
        yield from _faults(course, item, item.key_yaml, fault)


def _faults(course: Course, item: QuizItem, path: Path, fault: CourseFault) -> Iterator[Violation]:
    for sentence in str(fault).splitlines():
        yield Violation(item.id, "yaml", place(course, path), sentence.removeprefix(f"{path}: "))


def _accounted(course: Course, item: QuizItem) -> Iterator[Violation]:
    """Every file must be one that the layout knows; every file that the layout asks for must be there."""
    for folder, known in (
        (item.folder, {Path("quiz.yaml"), Path("answers.yaml")}),
        (item.solutions, {Path("key.yaml")}),
    ):
        if folder is None:
            continue
        found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        for path in sorted(known - found):
            yield Violation(item.id, "files", place(course, folder / path), "is missing.")
        for path in sorted(found - known):
            yield Violation(
                item.id, "files", place(course, folder / path), "is a file that the layout doesn't know."
            )
        for path in sorted(found & known):
            text = (folder / path).read_text(encoding="utf-8")
            lines = [number for number, line in enumerate(text.splitlines(), 1) if "TODO" in line]
            if lines:
                where = place(course, folder / path)
                yield Violation(item.id, "unfinished", where, f"still holds a TODO in line {lines[0]}.")


def _schema_line(course: Course, item: QuizItem, path: Path, line: str) -> Iterator[Violation]:
    if not path.read_text(encoding="utf-8").startswith(line + "\n"):
        yield Violation(item.id, "schema", place(course, path), f"must begin with the line {line!r}.")


def _stub(course: Course, item: QuizItem) -> Iterator[Violation]:
    """The answers file is handed out blank."""
    if item.answers.is_file() and item.answers.read_bytes() != stub_text(item.id).encode():
        back = f"differs from the blank file that is handed out; `grade {item.id} --reset` puts it back."
        yield Violation(item.id, "blank-answers", place(course, item.answers), back)


def _known_names(course: Course, item: QuizItem) -> Iterator[Violation]:
    known = course.about.concepts
    for question in item.spec.questions:
        for concept in question.concepts:
            if concept not in known:
                near = did_you_mean(concept, known)
                sentence = f"{question.id}: the concept {concept!r} isn't in exercises/course.yaml.{near}"
                yield Violation(item.id, "concepts", place(course, item.yaml), sentence)
    for need in item.spec.spec.needs:
        if need not in course.items and need not in course.quizzes:
            yield Violation(
                item.id, "needs", place(course, item.yaml), f"needs {need!r}, which isn't in the course."
            )
