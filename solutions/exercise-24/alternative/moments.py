"""Means of functions: surprises as averages, the loss by differences of scores, Gaussians by Gauss–Hermite."""

import numpy as np


def _average(weights, values):
    support = np.flatnonzero(weights)
    return float(np.dot(np.take(weights, support), np.take(values, support)))


def cross_entropy(p, q):
    with np.errstate(divide="ignore"):
        return _average(p, -np.log(q))


def kl_divergence(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        return _average(p, np.log(p) - np.log(q))


def _margins(logits, y):
    return logits - np.take_along_axis(logits, y[:, None], axis=1)


def nll_from_logits(logits, y):
    # log Σ_j exp(z_j − z_y), by halves: logaddexp keeps it in range.
    total = np.full(len(y), -np.inf)
    for margin in _margins(logits, y).T:
        total = np.logaddexp(total, margin)
    return total.mean()


def nll_grad(logits, y):
    grad = np.zeros(logits.shape)
    for n, row in enumerate(logits):
        for j in range(len(row)):
            with np.errstate(over="ignore"):
                grad[n, j] = 1.0 / np.exp(row - row[j]).sum()
    np.subtract.at(grad, (np.arange(len(y)), y), 1.0)
    grad /= len(y)
    return grad


def perplexity(logp, mask=None):
    keep = np.ones(len(logp), dtype=bool) if mask is None else mask
    return 1.0 / np.exp(np.sum(logp, where=keep) / np.count_nonzero(keep))


def kl_gaussian(mu1, s1, mu2, s2):
    # Two nodes are exact for a quadratic function: the log-ratio of two normal densities.
    nodes = mu1 + s1 * np.array([-1.0, 1.0])
    log_n1 = -np.log(s1) - ((nodes - mu1) / s1) ** 2 / 2
    log_n2 = -np.log(s2) - ((nodes - mu2) / s2) ** 2 / 2
    return np.mean(log_n1 - log_n2)
