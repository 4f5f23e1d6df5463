"""Gradebooks for the tests of what goes out: a small one with every kind of cell, hostile names, and large ones."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.batch.handin import Learner, Odd
from grader.outcome import CheckResult, Outcome, Report

SOFTMAX = Column("exercise-07", "Softmax, temperature and masking", 10)
ADAM = Column("exercise-31", "Adam: $m_t$ and $v_t$", 6)
LAYERS = ("process", "deadlines", "rlimits", "no-new-privs", "seccomp")

# Each of them has broken some file format, terminal or file system.
HOSTILE_NAMES = (
    "=HYPERLINK(\"http://example.org\",\"a\")",
    "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''quoted",
    "two\nlines", "two\r\nlines", "a,b;c\td", 'say "hi"', "back\\slash \\n",
    "../../etc/passwd", "/absolute", "CON", "nul.txt", ".hidden", "..", "",
    "Zoë Ångström", "李小龍", "🦊 fox", "\u202egpj.exe", "a\u200bb", "nul\0byte", "lone\udc80surrogate",
    "<script>alert(1)</script>", "*bold* _it_ `code` [x](http://example.org)", "]]>", "a" * 300,
    "ada", "Ada", "ADA",
)  # fmt: skip


def check(number: int = 1, outcome: Outcome = Outcome.PASSED, **changes: object) -> CheckResult:
    """Make one check's result: worth 2 points, visible when its number is 1, with the texts its outcome has."""
    made = CheckResult(
        id=f"check_{number}",
        title=f"Property {number} of $p_i = e^{{z_i}}/\\sum_j e^{{z_j}}$",
        points=2 if outcome is Outcome.PASSED else 1.5 if outcome is Outcome.PARTIAL else 0,
        max_points=2,
        outcome=outcome,
        visible=number == 1,
        message=_MESSAGES.get(outcome, ""),
        hint="" if outcome in _WITHOUT_HINT else "What does `axis=-1` stand for in $\\sum_j$?",
        seconds=0.001 * number,
        detail="" if outcome is Outcome.PASSED else "SECRET: expected [1, 2], got [2, 1]",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names and types are the caller's


_WITHOUT_HINT = {Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL}
_MESSAGES = {
    Outcome.PARTIAL: "Two of the three answers are right.",
    Outcome.FAILED: "softmax(z) is wrong: entry [0, 2] is off, about 2 times too large.",
    Outcome.ERROR: "ValueError is raised in line 4 of softmax.py.",
    Outcome.TIMEOUT: "No result within 2 s of computing; is there a loop that doesn't end?",
    Outcome.MISSING: "softmax.py defines no 'masked_softmax'. There is 'softmax': is that the one?",
    Outcome.SKIPPED: "Not asked for this time.",
    Outcome.INTERNAL: "The grader's own process failed; this isn't your doing.",
}


def report(column: Column = SOFTMAX, outcomes: Sequence[Outcome] = (Outcome.PASSED,) * 5) -> Report:
    """Make a report with a check for each outcome."""
    checks = tuple(check(number, outcome) for number, outcome in enumerate(outcomes, 1))
    return Report(column.item, checks, LAYERS, seed=0, grader_version="1.0.0")


def cell(learner: str, found: Report | None, column: Column = SOFTMAX, **changes: object) -> Cell:
    """Make the cell that follows from a report, or from none: graded, for review, or missing."""
    review = found is not None and any(check.outcome is Outcome.INTERNAL for check in found.checks)
    earned = found.points if found else None
    made = Cell(
        learner,
        column.item,
        points=None if review else earned or 0.0,
        max_points=column.max_points,
        basis=Basis.MISSING if found is None else Basis.REVIEW if review else Basis.GRADED,
        reason="A check failed on our side." if review else "",
        earned=earned,
        origin=f"{column.item}/softmax.py" if found else "",
        sha256="ab" * 32 if found else "",
        cpu_s=0.25 if found else 0.0,
        peak_mb=48.0 if found else 0.0,
        graded_at="2026-03-01T12:00:00Z" if found else "",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names and types are the caller's


def row(learner: Learner, *pairs: tuple[Cell, Report | None]) -> Row:
    """Join a learner's cells and the reports that they rest on."""
    return Row(learner, tuple(made for made, _ in pairs), {found.item: found for _, found in pairs if found})


def book(
    rows: Sequence[Row], columns: tuple[Column, ...] = (SOFTMAX, ADAM), odd: tuple[Odd, ...] = ()
) -> Gradebook:
    """Make a gradebook of rows that are held in memory."""
    about = (("course", "Small course"), ("layout", "plain"), ("seed", "0"), ("grader", "1.0.0"))
    return Gradebook(
        columns, len(rows), lambda: iter(rows), odd, ("One learner isn't on the roster.",), about
    )


def one_of_each() -> Gradebook:
    """Make a gradebook in which each basis, each outcome, a late mark and a group occur."""
    P, F = Outcome.PASSED, Outcome.FAILED
    full, most = report(), report(outcomes=(P, P, P, F, P))
    every = report(outcomes=(P, Outcome.PARTIAL, F, Outcome.ERROR, Outcome.TIMEOUT))
    told = tuple(
        replace(found, misconception="You left out the shift by $\\max_j z_j$.")
        if number in (2, 3)
        else found
        for number, found in enumerate(every.checks)
    )
    every = replace(every, checks=told)
    broken = report(outcomes=(P, P, Outcome.INTERNAL, P, P))
    rest = report(ADAM, (Outcome.MISSING, Outcome.SKIPPED, P))
    good = report(ADAM, (P, P, P))
    return book(
        (
            row(Learner("ada", "Ada Lovelace", "ada@example.org", (("canvas", "101"), ("moodle", "5001"))),
                (cell("ada", full), full), (cell("ada", good, ADAM), good)),
            row(Learner("ben", "Ben O'Neil", "ben@example.org", (("canvas", "102"), ("moodle", "5002"))),
                (cell("ben", every, late=True, handed_in_at="2026-03-02T00:10:00Z"), every),
                (cell("ben", rest, ADAM), rest)),
            row(Learner("chi", "Chi Nguyễn", "chi@example.org"),
                (cell("chi", most, basis=Basis.OVERRIDE, points=9.5, earned=8,
                      reason="Extension agreed by mail."), most),
                (cell("chi", None, ADAM), None)),
            row(Learner("dee", "Dee"),
                (cell("dee", most, basis=Basis.KEPT, points=10, earned=8,
                      reason="10 points were shown before; the checks now give 8."), most),
                (cell("dee", good, ADAM, group=("eve",)), good)),
            row(Learner("eve", "Eve Ω"),
                (cell("eve", broken), broken), (cell("eve", good, ADAM, group=("dee",), late=True), good)),
        ),
        odd=(Odd("zoe/notes.txt", "Belongs to no item.", "no-item"),),
    )  # fmt: skip


def hostile() -> Gradebook:
    """Make a gradebook of learners whose ids, names and mail addresses are hostile."""
    found = report(outcomes=(Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.PASSED, Outcome.PASSED))
    nasty = replace(
        found.checks[1],
        message="x\n</textarea>```\n# heading\n\x1b[31m\u202e$\\href{x}{y}$ ]]> \udc80",
        visible=True,
    )
    found = replace(found, checks=(found.checks[0], nasty, *found.checks[2:]))
    return book(
        [row(Learner(name, name, name), (cell(name, found), found)) for name in HOSTILE_NAMES], (SOFTMAX,)
    )


def large(learners: int, items: int = 1, checks: int = 15, seed: int = 0) -> Gradebook:
    """Make a synthetic class, each row anew when it is walked over, so that memory stays flat.

    Learners differ in ability and checks in difficulty, so that the better pass more: the chance to
    pass is logistic in their difference. One in fifty hands nothing in, one in a hundred is for review.
    """
    columns = tuple(
        Column(f"exercise-{number:02d}", f"Exercise {number}", 2 * checks) for number in range(1, items + 1)
    )

    def rows() -> Iterator[Row]:
        for number in range(learners):
            draw = Random(f"{seed} {number}")
            learner = Learner(f"learner-{number:05d}", f"Learner {number}", f"learner{number}@example.org")
            ability = draw.gauss(0.8, 1.2)
            yield row(learner, *(_drawn(learner.id, column, checks, ability, draw) for column in columns))

    return Gradebook(columns, learners, rows, about=(("course", "Synthetic"),))


_WRONG = (Outcome.FAILED, Outcome.FAILED, Outcome.FAILED, Outcome.ERROR, Outcome.TIMEOUT)
_MISTAKES = (
    "You forgot the shift.",
    "You summed over the wrong axis.",
    "You squared the entries.",
    "",
    "",
    "",
)


def _drawn(
    learner: str, column: Column, checks: int, ability: float, draw: Random
) -> tuple[Cell, Report | None]:
    if draw.random() < 0.02:
        return cell(learner, None, column), None
    results = []
    for number in range(1, checks + 1):
        difficulty = 3 * (number - 1) / max(1, checks - 1) - 1
        passes = draw.random() < 1 / (1 + math.exp(difficulty - ability))
        result = check(number, Outcome.PASSED if passes else draw.choice(_WRONG))
        results.append(result if passes else replace(result, misconception=draw.choice(_MISTAKES)))
    if draw.random() < 0.01:
        results[-1] = check(checks, Outcome.INTERNAL)
    found = Report(column.item, tuple(results), LAYERS, 0, "1.0.0")
    return cell(learner, found, column, cpu_s=draw.expovariate(4), peak_mb=40 + draw.expovariate(0.1)), found
