"""Plain Python: loops, lists and math, no array operations."""

import math

import numpy as np


def tied_logits(H, E):
    return [[math.fsum(float(a) * float(b) for a, b in zip(h, e)) for e in E] for h in H]


def _log_probs(row):
    row = [float(z) for z in row]
    m = max(row)
    lse = m + math.log(math.fsum(math.exp(z - m) for z in row))
    return [z - lse for z in row]


def sequence_log_prob(logits, ids):
    return math.fsum(_log_probs(logits[t])[int(ids[t + 1])] for t in range(len(ids) - 1))


def _renormalised(kept, log_probs):
    total = math.fsum(math.exp(log_probs[i]) for i in kept)
    return [math.exp(z) / total if i in kept else 0.0 for i, z in enumerate(log_probs)]


def top_k_probs(logits, k):
    if k not in range(1, len(logits) + 1):
        raise ValueError(f"k = {k}")
    ids = sorted(range(len(logits)), key=lambda i: (-logits[i], i))
    return _renormalised(set(ids[:k]), _log_probs(logits))


def top_p_probs(logits, p):
    if not 0.0 < p <= 1.0:
        raise ValueError(f"p = {p}")
    lp = _log_probs(logits)
    kept, total = set(), 0.0
    for i in sorted(range(len(lp)), key=lambda i: -lp[i]):
        kept.add(i)
        total += math.exp(lp[i])
        if total >= p - 1e-12:
            break
    return _renormalised(kept, lp)


def sample(probs, u):
    total = 0.0
    for i, q in enumerate(probs):
        total += q
        if u < total:
            return i
    return max(i for i, q in enumerate(probs) if q > 0)


def pick(logits, temperature, u):
    if temperature == 0:
        return max(range(len(logits)), key=lambda i: logits[i])
    return sample([math.exp(z) for z in _log_probs(np.asarray(logits) / temperature)], u)
