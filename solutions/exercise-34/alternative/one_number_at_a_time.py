"""Plain loops and math; the shift as a block diagonal by np.block."""

import math

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    if d_model & 1:
        raise ValueError(f"odd width {d_model}")
    rows = []
    for pos in range(n_pos):
        numbers = []
        for column in range(0, d_model, 2):
            angle = pos / base ** (column / d_model)
            numbers += [math.sin(angle), math.cos(angle)]
        rows.append(numbers)
    return np.array(rows)


def shift_matrix(d_model, k, base=10000.0):
    blocks = [[np.zeros((2, 2)) for _ in range(d_model // 2)] for _ in range(d_model // 2)]
    for i in range(d_model // 2):
        a = k * math.exp(-2 * i / d_model * math.log(base))
        blocks[i][i] = np.array([[math.cos(a), math.sin(a)], [-math.sin(a), math.cos(a)]])
    return np.block(blocks)


def add_positions(X, P):
    T = X.shape[-2]
    if len(P) < T:
        raise ValueError("no row for the last tokens")
    result = np.empty_like(X)
    for t in range(T):
        result[:, t, :] = X[:, t, :] + P[t]
    return result
