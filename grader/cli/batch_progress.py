"""How far a batch is: a bar on a terminal, lines elsewhere."""

import sys
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.task import Graded

_EVERY_S = 10.0


def with_progress(results: "Iterator[Graded]", total: int) -> "Iterator[Graded]":
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
