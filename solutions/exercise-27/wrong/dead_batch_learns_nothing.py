"""
message: >-
  With every neuron off all gradients were set to 0. The output bias is still on the
  way of the logits, and learns.
fails: [grad_output_bias]
"""

import numpy as np


def mlp_forward(params, X):
    h = np.maximum(X @ params["W1"] + params["b1"], 0.0)
    return h @ params["W2"] + params["b2"], h


def mlp_loss_and_grads(params, X, y, l2=0.0):
    W1, W2 = params["W1"], params["W2"]
    z, h = mlp_forward(params, X)
    samples = np.arange(len(X))
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[samples, y].mean() + 0.5 * l2 * ((W1**2).sum() + (W2**2).sum())
    if not h.any():
        return loss, {key: np.zeros_like(value) for key, value in params.items()}
    dz = np.exp(log_p)
    dz[samples, y] -= 1.0
    dz /= len(X)
    da = (dz @ W2.T) * (h > 0.0)
    return loss, {
        "W1": X.T @ da + l2 * W1,
        "b1": da.sum(axis=0),
        "W2": h.T @ dz + l2 * W2,
        "b2": dz.sum(axis=0),
    }
