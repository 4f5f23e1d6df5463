"""
message: >-
  Columns that only nearly repeat each other were taken for the same. XᵀX squares small singular
  values until rounding hides them; work on X itself, with a limit near the rounding of float64.
fails: [normal_equations, fit_shifted]
"""

import numpy as np


def mse(y, yhat):
    if np.shape(y) != np.shape(yhat):
        raise ValueError("shapes differ")
    return np.mean((y - yhat) ** 2)


def mse_grad(X, y, w, b):
    residual = X @ w + b - y
    gw = 2 / len(y) * X.T @ residual
    gb = 2 / len(y) * np.sum(residual)
    return gw, gb


def fit_least_squares(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    solution = np.linalg.pinv(A.T @ A, rcond=1e-10) @ (A.T @ y)
    return solution[:-1].copy(), solution[-1]


def r2(y, yhat):
    missed = np.sum((y - yhat) ** 2)
    spread = np.sum((y - np.mean(y)) ** 2)
    return 1 - missed / spread
