"""Hidden checks of exercise-18.

Oracles: derivatives written out by hand, and for random graphs forward-mode differentiation
(tangents are carried along with the numbers, so no order of visits can be wrong). Results of
single operations are multiplied by a random number before `backward()`, so that an operation that
ignores the gradient of its own result is found out.
"""

import math

import numpy as np

from grader.testing import assert_close

TIGHT = {"rtol": 1e-9, "atol": 1e-12}  # closed forms with a handful of roundings


def numbers(rng, n):
    """Plain floats of both signs with magnitude 0.5 to 1.5."""
    return [
        float(s * m)
        for s, m in zip(rng.choice([-1.0, 1.0], size=n), rng.uniform(0.5, 1.5, size=n), strict=True)
    ]


def backward(result, weight=None):
    """Let a result, multiplied by a weight if there is one, pass its gradients on."""
    (result if weight is None else result * weight).backward()


def test_forward_values(submission, rng):
    x, y, c = numbers(rng, 3)
    a, b = submission.Value(x), submission.Value(y)
    for value, want, name in [
        (a + b, x + y, "a + b"), (a - b, x - y, "a - b"), (a * b, x * y, "a * b"), (a / b, x / y, "a / b"),
        (-a, -x, "-a"),
        (a + c, x + c, "a + 2"), (a - c, x - c, "a - 2"), (a * c, x * c, "a * 2"), (a / c, x / c, "a / 2"),
        (c + a, c + x, "2 + a"), (c - a, c - x, "2 - a"), (c * a, c * x, "2 * a"), (c / a, c / x, "2 / a"),
        (submission.Value(7) / submission.Value(2), 3.5, "Value(7) / Value(2)"),
    ]:  # fmt: skip
        assert_close(value.data, want, **TIGHT, name=f"The data of {name}")
    backward(a * b - a)
    for leaf, want in [(a, x), (b, y)]:
        assert_close(leaf.data, want, **TIGHT, name="The data of an input, after all that,")


def test_arithmetic_gradients(submission, rng):
    for operate, slopes, name in [
        (lambda a, b: a + b, lambda x, y: (1.0, 1.0), "a + b"),
        (lambda a, b: a - b, lambda x, y: (1.0, -1.0), "a - b"),
        (lambda a, b: a * b, lambda x, y: (y, x), "a * b"),
        (lambda a, b: a / b, lambda x, y: (1 / y, -x / y**2), "a / b"),
        (lambda a, b: -a * b, lambda x, y: (-y, -x), "-a · b"),
        (lambda a, b: -(a - b), lambda x, y: (-1.0, 1.0), "-(a - b)"),
    ]:
        x, y, c = numbers(rng, 3)
        a, b, weight = (submission.Value(number) for number in (x, y, c))
        result = operate(a, b)
        backward(result, weight)
        da, db = slopes(x, y)
        assert_close(result.grad, c, **TIGHT, name=f"The gradient of r = {name} in r · c")
        assert_close(a.grad, c * da, **TIGHT, name=f"The gradient of a in ({name}) · c")
        assert_close(b.grad, c * db, **TIGHT, name=f"The gradient of b in ({name}) · c")
        # Tiny and huge numbers, tiny and huge gradients, and a first number that is 0.
        for sx, sy, sc in [(1e-9, 1e-9, 1e-20), (1e9, 1e9, 1e20), (0.0, 1.0, 1.0)]:
            a, b, weight = (submission.Value(number) for number in (sx * x, sy * y, sc * c))
            backward(operate(a, b), weight)
            da, db = slopes(sx * x, sy * y)
            assert_close(a.grad, sc * c * da, rtol=1e-9, name=f"The gradient of a in ({name}) · c")
            assert_close(b.grad, sc * c * db, rtol=1e-9, name=f"The gradient of b in ({name}) · c")
    (y,) = numbers(rng, 1)
    a, b = submission.Value(y), submission.Value(0.0)
    for result, da, db, name in [
        (a + b, 1.0, 1.0, "a + b"),
        (a - b, 1.0, -1.0, "a - b"),
        (a * b, 0.0, y, "a * b"),
    ]:
        backward(result)
        assert_close(a.grad, da, **TIGHT, name=f"The gradient of a in {name} where b holds 0")
        assert_close(b.grad, db, **TIGHT, name=f"The gradient of b in {name} where b holds 0")


