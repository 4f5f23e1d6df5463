"""
message: >-
  The number of classes was read off the labels. A class may have no sample in a
  batch; the width of W2 tells how many there are.
fails: [example_gradients, example_penalty, grad_output_bias, unseen_class]
"""

import numpy as np


def mlp_forward(params, X):
    a = X @ params["W1"] + params["b1"]
    h = np.maximum(a, 0)
    z = h @ params["W2"] + params["b2"]
    return z, (a, h)


def mlp_loss_and_grads(params, X, y, l2=0.0):
    z, (a, h) = mlp_forward(params, X)
    N = X.shape[0]
    W1, W2 = params["W1"], params["W2"]

    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].mean()
    loss = loss + 0.5 * l2 * (np.sum(W1**2) + np.sum(W2**2))

    dz = np.exp(log_p)
    dz = dz - np.eye(y.max() + 1)[y]
    dz = dz / N

    gW2 = h.T @ dz + l2 * W2
    gb2 = dz.sum(axis=0)
    dh = dz @ W2.T
    da = dh * (a > 0)
    gW1 = X.T @ da + l2 * W1
    gb1 = da.sum(axis=0)
    return loss, {"W1": gW1, "b1": gb1, "W2": gW2, "b2": gb2}
