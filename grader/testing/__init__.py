"""What check authors import: comparisons that fail with a sentence, and finite differences.

from grader.testing import assert_close

def test_shift_invariance(submission, rng):
    z = rng.normal(size=(3, 5))
    assert_close(submission.softmax(z + 123.4), submission.softmax(z), rtol=1e-9)
"""

from grader.checking.compare import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_equal,
    assert_no_warnings,
    assert_pure,
    assert_raises,
    finite_difference,
)

__all__ = [
    "ComparisonFailed",
    "as_array",
    "assert_close",
    "assert_equal",
    "assert_no_warnings",
    "assert_pure",
    "assert_raises",
    "finite_difference",
]