def test_rsub_rdiv(submission, rng):
    for operate, slope, name in [
        (lambda v, k: k - v, lambda x, k: -1.0, "k - v"),
        (lambda v, k: k / v, lambda x, k: -k / x**2, "k / v"),
        (lambda v, k: k + v, lambda x, k: 1.0, "k + v"),
        (lambda v, k: k * v, lambda x, k: k, "k * v"),
        (lambda v, k: v - k, lambda x, k: 1.0, "v - k"),
        (lambda v, k: v / k, lambda x, k: 1 / k, "v / k"),
        (lambda v, k: v + k, lambda x, k: 1.0, "v + k"),
        (lambda v, k: v * k, lambda x, k: k, "v * k"),
    ]:
        for k in (float(rng.uniform(1.5, 2.5)), int(rng.integers(2, 6))):
            x, c = numbers(rng, 2)
            v, weight = submission.Value(x), submission.Value(c)
            inner = operate(v, k)
            backward(inner, weight)
            assert_close(inner.data, operate(x, k), **TIGHT, name=f"The data of {name}")
            assert_close(v.grad, c * slope(x, k), **TIGHT, name=f"The gradient of v in ({name}) · c")
            assert_close(weight.grad, operate(x, k), **TIGHT, name=f"The gradient of c in ({name}) · c")


def test_power(submission, rng):
    cases = [(x, n) for n in (2, 3, -1, -2, 1, 0) for x in numbers(rng, 2)]
    cases += [(-0.7, 3), (-1.3, -3), (0.0, 2), (0.0, 1)]
    cases += [
        (abs(x), n)
        for x, n in zip(numbers(rng, 4), (0.5, -0.5, 2.5, float(rng.uniform(1.2, 1.8))), strict=True)
    ]
    for x, n in cases:
        (c,) = numbers(rng, 1)
        v = submission.Value(x)
        result = v**n
        assert_close(result.data, x**n, **TIGHT, name="The data of v ** n")
        backward(result, submission.Value(c))
        want = c * n * x ** (n - 1) if n else 0.0
        assert_close(v.grad, want, **TIGHT, name="The gradient of v in v ** n · c")


def test_exp_log_tanh(submission, rng):
    (s,) = numbers(rng, 1)
    cases = [
        (x, apply, value(x), slope(x), name)
        for x in (s, -s, 3.0 * s, -3.0 * s)
        for apply, value, slope, name in [
            (lambda v: v.exp(), math.exp, math.exp, "exp(v)"),
            (lambda v: v.tanh(), math.tanh, lambda x: 1 - math.tanh(x) ** 2, "tanh(v)"),
        ]
    ]
    cases += [
        (x, lambda v: v.log(), math.log(x), 1 / x, "log(v)")
        for x in map(float, rng.uniform([0.1, 1.5, 1e-12], [0.8, 5.0, 1e-11]))
    ]
    cases += [(x, lambda v: v.exp(), math.exp(x), math.exp(x), "exp(v)") for x in (60.0 * s, -60.0 * s)]
    for x, apply, value, slope, name in cases:
        (c,) = numbers(rng, 1)
        v = submission.Value(x)
        result = apply(v)
        assert_close(result.data, value, rtol=1e-9, name=f"The data of {name}")
        backward(result, submission.Value(c))
        assert_close(v.grad, c * slope, rtol=1e-9, name=f"The gradient of v in {name} · c")
    # Saturated: tanh is flat, 1 − tanh² is far below the rounding of 1.
    for x in (20.0, 1000.0, -1000.0):
        v = submission.Value(x)
        result = v.tanh()
        backward(result)
        assert_close(result.data, math.copysign(1.0, x), **TIGHT, name=f"The data of tanh(v) for v = {x:g}")
        assert_close(v.grad, 0.0, atol=1e-12, name=f"The gradient of v = {x:g} in tanh(v)")


