"""Answering line by line, as plain data: what was typed, and what comes of it."""

import random
from typing import Any

from grader.quiz.session import Event, Session, again, begin, step
from grader.quiz.understood import Understood


def read(question: str, answer: Any) -> Understood:
    """Read anything but what begins with a question's name or an exclamation mark."""
    if str(answer).startswith("!"):
        return Understood(problem="No exclamation marks.", kept=answer)
    return Understood(read_as=f"{answer}.", kept=answer)


def start(asked: str = "abc", **more: Any) -> Session:
    """A session over three questions."""
    return begin(Session(("a", "b", "c"), {"b": (0.1, 0.0)}, asked=frozenset(asked), **more))


def after(session: Session, *lines: str) -> tuple[Session, list[Event]]:
    """Type lines."""
    events = []
    for line in lines:
        session, reply = step(session, line, read)
        events.append(reply.event)
    return session, events


def test_each_answer_leads_to_the_next_question_and_then_to_the_overview() -> None:
    session, events = after(start(), "1", "2", "3")
    assert events == [Event.ANSWERED] * 3
    assert session.given == {"a": "1", "b": "2", "c": "3"}
    assert session.question == ""
    ended, reply = step(session, "", read)
    assert (reply.event, ended.over) == (Event.FINISHED, True)


def test_only_what_is_asked_for_is_asked() -> None:
    session = start("c", given={"a": "1", "b": "2"})
    assert session.question == "c"
    assert after(session, "3")[0].question == ""
    assert start("").question == ""


def test_an_answer_is_read_back_and_kept() -> None:
    _, reply = step(start(), "  x*s  ", read)
    assert (reply.event, reply.question, reply.text, reply.keep) == (Event.ANSWERED, "a", "x*s.", True)


def test_what_cannot_be_read_is_asked_again_and_kept_until_something_better_comes() -> None:
    session, reply = step(start(), "!1", read)
    assert (reply.event, reply.text, reply.keep) == (Event.UNREADABLE, "No exclamation marks.", True)
    assert (session.question, session.given) == ("a", {"a": "!1"})
    session, _ = after(session, "1", "back", "!2")
    assert (session.question, session.given) == ("a", {"a": "1"})


def test_a_million_characters_are_refused_and_not_kept() -> None:
    session, reply = step(start(), "!" * 1_000_000, read)
    assert (reply.event, reply.keep, dict(session.given)) == (Event.UNREADABLE, False, {})


def test_back_goes_to_any_question_before_and_enter_keeps_its_answer() -> None:
    session, events = after(start(), "back", "1", "2", "back", "back")
    assert events == [Event.FIRST, Event.ANSWERED, Event.ANSWERED, Event.BACK, Event.BACK]
    assert session.question == "a"
    session, reply = step(session, "", read)
    assert (reply.event, session.question, session.given) == (Event.UNCHANGED, "c", {"a": "1", "b": "2"})


def test_what_was_left_on_the_way_back_is_asked_on_the_way_forward() -> None:
    session, _ = after(start(), "1", "skip", "back")
    assert session.question == "b"
    session, _ = after(session, "2")
    assert session.question == "c"


def test_enter_alone_never_skips() -> None:
    session, events = after(start(), "", "   ")
    assert events == [Event.EMPTY, Event.EMPTY]
    assert session.question == "a"


def test_what_is_skipped_stays_open_and_does_not_come_back_this_time() -> None:
    session, events = after(start(), "skip", "2", "3")
    assert events == [Event.SKIPPED, Event.ANSWERED, Event.ANSWERED]
    assert (session.question, session.open) == ("", ["a"])


def test_a_hint_tells_its_cost_before_it_opens() -> None:
    session, _ = after(start(), "1")
    session, reply = step(session, "hint", read)
    assert (reply.event, reply.text, session.hints) == (Event.HINT_COST, "1", {})
    session, reply = step(session, "HINT", read)
    assert (reply.event, reply.text, reply.keep, session.hints) == (Event.HINT, "1", True, {"b": 1})
    # The second costs nothing.
    session, events = after(session, "hint", "hint")
    assert (events, session.hints) == ([Event.HINT, Event.NO_HINT], {"b": 2})


def test_the_cost_of_a_hint_is_told_again_at_another_time() -> None:
    session, _ = after(start("b"), "hint", "!1")
    assert after(session, "hint")[1] == [Event.HINT_COST]
    assert after(start(), "hint")[1] == [Event.NO_HINT]


def test_stop_ends_anywhere_and_loses_nothing() -> None:
    session, events = after(start(), "1", "quit")
    assert (events[-1], session.over, session.given) == (Event.STOPPED, True, {"a": "1"})
    assert after(start(""), "stop")[1] == [Event.STOPPED]


def test_a_list_goes_on_until_its_brackets_are_closed() -> None:
    session, events = after(start(), "[[1, 2],", "[3, 4]]")
    assert events == [Event.CONTINUED, Event.ANSWERED]
    assert session.given == {"a": "[[1, 2],\n[3, 4]]"}
    # An empty line ends it too, and `back` begins it anew.
    assert after(start(), "[1, ", "")[1] == [Event.CONTINUED, Event.ANSWERED]
    session, events = after(start(), "1", "[1, ", "back", "2")
    assert session.given == {"a": "1", "b": "2"}


def test_from_the_overview_a_number_leads_to_a_question() -> None:
    session, _ = after(start(""), "2")
    assert session.question == "b"
    for wrong in ("0", "4", "b", "²", "1e0", "99999999999999999999"):
        assert after(start(""), wrong)[1] == [Event.NO_SUCH]


def test_a_command_in_quotes_is_an_answer() -> None:
    assert after(start(), "'skip'")[0].given == {"a": "'skip'"}
    assert after(start(), "skip connection")[0].given == {"a": "skip connection"}


def test_a_question_can_be_asked_again() -> None:
    session = again(start("bc"), "a")
    assert session.question == "a"
    assert session.asked == {"a", "b", "c"}


def test_whatever_is_typed_no_answer_gets_lost_and_the_session_stays_whole() -> None:
    dice = random.Random(1)
    lines = ["", "back", "skip", "hint", "?", "1", "2", "!", "[1", "]", "x", "99"]
    for _ in range(500):
        session, kept = start(), {}
        for _ in range(30):
            before = session
            session, reply = step(session, dice.choice(lines), read)
            if reply.event is Event.ANSWERED:
                kept[reply.question] = session.given[reply.question]
            assert {name: session.given[name] for name in kept} == kept
            assert 0 <= session.at <= 3
            assert set(before.given) <= set(session.given)
            if session.over:
                break
