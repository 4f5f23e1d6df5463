"""Forbidden names, judged on the syntax tree in a worker."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from grader.sandbox import SubmissionError, Use

if TYPE_CHECKING:
    from grader.sandbox import Sandbox

FORBID = [
    "@",
    "dot",
    "inner",
    "vdot",
    "vecdot",
    "matvec",
    "vecmat",
    "matmul",
    "multi_dot",
    "einsum",
    "tensordot",
    "__matmul__",
]


def found(sandbox: Sandbox, source: str) -> list[tuple[int, str]]:
    uses = sandbox.find_forbidden(textwrap.dedent(source), functions=["matmul"], forbid=FORBID)
    assert all(type(use) is Use for use in uses)
    return [(use.line, use.name) for use in uses]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return A @ B", "@"),
        ("A @= B; return A", "@"),
        ("return np.dot(A, B)", "dot"),
        ("return A.dot(B)", "dot"),
        ("return np.matmul(A, B)", "matmul"),
        ("return np.linalg.multi_dot([A, B])", "multi_dot"),
        ("return getattr(np, 'einsum')('ij,jk', A, B)", "einsum"),
        ("return A.__matmul__(B)", "__matmul__"),
        ("from numpy import inner\n    return inner(A, B.T)", "inner"),
        ("from operator import matmul as mm\n    return mm(A, B)", "matmul"),
        ("return (lambda x, y: x @ y)(A, B)", "@"),
        ("return [np.vdot(a, b) for a in A for b in B.T]", "vdot"),
    ],
)
def test_a_forbidden_name_in_the_function_is_found(confined: Sandbox, body: str, name: str) -> None:
    uses = found(confined, f"import numpy as np\n\ndef matmul(A, B):\n    {body}\n")
    assert [use[1] for use in uses] == [name]
    assert uses[0][0] in (4, 5)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nmm = np.matmul\ndef matmul(A, B): return mm(A, B)",
        "from numpy import dot as d\ndef matmul(A, B): return d(A, B)",
        "from numpy import *\ndef matmul(A, B): return dot(A, B)",
        "def helper(A, B): return A @ B\ndef matmul(A, B): return helper(A, B)",
        "def a(x): return b(x)\ndef b(x): return x @ x\ndef matmul(A, B): return list(map(a, A))",
        "class H:\n    def go(self, A, B): return A @ B\ndef matmul(A, B): return H().go(A, B)",
        "f = lambda A, B: A @ B\ndef matmul(A, B): return f(A, B)",
        "import numpy as np\ndef matmul(A, B): ...\nmatmul = np.matmul",
        "import numpy as np\ndef matmul(A, B): ...\nglobals()['matmul'] = np.matmul",
        "import numpy as np\ndef matmul(A, B): ...\nmatmul.__code__ = np.dot",
        "import numpy as np\ndef set_up():\n    global matmul\n    matmul = np.dot\nset_up()",
        "try:\n    from numpy import einsum as e\nexcept ImportError:\n    e = None\ndef matmul(A, B): return e(A, B)",
        "def helper(A, B): return A @ B\ndef matmul(A, B): return globals()['helper'](A, B)",
        "def deco(f): return lambda A, B: A @ B\n@deco\ndef matmul(A, B): ...",
        "def matmul(A, B, f=lambda A, B: A @ B): return f(A, B)",
    ],
)
def test_roundabout_ways_are_found(confined: Sandbox, source: str) -> None:
    assert len(found(confined, source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def matmul(A, B):\n    'dot'\n    # A @ B\n    return [[sum(x * y for x, y in zip(r, c)) for c in zip(*B)] for r in A]",
        "def matmul(A, B): return matmul(A, B) if A else None",
        "def matmul(A, B):\n    inner = A.shape[1]\n    return sum(A[:, k, None] * B[k] for k in range(inner))",
        "def matmul(A, B, dot=0):\n    dot += 1\n    return dot",
        "def dense(X, W, b): return X @ W + b\ndef matmul(A, B): return A * B",
        "import numpy as np\ndef matmul(A, B): return A * B\nif __name__ == '__main__':\n    assert np.dot(1, 2) == matmul(1, 2)",
        "import numpy as np\ndef matmul(A, B): return A * B\nprint(np.dot(1, 2))",
        "def dot(a, b): return sum(x * y for x, y in zip(a, b))\ndef matmul(A, B): return dot(A, B)",
    ],
)
def test_what_is_allowed_is_not_found(confined: Sandbox, source: str) -> None:
    assert found(confined, source) == []


def test_uses_are_sorted_by_line(confined: Sandbox) -> None:
    source = "import numpy as np\ndef matmul(A, B):\n    return help(A) @ B\ndef help(A):\n    return np.dot(A, np.einsum('i', A))\n"
    assert found(confined, source) == [(3, "@"), (5, "dot"), (5, "einsum")]


def test_a_syntax_error_is_the_learners(sandbox: Sandbox) -> None:
    with pytest.raises(SyntaxError) as raised:
        found(sandbox, "def matmul(:\n")
    error: Any = raised.value
    assert isinstance(error, SubmissionError)
    assert error.line == 1
