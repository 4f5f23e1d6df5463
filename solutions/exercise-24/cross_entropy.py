"""Reference solution: cross-entropy, KL divergence, perplexity."""

import numpy as np


def cross_entropy(p, q):
    """Sum over the support of p only: there 0·log 0 can't come up, and q = 0 gives −log 0 = inf."""
    possible = p > 0
    with np.errstate(divide="ignore"):
        return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    """The nats beyond the entropy H(p) = H(p, p), which nobody can save."""
    return cross_entropy(p, q) - cross_entropy(p, p)


def log_softmax(logits):
    """Subtract each row's log-sum-exp; no probability is formed."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def nll_from_logits(logits, y):
    """Pick the log-probability of the right class in each row."""
    return -np.mean(log_softmax(logits)[np.arange(len(y)), y])


def nll_grad(logits, y):
    """(softmax − one-hot)/N: what was believed minus what came."""
    grad = np.exp(log_softmax(logits))
    grad[np.arange(len(y)), y] -= 1.0
    return grad / len(y)


def perplexity(logp, mask=None):
    """Take the mean of the logarithms first: the product of the probabilities would underflow."""
    return np.exp(-np.mean(logp if mask is None else logp[mask]))


def kl_gaussian(mu1, s1, mu2, s2):
    """The mean under N1 of log(n1/n2), a quadratic function of x."""
    return np.log(s2 / s1) + (s1**2 + (mu1 - mu2) ** 2) / (2.0 * s2**2) - 0.5
