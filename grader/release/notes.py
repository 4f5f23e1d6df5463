"""What staff should know before they give a release out: what it leans on, and what stays here."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath

from grader.course import Course
from grader.errors import CourseFault
from grader.printable import one_line
from grader.release.outgoing import Outgoing, read_own

# Of the files that stay behind, this many are named.
_NAMED = 8


def left_out_needs(course: Course, exercises: Sequence[str]) -> Iterator[str]:
    """Say which exercises build on one that isn't released."""
    for name in exercises:
        for need in course.items[name].spec.needs:
            if need not in exercises:
                yield f"{name} needs {need}, which isn't in this release."


def worked_on(course: Course, public: Sequence[Outgoing]) -> Iterator[str]:
    """Say which stubs in place aren't what goes out under their name."""
    for file in public:
        here = course.root / file.path
        if file.origin is None or file.origin == here:
            continue
        try:
            same = read_own(course.root, file.path) == file.content
        except CourseFault:
            same = False
        if not same:
            yield f"{here}: isn't the untouched stub; {file.origin} goes out in its place."


def left_behind(
    root: Path, public: PurePosixPath, going: Collection[PurePosixPath], unchosen: Collection[str]
) -> Iterator[str]:
    """Say which files aren't on the list, so that none is missed or forgotten there.

    Args:
        root: The course's folder.
        public: The folder in it that holds what learners get.
        going: The files that go out.
        unchosen: Items that this release leaves out on purpose; their files aren't named.
    """
    staying = [path for path in _files(root, public) if path not in going and path.parts[1] not in unchosen]
    if staying:
        named = ", ".join(one_line(str(path)) for path in staying[:_NAMED])
        more = f" and {len(staying) - _NAMED} more" if len(staying) > _NAMED else ""
        yield f"Not on the list of what goes out, so left here: {named}{more}."


def _files(root: Path, public: PurePosixPath) -> Iterator[PurePosixPath]:
    """Name every file and link below a folder; what Python caches is nobody's work."""
    for folder, folders, names in os.walk(root / public):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*names, *links]):
            yield PurePosixPath(Path(folder, name).relative_to(root).as_posix())
