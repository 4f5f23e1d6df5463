"""`grader batch`: grade what a class handed in, and write the gradebook."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.batch import overrides, run, store
from grader.batch.book import Policy, gradebook_of, latest_cover, learners_of
from grader.batch.gradebook import Column, Gradebook
from grader.batch.intake import Intake, Roster, open_hand_ins, read_roster
from grader.batch.record import Run
from grader.batch.snapshot import Snapshot, clear_leftovers, take_snapshot
from grader.cli.batch_progress import with_progress
from grader.cli.batch_told import Told, counted, recognised, tell, tell_plan
from grader.course import Course, Item, QuizItem
from grader.errors import Fault, UsageFault
from grader.export.cells import id_of
from grader.printable import one_line

if TYPE_CHECKING:
    from grader.export.sheet import Filled


@dataclass(frozen=True)
class Asked:
    """What the command line asks for; see `grader batch --help`."""

    submissions: Path
    out: Path
    items: tuple[str, ...] = ()
    roster: Path | None = None
    overrides: Path | None = None
    jobs: int = 1
    seed: int = 0
    weak: bool = False
    allow_lower: bool = False
    dry_run: bool = False
    as_json: bool = False
    exports: tuple[str, ...] = ()
    canvas: Path | None = None
    moodle: Path | None = None
    moodle_item: str = "total"


def batch_command(course: Course, asked: Asked) -> int:
    """Grade a class; give the exit code.

    Raises:
        Fault: Something that was given can't be used; what was graded before stays.
    """
    if not (course.root / "solutions").is_dir():
        raise UsageFault(
            f"{course.root}: holds no solutions folder; a class is graded where the staff's files are."
        )
    if asked.submissions.resolve() in (asked.out.resolve(), *asked.out.resolve().parents):
        raise UsageFault(
            f"{asked.out}: lies inside {asked.submissions}, where the next run would take it for a learner's folder; "
            "choose another with --out."
        )
    given = read_roster(asked.roster) if asked.roster is not None else None
    wanted = [course.item(name).id for name in asked.items]
    by_hand = overrides.read_overrides(
        asked.overrides or asked.out / overrides.NAME,
        [*course.items, *course.quizzes],
        may_lack=asked.overrides is None,
        id_of=id_of,
    )
    snapshot = take_snapshot(course, [*course.items, *course.quizzes])
    conditions = run.Conditions(asked.seed, asked.weak)
    with _open(asked, course, wanted, given) as hand_ins:
        click.echo(recognised(hand_ins), err=asked.as_json)
        if asked.dry_run:
            tell_plan(hand_ins, _planned(asked, hand_ins, snapshot, conditions), as_json=asked.as_json)
            return 0
        _make_folder(asked.out)
        with store.Store(asked.out) as kept:
            clear_leftovers(asked.out)
            told = _grade(course, asked, kept, hand_ins, snapshot, conditions, wanted, by_hand)
    tell(hand_ins, told, asked.out, as_json=asked.as_json)
    return 1 if told.review else 0


def _open(asked: Asked, course: Course, wanted: list[str], roster: Roster | None) -> Intake:
    files = {item.spec.file: item.id for item in course.items.values()}
    return open_hand_ins(asked.submissions, files, list(course.quizzes), roster, wanted or None)


def _planned(asked: Asked, hand_ins: Intake, snapshot: Snapshot, conditions: run.Conditions) -> run.Planned:
    if not (asked.out / store.NAME).is_file():
        return run.plan(hand_ins, snapshot, conditions, None)
    with store.Store(asked.out) as kept:
        return run.plan(hand_ins, snapshot, conditions, kept)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(f"{folder}: can't be made ({(error.strerror or '').lower()}).") from None


def _grade(
    course: Course,
    asked: Asked,
    kept: store.Store,
    hand_ins: Intake,
    snapshot: Snapshot,
    conditions: run.Conditions,
    wanted: list[str],
    by_hand: Mapping[tuple[str, str], overrides.Override],
) -> Told:
    from grader.export.gradebook_csv import NAME, read_shown

    shown = read_shown(asked.out / NAME)  # a file that can't be read is said before hours of grading
    platforms = _read_platforms(asked)
    this = run.enter(
        kept, hand_ins, snapshot, conditions, items=wanted, about=_about(course, asked, hand_ins)
    )
    told = Told()
    total = len(kept.ungraded(this.id))
    results = run.grade_entered(kept, this, snapshot, conditions, jobs=asked.jobs, within=asked.out)
    try:
        for _ in with_progress(results, total):
            told.graded += 1
    except KeyboardInterrupt:
        click.echo(
            f"grader: {told.graded} of {total} submissions are graded and kept; the same command goes on from here.",
            err=True,
        )
        raise
    if this.finished is None:
        this = replace(this, finished=run.now())
        kept.finish_run(this, str(this.finished))
    every_item: list[Item | QuizItem] = [*course.items.values(), *course.quizzes.values()]
    columns = [
        Column(item.id, item.spec.title, item.spec.max_points, _concepts(course, item)) for item in every_item
    ]
    policy = Policy(by_hand, shown, asked.allow_lower)
    book = gradebook_of(
        kept, this, columns, policy, odd=hand_ins.odd, notes=_notes(by_hand, shown, kept, this)
    )
    told.notes = book.notes
    told.outputs = _write(asked, book, told, platforms, [one.id for one in learners_of(kept, this)])
    return told


def _concepts(course: Course, item: Item | QuizItem) -> dict[str, tuple[str, ...]]:
    """Name what an item's parts are about, as the course's vocabulary does."""
    tags = (
        {item.id: item.spec.concepts}
        if isinstance(item, Item)
        else {question.id: question.concepts for question in item.spec.questions}
    )
    known = course.about.concepts
    return {part: tuple(known.get(tag, tag) for tag in found) for part, found in tags.items()}


def _about(course: Course, asked: Asked, hand_ins: Intake) -> dict[str, str]:
    from grader.batch.task import versions

    used = versions()
    return {
        "course": course.about.title or course.root.resolve().name,
        "submissions": asked.submissions.resolve().name,
        "layout": hand_ins.layout,
        **({"roster": asked.roster.name} if asked.roster else {}),
        "seed": str(asked.seed),
        "grader": f"{used.grader} ({used.grader_sha256[:8]})",
        "Python": used.python,
        "NumPy": used.numpy,
    }


def _notes(
    by_hand: Mapping[tuple[str, str], overrides.Override],
    shown: Mapping[tuple[str, str], float],
    kept: store.Store,
    this: Run,
) -> list[str]:
    known = {learner.id for learner in learners_of(kept, this)}
    notes = [
        f"{overrides.NAME} sets {item} of {one_line(learner)}, who isn't in the gradebook."
        for learner, item in by_hand
        if learner not in known
    ]
    covered = latest_cover(kept, this)
    notes += [
        f"{overrides.NAME} sets {item} of {one_line(learner)}, but no run covers {item}; --items does."
        for learner, item in by_hand
        if learner in known and item not in covered
    ]
    gone = sorted({learner for learner, _ in shown if learner not in known})
    if gone:
        notes.append(
            f"gradebook.csv showed grades of {counted(len(gone), 'learner')} who aren't in the gradebook any more, "
            f"such as {one_line(repr(gone[0]))}; did a spreadsheet program change their ids?"
        )
    return notes


def _read_platforms(asked: Asked) -> dict[str, bytes]:
    """Read the platforms' files before grading, so that a wrong path is said at once."""
    found = {}
    for name, path in (("canvas", asked.canvas), ("moodle", asked.moodle)):
        if path is not None:
            try:
                found[name] = path.read_bytes()
            except OSError as error:
                raise UsageFault(f"{path}: cannot be read ({(error.strerror or '').lower()}).") from None
    return found


