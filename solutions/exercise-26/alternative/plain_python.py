"""Plain Python, one sample at a time; the sigmoid by two formulas; the bins in a dict."""

import math

import numpy as np


def _sigmoid(z):
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    return math.exp(z) / (1.0 + math.exp(z))


def _score(row, w, b):
    return sum(float(x) * float(v) for x, v in zip(row, w)) + float(b)


def predict_proba(X, w, b):
    return np.array([_sigmoid(_score(row, w, b)) for row in X])


def bce_with_logits(z, y):
    total = 0.0
    for score, label in zip(map(float, z), y):
        total += max(score, 0.0) - score * float(label) + math.log1p(math.exp(-abs(score)))
    return total / len(z)


def logreg_grad(X, y, w, b, l2=0.0):
    gw = [0.0] * len(w)
    gb = 0.0
    for row, label in zip(X, y):
        error = (_sigmoid(_score(row, w, b)) - float(label)) / len(y)
        gb += error
        for j, x in enumerate(row):
            gw[j] += error * float(x)
    return np.array([g + l2 * float(v) for g, v in zip(gw, w)]), gb


def fit_logreg(X, y, lr, steps, l2=0.0):
    w, b = [0.0] * len(X[0]), 0.0
    for _ in range(steps):
        gw, gb = logreg_grad(X, y, w, b, l2)
        w = [v - lr * float(g) for v, g in zip(w, gw)]
        b -= lr * gb
    return np.array(w), b


def expected_calibration_error(p, y, n_bins=10):
    bins = {}
    for forecast, label in zip(map(float, p), y):
        bins.setdefault(min(int(forecast * n_bins), n_bins - 1), []).append((forecast, float(label)))
    error = 0.0
    for members in bins.values():
        n = len(members)
        error += n / len(p) * abs(sum(f for f, _ in members) / n - sum(o for _, o in members) / n)
    return error
