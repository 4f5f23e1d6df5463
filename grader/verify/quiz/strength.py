"""How well a question's key tells right answers from nearly right ones: what the marker makes of mutants."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.quiz.marking.formula import Formula
from grader.quiz.marking.judged import Status
from grader.verify.quiz.answer_mutants import mutants, nodes_of
from grader.verify.quiz.finding import Finding
from grader.verify.quiz.posed import Posed

# Mutants are tried in so many draws; formulas, whose comparison costs more, in fewer.
DRAWS = 12
FORMULA_DRAWS = 3
# A mutant may come out as the key itself in at most this share of the draws (a mistake in one case of
# several shows only there), and within the key's tolerance in at most that share.
COINCIDENCE = 0.8
BLURRED = 0.25


@dataclass(slots=True)
class Tally:
    """What became of one mutant over the draws: how often it was tried, was the same as the key, was taken for right."""

    tried: int = 0
    same: int = 0
    right: int = 0
    example: str = ""


@dataclass(frozen=True, slots=True)
class QuestionStrength:
    """What became of a question's mutants.

    Attributes:
        killed: How many are marked wrong, but perhaps in a few draws where they agree by coincidence.
        equivalent: How many are the same as the key in every draw, and so no mistakes.
        survivors: Those that are taken for right, each with an example.
    """

    killed: int
    equivalent: int
    survivors: tuple[tuple[str, str], ...]


def measure_question(posed: Sequence[Posed]) -> QuestionStrength:
    """Try the mutants of a question in different draws."""
    first = posed[0]
    nodes = nodes_of(first)
    most = FORMULA_DRAWS if isinstance(first.read.marker, Formula) else DRAWS
    tallies: dict[str, Tally] = {}
    for each in posed[:most]:
        for mutant in mutants(each, nodes):
            judged = each.judge(mutant.answer)
            if judged.status is Status.UNREADABLE:
                continue  # the question's language has no words for it
            tally = tallies.setdefault(mutant.name, Tally())
            tally.tried += 1
            if judged.status is Status.RIGHT:
                same = mutant.same()
                tally.same += same
                tally.right += not same
                tally.example = tally.example if same and tally.example else f"{mutant.answer}, {each.seed}"
    survivors = [(name, tally.example) for name, tally in tallies.items() if _survives(tally)]
    equivalent = sum(tally.same == tally.tried for tally in tallies.values())
    return QuestionStrength(len(tallies) - equivalent - len(survivors), equivalent, tuple(survivors))


def strength_findings(name: str, strength: QuestionStrength) -> Iterator[Finding]:
    """Tell the survivors."""
    for mutant, example in strength.survivors:
        yield Finding(
            "mutants",
            False,
            f"questions.{name}: {mutant} is taken for right in too many draws.",
            example,
        )


def _survives(tally: Tally) -> bool:
    if tally.same == tally.tried:
        return False
    return tally.same > COINCIDENCE * tally.tried or tally.right > BLURRED * tally.tried