def test_relu(submission, rng):
    for x in (*(abs(x) for x in numbers(rng, 2)), 1e-10, 1e6):
        for c in (1.7, -0.6):
            v = submission.Value(x)
            result = v.relu()
            backward(result, submission.Value(c))
            assert_close(result.data, x, rtol=1e-9, name="The data of relu(v) for a positive v")
            assert_close(v.grad, c, **TIGHT, name="The gradient of a positive v in relu(v) · c")
            v = submission.Value(-x)
            result = v.relu()
            backward(result, submission.Value(c))
            assert_close(result.data, 0.0, atol=1e-12, name="The data of relu(v) for a negative v")
            assert_close(v.grad, 0.0, atol=1e-12, name="The gradient of a negative v in relu(v) · c")


def test_relu_zero(submission, rng):
    for zero in (0.0, 0):
        (c,) = numbers(rng, 1)
        v = submission.Value(zero)
        result = v.relu()
        backward(result, submission.Value(c))
        assert_close(result.data, 0.0, atol=1e-12, name="The data of relu(0)")
        assert_close(v.grad, 0.0, atol=1e-12, name="The gradient of v = 0 in relu(v) · c")
    x = abs(numbers(rng, 1)[0])
    v = submission.Value(x)
    backward(v.relu())
    assert_close(v.grad, 1.0, **TIGHT, name="The gradient of a positive v in relu(v)")


def test_shared_nodes(submission, rng):
    for compute, slope, name in [
        (lambda v: v + v, lambda x: 2.0, "x + x"),
        (lambda v: v * v, lambda x: 2 * x, "x · x"),
        (lambda v: v - v, lambda x: 0.0, "x − x"),
        (lambda v: v / v, lambda x: 0.0, "x / x"),
        (lambda v: v * v * v, lambda x: 3 * x * x, "x · x · x"),
        (lambda v: (v + v) * v, lambda x: 4 * x, "(x + x) · x"),
        (lambda v: v * (v * v + v), lambda x: 3 * x * x + 2 * x, "x · (x · x + x)"),
        (lambda v: v * v - v, lambda x: 2 * x - 1, "x · x − x"),
    ]:
        (x,) = numbers(rng, 1)
        v = submission.Value(x)
        backward(compute(v))
        assert_close(v.grad, slope(x), **TIGHT, name=f"The gradient of x in {name}")
    # The example of the statement: x is an input of the product and of the sum.
    x, y = numbers(rng, 2)
    a, b = submission.Value(x), submission.Value(y)
    backward(a * b + a)
    assert_close(a.grad, y + 1, **TIGHT, name="The gradient of x in x · y + x")
    assert_close(b.grad, x, **TIGHT, name="The gradient of y in x · y + x")


def test_diamond(submission, rng):
    # p is used by q and by r; q and r meet again, in either order.
    for swap in (False, True):
        w, x, y, z = numbers(rng, 4)
        a, b, c, d = (submission.Value(number) for number in (w, x, y, z))
        p = a * b
        q, r = p * c, p + d
        backward(r * q if swap else q * r)
        dp = y * (w * x + z) + w * x * y
        assert_close(p.grad, dp, **TIGHT, name="The gradient of p in (p · c) · (p + d)")
        assert_close(a.grad, dp * x, **TIGHT, name="The gradient of a in (p · c) · (p + d) with p = a · b")
        assert_close(b.grad, dp * w, **TIGHT, name="The gradient of b in (p · c) · (p + d) with p = a · b")
        assert_close(c.grad, w * x * (w * x + z), **TIGHT, name="The gradient of c in (p · c) · (p + d)")
        assert_close(d.grad, w * x * y, **TIGHT, name="The gradient of d in (p · c) · (p + d)")


def test_order_two_paths(submission, rng):
    # p reaches the result at once and again over `far` further steps.
    for far in (1, 2, 5):
        for near_first in (True, False):
            x, y = numbers(rng, 2)
            a, b = submission.Value(x), submission.Value(y)
            p = a * b
            long, value, slope = p, x * y, 1.0
            for k in numbers(rng, far):
                weight = submission.Value(k)
                long = long * weight + weight
                value = value * k + k
                slope *= k
            backward(p * long if near_first else long * p)
            dp = value + x * y * slope
            assert_close(p.grad, dp, **TIGHT, name="The gradient of p, used near the result and far from it")
            assert_close(a.grad, dp * y, **TIGHT, name="The gradient of a, with p = a · b used near and far")
            assert_close(b.grad, dp * x, **TIGHT, name="The gradient of b, with p = a · b used near and far")


