"""Laws on what the public half of a quiz may not tell: the key, or a habit that leads to it."""

import re
from collections.abc import Iterator, Sequence, Set

from grader.quiz import spec
from grader.quiz.expression import Node, evaluate, to_text
from grader.quiz.key import QuizKey
from grader.quiz.marking.choice import Choice
from grader.quiz.marking.formula import Formula
from grader.quiz.marking.number import Numbers
from grader.quiz.marking.order import Order
from grader.quiz.marking.short import Words, plainest
from grader.quiz.plan import Picked, Plan
from grader.quiz.quiz import Quiz
from grader.verify.quiz.finding import Finding
from grader.verify.quiz.posed import Posed
from grader.verify.quiz.rewrite import parts_of, written_out

# Ids that tell what they stand for.
_TELLING = re.compile(
    r"(?:right|correct|key|answer|solution|true|wrong|false|incorrect)_?[0-9a-z]?"
    r"|(?:right|correct|wrong|incorrect)_.*|.*_(?:right|correct|wrong|incorrect)"
)
# A parameter that equals the key in so many different draws, and in all, gives it away.
_DRAWS = 5
# From so many questions with one right option on, a habit may be seen; it may hold for this share.
_HABIT_FROM = 6
_HABIT = 0.6


def question_secrets(posed: Sequence[Posed]) -> Iterator[Finding]:
    """Check that the public half of one question doesn't tell its key."""
    first = posed[0]
    plan = first.plan
    for name in (*plan.options, *plan.left):
        if _TELLING.fullmatch(name):
            yield Finding("secrecy", True, f"{plan.path}: the id {name!r} tells what it stands for.")
    match first.read.marker:
        case Numbers() as marker:
            yield from _expressions(first, marker)
            yield from _parameters(posed, marker)
        case Formula() as marker:
            yield from _expressions(first, marker)
        case Words() as marker:
            yield from _word(plan, marker)
        case Order() as marker:
            if sorted(plan.options) == list(marker.right):
                yield Finding("secrecy", True, f"{plan.path}.steps: the ids in their order tell the key.")
        case _:
            pass


def _expressions(posed: Posed, marker: Numbers | Formula) -> Iterator[Finding]:
    """Neither the text of the key, nor the same expression, may stand in the public half."""
    plan, question = posed.plan, posed.question
    values = posed.read.values
    keys = {_plain(marker.answer), _plain(written_out(marker.answer, values))}
    keys = {key for key in keys if len(key) >= 4 and not key.isalnum()}
    public = {f"{plan.path}.require[{k}]": node for k, node in enumerate(plan.require)}
    wrong = {_plain(mistake.answer) for mistake in marker.mistakes if isinstance(mistake.answer, Node)}
    wrong |= {
        _plain(written_out(mistake.answer, values))
        for mistake in marker.mistakes
        if isinstance(mistake.answer, Node)
    }
    for at, condition in public.items():
        held = {_plain(part) for term in condition.terms for part in _all_parts(term, keys)}
        # Beside a known wrong answer it doesn't tell which of the two is right.
        if held & keys and not held & wrong:
            yield Finding("secrecy", True, f"{at}: holds the key's expression.")
    for step in plan.steps:
        node = step.source
        if isinstance(node, Node) and any(_plain(part) in keys for part in _all_parts(node, keys)):
            yield Finding("secrecy", True, f"{plan.path}.params.{step.name}: holds the key's expression.")
    texts = {f"{plan.path}.prompt": question.prompt, f"{plan.path}.title": question.title}
    texts |= {f"{plan.path}.hints[{k}]": hint.text for k, hint in enumerate(question.hints)}
    for at, text in texts.items():
        if any(key in _squeezed(text) for key in keys):
            yield Finding("secrecy", True, f"{at}: holds the text of the key.")


def _all_parts(node: Node, keys: Set[str]) -> Iterator[Node]:
    """Give an expression and all that it is made of, down to a key."""
    yield node
    if _plain(node) not in keys:
        for part in parts_of(node):
            yield from _all_parts(part, keys)


def _plain(node: Node) -> str:
    return _squeezed(to_text(node))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _parameters(posed: Sequence[Posed], marker: Numbers) -> Iterator[Finding]:
    """No parameter that is computed or picked from a list may be the key in every draw."""
    if len(posed) < _DRAWS:
        return
    plan = posed[0].plan
    for step in plan.steps:
        computed = isinstance(step.source, Node | Picked)
        if (
            computed
            and step.name not in plan.texts
            and all(_is_key(each, step.name, marker) for each in posed)
        ):
            yield Finding("secrecy", True, f"{plan.path}.params.{step.name}: is the key in every draw.")


def _is_key(posed: Posed, name: str, marker: Numbers) -> bool:
    return posed.situation.numbers[name] == evaluate(marker.answer, posed.situation.numbers)


def _word(plan: Plan, marker: Words) -> Iterator[Finding]:
    """No accepted word may stand in what the question shows or is tagged with."""
    question = plan.question
    texts = {"prompt": question.prompt, "title": question.title, "id": question.id.replace("_", " ")}
    texts |= {f"concepts.{tag}": tag.replace("-", " ") for tag in question.concepts}
    texts |= {f"hints[{k}]": hint.text for k, hint in enumerate(question.hints)}
    for at, text in texts.items():
        shown = f" {re.sub(r'[^a-z0-9]+', ' ', plainest(text))} "
        for word in sorted(marker.accept):
            if f" {word} " in shown:
                yield Finding("secrecy", True, f"{plan.path}.{at}: holds the answer {word!r}.")


def habits(quiz: Quiz, key: QuizKey) -> Iterator[Finding]:
    """The right options of a quiz's questions mustn't share what a guesser looks for: their place, their length."""
    asked: list[tuple[list[str], str, dict[str, str]]] = []
    for name, read in key.questions.items():
        question = quiz.plans[name].question
        if isinstance(question, spec.Single) and isinstance(read.marker, Choice):
            right = [option for option, condition in read.marker.right.items() if condition is True]
            if len(right) == 1:
                asked.append((list(question.options), right[0], question.options))
    if len(asked) < _HABIT_FROM:
        return
    places = [options.index(right) for options, right, _ in asked]
    for place in sorted(set(places)):
        if places.count(place) > _HABIT * len(asked):
            count = f"in {places.count(place)} of {len(asked)} questions"
            yield Finding("habit", True, f"option {place + 1} of the file is right {count}; vary its place.")
    for word, most in (("longest", max), ("shortest", min)):
        found = sum(most(texts, key=lambda option: len(texts[option])) == right for _, right, texts in asked)
        if found > _HABIT * len(asked):
            yield Finding(
                "habit",
                True,
                f"the {word} option is right in {found} of {len(asked)} questions; vary lengths.",
            )
