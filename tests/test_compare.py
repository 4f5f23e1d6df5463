"""The comparisons that check authors call, and what they tell a learner."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, finite_difference


def told(actual: Any, expected: Any, **options: Any) -> str:
    """What a learner is told about a value that isn't right."""
    with pytest.raises(ComparisonFailed) as caught:
        assert_close(actual, expected, **options)
    return caught.value.message


RIGHT = np.array([[1.0, 2.0, 4.0], [0.5, -3.0, 7.0]])
SQUARE = np.array([[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (2.0, 2), (np.float32(2), 2.0), (np.array(2.0), 2.0), (True, True), ([1, 2], np.array([1.0, 2.0])),
        (((1.0, 2.0), (3.0, 5.0)), SQUARE), (np.asfortranarray(RIGHT), RIGHT), (RIGHT.T.copy().T, RIGHT),
        (np.array([np.nan, np.inf]), [np.nan, np.inf]), ([1.0, SQUARE], (1.0, SQUARE)), ((1, 2), (1.0, 2.0)),
        (np.array([1.0, 2.0]), (1.0, 2.0)), ({"a": 1.0, "b": RIGHT}, {"b": RIGHT, "a": 1}), (np.zeros((0, 3)), np.zeros((0, 3))), (1 + 1e-9, 1.0),
        (np.array([1, 2], dtype=np.int8), np.array([1.0, 2.0])), ([RIGHT, SQUARE], [RIGHT, SQUARE]),
        (-np.inf, -np.inf), (1 + 2j, 1 + 2j), (0.0, -0.0),
    ],
)  # fmt: skip
def test_right_values_pass_whatever_holds_them(actual: Any, expected: Any) -> None:
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        (None, RIGHT, "The result is None: is a `return` missing?"),
        ("text", 1.0, "The result is a text, where a number belongs."),
        ({"a": 1}, 1.0, "The result is a dict, where a number belongs."),
        ([[1.0], [1.0, 2.0]], RIGHT, "The result is a list whose rows differ in length"),
        (["a", "b"], [1.0, 2.0], "The result is a list that doesn't hold only numbers."),
        (RIGHT.T, RIGHT, "The result has the shape (3, 2), but must have (2, 3). Are the axes in the right order?"),
        (RIGHT[None], RIGHT, "An axis of length 1 is left over."),
        (np.array([1.0]), 1.0, "The result has the shape (1,), but must have (). "),
        (np.zeros(3), np.zeros((3, 1)), "The result has the shape (3,), but must have (3, 1)."),
        (RIGHT + 0j, RIGHT, "The result is complex, where real numbers belong."),
        (RIGHT > 0, RIGHT, "The result holds True and False, where numbers belong."),
        (np.array([1, 0]), np.array([True, False]), "The result holds numbers, where True and False belong"),
        (np.array([True, True]), np.array([True, False]), "The result has a wrong truth value at [1]."),
        (np.where(RIGHT == 4.0, np.nan, RIGHT), RIGHT, "The result isn't finite where it should be: entry [0, 2] is nan."),
        (np.where(RIGHT == 0.5, -np.inf, RIGHT), RIGHT, "entry [1, 0] is −inf."),
        (np.nan, 1.0, "The result isn't finite where it should be: it is nan."),
        (1.0, np.inf, "The result misses a limit: it should be +inf."),
        (np.zeros(2), [0.0, -np.inf], "The result misses a limit: entry [1] should be −inf."),
        (1.0, (1.0, 2.0), "The result is a number, where a tuple of 2 values belongs."),
        ((1.0,), (1.0, 2.0), "The result has 1 values, where 2 belong."),
        ((1.0, 3.0), (1.0, 2.0), "The second value of the result is wrong."),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "The result lacks the key 'b'."),
        ({"a": 1.0, "secret": 1.0}, {"a": 1.0}, "The result has a key that doesn't belong there."),
        ({"a": 3.0}, {"a": 1.0}, "The result['a'] is wrong."),
    ],
)  # fmt: skip
def test_type_shape_and_finiteness_come_before_values(actual: Any, expected: Any, message: str) -> None:
    assert message in told(actual, expected)


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (2 * RIGHT, "twice too large"),
        (RIGHT / 2, "half of what it should be"),
        (-RIGHT, "the sign is flipped"),
        (RIGHT * np.log(2), "too small by the factor ln 2"),
        (RIGHT / np.log(2), "too large by the factor 1/ln 2"),
        (RIGHT * 5, "too large by the factor N, the number of samples"),
        (RIGHT / 5, "too small by the factor N, the number of samples"),
        (RIGHT * 3.7, "all entries are off by one and the same factor"),
        (RIGHT + 0.3, "all entries are off by one and the same constant"),
        (RIGHT[::-1], "the order along the first axis is reversed"),
        (RIGHT + np.eye(2, 3), "2 of 6 entries differ; the worst entry is [0, 0]"),
        (RIGHT * (1 + 1e-5), "close everywhere, but not within the tolerance"),
    ],
)  # fmt: skip
def test_a_pattern_is_named(actual: Any, words: str) -> None:
    assert words in told(actual, RIGHT, sizes={"N, the number of samples": 5})


