"""Turn a quiz into portable questions, one for each draw that differs, and note what can't come along."""

import math
from collections.abc import Callable, Mapping

from grader.export.quiz.losses import Losses
from grader.export.quiz.portable import (
    Array,
    Bank,
    Body,
    Choice,
    Near,
    Number,
    Option,
    Pairs,
    Question,
    Steps,
    Truth,
    Words,
    Written,
)
from grader.quiz.counter import practice_seed
from grader.quiz.drawing import draw_question
from grader.quiz.expression import Value, holds, shape_of, to_text
from grader.quiz.expression.arrays import entries_of
from grader.quiz.key import QuizKey, ReadKey
from grader.quiz.keyspec import ShortKey
from grader.quiz.marked import situation
from grader.quiz.marking import choice, formula, match, number, order, short
from grader.quiz.marking.choice import credit_of
from grader.quiz.marking.judged import Situation
from grader.quiz.marking.tolerance import tolerance_for
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Multiple, Numeric, Single
from grader.quiz.text import Template
from grader.quiz.variant import Drawn, Variant


def gather(quiz: Quiz, key: QuizKey, seeds: int) -> Bank:
    """Draw each question from practice seeds, and keep the draws that differ.

    Args:
        quiz: The quiz.
        key: Its keys.
        seeds: From how many seeds each question is drawn.

    Raises:
        CourseFault: A question can't be drawn, or its key has no value.
        ExpressionError: A key can't be computed.
    """
    questions, losses = [], Losses()
    for asked in quiz.questions:
        seen: set[tuple[object, ...]] = set()
        for number_ in range(1, seeds + 1):
            seed = practice_seed(number_)
            drawn = draw_question(quiz, asked.id, seed)
            params = tuple(drawn.params.items())
            if params in seen:
                continue
            seen.add(params)
            questions.append(_question(quiz, key, asked.id, seed, drawn, losses))
        if asked.params:
            losses.note("Numbers drawn for each learner: some fixed draws take their place.", asked.id)
        if any(hint.cost != quiz.attempts.penalty for hint in asked.hints):
            losses.note("What hints cost: each further try costs the same.", asked.id)
    losses.note(f"The number of attempts, {quiz.attempts.max}: set it in the platform's own quiz.")
    return Bank(f"{quiz.id}: {quiz.title}", tuple(questions), losses)


def _question(quiz: Quiz, key: QuizKey, name: str, seed: str, drawn: Drawn, losses: Losses) -> Question:
    plan = quiz.plans[name]
    asked = plan.question
    here = situation(quiz, key, Variant(quiz.id, seed, {name: drawn}), name)
    read = key.questions[name]
    prompt = plan.prompt.filled(here.values)
    if isinstance(asked, Numeric) and asked.unit:
        prompt += f" (The unit, {asked.unit}, isn't typed.)"
    return Question(
        f"{quiz.id}-{name}-{seed.removeprefix('practice-')}",
        name,
        asked.title,
        prompt,
        asked.points,
        quiz.attempts.penalty,
        tuple(hint.filled(here.values) for hint in plan.hints),
        tuple(asked.concepts),
        read.marker.feedback.filled(here.values),
        _body(read, here, lambda sentence: losses.note(sentence, name)),
    )


def _body(read: ReadKey, here: Situation, note: Callable[[str], None]) -> Body:
    marker = read.marker

    def filled(template: Template) -> str:
        return template.filled(here.values)

    match marker:
        case choice.Choice():
            return _choice(marker, here, note)
        case choice.Truth():
            return Truth(marker.key(here) == "true", filled(marker.feedback), filled(marker.wrong))
        case number.Numbers() if marker.rank == 0:
            return _number(marker, here, note)
        case number.Numbers():
            return _array(marker, here, note)
        case formula.Formula():
            return _formula(marker, here, note)
        case match.Match():
            return _pairs(marker, here, note)
        case order.Order():
            texts = {name: filled(here.plan.options[name]) for name in marker.right}
            if not all((a, b) in marker.before for a, b in zip(marker.right, marker.right[1:], strict=False)):
                note("Other orders that are right too: only one is kept.")
            return Steps(tuple(texts.values()))
        case short.Words():
            return _words(read, here, note)


