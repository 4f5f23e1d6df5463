"""
message: >-
  The probability was formed before its logarithm, and a most unlikely token has the probability
  0 in float64, or the bound that keeps the logarithm finite. Let the logarithm and the
  exponential of the token's own score cancel on paper first.
fails: [no_underflow]
"""

import numpy as np


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def tied_logits(H, E):
    return H @ E.T


def sequence_log_prob(logits, ids):
    with np.errstate(divide="ignore"):
        return float(sum(np.log(softmax(logits[t])[ids[t + 1]]) for t in range(len(ids) - 1)))


def top_k_probs(logits, k):
    if k < 1 or k > len(logits):
        raise ValueError("k must lie between 1 and V")
    keep = np.argsort(-logits, kind="stable")[:k]
    masked = np.full(len(logits), -np.inf)
    masked[keep] = logits[keep]
    return softmax(masked)


def top_p_probs(logits, p):
    if p <= 0 or p > 1:
        raise ValueError("p must lie in (0, 1]")
    probs = softmax(logits)
    order = np.argsort(-probs, kind="stable")
    count = int(np.argmax(np.cumsum(probs[order]) >= p - 1e-12)) + 1
    kept = np.zeros(len(probs))
    kept[order[:count]] = probs[order[:count]]
    return kept / kept.sum()


def sample(probs, u):
    return int(np.searchsorted(np.cumsum(probs), u, side="right"))


def pick(logits, temperature, u):
    if temperature == 0:
        return int(np.argmax(logits))
    return sample(softmax(logits / temperature), u)
