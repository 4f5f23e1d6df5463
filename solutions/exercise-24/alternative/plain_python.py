"""Plain Python and the math module, one term at a time."""

import math

import numpy as np


def _surprise(q):
    return -math.log(q) if q > 0 else math.inf


def cross_entropy(p, q):
    total = 0.0
    for a, b in zip(p, q):
        if a > 0:
            total += a * _surprise(b)
    return float(total)


def kl_divergence(p, q):
    return math.fsum(a * (_surprise(b) - _surprise(a)) for a, b in zip(p, q) if a != 0)


def _row_loss(scores, c):
    best = max(scores)
    return best - scores[c] + math.log(sum(math.exp(s - best) for s in scores))


def nll_from_logits(logits, y):
    rows = [list(map(float, row)) for row in logits]
    return sum(_row_loss(row, c) for row, c in zip(rows, y)) / len(rows)


def nll_grad(logits, y):
    grad = []
    for row, c in zip(logits.tolist(), y.tolist()):
        # ∂/∂z_j of log Σ exp(z − z_c) is q_j = exp(−loss if j were the right class).
        grad.append([(math.exp(-_row_loss(row, j)) - (j == c)) / len(y) for j in range(len(row))])
    return np.array(grad)


def perplexity(logp, mask=None):
    kept = [x for i, x in enumerate(logp) if mask is None or mask[i]]
    return math.exp(-math.fsum(kept) / len(kept))


def kl_gaussian(mu1, s1, mu2, s2):
    ratio = s1 / s2
    return 0.5 * (ratio * ratio + ((mu2 - mu1) / s2) ** 2 - 1.0) - math.log(ratio)
