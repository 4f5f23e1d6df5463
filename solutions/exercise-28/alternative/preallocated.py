"""Tables filled row by row; copies changed in place; array_split at the cuts; a column of ones."""

import numpy as np


def gradient_descent(grad_fn, w0, lr, steps):
    path = np.empty((steps + 1, len(w0)))
    path[0] = w0
    for k in range(steps):
        path[k + 1] = path[k] - lr * np.asarray(grad_fn(path[k].copy()))
    return path


def minibatches(n, batch_size, rng, drop_last=False):
    order = np.arange(n)
    rng.shuffle(order)
    batches = np.split(order, np.arange(batch_size, n, batch_size))
    return [batch for batch in batches if len(batch) == batch_size or not drop_last]


def sgd_linear(X, y, w0, b0, lr, batch_size, epochs, rng):
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.append(w0, b0)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        for batch in minibatches(len(A), batch_size, rng):
            theta -= lr * np.mean(2 * (A[batch] @ theta - y[batch])[:, None] * A[batch], axis=0)
        losses[epoch] = np.linalg.norm(A @ theta - y) ** 2 / len(y)
    return theta[:-1].copy(), float(theta[-1]), losses


def combine_shard_grads(grads, sizes):
    total = np.zeros_like(grads[0])
    for g, n in zip(grads, sizes):
        total = total + n * g
    return total / sum(sizes)
