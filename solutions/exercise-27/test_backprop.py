"""Hidden checks of exercise-27.

Oracles: the loss written with pairwise gaps z_j − z_y, and its complex-step derivative
Im L(θ + ih)/h with h = 1e-20 (Squire & Trapp 1998), which has no difference to cancel in and is
exact to rounding, so that gradients can be compared as tightly as values. In complex numbers
relu keeps an entry when its real part is above 0, so relu'(0) = 0 there too.
"""

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_no_warnings, assert_pure

KEYS = ("W1", "b1", "W2", "b2")
CALL = "mlp_loss_and_grads(params, X, y)"
# (N, D, H, C): all different twice, all equal once, and both N < C and N > C.
SHAPES = [(6, 5, 4, 3), (4, 4, 4, 4), (3, 2, 5, 7)]


def network(rng, D, H, C):
    return {
        "W1": rng.normal(scale=0.7, size=(D, H)),
        "b1": rng.normal(size=H),
        "W2": rng.normal(scale=0.7, size=(H, C)),
        "b2": rng.normal(size=C),
    }


def batch(rng, N, D, H, C):
    y = rng.integers(0, C, size=N)
    y[rng.integers(N)] = C - 1  # a class without samples has a check of its own
    return network(rng, D, H, C), rng.normal(size=(N, D)), y


def forward(params, X):
    a = np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"]
    h = np.where(a.real > 0, a, 0.0)
    return np.einsum("nh,hc->nc", h, params["W2"]) + params["b2"]


def data_loss(params, X, y):
    """Mean of log Σ_j exp(z_j − z_y); the largest real part is taken out, as in log-sum-exp."""
    z = forward(params, X)
    gaps = z - z[np.arange(len(y)), y][:, None]
    largest = gaps.real.max(axis=1)
    return (largest + np.log(np.exp(gaps - largest[:, None]).sum(axis=1))).mean()


def slope(params, key, X, y):
    """∂ data_loss / ∂ params[key], by the complex step."""
    h = 1e-20
    out = np.empty(params[key].shape)
    for index in np.ndindex(out.shape):
        shifted = params[key].astype(complex)
        shifted[index] += 1j * h
        out[index] = data_loss({**params, key: shifted}, X, y).imag / h
    return out


def logits_of(result):
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("mlp_forward(params, X) must return two values: the logits and the cache.")
    return result[0]


def loss_of(result):
    return _pair(result)[0]


def gradient(result, key):
    grads = _pair(result)[1]
    if type(grads) is not dict:
        raise ComparisonFailed(f"The second value of {CALL} must be a dict of gradients.")
    if key not in grads:
        raise ComparisonFailed(f"The gradients lack the key {key!r}.")
    return grads[key]


def _pair(result):
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed(f"{CALL} must return two values: the loss and the dict of gradients.")
    return result


def finite(value, name):
    array = as_array(value, name=name)
    if not np.isfinite(array).all():
        raise ComparisonFailed(f"{name} isn't finite.")
    return array


def finite_and_not_all_zero(result, key):
    """The gradient as an array of whatever shape: what a law about gradients needs to say anything."""
    array = finite(gradient(result, key), f"grads['{key}']")
    if not array.any():
        raise ComparisonFailed(f"grads['{key}'] is 0 everywhere.")
    return array


def large(loss):
    """The loss of `huge_logits` as a number: most labels lie more than 1e4 below the largest logit."""
    number = as_array(loss, shape=(), name="The loss for logits near ±1e6")
    if not np.isfinite(number) or number < 2e3:
        raise ComparisonFailed("The loss for logits near ±1e6 isn't finite, or far too small.")
    return number


def assert_gradient(submission, rng, key):
    for N, D, H, C in SHAPES:
        params, X, y = batch(rng, N, D, H, C)
        assert_close(gradient(submission.mlp_loss_and_grads(params, X, y), key), slope(params, key, X, y),
                     rtol=1e-7, atol=1e-10, name=f"grads['{key}']",
                     sizes={"N, the number of samples": N})  # fmt: skip


def assert_scaled_gradient(submission, rng, key):
    """A tiny pre-activation is on or off like any other: only its sign counts."""
    params, X, y = batch(rng, 6, 5, 4, 3)
    tiny = 1e-10
    other = {**params, **{k: tiny * params[k] for k in ("W1", "b1")}, "W2": params["W2"] / tiny}
    found = as_array(gradient(submission.mlp_loss_and_grads(other, X, y), key), name=f"grads['{key}']")
    assert_close(tiny * found, slope(params, key, X, y), rtol=1e-7, atol=1e-10,
                 name=f"grads['{key}'] for tiny pre-activations, in their unit,")  # fmt: skip


