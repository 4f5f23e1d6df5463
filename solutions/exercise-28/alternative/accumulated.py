"""itertools for the walk, counted batches, and shards of one sample for the stochastic gradient."""

from itertools import accumulate

import numpy as np


def gradient_descent(grad_fn, w0, lr, steps):
    walk = accumulate(range(steps), lambda w, _: np.subtract(w, lr * grad_fn(w)), initial=w0)
    return np.stack(list(walk))


def minibatches(n, batch_size, rng, drop_last=False):
    order = rng.permutation(np.arange(n)).tolist()
    count = n // batch_size if drop_last else -(-n // batch_size)
    return [np.array(order[i * batch_size : (i + 1) * batch_size]) for i in range(count)]


def sgd_linear(X, y, w0, b0, lr, batch_size, epochs, rng):
    w, b, losses = np.array(w0, dtype=float), float(b0), []
    for _ in range(epochs):
        for batch in minibatches(X.shape[0], batch_size, rng):
            ones = [1] * len(batch)
            missed = [float(np.dot(X[i], w)) + b - y[i] for i in batch]
            gw = combine_shard_grads([2 * m * X[i] for m, i in zip(missed, batch)], ones)
            gb = combine_shard_grads([2 * m for m in missed], ones)
            w, b = w - lr * gw, b - lr * gb
        losses.append(float(np.mean([(x @ w + b - t) ** 2 for x, t in zip(X, y)])))
    return [w, b, losses]


def combine_shard_grads(grads, sizes):
    shares = np.array(sizes) / np.sum(sizes)
    return np.tensordot(shares, np.array(grads), axes=1)
