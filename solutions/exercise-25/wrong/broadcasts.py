"""
message: >-
  Shapes that differ are let through. For (3, 1) and (3,) broadcasting builds a
  table of all 9 differences.
fails: [shape_mismatch]
"""

import numpy as np


def mse(y, yhat):
    return np.mean((y - yhat) ** 2)


def mse_grad(X, y, w, b):
    residual = X @ w + b - y
    gw = 2 / len(y) * X.T @ residual
    gb = 2 / len(y) * np.sum(residual)
    return gw, gb


def fit_least_squares(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    solution = np.linalg.lstsq(A, y, rcond=None)[0]
    return solution[:-1].copy(), solution[-1]


def r2(y, yhat):
    missed = np.sum((y - yhat) ** 2)
    spread = np.sum((y - np.mean(y)) ** 2)
    return 1 - missed / spread
