"""`grader batch`: grade what a class handed in, with progress, and write the gradebook."""

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import click

from grader.batch import overrides, run, store
from grader.batch.book import Policy, gradebook_of, latest_cover, learners_of
from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.batch.intake import Intake, Roster, open_hand_ins, read_roster
from grader.batch.snapshot import Snapshot, clear_leftovers, take_snapshot
from grader.course import Course, Item, QuizItem
from grader.errors import Fault, UsageFault
from grader.outcome import points_text
from grader.printable import one_line

if TYPE_CHECKING:
    from grader.batch.task import Graded
    from grader.export.sheet import Filled

T = TypeVar("T")

_LISTED = 12
_EVERY_S = 10.0


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


@dataclass
class Told:
    """What a batch has to say in the end, gathered on the way."""

    review: list[Cell] = field(default_factory=list)
    kept: list[Cell] = field(default_factory=list)
    by_hand: list[Cell] = field(default_factory=list)
    graded: int = 0
    remarks: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    outputs: tuple[Path, ...] = ()

    def hear(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows on, and note what staff should know of them."""
        places = {Basis.REVIEW: self.review, Basis.KEPT: self.kept, Basis.OVERRIDE: self.by_hand}
        for row in rows:
            for cell in row.cells:
                if cell.basis in places:
                    places[cell.basis].append(cell)
            yield row


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
    wanted = [course.exercise(name).id for name in asked.items]
    by_hand = overrides.read_overrides(
        asked.overrides or asked.out / overrides.NAME, course.items, may_lack=asked.overrides is None
    )
    snapshot = take_snapshot(course, [*course.items, *course.quizzes])
    conditions = run.Conditions(asked.seed, asked.weak)
    with _open(asked, course, wanted, given) as hand_ins:
        _say(asked, _recognised(hand_ins))
        if asked.dry_run:
            return _tell_plan(asked, hand_ins, snapshot, conditions)
        _make_folder(asked.out)
        with store.Store(asked.out) as kept:
            clear_leftovers(asked.out)
            told = _grade(course, asked, kept, hand_ins, snapshot, conditions, wanted, by_hand)
    _tell(asked, hand_ins, told)
    return 1 if told.review else 0


def _open(asked: Asked, course: Course, wanted: list[str], roster: Roster | None) -> Intake:
    files = {item.spec.file: item.id for item in course.items.values()}
    return open_hand_ins(asked.submissions, files, list(course.quizzes), roster, wanted or None)


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
        for _ in _with_progress(results, total):
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
        "submissions": asked.submissions.name,
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
    this: store.Run,
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
            f"gradebook.csv showed grades of {_counted(len(gone), 'learner')} who aren't in the gradebook any more, "
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


# What is said.


def _say(asked: Asked, text: str) -> None:
    click.echo(text, err=asked.as_json)


def _recognised(hand_ins: Intake) -> str:
    layout = (
        "a folder a learner"
        if hand_ins.layout == "plain"
        else f"a bulk download of {hand_ins.layout.capitalize()}"
    )
    return f"Recognised as {layout}: {_counted(len(hand_ins), 'file')} of {_counted(len(hand_ins.learners), 'learner')}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _tell_plan(asked: Asked, hand_ins: Intake, snapshot: Snapshot, conditions: run.Conditions) -> int:
    if (asked.out / store.NAME).is_file():
        with store.Store(asked.out) as kept:
            planned = run.plan(hand_ins, snapshot, conditions, kept)
    else:
        planned = run.plan(hand_ins, snapshot, conditions, None)
    if asked.as_json:
        click.echo(
            json.dumps(
                {"handed_in": planned.handed_in, "to_grade": planned.to_grade, "odd": len(hand_ins.odd)}
            )
        )
        return 0
    for item, number in sorted(planned.handed_in.items()):
        click.echo(f"  {item}: {_counted(number, 'file')}, {planned.to_grade[item]:,} to grade")
    click.echo(
        f"{planned.to_grade.total():,} to grade, {_odd(len(hand_ins.odd))}. Nothing was graded or written."
    )
    _tell_odd(hand_ins)
    return 0


def _tell(asked: Asked, hand_ins: Intake, told: Told) -> None:
    if asked.as_json:
        click.echo(json.dumps(_data(hand_ins, told), ensure_ascii=False))
        return
    _tell_odd(hand_ins)
    _listing(
        f"{len(told.review):,} need{'s' if len(told.review) == 1 else ''} review",
        told.review,
        lambda cell: f"{_place(cell)}: {cell.reason}",
    )
    _listing(
        f"{_counted(len(told.kept), 'grade')} kept (--allow-lower lets them fall)",
        told.kept,
        lambda cell: f"{_place(cell)}: {cell.reason}",
    )
    _listing(
        f"{_counted(len(told.by_hand), 'grade')} set by hand",
        told.by_hand,
        lambda cell: f"{_place(cell)}: {points_text(cell.points or 0)}, {one_line(cell.reason)}",
    )
    for sentence in (*told.notes, *told.remarks):
        click.echo(f"Note: {sentence}")
    click.echo(
        f"Graded {_counted(told.graded, 'submission')} now; written: {', '.join(path.name for path in told.outputs)} in {asked.out}."
    )


def _tell_odd(hand_ins: Intake) -> None:
    kinds = Counter(odd.kind for odd in hand_ins.odd)
    if kinds:
        told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common())
        _listing(
            f"{_odd(len(hand_ins.odd))} ({told})",
            hand_ins.odd,
            lambda odd: f"{odd.origin}: {odd.reason}",
        )


def _odd(number: int) -> str:
    return f"{number:,} odd entr{'y' if number == 1 else 'ies'}"


def _listing(title: str, things: Sequence[T], line: Callable[[T], str]) -> None:
    if not things:
        return
    click.echo(f"{title}:")
    for thing in things[:_LISTED]:
        click.echo(f"  {line(thing)}")
    if len(things) > _LISTED:
        click.echo(f"  … and {len(things) - _LISTED:,} more; report.html lists them.")


def _place(cell: Cell) -> str:
    return f"{one_line(cell.learner)}, {cell.item}"


def _data(hand_ins: Intake, told: Told) -> dict[str, object]:
    def cells(found: list[Cell]) -> list[dict[str, object]]:
        return [
            {
                "learner": cell.learner,
                "item": cell.item,
                "points": cell.points,
                "earned": cell.earned,
                "reason": cell.reason,
            }
            for cell in found
        ]

    return {
        "layout": hand_ins.layout,
        "learners": len(hand_ins.learners),
        "files": len(hand_ins),
        "graded": told.graded,
        "needs_review": cells(told.review),
        "kept": cells(told.kept),
        "overridden": cells(told.by_hand),
        "odd": [{"origin": odd.origin, "reason": odd.reason, "kind": odd.kind} for odd in hand_ins.odd],
        "notes": list(told.notes),
        "remarks": told.remarks,
        "outputs": [str(path) for path in told.outputs],
    }


# Progress.


def _with_progress(results: "Iterator[Graded]", total: int) -> "Iterator[Graded]":
    """Pass results on, and say how far it is; in the end how long it took."""
    if not total:
        yield from results
        return
    started = monotonic()
    review = 0
    for graded in (_bar if sys.stderr.isatty() else _lines)(results, total):
        review += graded.review
        yield graded
    seconds = monotonic() - started
    click.echo(
        f"{total:,} of {total:,} graded in {_time(seconds)}, {_rate(total / seconds)} a second, {review} to review",
        err=True,
    )


def _lines(results: "Iterator[Graded]", total: int) -> "Iterator[Graded]":
    """Say every ten seconds how far it is."""
    started = said = monotonic()
    review = 0
    for count, graded in enumerate(results, 1):
        review += graded.review
        yield graded
        now = monotonic()
        if now - said >= _EVERY_S and count < total:
            said = now
            rate = count / (now - started)
            click.echo(
                f"{count:,} of {total:,} graded, {_rate(rate)} a second, {_time((total - count) / rate)} left, {review} to review",
                err=True,
            )


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds / 60:.1f} min"


def _bar(results: "Iterator[Graded]", total: int) -> "Iterator[Graded]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[review]}"),
    )  # fmt: skip
    started = monotonic()
    review = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("grading", total=total, rate="", review="")
        for count, graded in enumerate(results, 1):
            review += graded.review
            yield graded
            rate = count / (monotonic() - started)
            bar.update(
                task, completed=count, rate=f"{_rate(rate)}/s", review=f"{review} to review" if review else ""
            )


def stop_on_sigterm() -> None:
    """Let SIGTERM end the command as Ctrl-C does: what is graded is kept."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
