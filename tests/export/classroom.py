"""A class that behaves like one: seeded learners of different ability, known mistakes, and odd cases."""

import math
from collections.abc import Iterator
from random import Random

from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.batch.handin import Learner, Odd
from grader.outcome import CheckResult, Outcome, Report

FIRST = [
    "Ada",
    "Amir",
    "Beatriz",
    "Chen",
    "Dmitri",
    "Eluned",
    "Fatima",
    "Goran",
    "Hana",
    "Ingrid",
    "Jürgen",
    "Kwame",
    "Léa",
    "Mei",
    "Noor",
    "Olga",
    "Priya",
    "Quentin",
    "Rosa",
    "Sofía",
    "Tomás",
    "Uma",
    "Vũ",
    "Wanjiru",
    "Ximena",
    "Yusuf",
    "Zoë",
]
LAST = [
    "Abara",
    "Bianchi",
    "Castillo",
    "Dvořák",
    "Eriksen",
    "Fischer",
    "García",
    "Haddad",
    "Ito",
    "Jansen",
    "Kowalska",
    "Laurent",
    "Müller",
    "Nguyễn",
    "Okafor",
    "Petrov",
    "Quispe",
    "Rossi",
    "Sato",
    "Tanaka",
    "Usman",
    "Virtanen",
    "Wójcik",
    "Xu",
    "Yılmaz",
    "Zhang",
]

# Title, points, difficulty (the ability at which half pass), and the mistake that fails it.
CHECKS = (
    ("Cat, dog, bird", 3, -1.9, ""),
    ("A temperature of 2", 3, -1.2, "A higher temperature must flatten the distribution: divide the scores by $T$, don't multiply them."),
    ("A mask hides a score", 4, -0.9, "A hidden score was set to 0, but $e^0$ is 1: it still takes its share."),
    ("Rows of random scores", 10, -0.6, "The sum runs over the whole array; every row (along the axis) has a sum of its own."),
    ("Any axis", 8, -0.2, "Rows are samples; the last axis holds the classes, and it is the default."),
    ("Temperature scales the scores: $z/T$", 8, -0.3, "A higher temperature must flatten the distribution: divide the scores by $T$, don't multiply them."),
    ("The cold limit, $T \\to 0$", 7, 0.6, ""),
    ("A temperature of 0 or below is refused", 5, 0.3, "A temperature of 0 or below turns the distribution over or divides by zero; the stub asks for a ValueError."),
    ("Shifting a row changes nothing: $p(z + c) = p(z)$", 7, -0.8, ""),
    ("Scores of 1000 and −1000", 10, 0.1, "exp(1000) is inf and inf/inf is nan. Subtracting the same number from every score doesn't change softmax."),
    ("$\\log p_i$ against the identity", 8, 0.0, ""),
    ("$\\log p_i$ of unlikely entries", 9, 0.9, "The probability underflowed to 0 before the logarithm was taken."),
    ("Random masks", 8, 0.4, "The mask was applied after the softmax, so the kept entries no longer sum to 1."),
    ("Nothing is warned of", 4, 3.4, ""),
    ("The argument isn't changed", 6, -9.0, ""),
)  # fmt: skip
# It is passed rather by those who do badly elsewhere: what a faulty check looks like.
BACKWARDS = 6
TITLES = (
    "Softmax, temperature and masking", "The chain rule on a graph", "Gradient descent with momentum",
    "Attention, one head", "Layer normalisation", "Cross-entropy from logits", "Broadcasting and axes",
    "Principal components", "The law of large numbers", "Backpropagation through time",
)  # fmt: skip

ODD = (
    Odd("uploads/notes.txt", "The name belongs to no item.", "no-item"),
    Odd("uploads/r\u00f6ck/softmax.py", "This learner isn't on the roster.", "not-on-roster"),
    Odd("uploads/../../etc/passwd", "The path leaves the folder; it wasn't read.", "outside"),
)
ABOUT = (
    ("course", "Mathematics behind AI"), ("submissions", "submissions.zip"), ("layout", "canvas"),
    ("isolation", "fork, seccomp, landlock, rlimits"), ("seed", "17"), ("grader", "0.3.0"),
    ("Python", "3.11.2"), ("NumPy", "2.1.0"), ("finished at", "2026-03-04 16:20 UTC"),
)  # fmt: skip


