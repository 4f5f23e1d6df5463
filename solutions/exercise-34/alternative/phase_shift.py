"""cos a = sin(a + π/2) in one sine of all columns; the shift multiplies encodings back and forth."""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    if d_model // 2 * 2 != d_model:
        raise ValueError("odd width")
    column = np.arange(d_model)
    angles = np.arange(n_pos)[:, None] * np.exp(-np.log(base) * (column - column % 2) / d_model)
    return np.sin(angles + np.pi / 2 * (column % 2))


def shift_matrix(d_model, k, base=10000.0):
    column = np.arange(d_model)
    turn = k * base ** (-(column // 2 * 2) / d_model)
    off = np.sin(turn)[::2]
    between = np.zeros(d_model - 1)
    between[::2] = off
    return np.diag(np.cos(turn)) + np.diag(between, 1) - np.diag(between, -1)


def add_positions(X, P):
    L = len(P)
    if any(len(text) > L for text in X):
        raise ValueError("a text is longer than the table")
    return np.array([text + P[: len(text)] for text in X])
