"""Say what a wrong number, vector or matrix looks like beside the right one, without telling that."""

from grader.quiz.expression import Value, shape_of
from grader.quiz.expression.arrays import entries_of
from grader.quiz.marking.tolerance import Tolerance

_FACTORS = {
    -1.0: "has the wrong sign",
    2.0: "is twice too large",
    0.5: "is half of what it should be",
    100.0: "is a hundred times too large",
    0.01: "is a hundred times too small",
}


def symptom(given: Value, right: Value, tolerance: Tolerance) -> str:
    """Name what a wrong answer has in common with the right one; nothing where nothing is seen.

    Args:
        given: The answer, of the right shape.
        right: The key.
        tolerance: How far apart equal numbers may be.
    """
    for factor, says in _FACTORS.items():
        if tolerance.same(given, _scaled(right, factor)):
            # 0 is every multiple of itself.
            return f"Your answer {says}."
    a, b = list(entries_of(given)), list(entries_of(right))
    if len(a) == 1:
        return ""
    if len(shape_of(right)) == 2 and tolerance.same(given, tuple(zip(*right, strict=True))):  # type: ignore[misc]  # a matrix
        return "Your answer is right up to transposition: rows and columns are exchanged."
    if all(map(tolerance.same, sorted(a), sorted(b))):
        return "Your entries are right, but in another order."
    largest = max(range(len(b)), key=lambda k: abs(b[k]))
    if b[largest] and a[largest] and tolerance.same(given, _scaled(right, a[largest] / b[largest])):
        return "Your answer is right up to a factor that all entries share."
    off = [k for k in range(len(b)) if not tolerance.same(a[k], b[k])]
    return f"{len(off)} of the {len(b)} entries {'is' if len(off) == 1 else 'are'} wrong."


def _scaled(value: Value, factor: float) -> Value:
    return tuple(_scaled(entry, factor) for entry in value) if isinstance(value, tuple) else factor * value
