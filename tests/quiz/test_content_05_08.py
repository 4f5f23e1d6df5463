"""The keys of quizzes 05 to 08 are what the exercises' references, simulations and other formulas give.

Where an exercise computes the same thing, its reference solution is the oracle, so that quiz and
exercise can't use different conventions.
"""

import importlib.util
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import count, product
from math import log, prod
from typing import Any

import numpy as np
import pytest

from grader.quiz.marked import mark_question
from tests.quiz.quiz_content import (
    ROOT,
    Oracle,
    computed_questions,
    course_quiz,
    derivative,
    floats,
    hold_against,
    option_texts,
    right_options,
    variant_of,
)

Params = Mapping[str, Any]


@cache
def _module(exercise: int) -> Any:
    folder = ROOT / "solutions" / f"exercise-{exercise:02}"
    (file,) = (path for path in folder.glob("*.py") if not path.name.startswith("test_"))
    spec = importlib.util.spec_from_file_location(f"reference_{exercise:02}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference(exercise: int, name: str) -> Callable[..., Any]:
    """Give a function of an exercise's reference solution."""
    function: Callable[..., Any] = getattr(_module(exercise), name)
    return function


def exact(value: float) -> Fraction:
    """Give the decimal number that was written."""
    return Fraction(repr(value))


def integral(f: Callable[[Any], Any], low: float, high: float) -> float:
    """Integrate a smooth function (Gauss and Legendre, 80 points)."""
    nodes, weights = np.polynomial.legendre.leggauss(80)
    half = (high - low) / 2
    return float(half * np.sum(weights * f((low + high) / 2 + half * nodes)))


# Quiz 05


def _halvings(p: Params) -> float:
    left = Fraction(1, int(p["m"]))
    for bits in count():
        if left == 1:
            return float(bits)
        left *= 2
    raise AssertionError


def _code_length(p: Params) -> float:
    """Give the mean length of a Huffman code, which is the entropy where all probabilities are powers of 1/2."""
    open_ends = sorted(exact(x) for x in p["p"] if x > 0)
    length = Fraction(0)
    while len(open_ends) > 1:
        joined = open_ends[0] + open_ends[1]
        length += joined
        open_ends = sorted([joined, *open_ends[2:]])
    return float(length)


def _policy_divergence(p: Params) -> float:
    """Add up the slope of the divergence, from where it is 0 to the new policy."""
    a = p["a"]
    return integral(lambda t: (t - a) / (t * (1 - t)), a, p["b"])


def _attention_entropy(p: Params) -> float:
    weights = np.zeros(int(p["n"]))
    weights[: int(p["m"])] = 1 / p["m"]
    return float(reference(23, "entropy")(weights))


QUIZ_05: dict[str, Oracle] = {
    "information": _halvings,
    "entropy_bits": _code_length,
    "kl_of_policies": _policy_divergence,
    "perplexity": lambda p: float(Decimal(repr(p["c"])).exp()),
    "conditional_entropy": lambda p: reference(23, "conditional_entropy")(
        floats(p["joint"]).reshape(2, 2) / 20
    ),
    "attention_entropy": _attention_entropy,
}

# Quiz 06


def _spam(p: Params) -> float:
    z = sum(exact(w) * exact(x) for w, x in zip(p["w"], p["x"], strict=True)) + exact(p["b"])
    odds = Decimal(float(z)).exp()
    return float(odds / (1 + odds))


def _line(p: Params) -> list[float]:
    weights, bias = reference(25, "fit_least_squares")(floats(p["x"])[:, None], floats(p["y"]))
    return [float(weights[0]), float(bias)]


def _first_adam_step(p: Params) -> float:
    at = np.zeros(1)
    moved, *_ = reference(30, "adam_step")(at, floats([p["g"]]), at, at, 1, lr=p["eta"], eps=0.0)
    return abs(float(moved[0]))


def _small_step(p: Params) -> float:
    at = np.zeros(1)
    moved, *_ = reference(30, "adam_step")(at, floats([p["c"] * 1e-8]), at, at, 1, lr=1.0)
    return -float(moved[0])


def _decay(p: Params) -> float:
    none = np.zeros(1)
    moved, *_ = reference(30, "adamw_step")(
        floats([p["w"]]), none, none, none, 1, lr=p["eta"], weight_decay=p["lam"]
    )
    return float(moved[0])


class _Given:
    """A generator that draws what the question says."""

    def __init__(self, keep: Any) -> None:
        self._keep = np.asarray(keep)

    def random(self, shape: Any) -> Any:
        assert tuple(np.atleast_1d(shape)) == self._keep.shape
        return np.where(self._keep == 1, 0.999, 0.0)


def _updates(p: Params) -> int:
    """Count the batches, epoch by epoch, by cutting them."""
    samples = range(int(p["n"]))
    size = int(p["batch"])
    return sum(1 for _ in range(int(p["epochs"])) for start in samples if start % size == 0)


QUIZ_06: dict[str, Oracle] = {
    "spam_probability": _spam,
    "softmax": lambda p: reference(7, "softmax")(floats(p["z"])),
    "mse": lambda p: reference(25, "mse")(floats(p["y"]), floats(p["yhat"])),
    "line": _line,
    "one_step": lambda p: p["w0"] - p["eta"] * derivative(lambda w: (w - p["a"]) ** 2, p["w0"]),
    "first_adam_step": _first_adam_step,
    # The table has four digits.
    "gelu": lambda p: p["x"] * (1 - p["phi"]),
    "updates": _updates,
    "small_gradient": _small_step,
    "dropout": lambda p: reference(32, "dropout_forward")(floats(p["x"]), p["p"], _Given(p["keep"]))[0],
    "decay_alone": _decay,
}

# Quiz 07


def _spacing(p: Params) -> float:
    if p["format"] == "bfloat16":
        rounded = reference(6, "round_to_bfloat16")
        candidates = (1 + np.arange(1, 2**16) / 2**16).astype(np.float32)
        return float(min(x for x in rounded(candidates) if x > 1)) - 1
    return float(np.spacing(getattr(np, p["format"])(1)))


def _clipped(p: Params) -> Any:
    k = p["k"]
    clipped, _ = reference(31, "clip_by_global_norm")([floats([3 * k, 4 * k]), floats([12 * k])], p["c"])
    return np.concatenate(clipped)


def _schedule(p: Params) -> list[float]:
    rate = reference(31, "warmup_cosine")
    return [rate(int(p[step]), int(p["warmup"]), int(p["total"]), p["peak"]) for step in ("s1", "s2")]


def _memory(p: Params) -> float:
    states = [np.empty(0, np.float32)] * 4  # weights, gradients and two moments
    return float(exact(p["billions"]) * sum(each.itemsize for each in states))


def _ruler(p: Params) -> float:
    """Let the exercise's quantiser lay its ruler over the ends; the range holds 0, as the exercise asks."""
    _, scale, _ = reference(40, "quantize")(floats([p["lo"], p["hi"]]), int(p["n"]))
    return float(scale)


def _shards(p: Params) -> float:
    samples = np.repeat([p["g1"], p["g2"]], [int(p["n1"]), int(p["n2"])])
    return float(samples.mean())


QUIZ_07: dict[str, Oracle] = {
    "spacing": _spacing,
    "logsumexp": lambda p: reference(6, "logsumexp")(np.full(int(p["n"]), float(p["a"]))),
    "clip_global_norm": _clipped,
    "through_time": lambda p: prod([p["a"]] * int(p["steps"])),
    "schedule": _schedule,
    "training_memory": _memory,
    "he_initialisation": lambda p: float(Decimal(2 / p["n_in"]).sqrt()),
    "quantisation_step": _ruler,
    "uneven_shards": _shards,
}

# Quiz 08


def _attention(p: Params) -> Any:
    keys = floats([p["k1"], p["k2"], p["k3"]])
    _, weights = reference(36, "attention")(floats([p["q"]]), keys, np.eye(3))
    return weights[0]


def _pairs(p: Params) -> list[int]:
    count = reference(36, "attention_pairs")
    return [int(count(int(p["tokens"]), causal=causal)) for causal in (False, True)]


def _perplexity(p: Params) -> float:
    return float(reference(24, "perplexity")(np.log(floats(p["p"]))))


def _ppo(p: Params) -> list[float]:
    loss = reference(39, "ppo_loss")
    pairs = zip(p["r"], p["A"], strict=True)
    return [-float(loss(np.log(floats([r])), np.zeros(1), floats([advantage]))) for r, advantage in pairs]


def _normed(p: Params) -> Any:
    y, _ = reference(35, "layernorm_forward")(floats([p["x"]]), np.ones(4), np.zeros(4), eps=0.0)
    return y[0]


def _residual(p: Params) -> float:
    layers = [np.full((1, 1), float(p["w"]))] * int(p["layers"])
    return float(reference(33, "depth_gain")(layers, residual=True))


def _best_text(p: Params) -> float:
    """Look through all texts of two tokens; the rest of the probability is spread thinly."""
    firsts = {"A": (p["a"], p["u"]), "B": (1 - p["a"], p["v"])}
    texts: list[float] = []
    for first, best in firsts.values():
        seconds = [best, *[(1 - best) / 50] * 50]
        texts += [first * second for second in seconds]
    return max(texts)


def _policy_gradient(p: Params) -> Any:
    scores = np.log(floats([p["pi"]])) + 3
    return reference(39, "reinforce_grad")(scores, np.array([p["hot"].index(1)]), floats([p["A"]]))[0]


QUIZ_08: dict[str, Oracle] = {
    "attention_weights": _attention,
    "pairs": _pairs,
    "block_parameters": lambda p: reference(37, "block_param_count")(int(p["d"]), 4 * int(p["d"])),
    "sequence_perplexity": _perplexity,
    "ppo_terms": _ppo,
    "positions": lambda p: reference(34, "sinusoidal_encoding")(int(p["pos"]) + 1, 4, 100.0)[-1],
    "layer_norm": _normed,
    "tied_weights": lambda p: np.zeros((int(p["V"]), int(p["d"])), np.int8).size,
    "residual_gain": _residual,
    "targets": lambda p: [following for _, following in zip(p["ids"], p["ids"][1:], strict=False)],
    "top_k": lambda p: reference(38, "top_k_probs")(np.log(floats(p["P"])), int(p["k"])).max(),
    "greedy_text": _best_text,
    "policy_gradient": _policy_gradient,
}

ORACLES = {"quiz-05": QUIZ_05, "quiz-06": QUIZ_06, "quiz-07": QUIZ_07, "quiz-08": QUIZ_08}
CASES = [(quiz, question) for quiz, oracles in ORACLES.items() for question in oracles]


@pytest.mark.parametrize(("quiz", "question"), CASES)
def test_the_key_is_what_an_independent_computation_gives(quiz: str, question: str) -> None:
    hold_against(ORACLES[quiz][question], quiz, question)


@pytest.mark.parametrize("quiz", ORACLES)
def test_every_computed_question_has_an_oracle(quiz: str) -> None:
    assert set(ORACLES[quiz]) == computed_questions(quiz)


def test_the_table_of_the_normal_distribution_has_the_exercise_s_gelu() -> None:
    for x, phi in ((0.5, 0.6915), (1.0, 0.8413), (1.5, 0.9332), (2.0, 0.9772)):
        gelu = float(reference(5, "gelu")(floats(-x)))
        assert -x * (1 - phi) == pytest.approx(gelu, rel=0.003)


def test_the_exercise_draws_its_weights_with_the_asked_deviation() -> None:
    drawn = reference(33, "he_normal")(200, 1000, np.random.default_rng(0))
    assert drawn.std() == pytest.approx(QUIZ_07["he_initialisation"]({"n_in": 200}), rel=0.01)


def test_an_epoch_has_the_batches_of_the_exercise() -> None:
    minibatches = reference(28, "minibatches")
    p = {"n": 1000, "batch": 64, "epochs": 3}
    rng = np.random.default_rng(0)
    assert _updates(p) == sum(len(minibatches(p["n"], p["batch"], rng)) for _ in range(3))


# Right options, where they can be computed


def _policy(text: str) -> list[float]:
    return [float(each) for each in text.strip("$()").split(",")]


def _entropy(p: list[float]) -> float:
    return float(reference(23, "entropy")(floats(p)))


def _in_order(quiz_id: str, question: str, steps: list[str]) -> float:
    """Mark an order of steps."""
    quiz, key = course_quiz(quiz_id)
    variant = variant_of(quiz, question, 5)
    shown = variant.questions[question].order
    letters = ["abcdefghijklmnop"[shown.index(step)] for step in steps]
    return mark_question(quiz, key, variant, question, letters).credit


def test_the_policies_are_put_in_order_by_their_entropies() -> None:
    quiz, _ = course_quiz("quiz-05")
    texts = {name: text.filled({}) for name, text in quiz.plans["entropy_order"].options.items()}
    policies = {name: _policy(text) for name, text in texts.items()}
    assert all(sum(policy) == pytest.approx(1) for policy in policies.values())
    assert _in_order("quiz-05", "entropy_order", sorted(policies, key=lambda k: _entropy(policies[k]))) == 1


def test_the_dearest_student_is_the_one_that_misses_a_word() -> None:
    students = {"spread": (0.3, 0.3), "one_only": (0.98, 0.001), "uneven": (0.7, 0.2), "timid": (0.05, 0.05)}
    costs = {name: -0.5 * log(2 * q) - 0.5 * log(2 * r) for name, (q, r) in students.items()}
    texts = option_texts("quiz-05", "distillation")
    for name, (cat, lynx) in students.items():
        assert texts[name].startswith(f"*cat* {cat}, *lynx* {lynx},")
    assert right_options("quiz-05", "distillation") == {max(costs, key=lambda name: costs[name])}


def test_the_divergence_keeps_three_of_the_five_laws() -> None:
    divergence = reference(24, "kl_divergence")
    coins = [floats([p, 1 - p]) for p in (0.5, 0.25, 0.05)]
    kept = {"nonnegative", "zero", "infinite"}
    for p, q in product(coins, repeat=2):
        assert divergence(p, q) >= 0
        assert (divergence(p, q) == pytest.approx(0, abs=1e-15)) == (p is q)
    assert divergence(coins[0], floats([1.0, 0.0])) == np.inf
    assert divergence(coins[0], coins[1]) != pytest.approx(divergence(coins[1], coins[0]))
    fair, bent, bad = coins
    assert divergence(fair, bad) > divergence(fair, bent) + divergence(bent, bad)
    assert right_options("quiz-05", "kl_properties") == kept


def test_each_pair_of_entropies_is_an_identity_and_no_other_expression_is() -> None:
    P = floats([[0.5, 0.25, 0.0], [0.0, 0.125, 0.125]])
    p, q = floats([0.5, 0.3, 0.2]), floats([0.2, 0.2, 0.6])
    entropy, cross = reference(23, "entropy"), reference(24, "cross_entropy")
    hx, hy, hxy = entropy(P.sum(axis=1)), entropy(P.sum(axis=0)), reference(23, "joint_entropy")(P)
    hp = entropy(p) * log(2)
    divergence = reference(24, "kl_divergence")(p, q)
    conditional = reference(23, "conditional_entropy")(P)
    left = {
        "joint": hxy,
        "mutual": reference(23, "mutual_information")(P),
        "cross": cross(p, q),
        "conditional": conditional,
    }
    right = {
        "r1": hp + divergence,
        "r2": hxy - hx,
        "r3": hx + hy,
        "r4": hx + conditional,
        "r5": hp - divergence,
        "r6": hx + hy - hxy,
    }
    _, key = course_quiz("quiz-05")
    pairs = key.questions["identities"].spec.pairs  # type: ignore[union-attr]  # the question is a match
    for (name, value), (other, expression) in product(left.items(), right.items()):
        assert (value == pytest.approx(expression)) == (pairs[name] == other), (name, other)


def test_cold_softmax_is_sure_and_hot_softmax_undecided() -> None:
    softmax = reference(7, "softmax")
    z = floats([0.3, -1.0, 2.0, 1.9])
    assert _entropy(softmax(z, temperature=1e-3)) == pytest.approx(0, abs=1e-9)
    assert _entropy(softmax(z, temperature=1e6)) == pytest.approx(2)
    assert right_options("quiz-05", "temperature") == {"up_to_log"}


def test_of_the_four_lines_one_goes_through_the_table() -> None:
    lines = {
        "agree": (1000, 50_000),
        "tenth": (10_000, 500_000),
        "slope_only": (10_000, 50_000),
        "bias_only": (1000, 1_220_000),
    }
    table = {80: 1_300_000, 100: 1_500_000}
    through = {name for name, (w, b) in lines.items() if all(w * x + b == y for x, y in table.items())}
    assert right_options("quiz-06", "units") == through


def test_one_more_than_2048_is_2048_in_float16() -> None:
    (right,) = right_options("quiz-07", "half_2048")
    assert option_texts("quiz-07", "half_2048")[right] == str(int(np.float16(2048) + np.float16(1)))


def test_of_two_formats_one_reaches_further_and_the_other_lies_closer() -> None:
    assert right_options("quiz-07", "two_formats") == {"brain_range"}
    bfloat16 = reference(6, "round_to_bfloat16")
    assert np.isfinite(bfloat16(np.full(1, 1e38, np.float32))).all()
    assert float(np.finfo(np.float16).max) < 1e38
    assert _spacing({"format": "float16"}) < _spacing({"format": "bfloat16"})


def test_attention_without_positions_goes_along_with_a_permutation() -> None:
    rng = np.random.default_rng(3)
    tokens, projection = rng.normal(size=(5, 4)), rng.normal(size=(3, 4, 4))
    order = rng.permutation(5)

    def attended(x: Any) -> Any:
        out, _ = reference(36, "attention")(*(x @ matrix for matrix in projection))
        return out

    np.testing.assert_allclose(attended(tokens[order]), attended(tokens)[order], rtol=1e-12)
    assert right_options("quiz-08", "permuted_tokens") == {"alike"}


def test_the_tokens_that_stay_are_those_of_the_exercise() -> None:
    quiz, key = course_quiz("quiz-08")
    for seed in range(100):
        variant = variant_of(quiz, "top_p", seed)
        drawn = variant.questions["top_p"]
        p = drawn.params
        kept = reference(38, "top_p_probs")(np.log(floats(p["P"])), p["p"]) > 0
        letters = ["abcdef"[place] for place in np.flatnonzero(kept)]
        assert mark_question(quiz, key, variant, "top_p", letters).credit == 1


def test_the_likeliest_text_is_never_the_greedy_one() -> None:
    quiz, _ = course_quiz("quiz-08")
    for seed in range(100):
        p = variant_of(quiz, "greedy_text", seed).questions["greedy_text"].params
        assert p["a"] > 0.5  # type: ignore[operator]
        assert _best_text(p) > p["a"] * p["u"]  # type: ignore[operator]


def test_the_article_s_scores_are_one_of_the_draws() -> None:
    quiz, _ = course_quiz("quiz-06")
    drawn = [variant_of(quiz, "softmax", seed).questions["softmax"].params["z"] for seed in range(60)]
    assert (2.3, 5.1, 1.8) in drawn
    assert len(set(drawn)) > 20
