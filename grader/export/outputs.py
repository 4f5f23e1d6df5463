"""Write a gradebook's outputs in one walk over its rows: all of them whole, or none at all."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from grader.batch.gradebook import Gradebook, Row
from grader.errors import UsageFault, did_you_mean
from grader.export import feedback, gradebook_csv, gradescope, junit, prairielearn, results_jsonl
from grader.export.format import FileFormat, FolderFormat
from grader.export.whole import WholeFile, WholeFolder
from grader.printable import file_names

Format = FileFormat | FolderFormat

ALWAYS = ("gradebook", "results", "feedback")

# What can be asked for by name; a learner's id leads to their file's name.
FORMATS: Mapping[str, Callable[[Gradebook, Mapping[str, str]], Format]] = MappingProxyType(
    {
        "gradebook": lambda gradebook, _: gradebook_csv.gradebook_csv(gradebook),
        "results": lambda _, __: results_jsonl.results_jsonl(),
        "feedback": feedback.feedback,
        "gradescope": gradescope.gradescope,
        "prairielearn": prairielearn.prairielearn,
        "junit": junit.junit,
    }
)


def write_outputs(
    gradebook: Gradebook,
    folder: Path,
    wanted: Iterable[str] = ALWAYS,
    *,
    learners: Iterable[str] | None = None,
    also: Iterable[Format] = (),
) -> tuple[Path, ...]:
    """Write the outputs into a folder.

    Args:
        gradebook: Its rows are walked over once.
        folder: Made where it is missing.
        wanted: Names of `FORMATS`.
        learners: Everybody's ids, for the names of their files; without them the rows are walked
            over once more, beforehand, to find them.
        also: Further outputs, made by others.

    Returns:
        Where each output stands, in the order in which they were asked for.

    Raises:
        UsageFault: There is no such output.
        Fault: Something can't be written; then nothing was changed, unless a file's very place is
            barred to us.
    """
    asked = list(wanted)
    for name in asked:
        if name not in FORMATS:
            raise UsageFault(
                f"{name}: there is no such output.{did_you_mean(name, FORMATS)} There are {', '.join(FORMATS)}."
            )
    ids = learners if learners is not None else (row.learner.id for row in gradebook.rows())
    names = file_names(ids) if asked else {}
    formats = [*(FORMATS[name](gradebook, names) for name in asked), *also]
    with ExitStack() as stack:
        writings = [_open(format_, folder, stack) for format_ in formats]
        for row in gradebook.rows():
            for writing in writings:
                writing.take(row)
        for writing in writings:
            writing.end()
            writing.target.seal()
        for writing in writings:
            writing.target.put()
    return tuple(writing.target.path for writing in writings)


@dataclass(frozen=True)
class _Writing:
    """A format joined to where it goes.

    Attributes:
        target: The file or folder.
        take: Writes what one learner adds.
        end: Writes what comes after the last learner.
    """

    target: WholeFile | WholeFolder
    take: Callable[[Row], None]
    end: Callable[[], None]


def _open(format_: Format, folder: Path, stack: ExitStack) -> _Writing:
    if isinstance(format_, FileFormat):
        return _open_file(format_, stack.enter_context(WholeFile(folder / format_.name)))
    return _open_folder(format_, stack.enter_context(WholeFolder(folder / format_.name, format_.marker)))


def _open_file(format_: FileFormat, file: WholeFile) -> _Writing:
    file.write(format_.head)
    return _Writing(file, lambda row: file.write(format_.row(row)), lambda: file.write(format_.tail()))


def _open_folder(format_: FolderFormat, folder: WholeFolder) -> _Writing:
    def take(row: Row) -> None:
        for name, content in format_.row(row):
            folder.write(name, content)

    return _Writing(folder, take, lambda: None)