def test_forward(submission, rng):
    for N, D, H, C in [*SHAPES, (1, 3, 2, 4)]:
        params, X, _ = batch(rng, N, D, H, C)
        logits = logits_of(submission.mlp_forward(params, X))
        # Logits may cancel to near 0, hence the absolute part.
        assert_close(logits, forward(params, X), rtol=1e-9, atol=1e-12, name="The array of logits")


def test_loss(submission, rng):
    for N, D, H, C in SHAPES:
        params, X, y = batch(rng, N, D, H, C)
        assert_close(loss_of(submission.mlp_loss_and_grads(params, X, y)), data_loss(params, X, y), rtol=1e-9,
                     name="The loss", sizes={"N, the number of samples": N})  # fmt: skip
    # Nearly sure isn't sure.
    params, X, _ = batch(rng, 2, 3, 4, 3)
    params["W2"][:], params["b2"][:] = 0.0, [0.0, -18.0, -20.0]
    found = loss_of(submission.mlp_loss_and_grads(params, X, np.zeros(2, dtype=int)))
    assert_close(found, np.log1p(np.exp(-18.0) + np.exp(-20.0)), rtol=1e-6, name="The loss, nearly sure,")


def test_grad_output_bias(submission, rng):
    assert_gradient(submission, rng, "b2")
    # With every neuron off the output bias learns all the same, and faint classes get faint slopes.
    params, X, y = batch(rng, 4, 3, 5, 3)
    params["b1"] -= 100.0
    assert_close(gradient(submission.mlp_loss_and_grads(params, X, y), "b2"), slope(params, "b2", X, y), rtol=1e-7,
                 atol=1e-10, name="grads['b2'] with every neuron off")  # fmt: skip
    params["b2"][:] = [0.0, -40.0, -60.0]
    found = gradient(submission.mlp_loss_and_grads(params, X, np.zeros(4, dtype=int)), "b2")
    assert_close(as_array(found, shape=(3,), name="grads['b2']")[1:], np.exp([-40.0, -60.0]), rtol=1e-7,
                 name="grads['b2'] at faint classes")  # fmt: skip


def test_grad_output_weights(submission, rng):
    assert_gradient(submission, rng, "W2")


def test_grad_hidden_bias(submission, rng):
    assert_gradient(submission, rng, "b1")
    assert_scaled_gradient(submission, rng, "b1")


def test_grad_hidden_weights(submission, rng):
    assert_gradient(submission, rng, "W1")
    assert_scaled_gradient(submission, rng, "W1")


def test_relu_at_zero(submission, rng):
    # One neuron sits at exactly 0: for a whole batch because all that it has is 0, and for one sample
    # by cancellation of small whole numbers, which add without rounding. Another neuron is always on.
    D, H, C, off, on = 3, 4, 3, 1, 2
    for N in (6, 1):
        params, X, y = batch(rng, N, D, H, C)
        params["W1"][:, off] = params["b1"][off] = 0.0
        params["W1"][:, on] /= 10.0
        params["b1"][on] = 4.0
        if N > 1:
            y[:C] = rng.permutation(C)  # with every label the slopes that arrive have both signs
        else:
            X = rng.integers(1, 4, size=(1, D)).astype(float)
            params["W1"][:, off] = rng.integers(1, 4, size=D)
            params["b1"][off] = -float((X[0] * params["W1"][:, off]).sum())
        result = submission.mlp_loss_and_grads(params, X, y)
        for key in ("W1", "b1"):
            slopes = as_array(gradient(result, key), name=f"grads['{key}']")
            if slopes.ndim == 0 or slopes.shape[-1] != H or not slopes[..., on].any():
                raise ComparisonFailed(f"grads['{key}'] is 0 for a neuron that is on, or has another shape.")
            if slopes[..., off].any():
                raise ComparisonFailed(
                    f"grads['{key}'] isn't 0 for a neuron whose pre-activation is exactly 0."
                )


def test_unseen_class(submission, rng):
    params, X, _ = batch(rng, 4, 3, 5, 6)
    for y in (rng.integers(0, 2, size=4), np.full(4, 3)):
        result = submission.mlp_loss_and_grads(params, X, y)
        slopes = as_array(gradient(result, "b2"), name="grads['b2']")
        if slopes.size != 6:
            raise ComparisonFailed(
                "grads['b2'] must have one entry for each of the 6 classes, those without samples too."
            )
        unseen = np.setdiff1d(np.arange(6), y)
        # The slopes are probabilities there; and over all classes they cancel.
        if not (slopes.ravel()[unseen] > 0).all():
            raise ComparisonFailed(
                "grads['b2'] isn't positive for a class without samples: raising its logit costs."
            )
        assert_close(slopes.sum(), 0.0, atol=1e-10, name="The sum of grads['b2'] over the classes")