def operations(half, one):
    """Give functions that make a value from v and w, which hold x and y.

    Each returns the value, its number, and its slopes towards v and w. No result is larger than
    the largest of its inputs, as long as that is at most 2.
    """
    return [
        lambda v, w, x, y: (v * w * half, x * y / 2, y / 2, x / 2),
        lambda v, w, x, y: ((v + w) * half, (x + y) / 2, 0.5, 0.5),
        lambda v, w, x, y: (half * (w - v), (y - x) / 2, -0.5, 0.5),
        lambda v, w, x, y: (
            v / (w * w + one),
            x / (y * y + 1),
            1 / (y * y + 1),
            -2 * x * y / (y * y + 1) ** 2,
        ),
        lambda v, w, x, y: (
            -w / (v * v + one),
            -y / (x * x + 1),
            2 * x * y / (x * x + 1) ** 2,
            -1 / (x * x + 1),
        ),
    ]


def random_computation(submission, rng, leaves, rounds):
    """Make a random graph; each round uses every operation once.

    Returns:
        Its values, the numbers that they must hold, and their tangents: row k holds the
        derivatives of value k with respect to every value of the graph.
    """
    known = operations(submission.Value(0.5), submission.Value(1.0))
    order = np.concatenate([rng.permutation(len(known)) for _ in range(rounds)])
    data = numbers(rng, leaves)
    values = [submission.Value(number) for number in data]
    tangents = np.eye(leaves + len(order))
    for step, which in enumerate(order, start=leaves):
        pair = [step - 1, int(rng.integers(max(0, step - 8), step - 1))]
        i, j = pair if rng.random() < 0.5 else pair[::-1]
        value, number, di, dj = known[which](values[i], values[j], data[i], data[j])
        values.append(value)
        data.append(number)
        tangents[step] += di * tangents[i] + dj * tangents[j]
    return values, data, tangents


def test_random_graph(submission, rng):
    values, data, tangents = random_computation(submission, rng, leaves=4, rounds=5)
    # The total stands on all values at once, the early ones, with the most users, nearest to it.
    weights = numbers(rng, len(values))
    # Its first two terms are equal numbers, and still two values.
    total = values[-1] * submission.Value(weights[-1]) + values[-1] * submission.Value(weights[-1])
    for value, weight in zip(values[-2::-1], weights[-2::-1], strict=True):
        total = value * submission.Value(weight) + total
    weights[-1] *= 2
    assert_close(total.data, float(np.dot(weights, data)), **TIGHT, name="The data of a random computation")
    backward(total)
    # A sum of up to 29 terms of both signs, each rounded by about 1e-16.
    for value, gradient in zip(values, np.array(weights) @ tangents, strict=True):
        assert_close(
            value.grad, float(gradient), rtol=1e-8, atol=1e-10, name="A gradient in a random computation"
        )


def test_twins(submission, rng):
    x, y, z, w = numbers(rng, 4)
    a, b, c, d, e = (submission.Value(number) for number in (x, x, y, z, w))
    p, q = a * c, b * c
    backward(p * d + q * e)
    assert_close(a.grad, y * z, **TIGHT, name="The gradient of the first of two equal values")
    assert_close(b.grad, y * w, **TIGHT, name="The gradient of the second of two equal values")
    backward(a * c - b)
    assert_close(a.grad, y, **TIGHT, name="The gradient of the first of two equal values")
    assert_close(b.grad, -1.0, **TIGHT, name="The gradient of the second of two equal values")


