"""Laws on the texts of one draw: filled without a rest, with numbers fit for people, options that differ."""

import math
from collections.abc import Iterator, Mapping

from grader.quiz.expression import evaluate, holds
from grader.quiz.expression.arrays import entries_of
from grader.quiz.marking.choice import Choice, Truth
from grader.quiz.marking.formula import Formula
from grader.quiz.marking.match import Match
from grader.quiz.marking.number import Numbers
from grader.quiz.marking.order import Order
from grader.quiz.marking.short import Words
from grader.quiz.plan import Plan
from grader.quiz.text import Hole, Template, humane
from grader.verify.quiz.finding import Finding
from grader.verify.quiz.posed import Posed

# No number that is shown may take more.
LONGEST_NUMBER = 10
_ROUNDING = 1e-9


def text_laws(posed: Posed) -> Iterator[Finding]:
    """Check all texts of a question in one draw."""
    for where, template in public_texts(posed.plan):
        yield from _filled(posed, where, template, public=True)
    for where, template in staff_texts(posed):
        yield from _filled(posed, where, template, public=False)
    yield from _options_differ(posed, "options", posed.plan.options)
    yield from _options_differ(posed, "left", posed.plan.left)


def public_texts(plan: Plan) -> Iterator[tuple[str, Template]]:
    """Give the texts that learners see before they answer, each with its place."""
    yield f"{plan.path}.prompt", plan.prompt
    for k, hint in enumerate(plan.hints):
        yield f"{plan.path}.hints[{k}].text", hint
    for side, texts in (("options", plan.options), ("left", plan.left)):
        for name, text in texts.items():
            yield f"{plan.path}.{side}.{name}", text


def staff_texts(posed: Posed) -> Iterator[tuple[str, Template]]:
    """Give what may be said of an answer in this draw, each with its place."""
    marker, at = posed.read.marker, f"questions.{posed.name}"
    yield f"{at}.feedback", marker.feedback
    match marker:
        case Choice():
            for key, texts in (("options", marker.told), ("missed", marker.missed)):
                for name, text in texts.items():
                    yield f"{at}.{key}.{name}", text
        case Numbers() | Formula():
            yield f"{at}.wrong", marker.wrong
            for mistake in marker.mistakes:
                if mistake.when is None or holds(mistake.when, posed.situation.numbers):
                    yield f"{at}.misconceptions.{mistake.id}.feedback", mistake.feedback
        case Match():
            for (left, right), text in marker.wrong.items():
                yield f"{at}.wrong.{left}/{right}", text
        case Words():
            yield f"{at}.wrong", marker.wrong
            for known in marker.known.values():
                yield f"{at}.misconceptions.{known.id}.feedback", known.feedback
        case Truth() | Order():
            yield f"{at}.wrong", marker.wrong


def _filled(posed: Posed, where: str, template: Template, *, public: bool) -> Iterator[Finding]:
    values = posed.situation.values
    text = template.filled(values)
    if "{{" in text:
        yield Finding("texts", public, f"{where}: a hole is left open.", text)
    if text.replace(r"\$", "").count("$") % 2:
        yield Finding("texts", public, f"{where}: a formula is opened by $ and not closed.", text)
    for hole in template.pieces:
        if isinstance(hole, Hole) and not isinstance(hole.node, str):
            for number in entries_of(evaluate(hole.node, posed.situation.numbers)):
                yield from _humane(where, number, public=public)
                if template is posed.plan.prompt and _rounded(number):
                    # What is computed with the number that is shown isn't what is computed with the true one.
                    sentence = f"{where}: a number is rounded where it is shown."
                    yield Finding("humane", public, sentence, f"{number!r}")


def _humane(where: str, number: float, *, public: bool) -> Iterator[Finding]:
    text = humane(number)
    if not math.isfinite(number):
        yield Finding("humane", public, f"{where}: shows a number that is undefined or infinite.")
    elif len(text) > LONGEST_NUMBER:
        yield Finding(
            "humane",
            public,
            f"{where}: shows a number of more than {LONGEST_NUMBER} characters.",
            text,
        )


def _rounded(number: float) -> bool:
    if not math.isfinite(number):
        return False
    return abs(float(humane(number).replace("−", "-")) - number) > _ROUNDING * abs(number)


def _options_differ(posed: Posed, side: str, templates: Mapping[str, Template]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name, template in templates.items():
        text = " ".join(template.filled(posed.situation.values).split())
        if text in seen:
            at = f"{posed.plan.path}.{side}"
            yield Finding("options", True, f"{at}.{name}: reads the same as {seen[text]!r}.", text)
        seen.setdefault(text, name)
