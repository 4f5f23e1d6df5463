"""Reference solution: positional encoding."""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    """Interleave the sine and cosine of one angle a pair."""
    if d_model % 2:
        raise ValueError("d_model must be even: every sine needs its cosine")
    angles = np.arange(n_pos)[:, None] * _frequencies(d_model, base)
    table = np.empty((n_pos, d_model))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def shift_matrix(d_model, k, base=10000.0):
    """Turn each pair (sin a, cos a) by b: the addition theorems, written as 2×2 blocks."""
    b = k * _frequencies(d_model, base)
    sines = np.arange(0, d_model, 2)
    cosines = sines + 1
    M = np.zeros((d_model, d_model))
    M[sines, sines] = M[cosines, cosines] = np.cos(b)
    M[sines, cosines] = np.sin(b)
    M[cosines, sines] = -np.sin(b)
    return M


def add_positions(X, P):
    """Broadcast the first T rows over the batch; the guard matters most for a table of one row."""
    T = X.shape[1]
    if len(P) < T:
        raise ValueError("the texts are longer than the table of positions")
    return X + P[:T]


def _frequencies(d_model, base):
    """Give base^(−2i/d), one a pair."""
    return base ** (-np.arange(0, d_model, 2) / d_model)
