"""Recognise how SUBMISSIONS is laid out, and how many folders lie around it all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.batch.intake import canvas, gradescope, moodle
from grader.batch.intake.entry import Entry
from grader.batch.intake.naming import ItemNames


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout.

    Attributes:
        name: "plain", "canvas", "moodle" or "gradescope".
        depth: How many folders down the learners' folders (or flat files) begin: 0, or 1 where one
            folder holds everything.
    """

    name: str
    depth: int


def recognise(files: Iterable[Entry], names: ItemNames, on_roster: Callable[[str], bool]) -> Layout:
    """Recognise a layout by what most of the names look like; what looks like no platform's is plain.

    Args:
        files: What SUBMISSIONS holds.
        names: The names of the course's files and items.
        on_roster: Whether the roster knows somebody of that name, so that a folder isn't a wrapper.
    """
    paths = [entry.parts for entry in files]
    tops = {parts[0] for parts in paths}
    wrapper = next(iter(tops)) if len(tops) == 1 and all(len(parts) > 1 for parts in paths) else None
    depths = (0, 1) if wrapper is not None and not on_roster(wrapper) else (0,)
    for depth in depths:
        platform = _platform(paths, depth)
        if platform:
            return Layout(platform, depth)
    return Layout("plain", int(len(depths) == 2 and _wraps(paths, names)))


def _platform(paths: Iterable[tuple[str, ...]], depth: int) -> str:
    # A folder's name wins over a file's; there is no such pair but in an archive that lies.
    is_folder: dict[str, bool] = {}
    exported = False
    for parts in paths:
        if parts[depth:] == (gradescope.METADATA,):
            exported = True
            continue
        is_folder[parts[depth]] = is_folder.get(parts[depth], False) or len(parts) > depth + 1
        exported = exported or (
            depth == 1 and parts[0].startswith("assignment_") and parts[0].endswith("_export")
        )
    votes = {
        "gradescope": sum(
            folder and exported and gradescope.matches(name) for name, folder in is_folder.items()
        ),
        "moodle": sum(moodle.matches(name) for name in is_folder),
        "canvas": sum(not folder and canvas.matches(name) for name, folder in is_folder.items()),
    }
    # Moodle's flat names may look like Canvas's, never the other way round; so the first is taken.
    return next((platform for platform, count in votes.items() if count * 2 > len(is_folder)), "")


def _wraps(paths: Iterable[tuple[str, ...]], names: ItemNames) -> bool:
    """Whether the one folder at the top isn't a learner's: it holds no item's file or folder itself."""
    below = list(paths)
    if any(len(parts) == 2 and names.is_asked_for(parts[1]) for parts in below):
        return False
    deeper = [parts for parts in below if len(parts) > 2]
    return bool(deeper) and not any(names.is_item(parts[1]) for parts in deeper)
