"""Read Gradescope's submission metadata: the few keys that are needed, out of events, in one pass.

The file also holds whatever the submissions printed, so nothing of it is built but names, ids and
times, and tags, anchors and depth in the rest have no effect.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import yaml

from grader.batch.intake.filing import Person
from grader.batch.intake.gradescope import Submission
from grader.errors import UsageFault

MAX_BYTES = 128 << 20
_MAX_PEOPLE = 100
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)? ?(?:(Z|UTC)|([+-][0-9]{2}):?([0-9]{2}))?"
)

# The C parser is an order of magnitude faster; a PyYAML built without libyaml has only the pure one.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_metadata(raw: bytes, where: str) -> dict[str, Submission]:
    """Give the submissions by their folders' names.

    Raises:
        UsageFault: It is too long, isn't YAML, or not of the form that Gradescope writes; `where`
            opens the sentence.
    """
    if len(raw) > MAX_BYTES:
        raise UsageFault(f"{where}: has more than {MAX_BYTES} bytes, the most that are read.")
    events = iter(yaml.parse(raw, Loader=_Loader))
    try:
        next(events)  # the stream starts
        next(events)  # the document starts
        if not isinstance(next(events), yaml.MappingStartEvent):
            raise UsageFault(f"{where}: isn't a mapping of submissions, as Gradescope writes it.")
        return {folder: _submission(folder, start, events) for folder, start in _pairs(events)}
    except yaml.YAMLError as error:
        line = (
            error.problem_mark.line + 1
            if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark
            else 1
        )
        raise UsageFault(f"{where}: line {line}: is not YAML; fetch the export again.") from None
    except StopIteration:
        raise UsageFault(f"{where}: is empty; fetch the export again.") from None


def _pairs(events: Iterator[yaml.Event]) -> Iterator[tuple[str, yaml.Event]]:
    """Walk a mapping that has begun: each key with its value's first event, whose rest the caller takes."""
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        name = key.value if isinstance(key, yaml.ScalarEvent) else ""
        _skip(key, events)
        yield name.strip(":"), next(events)


def _skip(start: yaml.Event, events: Iterator[yaml.Event]) -> None:
    depth = int(isinstance(start, yaml.CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _submission(folder: str, start: yaml.Event, events: Iterator[yaml.Event]) -> Submission:
    people: list[Person] = []
    handed_in_at = ""
    if not isinstance(start, yaml.MappingStartEvent):
        _skip(start, events)
        return Submission(())
    for key, value in _pairs(events):
        if key == "submitters" and isinstance(value, yaml.SequenceStartEvent):
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                person = _person(f"{folder}-{len(people) + 1}" if people else folder, item, events)
                if person and person.id not in {other.id for other in people} and len(people) < _MAX_PEOPLE:
                    people.append(person)
        elif key == "created_at" and isinstance(value, yaml.ScalarEvent):
            handed_in_at = iso_time(value.value)
        else:
            _skip(value, events)
    return Submission(tuple(people), handed_in_at)


def _person(without_id: str, start: yaml.Event, events: Iterator[yaml.Event]) -> Person | None:
    if not isinstance(start, yaml.MappingStartEvent):
        _skip(start, events)
        return None
    told: dict[str, str] = {}
    for key, value in _pairs(events):
        if isinstance(value, yaml.ScalarEvent) and value.value not in ("~", "null"):
            told.setdefault(key, value.value.strip())
        _skip(value, events)
    name, email, sid = (told.get(key, "") for key in ("name", "email", "sid"))
    if not (name or email or sid):
        return None
    # A name alone is no id: two learners may share it.
    platform_id = sid or email
    return Person(platform_id or without_id, name, email, platform_id)


def iso_time(text: str) -> str:
    """Turn a time as Ruby writes it into ISO 8601 in UTC, to the second; empty when it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return ""
    day, clock, _, hours, minutes = found.groups()
    offset = f"{hours}:{minutes}" if hours else "+00:00"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
