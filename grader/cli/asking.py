"""Ask the questions of a quiz on a terminal, one after the other; each answer is written down at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from grader.cli import screen
from grader.errors import UsageFault
from grader.outcome import points_text
from grader.quiz.marked import mark_question, right_answer
from grader.quiz.marking.judged import Status
from grader.quiz.session import Event, Reply, Session, again, begin, step
from grader.quiz.shown import show
from grader.quiz.understood import Understood
from grader.render.mathtext import readable
from grader.render.quiz import (
    MORE_PROMPT,
    PROMPT,
    answer_text,
    overview_text,
    question_text,
    reply_text,
    understood_text,
)
from grader.render.report import paragraph
from grader.sitting import Sitting

_BOLD_CYAN = "\x1b[1;36m"
_INDENT = 3


class Asking:
    """A conversation over a quiz.

    In practice rounds each answer is marked at once and asked again until it is right; nothing is
    written down.
    """

    def __init__(self, sitting: Sitting, asked: Sequence[str]) -> None:
        self._sitting = sitting
        self._quiz = sitting.quiz
        self._shown = {name: show(sitting.quiz, sitting.variant, name) for name in sitting.quiz.plans}
        self._practice = sitting.practice is not None
        self._tries: dict[str, list[float]] = {}
        # What the file doesn't hold yet, because writing it failed.
        self._unsaved: dict[str, Any] = {}
        self._session = begin(
            Session(
                tuple(sitting.quiz.plans),
                {
                    question.id: [0.0 if self._practice else hint.cost for hint in question.hints]
                    for question in sitting.quiz.questions
                },
                {} if self._practice else dict(sitting.answers.given),
                {} if self._practice else sitting.hints(),
                frozenset(asked),
            )
        )

    def run(self) -> Event:
        """Ask until all is answered or somebody stops.

        Raises:
            KeyboardInterrupt: Ctrl-C; all answers are written down.
        """
        put = ""
        while not self._session.over:
            where = self._session.question or "overview"
            if self._practice and where == "overview":
                return Event.FINISHED
            if put != where:
                self._put()
                put = where
            reply = self._next()
            if reply.event in (Event.BACK, Event.HELP) and where != "overview":
                put = ""
            if reply.event is Event.STOPPED:
                return Event.STOPPED
        return Event.FINISHED

    def sum_of_practice(self) -> str:
        """Say how practice went."""
        first = sum(tries[0] == 1 for tries in self._tries.values())
        return f"\n{first} of {len(self._tries)} right at the first try." if self._tries else ""

    def _put(self) -> None:
        """Show the question in hand, or the overview."""
        session = self._session
        if not session.question:
            readings = {name: self._read(name, session.given.get(name)) for name in self._quiz.plans}
            marks = self._sitting.item.key is not None
            screen.say(
                "\n" + overview_text(self._quiz, session, readings, marks=marks, width=screen.text_width())
            )
            return
        answer = session.given.get(session.question)
        screen.remember(answer_text(answer) if answer is not None else "")
        text = question_text(
            self._shown[session.question],
            len(self._shown),
            screen.text_width(),
            answer=answer,
            unreadable=bool(self._read(session.question, answer).problem),
            opened=session.hints.get(session.question, 0),
        )
        screen.say("\n" + text)

    def _next(self) -> Reply:
        """Take a line, and do what follows from it."""
        before = self._session
        try:
            line = screen.ask(MORE_PROMPT if before.partial else PROMPT, _BOLD_CYAN)
        except EOFError:
            click.echo()
            line = "stop"
        except KeyboardInterrupt:
            click.echo()
            if not self._practice:
                click.echo(f"Saved in {self._sitting.path}.")
            raise
        self._session, reply = step(before, line, self._read)
        if reply.keep and not self._practice:
            self._keep(reply)
        text = reply_text(
            reply,
            self._shown.get(reply.question),
            before.costs.get(reply.question, ()),
            before,
            screen.text_width(),
        )
        if text:
            screen.say(text)
        if self._practice and reply.event is Event.ANSWERED:
            self._tell(reply.question)
        elif self._practice and reply.event is Event.SKIPPED:
            self._show_right(reply.question)
        return reply

    def _read(self, question: str, answer: Any) -> Understood:
        return self._sitting.understood(question, answer)

    def _keep(self, reply: Reply) -> None:
        """Write down what is new; where that fails, say so and go on: the answers stay in the session."""
        name = reply.question
        if name in self._session.given:
            self._unsaved[name] = self._session.given[name]
        try:
            kept = self._sitting.save(readable, self._unsaved, self._session.hints)
        except UsageFault as fault:
            screen.note(f"{fault} It is tried again with your next answer.")
            return
        self._unsaved.clear()
        if kept is not None:
            screen.note(f"not all of {self._sitting.path} could be taken over; it is kept as {kept.name}.")
        # What was changed in an editor meanwhile counts here too.
        self._session = replace(self._session, given=dict(self._sitting.answers.given))

    def _tell(self, question: str) -> None:
        """Mark one answer of a practice round; ask again until it is right."""
        key = self._sitting.item.key
        if key is None:
            return
        marked = mark_question(
            self._quiz, key, self._sitting.variant, question, self._session.given[question]
        )
        if marked.status is Status.UNDECIDED:
            self._say(marked.feedback, fg="yellow")
        else:
            self._tries.setdefault(question, []).append(marked.credit)
            if marked.status is Status.RIGHT:
                self._say(f"✓ Right. {readable(marked.feedback)}", fg="green")
                return
            partly = marked.status is Status.PARTLY
            points = points_text(marked.credit * self._shown[question].points)
            worth = f" Worth {points} of {self._shown[question].points}." if partly else ""
            self._say(
                f"{'◐ Partly right.' if partly else '✗ Not right.'}{worth} {readable(marked.feedback)}",
                fg="yellow",
            )
        self._say("Try again, or `skip` shows the answer.", dim=True)
        self._session = replace(again(self._session, question), given={})

    def _show_right(self, question: str) -> None:
        key = self._sitting.item.key
        if key is None:
            return
        self._tries.setdefault(question, [0.0])
        right = right_answer(self._quiz, key, self._sitting.variant, question)
        read_as = self._read(question, right).read_as
        self._say(f"The answer is {understood_text(read_as, self._shown[question])}", fg="cyan")

    def _say(self, text: str, *, fg: str | None = None, dim: bool | None = None) -> None:
        screen.say("\n".join(paragraph(text, screen.text_width(), _INDENT, fg=fg, dim=dim)))
