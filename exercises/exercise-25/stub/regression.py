"""Linear regression: mean squared error, its gradient, the least-squares fit, and R².

N samples with d features each: X has one row a sample and one column a feature. The model predicts
X w + b: weights w of shape (d,) and one intercept b. All arrays are float64. No function may change
its arguments, and what it returns has memory of its own.
"""

import numpy as np


def mse(y, yhat):
    """Give the mean squared error: the mean of (y - yhat)² over all entries.

    Args:
        y: True values, any shape. They may lie far from 0 compared with the errors.
        yhat: Predictions, of exactly the same shape.

    Returns:
        A number.

    Raises:
        ValueError: The shapes differ, even where NumPy would broadcast them: (3, 1) and (3,),
            or (1,) and (3,).
    """
    raise NotImplementedError


def mse_grad(X, y, w, b):
    """Differentiate the mean squared error of the predictions X w + b.

    The loss is the mean over the N samples, with no ½ in front: (1/N) Σ (x_i·w + b - y_i)².

    Args:
        X: Features, shape (N, d).
        y: True values, shape (N,).
        w: Weights, shape (d,).
        b: Intercept, a number.

    Returns:
        (gw, gb): the derivatives with respect to w, shape (d,), and to b, a number.
    """
    raise NotImplementedError


def fit_least_squares(X, y):
    """Find the weights and the intercept with the least mean squared error.

    The intercept is fitted too; X holds no column of ones. Columns of X may repeat each other. Then
    many w give the same predictions and the same least error; return the shortest of them, with the
    least Σ w_j² (columns that are equal then get equal weights). Columns that agree in six digits but
    not in the seventh are two columns still, and there too the error must be the least. Columns may
    differ in unit, and so in size by a factor of a million. No column is constant, and none depends on
    others in any way but by repeating one.

    Args:
        X: Features, shape (N, d), with N > d.
        y: True values, shape (N,).

    Returns:
        (w, b): the weights, shape (d,), and the intercept, a number.
    """
    raise NotImplementedError


def r2(y, yhat):
    """Give the coefficient of determination R².

    It compares the squared errors of the predictions with those of always predicting the mean of
    y: 1 minus their quotient. It is 1 for perfect predictions, 0 for the mean, negative for worse.

    Args:
        y: True values, shape (N,), not all equal. They may lie far from 0 compared with their spread,
            and the spread may be tiny.
        yhat: Predictions, shape (N,), from whatever model.

    Returns:
        A number.
    """
    raise NotImplementedError
