"""
message: >-
  The positions were divided by the length of the table, so that one and the same position has
  another row in another table.
fails: [three_positions, values, base, prefix, bounded_step]
"""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    if d_model % 2 != 0:
        raise ValueError("odd width")
    pos = np.arange(n_pos)[:, None] / n_pos
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
    return X + P[None, :T]
