"""
message: >-
  The matrix was fitted to the first 200 positions. The slow pairs hardly move there, so it
  fails far away: turn each pair by its angle.
fails: [shift_is_linear]
"""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    if d_model % 2:
        raise ValueError('d_model must be even: every sine needs its cosine')
    angles = np.arange(n_pos)[:, None] * _frequencies(d_model, base)
    table = np.empty((n_pos, d_model))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def shift_matrix(d_model, k, base=10000.0):
    t = np.arange(200)[:, None]
    angles = np.concatenate([t, t + k]) * _frequencies(d_model, base)
    rows = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(400, d_model)
    return np.linalg.lstsq(rows[:200], rows[200:], rcond=None)[0].T


def add_positions(X, P):
    T = X.shape[1]
    if len(P) < T:
        raise ValueError('the texts are longer than the table of positions')
    return X + P[:T]


def _frequencies(d_model, base):
    return base ** (-np.arange(0, d_model, 2) / d_model)
