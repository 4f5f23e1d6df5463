"""What can go wrong outside a submission: faults of a command and of a course file.

A submission's own faults are outcomes in a report, never one of these exceptions.
"""

from collections.abc import Iterable


class Fault(Exception):
    """A fault that ends the command with a sentence for a person and an exit code."""

    exit_code = 2


class UsageFault(Fault):
    """What was asked for doesn't exist or can't be done."""


class CourseFault(Fault):
    """A file that the course's authors wrote is faulty."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Name the nearest known word, as a clause to append to a message, or say nothing."""
    from difflib import get_close_matches  # only a slip pays for it

    near = get_close_matches(given, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""
