"""The shares of a mark that Moodle knows: a question with another one isn't imported.

Source: Moodle, question/engine/bank.php, question_bank::ensure_grade_options_initialised.
"""

from grader.quiz.expression import number_text

_KNOWN = (1.0, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667,
          0.1428571, 0.125, 0.1111111, 0.1, 0.05, 0.0)  # fmt: skip


def nearest(credit: float) -> float:
    """Give the known share next to a credit, of two the lower one; negative ones mirror the positive."""
    size = min(_KNOWN, key=lambda known: (round(abs(known - abs(credit)), 9), known))
    return -size if credit < 0 and size else size


def percent(credit: float) -> str:
    """Write a share as Moodle does: 33.33333."""
    return number_text(round(100 * nearest(credit), 5))


def is_known(credit: float) -> bool:
    """Tell whether a credit is one of the known shares, up to their seven digits."""
    return abs(nearest(credit) - credit) < 1e-6
