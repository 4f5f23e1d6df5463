"""Count attempts, and give the best of them: Moodle's adaptive rule."""

from collections.abc import Sequence

from grader.quiz.marking.judged import Judged, Status

_COUNTED = frozenset((Status.RIGHT, Status.PARTLY, Status.WRONG))


def attempts_among(answers: Sequence[Judged], most: int) -> list[Judged]:
    """Keep the answers that are attempts.

    One that is empty, can't be read or can't be decided isn't an attempt, nor is one that is the
    same as the attempt before it, nor any after the last that is allowed.

    Args:
        answers: A question's answers in the order in which they were given.
        most: How many attempts are allowed.
    """
    kept: list[Judged] = []
    for answer in answers:
        changed = not kept or answer.read_as != kept[-1].read_as
        if answer.status in _COUNTED and changed and len(kept) < most:
            kept.append(answer)
    return kept


def best(shares: Sequence[float], penalty: float) -> float:
    """Give the best of `share_k - penalty·(k - 1)` over the attempts k = 1, 2, …, and nothing below 0.

    Source: Moodle, question behaviour "adaptive mode".
    """
    return max(0.0, *(share - penalty * k for k, share in enumerate(shares)), 0.0)
