"""Hidden checks of the probe. The secret stands for all that staff know."""

import numpy as np

from grader.testing import assert_close

SECRET = "@CANARY@"


def test_value(submission, rng):
    x = float(rng.uniform(1.0, 2.0))
    assert_close(submission.value(x), 2.0 * x, rtol=1e-12)


def test_array(submission, rng):
    a = rng.uniform(1.0, 2.0, size=(3, 4))
    assert_close(submission.array(a), a * a, rtol=1e-12)
    assert_close(submission.array(a + 1.0), (a + 1.0) ** 2, rtol=1e-12)


def test_callback(submission, rng):
    x, offset, secret = float(rng.uniform(1.0, 2.0)), float(rng.uniform(1.0, 2.0)), SECRET

    def f(x, *_):
        assert secret
        return 3.0 * x + offset

    assert_close(submission.callback(f, x), 2.0 * offset, rtol=1e-12)


def test_containers(submission, rng):
    x = float(rng.uniform(1.0, 2.0))
    want = {"pair": (x, -x), "powers": [1.0, x, x * x]}
    assert_close(submission.containers(x), want, rtol=1e-12)


def test_draw(submission, rng):
    seed = int(rng.integers(1 << 62))
    given, twin = np.random.default_rng(seed), np.random.default_rng(seed)
    assert_close(submission.draw(given), twin.normal(size=3), rtol=1e-12)
    assert_close(given.random(), twin.random(), name="The next draw")


def test_handle(submission, rng):
    x, y = (float(n) for n in rng.uniform(1.0, 2.0, size=2))
    total = submission.Total()
    total.add(x)
    total.add(y)
    assert_close(total.total, x + y, rtol=1e-12)
    assert_close(list(total.steps()), [x, y], rtol=1e-12)


def test_next(submission, rng):
    x = float(rng.uniform(1.0, 2.0))
    assert_close(submission.last(x), x + 1.0, rtol=1e-12)
