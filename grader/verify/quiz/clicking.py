"""What somebody earns who clicks at random through a quiz: the expected share of its points, exactly where it can be."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, permutations
from statistics import fmean
from typing import Any

from grader.quiz.counter import Counter
from grader.quiz.marking.letters import letter
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Boolean, Match, Multiple, Order, Single
from grader.verify.quiz.posed import Posed

# A quiz must give a clicker less than this share of its points.
LIMIT = 1 / 3
# Where there are more ways to answer, so many are drawn.
MOST_WAYS = 512
# What is right may depend on the draw; the mean is taken over so many.
DRAWS = 4


def clicking_share(quiz: Quiz, posed: Mapping[str, Sequence[Posed]]) -> float:
    """Give the expected share of the quiz's points; what must be typed earns a clicker nothing.

    Args:
        quiz: The quiz.
        posed: Different draws of each question.
    """
    earned = sum(question.points * expected_credit(posed[question.id]) for question in quiz.questions)
    return earned / quiz.max_points


def expected_credit(posed: Sequence[Posed]) -> float:
    """Give the mean credit of a question's answers, each equally likely, over its draws."""
    return fmean(_mean_credit(each) for each in posed[:DRAWS])


def _mean_credit(posed: Posed) -> float:
    if isinstance(posed.question, Match):
        # Each side is right by itself with one chance in all that are shown, and the credit is their mean.
        return 1 / len(posed.drawn.order)
    ways = list(_ways(posed))
    return fmean(posed.judge(way).credit for way in ways) if ways else 0.0


def _ways(posed: Posed) -> Iterator[Any]:
    """Give all answers that can be clicked, or as many as are looked at."""
    shown = [letter(place) for place in range(len(posed.drawn.order))]
    match posed.question:
        case Boolean():
            yield from ("true", "false")
        case Single():
            yield from shown
        case Multiple() if 2 ** len(shown) <= MOST_WAYS:
            for count in range(len(shown) + 1):
                yield from map(list, combinations(shown, count))
        case Multiple():
            counter = Counter(posed.quiz.id, posed.name, "/clicking", posed.seed)
            for _ in range(MOST_WAYS):
                yield [each for each in shown if counter.below(2)]
        case Order() if len(list(islice(permutations(shown), MOST_WAYS + 1))) <= MOST_WAYS:
            yield from map(list, permutations(shown))
        case Order():
            counter = Counter(posed.quiz.id, posed.name, "/clicking", posed.seed)
            for _ in range(MOST_WAYS):
                yield counter.shuffled(shown)
        case _:
            return
