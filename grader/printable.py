"""Make names that strangers chose fit to be shown on one line, and fit to be the names of files."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_LINE_CAP = 300
_FILE_CAP = 80
# What Windows keeps for its devices, whatever the suffix.
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$")


def one_line(text: str, cap: int = _LINE_CAP) -> str:
    """Escape what isn't printable: line ends, controls, bidi marks, lone surrogates; cut what is too long."""
    cut = text if len(text) <= cap else text[: cap - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Give each id a file name (without suffix) that is safe on any system and no other's, ignoring case.

    A plain id stays as it is; where something had to be changed, a piece of its hash is appended.
    """
    given = list(ids)
    safe = {name: _safe(name) for name in given}
    taken = Counter(candidate.casefold() for candidate in safe.values())
    return {
        name: candidate
        if candidate == name and taken[candidate.casefold()] == 1
        else f"{candidate}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        for name, candidate in safe.items()
    }


def _safe(name: str) -> str:
    normal = unicodedata.normalize("NFC", name)
    kept = re.sub(r"[^\w.@+-]+", "_", normal)[:_FILE_CAP].strip("._")
    return f"_{kept}" if not kept or _RESERVED.match(kept) else kept
