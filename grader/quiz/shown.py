"""What a learner sees of a question: its texts with their own numbers, and the letters of its options."""

from dataclasses import dataclass

from grader.quiz.expression import evaluate, number_text
from grader.quiz.marking.letters import letter
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Formula, Numeric
from grader.quiz.text import numbers_only
from grader.quiz.variant import Variant


@dataclass(frozen=True, slots=True)
class Shown:
    """One question as it is put to one learner; texts may hold `$…$`.

    Attributes:
        number: Its place in the quiz, counted from 1.
        options: Letter and text of each option, step or right side.
        left: Number and text of each left side.
        unit: What stands behind the answer, and isn't typed.
        hints: All hints, opened or not.
        how: How an answer is written, in a sentence.
    """

    id: str
    number: int
    title: str
    type: str
    points: int
    prompt: str
    options: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    hints: tuple[str, ...] = ()
    how: str = ""


def show(quiz: Quiz, variant: Variant, question: str) -> Shown:
    """Fill a question's texts with a learner's numbers."""
    plan, drawn = quiz.plans[question], variant.questions[question]
    asked, values = plan.question, drawn.params
    size = [evaluate(node, numbers_only(values)) for node in plan.size]
    return Shown(
        asked.id,
        list(quiz.plans).index(question) + 1,
        asked.title,
        asked.type,
        asked.points,
        plan.prompt.filled(values),
        tuple((letter(at), plan.options[name].filled(values)) for at, name in enumerate(drawn.order)),
        tuple((str(at), text.filled(values)) for at, text in enumerate(plan.left.values(), start=1)),
        (asked.unit or "") if isinstance(asked, Numeric) else "",
        tuple(hint.filled(values) for hint in plan.hints),
        _how(
            asked.type,
            len(drawn.order),
            [number_text(float(each)) for each in size if not isinstance(each, tuple)],
            (", ".join(asked.symbols), asked.functions) if isinstance(asked, Formula) else ("", None),
        ),
    )


def _example(length: int, first: int = 1) -> str:
    """Write a list of numbers that nobody takes for the answer."""
    return f"[{', '.join(str(first + place) for place in range(length))}]"


def _how(kind: str, count: int, size: list[str], formula: tuple[str, list[str] | None]) -> str:
    match kind:
        case "single":
            return f"Answer with one letter, a to {letter(count - 1)}."
        case "multiple":
            return "Answer with all letters that are right, such as [a, c]; [] for none."
        case "boolean":
            return "Answer true or false."
        case "numeric":
            return "Answer with a number; 0.5, 1e-3, 3/8 and sqrt(2) can be read."
        case "vector":
            of = f" {size[0]}" if size else ""
            return f"Answer with a list of{of} numbers, such as {_example(int(size[0]) if size else 2)}."
        case "matrix":
            if not size:
                return "Answer with rows of numbers, such as [[1, 2], [3, 4]]."
            rows, columns = int(size[0]), int(size[1])
            example = ", ".join(_example(columns, 1 + row * columns) for row in range(rows))
            return f"Answer with {rows} rows of {columns} numbers, such as [{example}]."
        case "expression":
            symbols, functions = formula
            allowed = "" if functions is None else f" and {', '.join(functions)}" if functions else " alone"
            return f"Answer with a formula in {symbols}{allowed}."
        case "order":
            return f"Answer with all {count} letters in order, such as [b, a, …]."
        case "match":
            return "Answer with a letter for each number, such as {1: b, 2: a}."
    return "Answer with a word or two."
