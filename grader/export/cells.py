"""The cells of a CSV file: texts of strangers that never become a formula, and numbers that people wrote."""

import re

# What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), the wide forms of
# East Asian keyboards included. Apostrophes before it count too, so that `restored` can tell ours.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"(-?[0-9]{1,15})(?:[.,]([0-9]{1,15}))?")
_ESCAPE = re.compile(r"\\(\\|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[tnr])")


def neutral(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Only for texts: a number that we write ourselves may start with a minus.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """Undo `neutral`: give the text that it was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def id_cell(learner: str) -> str:
    """Write a learner's id on one line, with nothing invisible in it, so that `id_of` can read it back."""
    shown = learner.replace("\\", "\\\\")
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)
    return neutral(shown)


def id_of(cell: str) -> str:
    """Read an id that `id_cell` wrote."""
    text = restored(cell)
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: "\\" if m[1] == "\\" else _char(m[0]), text)


def number_in(cell: str) -> float | None:
    """Read a number with a decimal point or comma, and nothing beside it; None when it is something else."""
    found = _NUMBER.fullmatch(cell.strip())
    return float(f"{found[1]}.{found[2] or 0}") if found else None


def _char(escape: str) -> str:
    return escape.encode("ascii").decode("unicode_escape")
