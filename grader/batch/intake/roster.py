"""Read a class list: our own CSV, or one that Canvas, Moodle or Gradescope gives."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.batch.handin import Learner, Odd
from grader.errors import UsageFault
from grader.printable import one_line

MAX_BYTES = 16 << 20
_DELIMITERS = (",", ";", "\t")
_HEADERS = (
    "a column 'id' or 'learner' (and 'name', 'email', 'group' as you like), or the columns of Canvas's gradebook"
    " (Student, ID, Section), Moodle's grading worksheet (Identifier) or Gradescope's grades (SID, Email)"
)
_PLATFORM_COLUMNS = {
    "canvas": ("canvas", "canvas id", "canvas_id"),
    "moodle": ("moodle", "moodle id", "moodle_id"),
    "gradescope": ("gradescope", "gradescope id", "gradescope_id", "sid"),
}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A learner of the roster.

    Attributes:
        learner: As the gradebook knows them.
        other_ids: What else they may be called by where folders have plain names.
        group: The group that hands in together; empty where the roster tells none.
    """

    learner: Learner
    other_ids: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A class list.

    Attributes:
        shape: "own", "canvas", "moodle" or "gradescope".
        enrolled: In the file's order, each id once.
        odd: Lines that were left out, and what else staff should know.
    """

    shape: str
    enrolled: tuple[Enrolled, ...]
    odd: tuple[Odd, ...] = ()

    @property
    def learners(self) -> tuple[Learner, ...]:
        """The learners as the gradebook knows them."""
        return tuple(one.learner for one in self.enrolled)


Cells = Mapping[str, str]


def read_roster(path: Path) -> Roster:
    """Read a class list.

    Raises:
        UsageFault: The file can't be read or is no such list.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageFault(f"{path}: cannot be read ({(error.strerror or str(error)).lower()}).") from None
    if len(raw) > MAX_BYTES:
        raise UsageFault(f"{path}: has more than {MAX_BYTES} bytes; is it a class list?")
    text, encoding_remark = _decode(raw)
    odd = [Odd(one_line(path.name), encoding_remark, "roster")] if encoding_remark else []
    for delimiter in _DELIMITERS:
        lines = _lines(path, text, delimiter)
        _, header = next(lines, (0, []))
        columns = [cell.strip().casefold() for cell in header]
        shape = _shape(columns)
        if shape:
            enrolled, left_out = _enrol(path.name, columns, lines, _SHAPES[shape])
            return Roster(shape, enrolled, (*odd, *left_out))
    raise UsageFault(f"{path}: is no class list that can be read: its first line needs {_HEADERS}.")


def _decode(raw: bytes) -> tuple[str, str]:
    """Decode a table as spreadsheets write it; also say what is odd about it."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), ""
    if raw[1:2] == b"\0":
        return raw.decode("utf-16-le", "replace"), ""
    if raw[:1] == b"\0":
        return raw.decode("utf-16-be", "replace"), ""
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    remark = (
        f"It isn't UTF-8 (line {line}) and was read as Windows-1252; look at the names, and save it as UTF-8."
    )
    try:
        return raw.decode("cp1252"), remark
    except UnicodeDecodeError:
        return raw.decode("latin-1"), remark.replace("Windows-1252", "Latin-1")


def _lines(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each line that holds something, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    try:
        for cells in reader:
            # Excel's own first line, which tells the delimiter.
            is_hint = number == 1 and len(text) > 4 and re.match(r"(?i)sep=.?[\r\n]", text) is not None
            if any(cell.strip() for cell in cells) and not is_hint:
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise UsageFault(f"{path}: line {number} can't be read as CSV ({error}).") from None


def _shape(columns: list[str]) -> str:
    has = frozenset(columns)
    if "id" in has and ("student" in has or {"lastname", "firstname"} <= has) and "section" in has:
        return "canvas"
    if "identifier" in has:
        return "moodle"
    if "sid" in has and "email" in has and not has & {"id", "learner"}:
        return "gradescope"
    return "own" if has & {"id", "learner"} else ""


def _enrol(
    source: str,
    columns: list[str],
    lines: Iterator[tuple[int, list[str]]],
    read: Callable[[Cells], Enrolled | None],
) -> tuple[tuple[Enrolled, ...], tuple[Odd, ...]]:
    enrolled: list[Enrolled] = []
    odd: list[Odd] = []
    first: dict[str, int] = {}
    for number, cells in lines:
        where = f"{one_line(source)}: line {number}"
        # The first column of a name counts, as for a reader's eye.
        row = dict(reversed([(column, cell.strip()) for column, cell in zip(columns, cells, strict=False)]))
        found = read(row)
        if found is None:
            continue
        learner_id = found.learner.id
        if not learner_id:
            odd.append(Odd(where, "It has no id, so the line was left out.", "roster"))
        elif learner_id in first:
            odd.append(
                Odd(
                    where,
                    f"The id {one_line(repr(learner_id), 80)} stands in line {first[learner_id]} already; that line counts.",
                    "roster",
                )
            )
        else:
            first[learner_id] = number
            enrolled.append(found)
    return tuple(enrolled), tuple(odd)


def _own(row: Cells) -> Enrolled:
    platform_ids = tuple(
        (platform, found)
        for platform, columns in _PLATFORM_COLUMNS.items()
        if (found := next((row[column] for column in columns if row.get(column)), ""))
    )
    learner_id = row.get("id") or row.get("learner", "")
    learner = Learner(learner_id, row.get("name", ""), row.get("email", ""), platform_ids)
    return Enrolled(learner, group=row.get("group", ""))


def _canvas(row: Cells) -> Enrolled | None:
    name = row.get("student") or ", ".join(filter(None, (row.get("lastname"), row.get("firstname"))))
    # Lines above the learners: the maximum points, and which assignments are posted by hand. Canvas
    # keeps a learner of its own to try things out with.
    if not row.get("id") and (name in ("", "Points Possible") or "Manual Posting" in row.values()):
        return None
    if name in ("Points Possible", "Student, Test"):
        return None
    login = row.get("sis login id", "")
    others = tuple(filter(None, (login, row.get("sis user id"), row.get("integration id"))))
    learner = Learner(
        row["id"], name, login if "@" in login else "", (("canvas", row["id"]),) if row["id"] else ()
    )
    return Enrolled(learner, others)


def _moodle(row: Cells) -> Enrolled:
    # `Participant 12` in English; other languages have another word, the number is the same.
    number = re.search(r"([0-9]{1,20})\s*$", row.get("identifier", ""))
    learner_id = number[1] if number else ""
    email = row.get("email address") or row.get("email", "")
    others = tuple(filter(None, (row.get("id number"), row.get("username"))))
    learner = Learner(learner_id, row.get("full name", ""), email, (("moodle", learner_id),))
    return Enrolled(learner, others)


def _gradescope(row: Cells) -> Enrolled:
    name = row.get("name") or " ".join(filter(None, (row.get("first name"), row.get("last name"))))
    learner_id = row.get("sid") or row.get("email", "")
    return Enrolled(Learner(learner_id, name, row.get("email", ""), (("gradescope", learner_id),)))


_SHAPES: Mapping[str, Callable[[Cells], Enrolled | None]] = {
    "own": _own,
    "canvas": _canvas,
    "moodle": _moodle,
    "gradescope": _gradescope,
}
