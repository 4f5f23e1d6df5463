r"""Write what authors write as HTML: `$x^2$` as `\(x^2\)`, which Moodle's MathJax shows, bold and code as tags."""

import html
import re

# Code first, then mathematics, then bold: what stands inside one isn't looked at again.
_SPECIAL = re.compile(
    r"`(?P<code>[^`\n]+)`|(?<!\\)\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<math>(?:\\.|[^$\\])+)\$|\*\*(?P<bold>.+?)\*\*",
    re.DOTALL,
)
# What XML 1.0 can't hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_html(text: str) -> str:
    """Write a text as HTML, on one line."""
    pieces, done = [], 0
    for found in _SPECIAL.finditer(text):
        pieces += [_plain(text[done : found.start()]), _special(found)]
        done = found.end()
    pieces.append(_plain(text[done:]))
    return "".join(pieces)


def printable(text: str) -> str:
    """Leave out characters that no XML file can hold."""
    return _FORBIDDEN.sub("", text)


def _special(found: re.Match[str]) -> str:
    if found["code"] is not None:
        return f"<code>{_escaped(found['code'])}</code>"
    if found["display"] is not None:
        return rf"\[{_escaped(found['display'])}\]"
    if found["math"] is not None:
        return rf"\({_escaped(found['math'])}\)"
    return f"<strong>{to_html(found['bold'])}</strong>"


def _plain(text: str) -> str:
    return re.sub(r"\n\s*\n", "<br><br>", _escaped(text.replace(r"\$", "$"))).replace("\n", " ")


def _escaped(text: str) -> str:
    return html.escape(printable(text), quote=False)
