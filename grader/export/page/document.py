"""The frame of the page: head, header, ways through it, foot; no script, and nothing from elsewhere."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from grader.export.page.markup import Html, bullets, text

# Patterns that bars are filled with; other drawings refer to them.
_PATTERNS = (
    '<svg class="patterns" width="0" height="0" aria-hidden="true"><title>Patterns</title><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="1.6" height="6"/></pattern>'
    "</defs></svg>\n"
)


def document(
    title: str, header: Html, parts: Sequence[tuple[str, str, Html]], about: Sequence[tuple[str, str]]
) -> str:
    """Put a page together.

    Args:
        title: The page's title and first heading, plain text.
        header: What stands below it.
        parts: Id, heading and content of each section.
        about: Pairs of a word and a value for the foot.
    """
    style = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The style's hash is all that the page may use: nothing foreign in it could load or run anything.
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    contents = bullets(Html(f'<a href="#{anchor}">{heading}</a>') for anchor, heading, _ in parts)
    sections = "".join(
        f'<section id="{anchor}" aria-labelledby="{anchor}-heading">\n<h2 id="{anchor}-heading">{heading}</h2>\n'
        f"{body}</section>\n"
        for anchor, heading, body in parts
    )
    facts = "".join(f"<div><dt>{text(word)}</dt><dd>{text(value)}</dd></div>\n" for word, value in about)
    foot = f'<h2 id="about">About this run</h2>\n<dl class="about">\n{facts}</dl>\n' if facts else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the content</a>\n{_PATTERNS}'
        f"<header>\n<h1><bdi>{text(title)}</bdi></h1>\n{header}</header>\n"
        f'<nav aria-label="Sections">\n{contents}</nav>\n'
        f'<main id="main" tabindex="-1">\n{sections}</main>\n<footer>\n{foot}</footer>\n</body>\n</html>\n'
    )
