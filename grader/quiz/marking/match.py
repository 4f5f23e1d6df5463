"""Mark pairs."""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.quiz.author import Author
from grader.quiz.keyspec import MatchKey
from grader.quiz.marking.judged import Judged, Situation, judged
from grader.quiz.marking.letters import letter, pairs
from grader.quiz.marking.plain import Plain
from grader.quiz.plan import Plan
from grader.quiz.text import Template


@dataclass(frozen=True, slots=True)
class Match:
    """The key of pairs.

    Attributes:
        right: For each id on the left the one on the right.
        wrong: What is said of a wrong pair, left and right.
    """

    right: Mapping[str, str]
    wrong: Mapping[tuple[str, str], Template]
    feedback: Template

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark pairs by the share that is right."""
        left, shown = list(situation.plan.left), situation.drawn.order
        found = pairs(answer, len(left), len(shown))
        named = {left[number]: shown[place] for number, place in found.items()}
        wrong = [(a, b) for a, b in named.items() if self.right[a] != b]
        credit = (len(named) - len(wrong)) / len(left)
        read_as = ", ".join(f"{number + 1}: {letter(place)}" for number, place in sorted(found.items()))
        if credit == 1:
            return judged(1.0, self.feedback.filled(situation.values), read_as=read_as)
        said = [f"{len(named) - len(wrong)} of {len(left)} pairs are right."]
        said += [self.wrong[pair].filled(situation.values) for pair in wrong if pair in self.wrong]
        return judged(credit, " ".join(said), read_as=read_as)

    def key(self, situation: Situation) -> Plain:
        """Give the right pairs as they would be written."""
        shown = situation.drawn.order
        return {
            str(number): letter(shown.index(self.right[name]))
            for number, name in enumerate(situation.plan.left, start=1)
        }


def match(author: Author, plan: Plan, key: MatchKey, path: str, names: list[str]) -> Match:
    """Read the key of pairs; faults are noted with the author."""
    left, right = list(plan.left), list(plan.options)
    author.known(f"{path}.pairs", key.pairs, left, "on the left")
    author.known(f"{path}.pairs", key.pairs.values(), right, "on the right")
    for name in left:
        if name not in key.pairs:
            author.fault(f"{path}.pairs.{name}", "is missing.")
    wrong = {}
    for pair, text in key.wrong.items():
        one, _, other = pair.partition("/")
        author.known(f"{path}.wrong.{pair}", (one,), left, "on the left")
        author.known(f"{path}.wrong.{pair}", (other,), right, "on the right")
        if key.pairs.get(one) == other:
            author.fault(f"{path}.wrong.{pair}", "is a right pair.")
        wrong[one, other] = author.template(f"{path}.wrong.{pair}", text, names, plan.texts)
    if [key.pairs.get(name) for name in left] == right[: len(left)] or all(
        a == b for a, b in key.pairs.items()
    ):
        author.fault(
            path, "the quiz tells the pairs by the order or the names of its ids; change them there."
        )
    return Match(key.pairs, wrong, author.template(f"{path}.feedback", key.feedback, names, plan.texts))
