"""Mark an order of steps."""

from dataclasses import dataclass

from grader.quiz.author import Author
from grader.quiz.keyspec import OrderKey
from grader.quiz.marking.judged import Judged, Situation, Unreadable, judged
from grader.quiz.marking.letters import letter, letters, written
from grader.quiz.marking.plain import Plain
from grader.quiz.plan import Plan
from grader.quiz.text import Template


@dataclass(frozen=True, slots=True)
class Order:
    """The key of an order.

    Attributes:
        before: All pairs of steps of which the first must come before the second.
        right: One right order.
    """

    before: frozenset[tuple[str, str]]
    right: tuple[str, ...]
    feedback: Template
    wrong: Template

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark letters in order: by the most steps that stand in a right order, of which one is no merit."""
        shown = situation.drawn.order
        places = letters(answer, len(shown))
        for place in places:
            if places.count(place) > 1:
                raise Unreadable(f"{letter(place)} stands twice; name each step once.")
        missing = [place for place in range(len(shown)) if place not in places]
        if missing:
            raise Unreadable(
                f"Name all {len(shown)} steps: {written(missing)} {'is' if len(missing) == 1 else 'are'} missing."
            )
        kept = longest([shown[place] for place in places], self.before)
        credit = (kept - 1) / (len(shown) - 1)
        told = self.feedback.filled(situation.values) if credit == 1 else self._told(kept, situation)
        return judged(credit, told, read_as=written(places))

    def _told(self, kept: int, situation: Situation) -> str:
        said = f"{kept} of the {len(situation.drawn.order)} steps follow each other rightly."
        return " ".join(filter(None, (self.wrong.filled(situation.values), said if kept > 1 else "")))

    def key(self, situation: Situation) -> Plain:
        """Give a right order as it would be written."""
        return [letter(situation.drawn.order.index(step)) for step in self.right]


def longest(order: list[str], before: frozenset[tuple[str, str]]) -> int:
    """Count the most steps that can stay where they are, so that no two of them break a rule.

    For a full order this is the longest common subsequence with it; for a partial one, that with
    the nearest of the orders that keep its rules.
    """
    broken = [
        sum(1 << early for early in range(late) if (order[late], order[early]) in before)
        for late in range(len(order))
    ]

    def most(late: int, kept: int) -> int:
        if late == len(order):
            return 0
        without = most(late + 1, kept)
        return without if broken[late] & kept else max(without, 1 + most(late + 1, kept | 1 << late))

    return most(0, 0)


def order(author: Author, plan: Plan, key: OrderKey, path: str, names: list[str]) -> Order:
    """Read the key of an order; faults are noted with the author."""
    steps = list(plan.options)
    if key.order is not None:
        author.known(f"{path}.order", key.order, steps, "a step of the question")
        if sorted(key.order) != sorted(steps):
            author.fault(f"{path}.order", f"must name each of the {len(steps)} steps once.")
        pairs = {(a, b) for at, a in enumerate(key.order) for b in key.order[at + 1 :]}
    else:
        pairs = {(a, b) for a, b in key.before or ()}
        author.known(
            f"{path}.before",
            (name for pair in pairs for name in sorted(pair)),
            steps,
            "a step of the question",
        )
    before = _closed(pairs, steps)
    if any(a == b for a, b in before):
        author.fault(f"{path}.before", "goes round in a circle.")
    # A step comes after all that must come before it: their number sorts them.
    right = sorted(steps, key=lambda step: sum(b == step for _, b in before))
    if steps == right:
        author.fault(
            path, "the quiz lists the steps in the right order, for all to see; list them in another there."
        )
    return Order(
        before,
        tuple(right),
        author.template(f"{path}.feedback", key.feedback, names, plan.texts),
        author.template(f"{path}.wrong", key.wrong, names, plan.texts),
    )


def _closed(pairs: set[tuple[str, str]], steps: list[str]) -> frozenset[tuple[str, str]]:
    """Add what follows: a before b before c (Warshall 1962)."""
    for between in steps:
        pairs |= {(a, b) for a in steps for b in steps if (a, between) in pairs and (between, b) in pairs}
    return frozenset(pairs)