def _write(
    asked: Asked, book: Gradebook, told: Told, platforms: Mapping[str, bytes], learners: list[str]
) -> tuple[Path, ...]:
    from grader.export.outputs import ALWAYS, write_outputs
    from grader.export.page.report_page import report_page
    from grader.export.whole import write_whole

    filled = _fill(asked, book, platforms)
    heard = replace(book, rows=lambda: told.hear(book.rows()))
    outputs = write_outputs(
        heard, asked.out, (*ALWAYS, *asked.exports), learners=learners, also=[report_page(book)]
    )
    for name, one in filled.items():
        path = asked.out / f"{name}.csv"
        write_whole(path, one.content)
        told.remarks += [f"{path}: {remark}" for remark in one.remarks]
        outputs += (path,)
    return outputs


def _fill(asked: Asked, book: Gradebook, platforms: Mapping[str, bytes]) -> "dict[str, Filled]":
    from grader.export.canvas import fill_canvas
    from grader.export.moodle import fill_moodle

    filled = {}
    if "canvas" in platforms:
        filled["canvas"] = fill_canvas(platforms["canvas"], book)
    if "moodle" in platforms:
        filled["moodle"] = fill_moodle(platforms["moodle"], book, asked.moodle_item, comments=True)
    return filled


def stop_on_sigterm() -> None:
    """Let SIGTERM end the command as Ctrl-C does: what is graded is kept."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
