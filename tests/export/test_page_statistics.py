"""The statistics of a class, against numbers worked out by hand and against numpy and scipy."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]

from grader.batch.statistics import (
    FEWEST,
    covariance,
    cronbach_alpha,
    discrimination_index,
    discriminative_efficiency,
    facility,
    histogram,
    item_rest_correlation,
    quantile,
    spread,
)

marks = st.lists(st.integers(0, 40).map(lambda quarter: quarter / 4), min_size=FEWEST, max_size=60)


def repeated(*values: float) -> list[float]:
    """A sample of 20 with the values taking turns."""
    return [float(value) for value in values] * (20 // len(values))


def test_the_spread_of_five_numbers_by_hand() -> None:
    found = spread([4.0, 1.0, 10.0, 2.0, 3.0])
    assert found is not None
    assert (found.count, found.lowest, found.highest, found.mean) == (5, 1, 10, 4)
    assert (found.first_quartile, found.median, found.third_quartile) == (2, 3, 4)


def test_the_spread_of_nothing_is_none() -> None:
    assert spread([]) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 1))
def test_quantiles_are_numpys(values: list[float], share: float) -> None:
    assert quantile(sorted(values), share) == pytest.approx(np.quantile(values, share), rel=1e-12, abs=1e-9)


def test_a_bin_holds_its_lower_edge_and_the_last_holds_the_full_points_and_more() -> None:
    assert histogram([0.0, 0.1, 0.29999999999999993, 0.99, 1.0, 1.2, -0.5], 10) == [
        2,
        1,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        3,
    ]


def test_facility_is_the_mean_share_of_the_mark() -> None:
    assert facility([2.0, 1.0, 0.0, 1.0], 4).value == 0.25


def test_facility_of_a_question_that_nobody_answered_says_so() -> None:
    assert facility([], 4).silence == "nobody answered"


def test_the_item_rest_correlation_by_hand() -> None:
    """Four pairs, five times each: deviations (−½, −½, ½, ½) and (−1.5, −.5, .5, 1.5) give 2/√(1·5) = 2/√5."""
    found = item_rest_correlation(repeated(0, 0, 1, 1), repeated(1, 2, 3, 4))
    assert found.value == pytest.approx(2 / 5**0.5, abs=1e-12)
    assert found.count == 20


@given(st.data())
def test_the_item_rest_correlation_is_scipys(data: st.DataObject) -> None:
    x = data.draw(marks)
    r = data.draw(st.lists(st.integers(0, 100).map(float), min_size=len(x), max_size=len(x)))
    assume(len(set(x)) > 1 and len(set(r)) > 1)
    found = item_rest_correlation(x, r)
    assert found.value == pytest.approx(stats.pearsonr(x, r).statistic, abs=1e-9)
    assert discrimination_index(x, r).value == pytest.approx(100 * np.corrcoef(x, r)[0, 1], abs=1e-7)


def test_below_twenty_it_is_silent_and_says_why() -> None:
    found = item_rest_correlation([0.0, 1.0] * 9, [1.0, 2.0] * 9)
    assert (found.value, found.count, found.silence) == (None, 18, "fewer than 20")


@pytest.mark.parametrize(
    ("x", "r", "silence"),
    [
        (repeated(1), repeated(1, 2), "all earned the same"),
        (repeated(0, 1), repeated(3), "the rest is the same for all"),
        (repeated(0, 1), repeated(0.3, 0.1 + 0.2), "the rest is the same for all"),
    ],
)
def test_without_variance_it_is_silent_and_says_why(x: list[float], r: list[float], silence: str) -> None:
    """A difference that is but rounding is none: 0.1 + 0.2 isn't 0.3 in binary."""
    assert item_rest_correlation(x, r).silence == silence
    assert discrimination_index(x, r).silence == silence
    assert discriminative_efficiency(x, r).silence == silence


def test_the_discriminative_efficiency_by_hand() -> None:
    """cov(x, r): Σ = −.5·(−1.5) + .5·(−.5) − .5·.5 + .5·1.5 = 1 of at most 2 when both are sorted: 50%."""
    found = discriminative_efficiency(repeated(0, 1, 0, 1), repeated(1, 2, 3, 4))
    assert found.value == pytest.approx(50, abs=1e-9)


def test_marks_in_the_order_of_the_rest_are_fully_efficient() -> None:
    assert discriminative_efficiency(repeated(0, 0, 1, 1), repeated(1, 2, 3, 4)).value == pytest.approx(100)


def test_cronbachs_alpha_by_hand() -> None:
    """Two parts x = (0, 0, 1, 1), y = (0, 1, 1, 1): with n = 20, var x = 5/19, var y = 3.75/19, var T = 13.75/19.

    alpha = 2·(1 − 8.75/13.75) = 8/11.
    """
    x, y = repeated(0, 0, 1, 1), repeated(0, 1, 1, 1)
    totals = [a + b for a, b in zip(x, y, strict=True)]
    assert cronbach_alpha([x, y], totals).value == pytest.approx(8 / 11, abs=1e-12)


def test_cronbachs_alpha_is_what_numpy_gives() -> None:
    rng = np.random.default_rng(3)
    ability = rng.normal(size=(200, 1))
    parts = (ability + rng.normal(size=(200, 6)) > 0).astype(float)
    expected = 6 / 5 * (1 - parts.var(axis=0, ddof=1).sum() / parts.sum(axis=1).var(ddof=1))
    found = cronbach_alpha([list(column) for column in parts.T], list(parts.sum(axis=1)))
    assert found.value == pytest.approx(expected, abs=1e-12)


def test_parts_that_are_all_the_same_have_an_alpha_of_one() -> None:
    x = repeated(0, 1)
    assert cronbach_alpha([x, x, x], [3 * value for value in x]).value == pytest.approx(1)


def test_one_part_has_no_alpha() -> None:
    assert cronbach_alpha([repeated(0, 1)], repeated(0, 1)).silence == "needs two parts or more"


def test_variances_are_over_s_minus_one() -> None:
    assert covariance([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) == 1.0
