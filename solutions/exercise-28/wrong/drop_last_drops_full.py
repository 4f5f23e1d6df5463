"""
message: >-
  drop_last takes the last batch away even where it is full.
fails: [drop_last, drop_last_full]
"""

import numpy as np


def gradient_descent(grad_fn, w0, lr, steps):
    w = w0.copy()
    path = [w]
    for _ in range(steps):
        w = w - lr * grad_fn(w)
        path.append(w)
    return np.array(path)


def minibatches(n, batch_size, rng, drop_last=False):
    order = rng.permutation(n)
    batches = [order[i : i + batch_size] for i in range(0, n, batch_size)]
    if drop_last:
        batches.pop()
    return batches


def sgd_linear(X, y, w0, b0, lr, batch_size, epochs, rng):
    w, b, losses = w0.copy(), b0, []
    for _ in range(epochs):
        batches = minibatches(len(y), batch_size, rng)
        for batch in batches:
            A, t = X[batch], y[batch]
            residual = A @ w + b - t
            gw = 2 / len(batch) * A.T @ residual
            gb = 2 / len(batch) * np.sum(residual)
            w = w - lr * gw
            b = b - lr * gb
        losses.append(np.mean((X @ w + b - y) ** 2))
    return w, b, losses


def combine_shard_grads(grads, sizes):
    total = sum(n * g for n, g in zip(sizes, grads))
    return total / sum(sizes)
