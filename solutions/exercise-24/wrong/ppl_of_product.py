"""
message: >-
  The probabilities of the whole text were multiplied before the root was taken, and
  such a product leaves the range of a float64. Average the logarithms before you
  exponentiate.
fails: [ppl_geometric_mean, ppl_long]
like: [ppl_sum_exponentiated_first]
"""

import numpy as np


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * (np.log(p[possible]) - np.log(q[possible])))


def nll_from_logits(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_q = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_q[np.arange(len(y)), y])


def nll_grad(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    q = e / e.sum(axis=1, keepdims=True)
    q[np.arange(len(y)), y] -= 1
    return q / len(y)


def perplexity(logp, mask=None):
    if mask is not None:
        logp = logp[mask]
    return np.prod(np.exp(logp)) ** (-1 / len(logp))


def kl_gaussian(mu1, s1, mu2, s2):
    return np.log(s2 / s1) + (s1**2 + (mu1 - mu2) ** 2) / (2 * s2**2) - 0.5