def test_repeat_backward(submission, rng):
    x, y = numbers(rng, 2)
    a, b = submission.Value(x), submission.Value(y)
    p = a * b
    root = p * p + a
    for _ in range(3):
        backward(root)
        assert_close(root.grad, 1.0, **TIGHT, name="The gradient of the result itself")
        assert_close(p.grad, 2 * x * y, **TIGHT, name="The gradient of p in p² + a, at each call,")
        assert_close(a.grad, 2 * x * y * y + 1, **TIGHT, name="The gradient of a in p² + a, at each call,")
        assert_close(b.grad, 2 * x * x * y, **TIGHT, name="The gradient of b in p² + a, at each call,")
    backward(p)
    assert_close(p.grad, 1.0, **TIGHT, name="The gradient of p in p")
    assert_close(a.grad, y, **TIGHT, name="The gradient of a in p = a · b, after another backward(),")
    backward(b - a)
    assert_close(a.grad, -1.0, **TIGHT, name="The gradient of a in b − a, after another backward(),")
    assert_close(b.grad, 1.0, **TIGHT, name="The gradient of b in b − a, after another backward(),")
    backward(root)
    assert_close(
        a.grad, 2 * x * y * y + 1, **TIGHT, name="The gradient of a in p² + a, after others' backward(),"
    )
    backward(a)
    assert_close(a.grad, 1.0, **TIGHT, name="The gradient of a in a")
    # A slope of 0 overwrites what stood there, too.
    negative = submission.Value(-abs(x))
    for flat, name in [
        (negative - negative, "a − a"),
        (negative.relu(), "relu(a) for a negative a"),
        (negative * 0, "a · 0"),
        (negative**0, "a ** 0"),
    ]:
        backward(negative * b)
        backward(flat)
        assert_close(
            negative.grad, 0.0, atol=1e-12, name=f"The gradient of a in {name}, after another backward(),"
        )


def test_unreached(submission, rng):
    x, y, z = numbers(rng, 3)
    a, b, c = (submission.Value(number) for number in (x, y, z))
    assert_close(a.grad, 0.0, atol=0.0, name="The gradient of a new value")
    p = a * b
    above = p * c
    backward(above)
    backward(p)
    assert_close(a.grad, y, **TIGHT, name="The gradient of a in p = a · b")
    assert_close(above.grad, 1.0, **TIGHT, name="The gradient of a result that p was not made of")
    assert_close(c.grad, x * y, **TIGHT, name="The gradient of c, which p was not made of,")
    backward(c + c)
    assert_close(a.grad, y, **TIGHT, name="The gradient of a, after the backward() of a result without a,")
    assert_close(p.grad, 1.0, **TIGHT, name="The gradient of p, after the backward() of a result without p,")
    # What changes nothing gives a new value as well, one that 3 · v isn't made of.
    v = submission.Value(abs(x))
    for same, name in [
        (v + 0, "v + 0"), (0 + v, "0 + v"), (v - 0, "v - 0"), (v * 1, "v * 1"), (1 * v, "1 * v"), (v / 1, "v / 1"),
        (v**1, "v ** 1"), (v.relu(), "relu(v)"), (v + submission.Value(0.0), "v + w where w holds 0"),
    ]:  # fmt: skip
        backward(v * 3)
        assert_close(v.grad, 3.0, **TIGHT, name="The gradient of v in 3 · v")
        assert_close(same.grad, 0.0, atol=0.0, name=f"The gradient of {name}, which 3 · v was not made of,")
        backward(same * y)
        assert_close(v.grad, y, **TIGHT, name=f"The gradient of v in ({name}) · y")


def test_ladder(submission, rng):
    x = float(rng.uniform(0.5, 1.5))
    leaf = submission.Value(x)
    rung, slope = leaf, 1.0
    for k in map(float, rng.uniform(0.2, 0.6, size=30)):
        rung = rung * submission.Value(k) + rung
        slope *= k + 1
    backward(rung)
    assert_close(leaf.grad, slope, rtol=1e-9, name="The gradient at the foot of thirty diamonds")


def test_deep_chain(submission, rng):
    leaf, shift = submission.Value(float(rng.uniform(0.5, 1.5))), submission.Value(0.001)
    factors = [float(k) for k in rng.uniform(0.9, 1.1, size=8)]
    weights = [submission.Value(k) for k in factors]
    end, slope = leaf, 1.0
    for step in range(1500):
        if step % 4:
            end = end + shift
        else:
            end = end * weights[step // 4 % 8]
            slope *= factors[step // 4 % 8]
    backward(end)
    # Nearly four hundred roundings of 1e-16 each.
    assert_close(leaf.grad, slope, rtol=1e-9, name="The gradient at the start of a chain of 1500")
