"""The keys of quizzes 01 and 02 are what NumPy, or counting one by one, gives."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tests.quiz.quiz_content import (
    Oracle,
    computed_questions,
    floats,
    hold_against,
    option_texts,
    right_options,
)

Params = Mapping[str, Any]

_RNG = np.random.default_rng(20240601)
_BATCH = {"batch": 2, "channels": 3, "height": 5, "width": 7}


def _batch_memory(p: Params) -> float:
    return np.empty((p["b"], 3, p["h"], p["h"]), dtype=p["dtype"]).nbytes / 1024**2


def _cosine(p: Params) -> float:
    u, v = (floats(p[name]) / np.linalg.norm(p[name]) for name in "uv")
    return float(u @ v)


def _network_size(p: Params) -> int:
    shapes = [(p["n"], p["h"]), (p["h"],), (p["h"], p["k"]), (p["k"],)]
    return sum(np.empty(shape).size for shape in shapes)


def _contraction(p: Params) -> int:
    a, b = np.ones((p["i"], p["j"], p["k"])), np.ones((p["k"], p["j"], p["l"]))
    return int(np.einsum("ijk,kjl->il", a, b).sum())


def _layout(p: Params) -> list[int]:
    old, new = ([_BATCH[axis] for axis in p[name].strip("[]").split(", ")] for name in ("old", "new"))
    x = np.empty(old)
    fitting = [axes for axes in itertools.permutations(range(4)) if np.transpose(x, axes).shape == (*new,)]
    assert len(fitting) == 1
    return [*fitting[0]]


def _energy(p: Params) -> float:
    left, right = (np.linalg.qr(_RNG.standard_normal((4, 4)))[0] for _ in range(2))
    a = left @ np.diag(p["sigma"]) @ right.T
    u, s, vt = np.linalg.svd(a)
    k = p["k"]
    return float(np.sum(((u[:, :k] * s[:k]) @ vt[:k]) ** 2) / np.sum(a**2))


def _normalised_edge(p: Params) -> float:
    """Build a graph in which nodes 0 and 1 are joined, and have the degrees asked for."""
    n = p["p"] + p["q"]
    a = np.zeros((n, n))
    a[0, 1] = 1
    a[0, 2 : p["p"] + 1] = 1
    a[1, p["p"] + 1 :] = 1
    a += a.T
    assert (a.sum(1)[:2] == (p["p"], p["q"])).all()
    a += np.eye(n)
    root = np.diag(a.sum(1) ** -0.5)
    return float((root @ a @ root)[0, 1])


def _tucker_size(p: Params) -> int:
    n, r = ([p[f"{name}{mode}"] for mode in "123"] for name in "nr")
    return sum(np.empty(shape).size for shape in [tuple(r), *zip(n, r, strict=True)])


def _blocks(p: Params) -> int:
    side = p["n"] // 32
    assert side % p["g"] == 0
    weights = np.kron(np.eye(p["g"]), np.ones((side // p["g"],) * 2))
    return int(np.count_nonzero(weights)) * 32**2


QUIZ_01: dict[str, Oracle] = {
    "batch_memory": _batch_memory,
    "product": lambda p: floats(p["a"]) @ floats(p["b"]),
    "cosine": _cosine,
    "network_size": _network_size,
    "lookup": lambda p: np.eye(4)[p["t"]] @ floats(p["table"]),
    "forward": lambda p: np.maximum(floats(p["x"]) @ floats(p["w"]) + floats(p["b"]), 0),
    "contraction": _contraction,
    "layout": _layout,
}
QUIZ_02: dict[str, Oracle] = {
    "lora": lambda p: np.empty((p["d_in"], p["r"])).size + np.empty((p["r"], p["d_out"])).size,
    "energy": _energy,
    "symmetric_pair": lambda p: np.linalg.eigvalsh([[p["a"], p["b"]], [p["b"], p["a"]]]),
    "normalised_edge": _normalised_edge,
    "tucker_size": _tucker_size,
    "blocks": _blocks,
}


@pytest.mark.parametrize("question", QUIZ_01)
def test_the_keys_of_quiz_01_are_what_an_independent_computation_gives(question: str) -> None:
    hold_against(QUIZ_01[question], "quiz-01", question)


@pytest.mark.parametrize("question", QUIZ_02)
def test_the_keys_of_quiz_02_are_what_an_independent_computation_gives(question: str) -> None:
    hold_against(QUIZ_02[question], "quiz-02", question)


def test_every_computed_question_has_an_oracle() -> None:
    assert set(QUIZ_01) == computed_questions("quiz-01")
    assert set(QUIZ_02) == computed_questions("quiz-02")


def test_numpy_broadcasts_the_shapes_that_are_called_right() -> None:
    def broadcasts(text: str) -> bool:
        shapes = [tuple(map(int, re.findall(r"\d+", shape))) for shape in text.split(" and ")]
        try:
            np.broadcast_shapes(*shapes)
        except ValueError:
            return False
        return True

    texts = option_texts("quiz-01", "broadcast")
    assert {name for name, text in texts.items() if broadcasts(text)} == right_options("quiz-01", "broadcast")


def test_the_einsum_of_scores_pairs_within_a_batch_element() -> None:
    q, k = _RNG.standard_normal((2, 3, 4)), _RNG.standard_normal((2, 5, 4))
    scores = np.einsum("bqd,bkd->bqk", q, k)
    for b, i, j in np.ndindex(scores.shape):
        assert scores[b, i, j] == pytest.approx(q[b, i] @ k[b, j])
    assert right_options("quiz-01", "einsum_scores") == {"within"}


def test_weights_of_samples_in_rows_lead_from_inputs_to_outputs() -> None:
    sizes = {"N": 5, "D_{in}": 3, "D_{out}": 2}
    x, y = np.empty((5, 3)), np.empty((5, 2))
    fitting = set()
    for name, text in option_texts("quiz-01", "weight_shape").items():
        shape = [sizes[size] for size in text.strip("$()").split(", ")]
        if shape[0] == x.shape[1] and (x @ np.empty(shape)).shape == y.shape:
            fitting.add(name)
    assert fitting == right_options("quiz-01", "weight_shape")


def test_of_orthogonal_matrices_the_right_statements_hold_and_the_others_fail_for_one() -> None:
    holds = dict.fromkeys(option_texts("quiz-02", "orthogonal"), True)
    for _ in range(20):
        q, _ = np.linalg.qr(_RNG.standard_normal((3, 3)))
        q[0] *= _RNG.choice([-1, 1])
        x = _RNG.standard_normal(3)
        holds["inverse"] &= np.allclose(q.T @ q, np.eye(3))
        holds["lengths"] &= np.isclose(np.linalg.norm(q @ x), np.linalg.norm(x))
        holds["ones"] &= np.allclose(np.linalg.svd(q)[1], 1)
        holds["mirror"] &= np.allclose(q, q.T)
        holds["determinant"] &= np.isclose(np.linalg.det(q), 1)
    assert {name for name, held in holds.items() if held} == right_options("quiz-02", "orthogonal")


def test_nodes_in_another_order_move_the_rows_of_a_graph_layer() -> None:
    p = _RNG.standard_normal((5, 5))
    h, w = _RNG.standard_normal((5, 3)), _RNG.standard_normal((3, 2))
    order = _RNG.permutation(5)
    moved = np.maximum(p[np.ix_(order, order)] @ h[order] @ w, 0)
    np.testing.assert_allclose(moved, np.maximum(p @ h @ w, 0)[order])
    assert right_options("quiz-02", "renumbered") == {"moves"}
