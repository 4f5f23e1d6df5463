"""The checks of exercise-07 as plain pytest would run them: one process, unconfined, no grader around."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "solutions" / "exercise-07"))

from test_softmax import *  # noqa: E402, F403

from grader.checking.local import LocalSubmission  # noqa: E402
from grader.testing import assert_close  # noqa: E402


@pytest.fixture
def submission() -> LocalSubmission:
    return LocalSubmission(ROOT / "solutions" / "exercise-07" / "softmax.py")


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    return np.random.default_rng(sum(map(ord, request.node.name)))


def test_cat_dog_bird(submission: LocalSubmission) -> None:
    assert_close(submission.softmax([2.3, 5.1, 1.8]), [0.0553980, 0.9110013, 0.0336006], rtol=1e-5)


def test_example_temperature(submission: LocalSubmission) -> None:
    got = submission.softmax([2.3, 5.1, 1.8], temperature=2.0)
    assert_close(got, [0.1714090, 0.6950976, 0.1334934], rtol=1e-5)


def test_example_mask(submission: LocalSubmission) -> None:
    got = submission.masked_softmax([1.0, 2.0, 3.0], [True, False, True])
    assert_close(got, [0.1192029, 0.0, 0.8807971], rtol=1e-5)
