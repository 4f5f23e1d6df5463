"""A pair as the complex number cos a + i sin a; the shift by Kronecker products."""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    if d_model % 2 == 1:
        raise ValueError("every sine needs its cosine")
    z = np.exp(1j * np.outer(np.arange(n_pos), np.power(base, -np.arange(d_model // 2) * 2.0 / d_model)))
    return np.dstack([z.imag, z.real]).reshape(n_pos, -1)


def shift_matrix(d_model, k, base=10000.0):
    z = np.exp(1j * k * np.power(base, -np.arange(d_model // 2) * 2.0 / d_model))
    J = np.array([[0.0, 1.0], [-1.0, 0.0]])
    return np.kron(np.diag(z.real), np.eye(2)) + np.kron(np.diag(z.imag), J)


def add_positions(X, P):
    if X.shape[1] > P.shape[0]:
        raise ValueError("too long")
    return np.add(X, np.broadcast_to(P[: X.shape[1]], X.shape))