def test_batch_duplication(submission, rng):
    params, X, _ = batch(rng, 5, 4, 6, 3)
    y = np.array([1, 0, 2, 2, 0])
    order = rng.permutation(np.arange(1, 10))  # another label comes first
    order = np.append(order[order != 5], [0, 5])
    once = submission.mlp_loss_and_grads(params, X, y)
    twice = submission.mlp_loss_and_grads(params, np.vstack([X, X])[order], np.hstack([y, y])[order])
    for key in KEYS:
        before = finite_and_not_all_zero(once, key)
        assert_close(gradient(twice, key), before, rtol=1e-7, atol=1e-10,
                     name=f"grads['{key}'] of the doubled batch")  # fmt: skip


def test_penalty_in_loss(submission, rng):
    params, X, y = batch(rng, 5, 3, 4, 2)
    plain = as_array(loss_of(submission.mlp_loss_and_grads(params, X, y)), shape=(), name="The loss")
    squares = float((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    for l2 in (float(rng.uniform(0.2, 0.9)), 30.0):
        for with_l2 in (
            submission.mlp_loss_and_grads(params, X, y, l2=l2),
            submission.mlp_loss_and_grads(params, X, y, l2),
        ):
            loss = as_array(loss_of(with_l2), shape=(), name="The loss with l2")
            assert_close(loss - plain, l2 / 2 * squares, rtol=1e-9, name="What l2 adds to the loss")


def test_penalty_in_gradients(submission, rng):
    for N, D, H, C in [(6, 5, 4, 3), (4, 4, 4, 4)]:
        params, X, y = batch(rng, N, D, H, C)
        l2 = float(rng.uniform(0.2, 0.9))
        plain = submission.mlp_loss_and_grads(params, X, y)
        with_l2 = submission.mlp_loss_and_grads(params, X, y, l2=l2)
        for key in KEYS:
            before = finite_and_not_all_zero(plain, key)
            after = as_array(gradient(with_l2, key), shape=before.shape, name=f"grads['{key}'] with l2")
            want = l2 * params[key] if key in ("W1", "W2") else np.zeros(before.shape)
            # A difference of two gradients of order 1.
            assert_close(after - before, want, rtol=1e-7, atol=1e-10, name=f"What l2 adds to grads['{key}']")


def test_lonely_axes(submission, rng):
    for N, D, H, C in [(1, 4, 3, 2), (5, 1, 3, 2), (5, 4, 1, 2), (4, 3, 2, 1), (1, 1, 1, 1)]:
        params, X, y = batch(rng, N, D, H, C)
        as_array(logits_of(submission.mlp_forward(params, X)), shape=(N, C), name="The array of logits")
        result = submission.mlp_loss_and_grads(params, X, y)
        loss = as_array(loss_of(result), shape=(), name="The loss")
        grads = {
            key: as_array(gradient(result, key), shape=params[key].shape, name=f"grads['{key}']")
            for key in KEYS
        }
        if C == 1:
            # The only class has probability 1 whatever the weights: nothing is left to learn.
            for name, value in [("The loss", loss), *((f"grads['{key}']", grads[key]) for key in KEYS)]:
                assert_close(value, np.zeros(value.shape), atol=1e-10, name=f"{name} for a single class")


def with_first_neuron_on(params, X):
    """Switch the first neuron on for every sample, by its weights alone, so that slopes reach W1."""
    X[:, 0] = 1.0 + np.abs(X[:, 0])
    params["W1"][:, 0] /= 10.0
    params["W1"][0, 0] = 2.0
    params["b1"][0] = np.abs(params["b1"][0])


def huge_logits(rng, N=6, D=5, H=4, C=3):
    """Parameters and samples with logits of about ±1e6, each largest one at least 1e4 above the others.

    The last class is on top somewhere, and at the bottom, and somewhere all logits are negative.
    """
    while True:
        params, X, _ = batch(rng, N, D, H, C)
        with_first_neuron_on(params, X)
        params["W2"], params["b2"] = 1e6 * params["W2"], 1e6 * params["b2"]
        z = forward(params, X)
        ends = {z[2:].argmin(axis=1).max(), z.argmax(axis=1).max()}
        z.sort(axis=1)
        if (z[:, -1] - z[:, -2]).min() > 1e4 and z[:, -1].min() < -1e4 and ends == {C - 1}:
            return params, X


def top_and_bottom(logits, params, X):
    """Labels of the largest logits, and the same but for all samples from the third on, which get the smallest.

    They follow the submission's own logits, so that a slip in the forward pass is told where it belongs.
    """
    z = finite(logits, "The array of logits")
    if z.shape != (len(X), len(params["b2"])):
        raise ComparisonFailed("The array of logits must have one row a sample and one column a class.")
    top = z.argmax(axis=1)
    return top, np.where(np.arange(len(X)) < 2, top, z.argmin(axis=1))


def test_stable(submission, rng):
    # One number added to all logits changes nothing. A logit near 1e6 is known to about 1e-10.
    params, X, y = batch(rng, 5, 4, 3, 6)
    with_first_neuron_on(params, X)
    plain = submission.mlp_loss_and_grads(params, X, y)
    for shift in (1e6, -1e6):
        moved = submission.mlp_loss_and_grads({**params, "b2": params["b2"] + shift}, X, y)
        assert_close(loss_of(moved), finite(loss_of(plain), "The loss"), rtol=1e-7, atol=1e-8,
                     name="The loss for logits shifted by ±1e6")  # fmt: skip
        for key in KEYS:
            assert_close(gradient(moved, key), finite_and_not_all_zero(plain, key), rtol=1e-7, atol=1e-8,
                         name=f"grads['{key}'] for logits shifted by ±1e6")  # fmt: skip
    # Where the largest logit has all the probability, the loss is a difference of logits: it doubles with them,
    # the slopes at the logits stay, and those that came through W2 double.
    params, X = huge_logits(rng)
    top, y = top_and_bottom(logits_of(submission.mlp_forward(params, X)), params, X)
    doubled = {**params, "W2": 2 * params["W2"], "b2": 2 * params["b2"]}
    once, twice = submission.mlp_loss_and_grads(params, X, y), submission.mlp_loss_and_grads(doubled, X, y)
    assert_close(
        loss_of(twice), 2 * large(loss_of(once)), rtol=1e-9, name="The loss for logits twice as large"
    )
    for key, factor, size in (("W1", 2.0, 1e6), ("b1", 2.0, 1e6), ("W2", 1.0, 1.0), ("b2", 1.0, 1.0)):
        before = finite(gradient(once, key), f"grads['{key}']")
        # The slopes of ±1/N may cancel in the sums that give b1 and b2, not in those weighted by inputs.
        if key in ("W1", "W2"):
            finite_and_not_all_zero(once, key)
        assert_close(gradient(twice, key), factor * before, rtol=1e-9, atol=1e-9 * size,
                     name=f"grads['{key}'] for logits twice as large")  # fmt: skip
    # With every label on top there is no loss and nothing to change.
    sure = submission.mlp_loss_and_grads(params, X, top)
    assert_close(loss_of(sure), 0.0, atol=1e-6, name="The loss where every label has probability 1")
    for key in KEYS:
        slopes = as_array(gradient(sure, key), name=f"grads['{key}']")
        assert_close(slopes, np.zeros(slopes.shape), atol=1e-6,
                     name=f"grads['{key}'] where every label has probability 1")  # fmt: skip


def test_no_warnings(submission, rng):
    params, X = huge_logits(rng)
    _, y = top_and_bottom(logits_of(assert_no_warnings(submission.mlp_forward, params, X)), params, X)
    large(loss_of(assert_no_warnings(submission.mlp_loss_and_grads, params, X, y, l2=0.1)))
    for shift in (1e6, -1e6):
        loss_of(assert_no_warnings(submission.mlp_loss_and_grads, {**params, "b2": np.full(3, shift)}, X, y))


def test_shapes(submission, rng):
    N, D, H, C = 7, 5, 4, 3
    params, X, y = batch(rng, N, D, H, C)
    as_array(logits_of(submission.mlp_forward(params, X)), shape=(N, C), name="The array of logits")
    result = submission.mlp_loss_and_grads(params, X, y, l2=0.1)
    as_array(loss_of(result), shape=(), name="The loss")
    for key in KEYS:
        as_array(gradient(result, key), shape=params[key].shape, name=f"grads['{key}']")
    extra = set(_pair(result)[1]) - set(KEYS)
    if extra:
        raise ComparisonFailed("The dict of gradients has a key that no parameter has.", f"It is {extra!r}.")


def test_no_mutation(submission, rng):
    params, X, y = batch(rng, 5, 4, 3, 6)
    as_array(
        logits_of(assert_pure(submission.mlp_forward, params, X, may_share=True)), name="The array of logits"
    )
    for l2 in (0.0, 0.3):
        result = assert_pure(submission.mlp_loss_and_grads, params, X, y, l2=l2)
        finite(loss_of(result), "The loss")
        for key in KEYS:
            finite_and_not_all_zero(result, key)
