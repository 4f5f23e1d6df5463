"""Canvas's bulk download: flat names that hold the learner's name, LATE, and the numbers of learner and upload.

A learner chooses the end of such a name, so the numbers are looked for from the left.
"""

import re
from collections.abc import Iterable, Iterator

from grader.batch.handin import Odd
from grader.batch.intake.entry import Entry
from grader.batch.intake.filing import Filing, Person

_UPLOAD = re.compile(r"(.*?)(_LATE)?_([0-9]{1,20})_([0-9]{1,20})_(.+)", re.DOTALL)
_ANONYMOUS = re.compile(r"(LATE_)?anon_([A-Za-z0-9]{1,40})_([0-9]{1,20})_(.+)", re.DOTALL)
# What was typed into Canvas, and links to other sites.
_TYPED = re.compile(
    r"(?:(?:LATE_)?anon_[A-Za-z0-9]{1,40}|.*?(?:_LATE)?_[0-9]{1,20})_(text|link)\.html", re.DOTALL
)


def matches(name: str) -> bool:
    """Whether a file's name looks like one of Canvas's."""
    return any(pattern.fullmatch(name) for pattern in (_UPLOAD, _ANONYMOUS, _TYPED))


def filings(files: Iterable[Entry], depth: int) -> Iterator[Filing | Odd]:
    """Tell whose each file is; the files lie `depth` folders down."""
    listed = list(files)
    names = [entry.parts[depth] for entry in listed if len(entry.parts) == depth + 1]
    # Names are hidden for an assignment as a whole; one learner may be called Anon.
    anonymous = all(_ANONYMOUS.fullmatch(name) for name in names if _UPLOAD.fullmatch(name))
    for entry in listed:
        name = entry.parts[-1]
        if len(entry.parts) != depth + 1:
            yield Odd(
                entry.origin, "Canvas's download has no folders; this file is no part of it.", "no-learner"
            )
        elif typed := _TYPED.fullmatch(name):
            what = "typed into Canvas" if typed[1] == "text" else "handed in as a link"
            yield Odd(entry.origin, f"It was {what}; only files are graded.", "online-text")
        elif anonymous and (found := _ANONYMOUS.fullmatch(name)):
            late, learner, upload, file = found.groups()
            yield Filing(entry, (Person(f"anon_{learner}"),), (file,), bool(late), int(upload))
        elif found := _UPLOAD.fullmatch(name):
            learner_name, late, learner, upload, file = found.groups()
            person = Person(learner, learner_name, platform_id=learner)
            yield Filing(entry, (person,), (file,), bool(late), int(upload))
        else:
            reason = (
                "It isn't named as Canvas names files (name_number_number_file), so nobody knows whose it is."
            )
            yield Odd(entry.origin, reason, "no-learner")
