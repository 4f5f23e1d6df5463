"""
message: >-
  The scores were shifted in place, in the array of the caller. Make a new array for
  them.
fails: [no_mutation]
"""

import numpy as np


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * (np.log(p[possible]) - np.log(q[possible])))


def nll_from_logits(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -np.mean(logits[np.arange(len(y)), y])


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
