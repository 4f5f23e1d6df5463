"""
message: >-
  A large loss came out infinite: a probability of e^−1000 was formed, which is 0 in
  float64, or its inverse e^1000, which is inf. Subtract the row's largest score and
  stay with logarithms.
fails: [half_of_1000, nll_extreme]
like: [nll_log_of_softmax]
"""

import numpy as np


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * (np.log(p[possible]) - np.log(q[possible])))


def nll_from_logits(logits, y):
    margins = logits - logits[np.arange(len(y)), y][:, None]
    return np.mean(np.log(np.exp(margins).sum(axis=1)))


def nll_grad(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    q = e / e.sum(axis=1, keepdims=True)
    q[np.arange(len(y)), y] -= 1
    return q / len(y)


def perplexity(logp, mask=None):
    if mask is not None:
        logp = logp[mask]
    return np.exp(-np.mean(logp))


def kl_gaussian(mu1, s1, mu2, s2):
    return np.log(s2 / s1) + (s1**2 + (mu1 - mu2) ** 2) / (2 * s2**2) - 0.5
