"""Tell by its name, and for quizzes by its first lines, which item a file was handed in for."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from grader.errors import did_you_mean

QUIZ_FILE = "answers.yaml"
HEAD_BYTES = 4096
_MAX_SLIPS = 1000
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
# `softmax-1.py` is a file sent again through Canvas (after many times it takes a UUID),
# `softmax (1).py` one that a browser fetched again.
_COPY = re.compile(
    r"(?P<stem>.+?)(?:-(?P<dash>[0-9]{1,4})| ?\((?P<round>[0-9]{1,4})\)|-(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))"
    r"(?P<suffix>\.[^.]+)",
    re.DOTALL,
)
_QUIZ_LINE = re.compile(rb"^quiz[ \t]*:[ \t]*[\"']?([A-Za-z0-9_-]{1,64})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says.

    Attributes:
        item: The item's id; empty when there is none.
        copy: 0 for the name as it was asked for, else which copy it says it is.
        remark: What is odd about it, in one sentence; empty when nothing is.
    """

    item: str
    copy: int = 0
    remark: str = ""


class ItemNames:
    """The names that files of a course have."""

    def __init__(self, items: Mapping[str, str], quizzes: Collection[str] = ()) -> None:
        """Take the exercises' file names with their ids, and the quizzes' ids."""
        self.order = {item: place for place, item in enumerate(dict.fromkeys([*items.values(), *quizzes]))}
        self._items = dict(items)
        self._quizzes = frozenset(quizzes)
        self._spelled = {name.casefold(): name for name in (*items, *((QUIZ_FILE,) if quizzes else ()))}
        self._folders = {item.casefold(): item for item in self.order}
        self._slips: dict[str, str] = {}

    def is_item(self, name: str) -> bool:
        """Whether a folder is called like an item."""
        return name.casefold() in self._folders

    def is_asked_for(self, name: str) -> bool:
        """Whether a file is called as an item's file is, or as a copy of it."""
        return bool(self._spelling(name)[0])

    def find(self, inner: tuple[str, ...], head: Callable[[], bytes]) -> Named:
        """Tell which item a path is for: by the file's name, and for a quiz by what it says inside.

        Args:
            inner: The path as the learner sent it: folders, then the file's name.
            head: Reads the file's first bytes; called for quizzes only.
        """
        given = inner[-1]
        spelled, copy = self._spelling(given)
        if not spelled:
            if given.casefold().endswith(_ARCHIVES):
                return Named("", 0, "It is an archive; archives that were handed in aren't opened.")
            return Named("", 0, f"No item has a file of this name.{self._near(given)}")
        folder = next((self._folders[part.casefold()] for part in inner[-2::-1] if self.is_item(part)), "")
        remarks = (
            [] if copy or given == spelled else [f"The name is spelled {spelled}; it was taken as that."]
        )
        if spelled in self._items:
            item = self._items[spelled]
        else:
            item, remark = self._quiz(head(), folder)
            if not item:
                return Named("", 0, remark)
        if folder and folder != item:
            remarks.append(f"It lies in a folder {folder} but is for {item}; it was graded as {item}.")
        return Named(item, copy, " ".join(remarks))

    def _spelling(self, given: str) -> tuple[str, int]:
        exact = self._spelled.get(given.casefold())
        if exact:
            return exact, 0
        copy = _COPY.fullmatch(given) if len(given) < 256 else None
        if copy is None:
            return "", 0
        # After a UUID nobody knows the number; Canvas makes one when it has counted to 8.
        number = int(copy["dash"] or copy["round"] or 8)
        return self._spelled.get((copy["stem"] + copy["suffix"]).casefold(), ""), max(number, 1)

    def _near(self, given: str) -> str:
        # Comparing takes a millisecond, and a hostile hand-in holds many thousand names.
        if given not in self._slips and len(given) < 80 and len(self._slips) < _MAX_SLIPS:
            self._slips[given] = did_you_mean(given, self._spelled.values())
        return self._slips.get(given, "")

    def _quiz(self, head: bytes, folder: str) -> tuple[str, str]:
        said = _QUIZ_LINE.search(head.removeprefix(b"\xef\xbb\xbf"))
        if said is None:
            if folder in self._quizzes:
                return folder, ""
            return "", "It doesn't say which quiz it answers; it needs a line such as 'quiz: quiz-01'."
        item = said[1].decode("ascii")
        if item in self._quizzes:
            return item, ""
        near = did_you_mean(item, self._quizzes)
        return "", f"It answers {item!r}, and there is no such quiz.{near}"
