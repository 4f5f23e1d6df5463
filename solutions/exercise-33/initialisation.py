"""Reference solution: initialisation, vanishing and exploding gradients, skip connections."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    """A uniform on ±a has the variance a²/3, so a² is three times the wanted one."""
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    """ReLU throws half of the second moment away, hence the 2."""
    return rng.normal(scale=np.sqrt(2 / fan_in), size=(fan_in, fan_out))


def rnn_jacobian(W, hs):
    """Put each step's diag(1 − h²) W on the left: rows belong to the newer state."""
    jacobian = np.eye(len(W))
    for h in hs:
        jacobian = (1 - h**2)[:, None] * (W @ jacobian)
    return jacobian


def depth_gain(weights, residual=False):
    """Send the identity through the stack; a skip adds what came in."""
    stack = np.eye(weights[0].shape[1])
    for W in weights:
        stack = W @ stack + (stack if residual else 0.0)
    return np.linalg.norm(stack, 2)
