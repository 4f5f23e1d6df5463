"""Join the people of SUBMISSIONS to the learners of the roster: by id, platform id, e-mail, then name."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grader.batch.handin import Learner, Odd
from grader.batch.intake.filing import Person
from grader.batch.intake.roster import Enrolled, Roster
from grader.batch.intake.sameness import loose, name_keys, squeezed
from grader.printable import one_line

_TEAMS = " If it is a team, a column 'group' in the roster tells whose work it is."


@dataclass(frozen=True, slots=True)
class Matched:
    """Who is who.

    Attributes:
        learners: The roster's, in its order, then the others by id.
        ids: The learners' ids by the person's: one, or the members of a group.
        odd: Who isn't on the roster, who was found by name alone, and whose ids look alike.
    """

    learners: tuple[Learner, ...]
    ids: dict[str, tuple[str, ...]]
    odd: tuple[Odd, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to compare: the keys that a person has, and those of a learner of the roster."""

    of_person: Callable[[Person], Iterable[str]]
    of_enrolled: Callable[[Enrolled], Iterable[str]]
    names_must_agree: bool = False
    by_name: bool = False


def match(people: Iterable[Person], platform: str, roster: Roster | None) -> Matched:
    """Find each person's learner; whoever isn't on the roster stands behind the roster's learners.

    A stronger way to compare comes first, and a learner whom it has found is out of reach for the
    weaker ones. Where a weaker way leads two people to one learner, or one to two, it counts for none.

    Args:
        people: Those who handed something in; of several with one id the first counts.
        platform: Whose ids they have, by the layout.
        roster: The class list, if there is one.
    """
    ordered = sorted({person.id: person for person in reversed(list(people))}.values(), key=_order)
    enrolled = roster.enrolled if roster else ()
    ids: dict[str, tuple[str, ...]] = {}
    named: list[Person] = []
    taken: set[str] = set()
    for way in _ways(platform, enrolled) if enrolled else ():
        free = [one for one in enrolled if one.learner.id not in taken]
        found = _compare(way, [person for person in ordered if person.id not in ids], free)
        ids |= {person.id: (learner_id,) for person, learner_id in found}
        taken |= {learner_id for _, learner_id in found}
        named += [person for person, _ in found if way.by_name]
    _match_groups(ordered, enrolled, ids)
    strangers = _strangers([person for person in ordered if person.id not in ids], platform, enrolled)
    ids |= {person.id: (learner.id,) for person, learner in strangers}
    learners = (*(one.learner for one in enrolled), *(learner for _, learner in strangers))
    odd = [
        *(_named_odd(named) if named else ()),
        *(_not_enrolled(person, platform) for person, _ in strangers if roster),
        *_twins(learners),
    ]
    return Matched(learners, ids, tuple(odd))


def _ways(platform: str, enrolled: tuple[Enrolled, ...]) -> Iterator[_Way]:
    by_platform = _Way(lambda person: (person.platform_id,), lambda one: (one.learner.platform_id(platform),))
    by_id = _Way(lambda person: (person.id,), lambda one: (one.learner.id, *one.other_ids))
    told = any(one.learner.platform_id(platform) for one in enrolled)
    match platform:
        case "canvas" if told:
            yield by_platform
        case "canvas" | "moodle":
            # A student number may look like the platform's, and a team's number in Moodle like a
            # participant's: a number counts only where no name contradicts it.
            yield _Way(
                lambda person: (person.platform_id,),
                lambda one: (one.learner.platform_id(platform) if told else one.learner.id,),
                names_must_agree=True,
            )
        case "gradescope":
            yield by_platform
            yield by_id
        case _:
            yield by_id
            yield _Way(
                lambda person: (person.id,),
                lambda one: tuple(number for _, number in one.learner.platform_ids),
            )
            yield _Way(
                lambda person: (loose(person.id),), lambda one: map(loose, (one.learner.id, *one.other_ids))
            )
    yield _Way(lambda person: (loose(person.email or person.id),), lambda one: (loose(one.learner.email),))
    yield _Way(lambda person: (squeezed(person.name),), lambda one: name_keys(one.learner.name), by_name=True)


