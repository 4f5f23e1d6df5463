"""Masks instead of slices: a token stays if what is ranked before it doesn't suffice yet."""

import numpy as np


def tied_logits(H, E):
    return np.einsum("td,vd->tv", H, E)


def sequence_log_prob(logits, ids):
    lse = np.logaddexp.reduce(logits[:-1], axis=-1)
    return np.sum(logits[np.arange(len(ids) - 1), ids[1:]] - lse)


def _normalised(weights):
    return weights / weights.sum()


def top_k_probs(logits, k):
    if k < 1 or k > logits.size:
        raise ValueError("bad k")
    index = np.arange(logits.size)
    before = (logits[None, :] > logits[:, None]) | ((logits[None, :] == logits[:, None]) & (index[None, :] < index[:, None]))
    stays = before.sum(axis=1) < k
    return _normalised(np.exp(logits - logits.max()) * stays)


def top_p_probs(logits, p):
    if p <= 0 or p > 1:
        raise ValueError("bad p")
    probs = _normalised(np.exp(logits - np.max(logits)))
    order = np.argsort(probs)[::-1]
    rank = np.argsort(order)
    falling = probs[order]
    before = np.concatenate(([0.0], np.cumsum(falling)[:-1]))
    stays = before < p - 1e-12
    stays[0] = True
    return _normalised(probs * stays[rank])


def sample(probs, u):
    return np.int64((np.cumsum(probs) <= u).sum())


def pick(logits, temperature, u):
    if temperature == 0:
        return np.argmax(logits)
    z = logits / temperature
    return sample(np.exp(z - np.logaddexp.reduce(z)), u)
