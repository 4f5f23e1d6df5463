"""Logistic regression: probabilities from scores, a stable loss, its gradient, training, calibration.

N is the number of samples, d the number of features. Arrays hold float64 numbers; labels y are the
numbers 0.0 and 1.0. Results are new arrays; "one number" may be a Python float or a NumPy scalar. No
function may change its arguments. All logarithms are natural.
"""

import numpy as np


def predict_proba(X, w, b):
    """Give the probability of class 1 for each sample: σ(z) of its score z = x · w + b.

    Args:
        X: Samples, one a row, shape (N, d).
        w: Weights, shape (d,).
        b: Bias, one number.

    Returns:
        Probabilities, shape (N,). Scores may be of any size (±1000 and far beyond): then 0 or 1. Tiny
        probabilities need to be right within 1e-14 only.
    """
    raise NotImplementedError


def bce_with_logits(z, y):
    """Give the binary cross-entropy of a batch: the mean of −log(probability of the right class).

    Args:
        z: Scores (log-odds), shape (N,), of any size. The probability of the right class may be too
            small for a float64; the loss is finite all the same, and exact up to the rounding of z.
        y: Labels 0.0 or 1.0, shape (N,).

    Returns:
        The mean loss in nats, one number.
    """
    raise NotImplementedError


def logreg_grad(X, y, w, b, l2=0.0):
    """Give the gradient of the objective: mean binary cross-entropy + (l2/2) · ‖w‖².

    Args:
        X: Samples, shape (N, d).
        y: Labels 0.0 or 1.0, shape (N,).
        w: Weights, shape (d,).
        b: Bias, one number. The penalty leaves it free.
        l2: Strength of the penalty, ≥ 0. It isn't divided by N.

    Returns:
        (gw, gb): the derivatives with respect to w, shape (d,), and to b, one number.
    """
    raise NotImplementedError


def fit_logreg(X, y, lr, steps, l2=0.0):
    """Minimise the objective of `logreg_grad` by gradient descent over the whole batch.

    Args:
        X: Samples, shape (N, d).
        y: Labels 0.0 or 1.0, shape (N,).
        lr: Learning rate, > 0.
        steps: Number of steps, ≥ 0.
        l2: Strength of the penalty.

    Returns:
        (w, b) after exactly `steps` steps from w = 0, b = 0: shape (d,) and one number. In each step
        both move by −lr times the gradient at the same old point (w, b).
    """
    raise NotImplementedError


def expected_calibration_error(p, y, n_bins=10):
    """Measure how far probabilities are from the frequencies that they announce.

    The interval from 0 to 1 is cut into n_bins equal bins [j/n_bins, (j+1)/n_bins): a p on the edge of
    two belongs to the upper one, and p = 1 to the last. Each bin with n_j > 0 samples has a gap |mean of its p − mean of its y|.

    Args:
        p: Predicted probabilities of class 1, shape (N,), each in [0, 1].
        y: Labels 0.0 or 1.0, shape (N,).
        n_bins: Number of bins, a whole number ≥ 1.

    Returns:
        Σ_j (n_j / N) · gap_j, one number. Empty bins contribute nothing.
    """
    raise NotImplementedError
