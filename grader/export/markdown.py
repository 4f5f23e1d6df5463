"""Put texts into Markdown so that they read as they are: nothing of a stranger's becomes markup."""

import re

from grader.printable import one_line

_LINE_CAP = 1000

# Only what can become markup is escaped, since many read the file as it is: `entry [0, 2]` and
# `masked_softmax` stay, `[a](b)` and `_b_` don't. CommonMark 0.31, and GitHub's bare links.
_MARKUP = re.compile(
    r"[\\`*<~$]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|\](?=[(\[:])"
    r"|&(?=#?\w+;)"
    r"|(?<=:)/(?=/)"
    r"|(?<=www)\.",
    re.IGNORECASE,
)
# What starts a heading, a quotation, a list or an underline where it stands first on a line.
_FIRST = re.compile(r"[#>+=|-]|(?<=[0-9])[.)]")
_NUMBERED = re.compile(r"[0-9]{1,9}(?=[.)])")

# Mathematics and code in what the course's authors write.
_SPANS = re.compile(r"(\$\$[^$]+\$\$|\$[^$\n]+\$|`[^`\n]+`)")


def plain(text: str) -> str:
    """Write a text that may hold a submission's own words: on one line, every sign meant literally."""
    text = one_line(text, _LINE_CAP).strip()
    numbered = _NUMBERED.match(text)
    at = numbered.end() if numbered else 0
    first = "\\" if _FIRST.match(text, at) else ""
    return text[:at] + first + _MARKUP.sub(_escaped, text[at:])


def prose(text: str) -> str:
    """Write a text of the course's authors: `$…$` and code stay as they are, all else is literal."""
    if "$" not in text and "`" not in text:
        return plain(text)
    parts = _SPANS.split(" ".join(text.split()))
    # A formula without < can't be taken for a tag where nobody typesets it.
    return "".join(
        part.replace("<", r"\lt ")
        if part.startswith("$") and number % 2
        else part
        if number % 2
        else _inner(part)
        for number, part in enumerate(parts)
    )


def fenced(text: str, indent: str = "") -> str:
    """Write a text of several lines as a block of code that it can't end itself."""
    lines = [one_line(line, _LINE_CAP) for line in text.splitlines()]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join(f"{indent}{line}" for line in (f"{fence}text", *lines, fence))


def _inner(part: str) -> str:
    """Escape a piece from the middle of a line, keeping the blanks at its ends."""
    return _MARKUP.sub(_escaped, one_line(part, _LINE_CAP))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
