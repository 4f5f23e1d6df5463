"""Answering a quiz question by question: what was typed, and what comes of it. Nothing is read or shown here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeAlias

from grader.quiz.marking.plain import is_empty
from grader.quiz.understood import Understood

# What couldn't be read is kept too, for the learner to mend it, unless it would make the file useless.
_LONGEST_KEPT = 4096

# Their first words are what the help names.
_COMMANDS = {
    "?": ("?", "help"),
    "back": ("back",),
    "skip": ("skip",),
    "hint": ("hint",),
    "stop": ("stop", "quit", "exit"),
}
_BY_WORD = {word: command for command, words in _COMMANDS.items() for word in words}

Reader: TypeAlias = Callable[[str, Any], Understood]


class Event(StrEnum):
    """What became of a line."""

    ANSWERED = "answered"  # read and kept; `text` tells how it was read
    UNREADABLE = "unreadable"  # `text` tells where
    CONTINUED = "continued"  # a bracket is still open
    UNCHANGED = "unchanged"  # nothing was typed, so the answer that is there stays
    EMPTY = "empty"  # nothing was typed, and there is no answer yet
    SKIPPED = "skipped"
    BACK = "back"
    FIRST = "first"  # there is nothing to go back to
    HELP = "help"
    HINT_COST = "hint cost"  # `text` holds the number of the hint: asking again opens it
    HINT = "hint"  # `text` holds the number of the hint that is open now
    NO_HINT = "no hint"
    GONE_TO = "gone to"
    NO_SUCH = "no such"  # `text` holds what was typed
    STOPPED = "stopped"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a line.

    Attributes:
        question: The question that it was about; empty in the overview.
        keep: Whether the session holds something new that should be written down.
    """

    event: Event
    question: str = ""
    text: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Where somebody stands while answering.

    Attributes:
        questions: The ids of all questions, in order.
        costs: For each question what its hints cost, as shares of its points.
        given: The answers.
        hints: How many hints of each question are open.
        asked: The questions that are still to be asked this time.
        at: The question in hand, by its place; the overview comes after the last.
        partial: What was typed of an answer of several lines.
        announced: Whether the cost of the next hint was told.
        over: Whether it has ended.
    """

    questions: tuple[str, ...]
    costs: Mapping[str, Sequence[float]] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    at: int = 0
    partial: str = ""
    announced: bool = False
    over: bool = False

    @property
    def question(self) -> str:
        """The id of the question in hand; empty in the overview."""
        return self.questions[self.at] if self.at < len(self.questions) else ""

    @property
    def open(self) -> list[str]:
        """The questions without an answer."""
        return [name for name in self.questions if is_empty(self.given.get(name))]


def begin(session: Session) -> Session:
    """Go to the first question that is asked."""
    return _onward(replace(session, at=-1))


def step(session: Session, line: str, read: Reader) -> tuple[Session, Reply]:
    """Take one line that was typed.

    Args:
        session: Where they stand.
        line: The line, without its end.
        read: Reads an answer to a question.
    """
    command = _BY_WORD.get(line.strip().lower())
    if command == "stop":
        return replace(session, over=True, partial=""), Reply(Event.STOPPED, session.question)
    if command == "?":
        return session, Reply(Event.HELP, session.question)
    if command == "back":
        return _back(session)
    if not session.question:
        return _in_overview(session, line.strip())
    if command == "skip":
        skipped = session.question
        return _onward(_without(session, skipped)), Reply(Event.SKIPPED, skipped)
    if command == "hint":
        return _hint(session)
    return _answer(session, line, read)


def _in_overview(session: Session, typed: str) -> tuple[Session, Reply]:
    if not typed:
        return replace(session, over=True), Reply(Event.FINISHED)
    if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= len(session.questions):
        return _to(session, int(typed) - 1), Reply(Event.GONE_TO, session.questions[int(typed) - 1])
    return session, Reply(Event.NO_SUCH, text=typed)


def _back(session: Session) -> tuple[Session, Reply]:
    if session.partial:
        # Of an answer of several lines, the answer is begun anew.
        return replace(session, partial=""), Reply(Event.BACK, session.question)
    if session.at == 0:
        return session, Reply(Event.FIRST, session.question)
    # A question that was left unanswered is asked again on the way forward.
    here = session.question
    asked = session.asked | {here} if here and here in session.open else session.asked
    return _to(replace(session, asked=asked), session.at - 1), Reply(Event.BACK, here)


def _hint(session: Session) -> tuple[Session, Reply]:
    name = session.question
    costs, opened = session.costs.get(name, ()), session.hints.get(name, 0)
    if opened >= len(costs):
        return session, Reply(Event.NO_HINT, name)
    if costs[opened] > 0 and not session.announced:
        return replace(session, announced=True), Reply(Event.HINT_COST, name, str(opened + 1))
    hints = {**session.hints, name: opened + 1}
    return (
        replace(session, hints=hints, announced=False),
        Reply(Event.HINT, name, str(opened + 1), keep=True),
    )


def _answer(session: Session, line: str, read: Reader) -> tuple[Session, Reply]:
    name = session.question
    typed = f"{session.partial}\n{line}".strip() if session.partial else line.strip()
    if not typed:
        if name in session.open:
            return session, Reply(Event.EMPTY, name)
        return _onward(_without(session, name)), Reply(Event.UNCHANGED, name)
    if line.strip() and typed.startswith("[") and typed.count("[") > typed.count("]"):
        return replace(session, partial=typed), Reply(Event.CONTINUED, name)
    session = replace(session, partial="", announced=False)
    found = read(name, typed)
    if found.problem:
        # It doesn't take the place of an answer that can be read.
        before = session.given.get(name)
        keep = (is_empty(before) or bool(read(name, before).problem)) and len(typed) <= _LONGEST_KEPT
        given = {**session.given, name: found.kept} if keep else session.given
        return replace(session, given=given), Reply(Event.UNREADABLE, name, found.problem, keep=keep)
    answered = replace(session, given={**session.given, name: found.kept})
    return _onward(_without(answered, name)), Reply(Event.ANSWERED, name, found.read_as, keep=True)


def _without(session: Session, name: str) -> Session:
    return replace(session, asked=session.asked - {name})


def _onward(session: Session) -> Session:
    """Go to the next question that is asked, or to one before, or to the overview."""
    places = [place for place, name in enumerate(session.questions) if name in session.asked]
    later = [place for place in places if place > session.at]
    return _to(session, (later or places or [len(session.questions)])[0])


def _to(session: Session, place: int) -> Session:
    return replace(session, at=place, partial="", announced=False)


def again(session: Session, question: str) -> Session:
    """Ask a question once more."""
    return _to(replace(session, asked=session.asked | {question}), session.questions.index(question))
