"""Write the two folders of a new exercise: a small one that works, with TODO where its author goes on."""

import re
from importlib.resources import files
from pathlib import Path

from grader.course import Course
from grader.errors import UsageFault

# The template's files and where each goes; `{file}` is the stub's name.
_FILES = {
    "exercise.yaml": "exercises/{item}/exercise.yaml",
    "stub.py.txt": "exercises/{item}/{file}",
    "pristine.py.txt": "exercises/{item}/stub/{file}",
    "reference.py.txt": "solutions/{item}/{file}",
    "checks.py.txt": "solutions/{item}/test_{file}",
    "wrong.py.txt": "solutions/{item}/wrong/squared.py",
    "alternative.py.txt": "solutions/{item}/alternative/by_addition.py",
}


def write_exercise(course: Course, item: str, title: str) -> list[Path]:
    """Write a new exercise from the template.

    Args:
        course: The course; it gets a `solutions` folder if it has none.
        item: The new id, such as `exercise-41`.
        title: Its title; the stub's file name follows from it.

    Returns:
        The files written.

    Raises:
        UsageFault: The id isn't one, it is taken, or the title gives no file name.
    """
    if not re.fullmatch(r"exercise-[0-9]{2,}", item):
        raise UsageFault(f"{item}: a new exercise's id looks like 'exercise-41'.")
    if any((course.root / top / item).exists() for top in ("exercises", "solutions")):
        raise UsageFault(f"{item}: there is such a folder already; nothing was written.")
    file = _file_name(title)
    taken = {other.spec.file: other.id for other in course.items.values()}
    if file in taken:
        raise UsageFault(f"{title}: its file would be {file}, which {taken[file]} has; choose another title.")
    written = []
    for template, target in _FILES.items():
        source = "stub.py.txt" if template == "pristine.py.txt" else template
        text = files("grader.authoring").joinpath("template", source).read_text(encoding="utf-8")
        path = course.root / target.format(item=item, file=file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("@TITLE@", _quoted(title)).replace("@FILE@", file), encoding="utf-8")
        written.append(path)
    return written


def _file_name(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.lower())
    while words and not words[0][0].isalpha():
        words.pop(0)
    if not words:
        raise UsageFault(
            f"{title!r}: a title needs a word of Latin letters, from which the file gets its name."
        )
    return "_".join(words[:3]) + ".py"


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