def _names_agree(person: Person, learner: Learner) -> bool:
    name, keys = squeezed(person.name), name_keys(learner.name)
    return not name or not keys or name in keys


def _compare(way: _Way, people: list[Person], enrolled: list[Enrolled]) -> list[tuple[Person, str]]:
    holders: defaultdict[str, list[Learner]] = defaultdict(list)
    for one in enrolled:
        for key in way.of_enrolled(one):
            holders[key].append(one.learner)
    found: list[tuple[Person, str]] = []
    claims: Counter[str] = Counter()
    for person in people:
        reached = {
            learner.id
            for key in way.of_person(person)
            if key
            for learner in holders.get(key, ())
            if not way.names_must_agree or _names_agree(person, learner)
        }
        claims.update(reached)
        if len(reached) == 1:
            found.append((person, reached.pop()))
    return [(person, learner_id) for person, learner_id in found if claims[learner_id] == 1]


def _match_groups(
    people: list[Person], enrolled: tuple[Enrolled, ...], ids: dict[str, tuple[str, ...]]
) -> None:
    """Give a group's work to all its members; a lone member's name on it is the one who sent it."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for one in enrolled:
        if squeezed(one.group):
            members[squeezed(one.group)].append(one.learner.id)
    for person in people:
        group = members.get(squeezed(person.name))
        sender = ids.get(person.id)
        # Somebody who took a group's name for their own must not speak for it.
        if group and (sender is None or sender[0] in group):
            ids[person.id] = tuple(group)


def _strangers(
    people: list[Person], platform: str, enrolled: tuple[Enrolled, ...]
) -> list[tuple[Person, Learner]]:
    taken = {one.learner.id for one in enrolled}
    found = []
    for person in people:
        # Here the id of somebody else on the roster.
        learner_id = person.id if person.id not in taken else f"{platform}-{person.id}"
        while learner_id in taken:
            learner_id += "-"
        taken.add(learner_id)
        platform_ids = ((platform, person.platform_id),) if person.platform_id else ()
        name = "" if person.name == person.id else person.name
        found.append((person, Learner(learner_id, name, person.email, platform_ids)))
    return found


def _named_odd(people: list[Person]) -> Iterator[Odd]:
    some = ", ".join(one_line(repr(person.name), 60) for person in people[:20])
    more = f" and {len(people) - 20} more" if len(people) > 20 else ""
    yield Odd(
        "the roster",
        f"{len(people)} found by name alone, since nothing stronger is told on both sides: {some}{more}.",
        "by-name",
    )


def _not_enrolled(person: Person, platform: str) -> Odd:
    called = f" ({one_line(person.name, 80)})" if person.name not in ("", person.id) else ""
    return Odd(
        one_line(person.id),
        f"Nobody on the roster can be told to be {one_line(repr(person.id), 80)}{called}; what they handed in is graded"
        f" all the same and stands after the roster's learners.{_TEAMS if platform == 'moodle' else ''}",
        "not-on-roster",
    )


def _twins(learners: tuple[Learner, ...]) -> Iterator[Odd]:
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for learner in learners:
        alike[loose(learner.id)].append(learner.id)
    for ids in alike.values():
        if len(ids) > 1:
            # Escaped, since on a screen they look the same.
            spelled = ", ".join(
                ascii(learner_id) if len(learner_id) < 80 else one_line(learner_id, 80)
                for learner_id in ids[:5]
            )
            yield Odd(
                one_line(ids[0]),
                f"{len(ids)} ids differ only in case or in what can't be seen: {spelled}. They were taken as different"
                " learners.",
                "twin",
            )


def _order(person: Person) -> tuple[str, str]:
    return loose(person.id), person.id
