"""The exponent is clipped where the probability is 0 or 1 anyway; the loss by cases; histograms for the bins."""

import numpy as np


def predict_proba(X, w, b):
    z = np.clip(np.sum(X * w, axis=1) + b, -700.0, 700.0)
    return 1.0 / (1.0 + np.exp(-z))


def _softplus(z):
    return np.where(z > 0, z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def bce_with_logits(z, y):
    return np.average(y * _softplus(-z) + (1.0 - y) * _softplus(z))


def logreg_grad(X, y, w, b, l2=0.0):
    error = predict_proba(X, w, b) - y
    return (error[:, None] * X).mean(axis=0) + np.multiply(l2, w), float(error.mean())


def fit_logreg(X, y, lr, steps, l2=0.0):
    w, b = np.zeros(np.shape(X)[1]), np.float64(0.0)
    while steps > 0:
        gw, gb = logreg_grad(X, y, w, b, l2)
        w = w - lr * gw
        b = b - lr * gb
        steps -= 1
    return [w, b]


def expected_calibration_error(p, y, n_bins=10):
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    announced, _ = np.histogram(p, bins=edges, weights=p)
    came, _ = np.histogram(p, bins=edges, weights=y)
    return np.abs(announced - came).sum() / p.size
