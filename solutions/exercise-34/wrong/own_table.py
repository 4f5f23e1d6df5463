"""
message: >-
  The rows that were added are sines and cosines, whatever table was passed. A learned table
  must work too.
fails: [two_tokens, add]
"""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    if d_model % 2 != 0:
        raise ValueError("odd width")
    pos = np.arange(n_pos)[:, None]
    angles = pos / base ** (np.arange(0, d_model, 2) / d_model)
    P = np.zeros((n_pos, d_model))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P


def shift_matrix(d_model, k, base=10000.0):
    M = np.zeros((d_model, d_model))
    for i in range(0, d_model, 2):
        turn = k / base ** (i / d_model)
        c, s = np.cos(turn), np.sin(turn)
        M[i : i + 2, i : i + 2] = [[c, s], [-s, c]]
    return M


def add_positions(X, P):
    B, T, d = X.shape
    if T > P.shape[0]:
        raise ValueError("text too long")
    return X + sinusoidal_encoding(T, d + d % 2)[:, :d]