def _choice(marker: choice.Choice, here: Situation, note: Callable[[str], None]) -> Body:
    question = here.plan.question
    assert isinstance(question, Single | Multiple)
    right = marker.rights(here)
    count = len(here.plan.options)
    texts = {name: text.filled(here.values) for name, text in here.plan.options.items()}
    told = {name: text.filled(here.values) for name, text in marker.told.items()}
    if not right:
        note("Choosing nothing where no option is right: 'None of these.' stands for it.")
        options = [Option(text, 0.0, told.get(name, "")) for name, text in texts.items()]
        return Choice(single=True, shuffle=False, options=(*options, Option("None of these.", 1.0)))
    if marker.single:
        credit = {name: float(name in right) for name in texts}
    else:
        # What each option adds: 1/c for a right one, -1/w for a wrong one; Moodle also ends at 0.
        credit = {name: 1 / len(right) if name in right else -1 / (count - len(right)) for name in texts}
        assert credit_of(set(right), right, count) == 1
        if marker.missed:
            note("What is said of right options that are left out.")
    options = [Option(text, credit[name], told.get(name, "")) for name, text in texts.items()]
    return Choice(marker.single, question.shuffle, tuple(options))


def _number(marker: number.Numbers, here: Situation, note: Callable[[str], None]) -> Number:
    right = marker.value(here)
    assert not isinstance(right, tuple)
    stated = tolerance_for(right, marker.tolerance, exact=marker.exact)
    answers = [_near(right, stated.rel, stated.abs, 1.0, marker.feedback.filled(here.values))]
    for mistake in marker.mistakes:
        value = mistake.value(here)
        assert not isinstance(value, tuple)
        if math.isinf(value):
            note("Known wrong answers that are infinite.")
        elif math.isfinite(value):
            near = tolerance_for(value, mistake.tolerance or marker.tolerance, exact=False)
            told = mistake.feedback.filled(here.values)
            answers.append(_near(value, near.rel, near.abs, mistake.credit, told))
    note(
        "Answers such as 3/8 and sqrt(2), and relative tolerances: numbers are decimal, and tolerances absolute."
    )
    return Number(tuple(answers), marker.wrong.filled(here.values))


def _near(value: float, rel: float, absolute: float, credit: float, feedback: str = "") -> Near:
    # As many digits of a tolerance as anybody would state.
    return Near(float(value), float(f"{max(absolute, rel * abs(value)):.6g}"), credit, feedback)


def _array(marker: number.Numbers, here: Situation, note: Callable[[str], None]) -> Array:
    right = marker.value(here)
    stated = tolerance_for(right, marker.tolerance, exact=marker.exact)

    def row(value: Value) -> tuple[Near, ...]:
        return tuple(_near(entry, stated.rel, stated.abs, 1.0) for entry in entries_of(value))

    note("An array as one answer: each entry is asked for and marked by itself, so its shape is told.")
    if marker.mistakes:
        note("Known wrong answers that are about all entries together.")
    assert isinstance(right, tuple)
    rows = tuple(map(row, right)) if len(shape_of(right)) == 2 else (row(right),)
    return Array(rows, marker.wrong.filled(here.values))


def _formula(marker: formula.Formula, here: Situation, note: Callable[[str], None]) -> Written:
    note("Comparing formulas: a person marks them.")
    known = []
    for mistake in marker.mistakes:
        if mistake.when is None or holds(mistake.when, here.numbers):
            told = mistake.feedback.filled(here.values)
            known.append(Option(_with_values(to_text(mistake.answer), here), mistake.credit, told))
    return Written(str(marker.key(here)), tuple(known))


def _with_values(text: str, here: Situation) -> str:
    values = ", ".join(
        f"{name} = {value:g}" for name, value in here.numbers.items() if not isinstance(value, tuple)
    )
    return f"{text} ({values})" if values else text


def _pairs(marker: match.Match, here: Situation, note: Callable[[str], None]) -> Pairs:
    texts: Mapping[str, str] = {name: text.filled(here.values) for name, text in here.plan.options.items()}
    if marker.wrong:
        note("What is said of wrong pairs.")
    left = {name: text.filled(here.values) for name, text in here.plan.left.items()}
    used = set(marker.right.values())
    return Pairs(
        tuple((left[name], texts[marker.right[name]]) for name in left),
        tuple(text for name, text in texts.items() if name not in used),
    )


def _words(read: ReadKey, here: Situation, note: Callable[[str], None]) -> Words:
    marker, spec = read.marker, read.spec
    assert isinstance(marker, short.Words)
    assert isinstance(spec, ShortKey)
    note("Other spellings (hyphens, articles, slips of one letter): only the listed words are known.")
    told = marker.feedback.filled(here.values)
    answers = [Option(word, 1.0, told) for word in spec.accept]
    for mistake in spec.misconceptions:
        for word in [mistake.answer] if isinstance(mistake.answer, str) else mistake.answer:
            known = marker.known[short.plainest(word)]
            answers.append(Option(word, known.credit, known.feedback.filled(here.values)))
    return Words(tuple(answers), marker.wrong.filled(here.values))
