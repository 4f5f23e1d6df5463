"""One tangent vector after the other; the norm by iterating on a normalised Gram matrix."""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6.0) / np.sqrt(fan_in + fan_out)
    return np.array([rng.uniform(-limit, limit, fan_out) for _ in range(fan_in)])


def he_normal(fan_in, fan_out, rng):
    # Box and Muller: a radius and an angle make one normal number.
    radius = np.sqrt(-2.0 * np.log1p(-rng.random((fan_in, fan_out))))
    return np.sqrt(2.0 / fan_in) * radius * np.cos(2 * np.pi * rng.random((fan_in, fan_out)))


def rnn_jacobian(W, hs):
    J = np.zeros_like(W)
    for j in range(W.shape[1]):
        tangent = np.zeros(len(W))
        tangent[j] = 1.0
        for h in hs:
            tangent = (1.0 + h) * (1.0 - h) * W.dot(tangent)
        J[:, j] = tangent
    return J


def depth_gain(weights, residual=False):
    n = weights[0].shape[1]

    def apply(h):
        for W in weights:
            h = h + W @ h if residual else W @ h
        return h

    stack = np.stack([apply(e) for e in np.eye(n)], axis=1)
    size = np.sqrt(np.sum(stack**2))
    gram = (stack / size).T @ (stack / size)
    # Squaring the Gram matrix again and again leaves its strongest direction.
    power = gram
    for _ in range(40):
        power = power @ power
        power = power / np.trace(power)
    return size * np.sqrt(np.trace(gram @ power))