def classroom(
    learners: int, items: int = 1, *, seed: int = 7, checks: int = len(CHECKS), names: tuple[str, ...] = ()
) -> Gradebook:
    """Make the gradebook of a class whose rows are made anew in each walk.

    Args:
        learners: How many.
        items: How many items, each with the same checks but another difficulty.
        seed: Another number is another class.
        checks: How many checks an item has, up to 15.
        names: Names of the first learners, in place of ordinary ones.
    """
    columns = tuple(
        Column(
            f"exercise-{number:02d}",
            TITLES[(number - 1) % len(TITLES)],
            sum(points for _, points, _, _ in CHECKS[:checks]),
        )
        for number in range(7, 7 + items)
    )

    def rows() -> Iterator[Row]:
        for place in range(learners):
            yield _row(place, columns, checks, Random(f"{seed}:{place}"), names)

    notes = ("2 entries were handed in twice; the later one counts.",)
    return Gradebook(columns, learners, rows, ODD, notes, ABOUT)


def _row(place: int, columns: tuple[Column, ...], checks: int, random: Random, names: tuple[str, ...]) -> Row:
    ordinary = f"{random.choice(FIRST)} {random.choice(LAST)}"
    learner = Learner(f"s{10001 + place}", names[place] if place < len(names) else ordinary)
    ability = random.gauss(0.55, 1.1)
    cells: list[Cell] = []
    reports: dict[str, Report] = {}
    for number, column in enumerate(columns):
        cell, report = _cell(learner, column, ability - 0.03 * number, checks, random)
        cells.append(cell)
        if report:
            reports[column.item] = report
    return Row(learner, tuple(cells), reports)


def _cell(
    learner: Learner, column: Column, ability: float, checks: int, random: Random
) -> tuple[Cell, Report | None]:
    fate = random.random()
    if fate < 0.05:
        return Cell(
            learner.id, column.item, 0, column.max_points, Basis.MISSING, "Nothing was handed in."
        ), None
    results = tuple(
        _check(place, ability, random, stub=fate < 0.11, broken=fate > 0.993) for place in range(checks)
    )
    report = Report(column.item, results, ("fork", "seccomp"), 17)
    points, basis, reason = report.points, Basis.GRADED, ""
    if any(check.outcome is Outcome.INTERNAL for check in results):
        basis, reason = Basis.REVIEW, f"{column.item}: a check broke off; see the detail in results.jsonl."
    elif 0.5 < fate < 0.51:
        basis, reason, points = Basis.OVERRIDE, "Shown in the tutorial on 3 March.", column.max_points * 0.9
    elif 0.6 < fate < 0.61:
        basis, reason = Basis.KEPT, "Any axis now fails."
        points = min(points + 8, column.max_points)
    slow = any(check.outcome is Outcome.TIMEOUT for check in results)
    return Cell(
        learner.id,
        column.item,
        None if basis is Basis.REVIEW else points,
        column.max_points,
        basis,
        reason,
        earned=report.points,
        late=0.2 < fate < 0.24,
        origin=f"{learner.id}/{column.item}/softmax.py",
        sha256="0" * 64,
        cpu_s=random.lognormvariate(-2.2, 0.5) + (4.0 if slow else 0.0),
        peak_mb=random.lognormvariate(3.9, 0.15) + (180.0 if fate > 0.98 else 0.0),
        graded_at="2026-03-04T16:20:00+00:00",
    ), report


def _check(place: int, ability: float, random: Random, *, stub: bool, broken: bool) -> CheckResult:
    title, points, difficulty, mistake = CHECKS[place]
    slope = -0.8 if place == BACKWARDS else 1.6
    passes = random.random() < 1 / (1 + math.exp(-slope * (ability - difficulty)))
    outcome = Outcome.PASSED
    if stub:
        outcome = Outcome.MISSING
    elif broken and place == 4:
        outcome = Outcome.INTERNAL
    elif not passes:
        weights = (80, 14, 3, 3)
        kinds = (Outcome.FAILED, Outcome.ERROR, Outcome.TIMEOUT, Outcome.MISSING)
        outcome = random.choices(kinds, weights)[0]
    known = mistake if outcome is Outcome.FAILED and random.random() < 0.7 else ""
    return CheckResult(
        f"check_{place}", title, points if outcome is Outcome.PASSED else 0, points, outcome,
        visible=place < 3, misconception=known, seconds=0.01,
    )  # fmt: skip
