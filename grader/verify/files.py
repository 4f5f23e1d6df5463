"""Laws on an exercise's files, which need no submission to run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from grader.course import Course, Item
from grader.errors import CourseFault, did_you_mean
from grader.spec import SCHEMA_LINE
from grader.verify.violation import Violation


def file_laws(course: Course, item: Item) -> Iterator[Violation]:
    """Check what can be seen from an exercise's files alone.

    Yields:
        The violations; when the YAML is faulty, only its own, since nothing else can be judged.
    """
    try:
        spec = item.spec
    except CourseFault as fault:
        for sentence in str(fault).splitlines():
            yield Violation(item.id, "yaml", place(course, item.yaml), sentence.split(": ", 1)[-1])
        return
    if not item.yaml.read_text(encoding="utf-8").startswith(SCHEMA_LINE + "\n"):
        yield Violation(
            item.id, "schema", place(course, item.yaml), f"must begin with the line {SCHEMA_LINE!r}."
        )
    yield from _accounted(course, item)
    yield from _pristine(course, item)
    yield from _declared(course, item)
    yield from _wrong_about(course, item)
    yield from _unfinished(course, item)
    for concept in spec.concepts:
        if concept not in course.about.concepts:
            near = did_you_mean(concept, course.about.concepts)
            sentence = f"the concept {concept!r} isn't in exercises/course.yaml.{near}"
            yield Violation(item.id, "concepts", place(course, item.yaml), sentence)
    for need in spec.needs:
        if need not in course.items:
            yield Violation(
                item.id, "needs", place(course, item.yaml), f"needs {need!r}, which isn't in the course."
            )


def course_laws(course: Course) -> Iterator[Violation]:
    """Check what concerns all items together: the stubs' names must differ."""
    seen: dict[str, str] = {}
    for item in course.items.values():
        try:
            file = item.spec.file
        except CourseFault:
            continue
        if file in seen:
            yield Violation(
                item.id,
                "unique-files",
                place(course, item.yaml),
                f"the file name {file!r} is taken by {seen[file]}.",
            )
        seen.setdefault(file, item.id)


def place(course: Course, path: Path) -> str:
    """Name a file relative to the course."""
    try:
        return path.relative_to(course.root).as_posix()
    except ValueError:
        return str(path)


def _accounted(course: Course, item: Item) -> Iterator[Violation]:
    """Every file must be one that the layout knows; every file that the layout asks for must be there."""
    file = item.spec.file
    public = {Path("exercise.yaml"), Path(file), Path("stub") / file}
    yield from _missing_and_odd(course, item, item.folder, public, ())
    if item.solutions is not None:
        staff = {Path(file), Path(f"test_{file}")}
        yield from _missing_and_odd(course, item, item.solutions, staff, ("wrong", "alternative"))
        if len(item.alternatives) < 2:
            yield Violation(
                item.id, "alternatives", place(course, item.solutions / "alternative"),
                f"holds {len(item.alternatives)} right solutions; at least two, written differently, are needed.",
            )  # fmt: skip


def _missing_and_odd(
    course: Course, item: Item, folder: Path, needed: set[Path], collections: tuple[str, ...]
) -> Iterator[Violation]:
    found = {
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for path in sorted(needed - found):
        yield Violation(item.id, "files", place(course, folder / path), "is missing.")
    for path in sorted(found - needed):
        known = path.parent.name in collections and len(path.parts) == 2 and path.suffix == ".py"
        if not known and not (collections and path == Path("equivalent.yaml")):
            yield Violation(
                item.id, "files", place(course, folder / path), "is a file that the layout doesn't know."
            )


def _pristine(course: Course, item: Item) -> Iterator[Violation]:
    both = item.stub.is_file() and item.pristine_stub.is_file()
    if both and item.stub.read_bytes() != item.pristine_stub.read_bytes():
        back = f"differs from {place(course, item.pristine_stub)}; `grade {item.id} --reset` puts it back."
        yield Violation(item.id, "pristine-stub", place(course, item.stub), back)
    if item.solutions is None or not item.pristine_stub.is_file():
        return
    stub, reference = (public_names(path) for path in (item.pristine_stub, item.reference))
    for name in sorted(stub - reference):
        yield Violation(
            item.id,
            "stub",
            place(course, item.pristine_stub),
            f"asks for {name!r}, which the reference lacks.",
        )


def public_names(path: Path) -> set[str]:
    """Name the public functions and classes that a Python file defines at its top level."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")}


def _declared(course: Course, item: Item) -> Iterator[Violation]:
    """Declared hidden checks and test functions must be the same, both ways."""
    if item.solutions is None or not (item.solutions / f"test_{item.spec.file}").is_file():
        return
    tests = {
        name.removeprefix("test_") for name in public_names(item.hidden_checks) if name.startswith("test_")
    }
    for name in sorted(item.spec.hidden_ids - tests):
        yield Violation(
            item.id,
            "declared",
            place(course, item.hidden_checks),
            f"has no function 'test_{name}' for the check {name!r}.",
        )
    for name in sorted(tests - item.spec.hidden_ids):
        yield Violation(item.id, "declared", place(course, item.yaml), f"declares no hidden check {name!r}.")


def _wrong_about(course: Course, item: Item) -> Iterator[Violation]:
    """A wrong solution's docstring must be in order and name checks that exist."""
    try:
        wrong = item.wrong
    except CourseFault as fault:
        path, _, sentence = str(fault).partition(": ")
        yield Violation(item.id, "wrong", place(course, Path(path)), sentence)
        return
    known = {check.id for check in item.spec.checks}
    for solution in wrong:
        if not solution.about.message.replace("\n", " ").isprintable():
            yield Violation(
                item.id,
                "wrong",
                place(course, solution.path),
                "has a control character in its message; with a backslash in it, begin the docstring with r.",
            )
    names = {solution.name for solution in wrong}
    for solution in wrong:
        for check in sorted(set(solution.about.fails) - known):
            yield Violation(
                item.id,
                "wrong",
                place(course, solution.path),
                f"names the check {check!r}, which isn't declared.",
            )
        for name in sorted(set(solution.about.like) - names):
            yield Violation(
                item.id, "wrong", place(course, solution.path), f"is 'like' {name!r}, which doesn't exist."
            )


def _unfinished(course: Course, item: Item) -> Iterator[Violation]:
    """What `grader new` left for the author is marked TODO."""
    for folder in (item.folder, item.solutions):
        for path in sorted(folder.rglob("*")) if folder is not None else ():
            if path.suffix in (".py", ".yaml"):
                lines = path.read_text(encoding="utf-8").splitlines()
                todo = [number for number, line in enumerate(lines, 1) if "TODO" in line]
                if todo:
                    where = f"line {todo[0]}" if len(todo) == 1 else f"lines {', '.join(map(str, todo))}"
                    yield Violation(
                        item.id, "unfinished", place(course, path), f"still holds a TODO in {where}."
                    )
