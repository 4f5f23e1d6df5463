"""Reference solution: backpropagation through a two-layer network."""

import numpy as np


def mlp_forward(params, X):
    """Keep the activations: each weight's gradient is built from what came into its layer."""
    h = np.maximum(X @ params["W1"] + params["b1"], 0.0)
    return h @ params["W2"] + params["b2"], h


def mlp_loss_and_grads(params, X, y, l2=0.0):
    """Walk the layers backwards; a layer needs what came in and the gradient of what went out."""
    W1, W2 = params["W1"], params["W2"]
    z, h = mlp_forward(params, X)
    samples = np.arange(len(X))

    # The logarithm of the softmax without the softmax: finite for logits of any size.
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[samples, y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())

    dz = np.exp(log_p)
    dz[samples, y] -= 1.0
    dz /= len(X)  # the mean's 1/N enters once, here
    da = (dz @ W2.T) * (h > 0.0)  # h > 0 exactly where a > 0, so relu'(0) = 0
    return loss, {
        "W1": X.T @ da + l2 * W1,
        "b1": da.sum(axis=0),
        "W2": h.T @ dz + l2 * W2,
        "b2": dz.sum(axis=0),
    }
