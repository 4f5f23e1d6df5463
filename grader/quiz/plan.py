"""How one question is drawn and shown: its expressions read once, ready for any seed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from grader.quiz import spec
from grader.quiz.author import Author
from grader.quiz.expression import Condition, Domain, Language, Node
from grader.quiz.text import Param, Template


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of some values."""

    values: tuple[Param, ...]


@dataclass(frozen=True, slots=True)
class Ranged:
    """A number between two ends; whole without a step."""

    low: Node
    high: Node
    step: float | None


@dataclass(frozen=True, slots=True)
class Picked:
    """The value at a place."""

    values: tuple[Param, ...]
    by: Node


@dataclass(frozen=True, slots=True)
class Shuffled:
    """All values in a drawn order."""

    values: tuple[Param, ...]


Source: TypeAlias = Chosen | Ranged | Picked | Shuffled | Node


@dataclass(frozen=True, slots=True)
class Step:
    """How one parameter is drawn.

    Attributes:
        size: How many values, row by row; none for a single one.
    """

    name: str
    source: Source
    size: tuple[Node, ...] = ()
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One question, ready to be drawn.

    Attributes:
        path: Where it stands in the file, such as `questions[2]`.
        names: The parameters that are numbers or lists of them.
        texts: Those that are texts.
        options: The options, the steps, or the right side of pairs, by id.
        left: The left side of pairs, by id.
        size: The length or shape that the prompt tells; empty where it tells none.
        language: What a formula may hold.
        domains: Where a formula's symbols come from.
    """

    question: spec.Question
    path: str
    names: tuple[str, ...]
    texts: frozenset[str]
    steps: tuple[Step, ...]
    require: tuple[Condition, ...]
    prompt: Template
    hints: tuple[Template, ...]
    options: Mapping[str, Template] = field(default_factory=dict)
    left: Mapping[str, Template] = field(default_factory=dict)
    size: tuple[Node, ...] = ()
    language: Language | None = None
    domains: Mapping[str, Domain] = field(default_factory=dict)


def plan(author: Author, question: spec.Question, path: str) -> Plan:
    """Read a question's expressions; faults are noted with the author."""
    steps, names, texts = _steps(author, question, path)

    def template(key: str, text: str) -> Template:
        return author.template(f"{path}.{key}", text, names, texts)

    def templates(key: str, given: Mapping[str, str]) -> dict[str, Template]:
        return {each: template(f"{key}.{each}", text) for each, text in given.items()}

    made: dict[str, Any] = {}
    match question:
        case spec.Single(options=options) | spec.Multiple(options=options):
            made["options"] = templates("options", options)
        case spec.Order(steps=given):
            made["options"] = templates("steps", given)
        case spec.Match(left=left, right=right):
            made["left"], made["options"] = templates("left", left), templates("right", right)
        case spec.Vector(length=length) if length is not None:
            made["size"] = (author.expression(f"{path}.length", length, names),)
        case spec.Matrix(shape=shape) if shape is not None:
            made["size"] = tuple(author.expression(f"{path}.shape", each, names) for each in shape)
        case spec.Formula():
            made["language"], made["domains"] = _formula(author, question, path)
            for name in sorted(set(question.symbols) & set(question.params)):
                author.fault(f"{path}.symbols.{name}", "is a parameter too; give one of them another name.")
    return Plan(
        question,
        path,
        tuple(names),
        frozenset(texts),
        tuple(steps),
        tuple(
            author.condition(f"{path}.require[{k}]", text, names) for k, text in enumerate(question.require)
        ),
        template("prompt", question.prompt),
        tuple(template(f"hints[{k}].text", hint.text) for k, hint in enumerate(question.hints)),
        **made,
    )


def _steps(author: Author, question: spec.Question, path: str) -> tuple[list[Step], list[str], set[str]]:
    """Read how the parameters are drawn; each may use those before it."""
    steps: list[Step] = []
    names: list[str] = []
    texts: set[str] = set()
    for name, generator in question.params.items():
        step = _step(author, name, generator, f"{path}.params.{name}", names)
        steps.append(step)
        if isinstance(step.source, Chosen | Picked | Shuffled) and any(map(_has_text, step.source.values)):
            if not all(isinstance(value, str) for value in step.source.values):
                author.fault(f"{path}.params.{name}", "mixes texts with numbers or lists; give only texts.")
            if step.size or isinstance(step.source, Shuffled):
                author.fault(f"{path}.params.{name}", "a list of texts can't be shown; draw one text.")
            texts.add(name)
        else:
            names.append(name)
    return steps, names, texts


def _step(author: Author, name: str, generator: spec.Generator, path: str, names: list[str]) -> Step:
    def bound(key: str, given: Any) -> Node:
        return author.expression(f"{path}.{key}", given, names)

    def size(given: spec.Choice | spec.Integer | spec.Decimal) -> tuple[Node, ...]:
        key = "count" if given.count is not None else "shape"
        amounts = [given.count] if given.count is not None else given.shape or []
        return tuple(bound(key, amount) for amount in amounts)

    match generator:
        case spec.Choice(choice=values):
            return Step(name, Chosen(_frozen(values)), size(generator), generator.distinct)
        case spec.Integer(integer=(low, high)):
            ends = Ranged(bound("integer[0]", low), bound("integer[1]", high), None)
            return Step(name, ends, size(generator), generator.distinct)
        case spec.Decimal(decimal=(low, high), step=step):
            ends = Ranged(bound("decimal[0]", low), bound("decimal[1]", high), step)
            return Step(name, ends, size(generator), generator.distinct)
        case spec.Pick(pick=values, by=by):
            return Step(name, Picked(_frozen(values), bound("by", by)))
        case spec.Shuffle(shuffle=values):
            return Step(name, Shuffled(_frozen(values)))
        case spec.Computed(expr=text):
            return Step(name, bound("expr", text))
    raise AssertionError(generator)


def _formula(author: Author, question: spec.Formula, path: str) -> tuple[Language | None, dict[str, Domain]]:
    domains = {}
    for name, symbol in question.symbols.items():
        try:
            low, high = symbol.domain
            domains[name] = Domain(low, high, symbol.whole)
        except ValueError as error:
            author.fault(f"{path}.symbols.{name}.domain", str(error))
    for k, pin in enumerate(question.pinned):
        author.known(f"{path}.pinned[{k}]", pin, question.symbols, "a symbol of the question")
    symbols = tuple(question.symbols)
    try:
        if question.functions is None:
            return Language(symbols), domains
        return Language(symbols, frozenset(question.functions)), domains
    except ValueError as error:
        author.fault(f"{path}.functions", str(error))
    return None, domains


def _frozen(values: Iterable[Any]) -> tuple[Param, ...]:
    return tuple(_frozen(value) if isinstance(value, list) else value for value in values)


def _has_text(value: Param) -> bool:
    return any(map(_has_text, value)) if isinstance(value, tuple) else isinstance(value, str)