def test_a_transposed_matrix_and_exchanged_rows_are_named() -> None:
    assert "it is transposed" in told(SQUARE.T, SQUARE)
    rows = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])
    assert "the rows are right, but in another order" in told(rows[[1, 0, 2]], rows)
    assert "the entries are right, but in another order" in told([1.0, 2.0, 4.0], [2.0, 1.0, 4.0])


def test_an_error_of_rounding_resembles_nothing() -> None:
    message = told(RIGHT * (1 + 3e-7), RIGHT)
    assert (
        message == "The result is close everywhere, but not within the tolerance; the worst entry is [1, 2]."
    )


def test_a_dtype_is_asked_for_only_where_the_check_asks() -> None:
    assert_close(np.ones(1, dtype=np.float32), [1.0])
    message = told(np.ones(1), np.ones(1, dtype=np.float32), dtype=np.float32)
    assert message == "The result has the dtype float64, but must have float32."


def test_a_shape_is_never_broadcast() -> None:
    assert "shape" in told(1.0, np.ones(3))
    assert "shape" in told(np.ones((1, 3)), np.ones((2, 3)))


TELLING = st.sampled_from([777.0, 888.0, 999.0, -777.0])


@given(npst.arrays(np.float64, (2, 3), elements=TELLING), npst.arrays(np.float64, (2, 3), elements=TELLING))
def test_a_message_tells_no_value(actual: Any, expected: Any) -> None:
    """Only shape, dtype, an index, a count and named patterns are told: no number of either array."""
    try:
        assert_close(actual, expected)
    except ComparisonFailed as failed:
        assert not set("789") & set(failed.message)  # noqa: PT017  # agreeing is right as well


@given(npst.arrays(np.float64, npst.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e3, 1e3)))
def test_a_value_agrees_with_itself_and_not_with_a_changed_one(array: Any) -> None:
    assert_close(array, array, rtol=0.0)
    changed = array.copy()
    changed.flat[0] += 1.0
    with pytest.raises(ComparisonFailed):
        assert_close(changed, array, rtol=1e-9)


def test_equality_is_exact_and_of_the_right_kind() -> None:
    assert_equal(np.int64(4), 4)
    assert_equal([1, "a", (True, None)], (1, "a", [True, None]))
    assert_equal({"shape": (2, 3), "rank": 2}, {"rank": 2, "shape": (2, 3)})
    assert_equal(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    for actual, expected in [
        (True, 1),
        (1, True),
        ("1", 1),
        (1.5, 1),
        ([1], 1),
        ("a", "b"),
        (None, "a"),
        (1.0 + 1e-12, 1.0),
    ]:
        with pytest.raises(ComparisonFailed):
            assert_equal(actual, expected)


def test_as_array_gives_the_numbers_or_fails_with_a_sentence() -> None:
    assert as_array([[1, 2], [3, 4]], shape=(2, 2)).dtype.kind == "i"
    with pytest.raises(ComparisonFailed, match=r"^p has the shape \(2,\), but must have \(3,\)"):
        as_array([1.0, 2.0], shape=(3,), name="p")


@given(npst.arrays(np.float64, (2, 2), elements=st.floats(-3.0, 3.0)))
def test_a_finite_difference_is_the_gradient(x: Any) -> None:
    """Of Σ sin(x)·x the gradient is cos(x)·x + sin(x)."""
    slope = finite_difference(lambda at: np.sum(np.sin(at) * at), x)
    np.testing.assert_allclose(slope, np.cos(x) * x + np.sin(x), rtol=1e-5, atol=1e-7)
