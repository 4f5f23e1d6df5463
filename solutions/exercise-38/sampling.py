"""Reference solution: language model output and sampling."""

import numpy as np


def tied_logits(H, E):
    """Compare each state with each token's embedding."""
    return H @ E.T


def sequence_log_prob(logits, ids):
    """Sum logarithms: the product of thousands of probabilities is 0 in float64."""
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return log_probs[np.arange(len(ids) - 1), ids[1:]].sum()


def top_k_probs(logits, k):
    """Take the first k of the ranking."""
    if not 1 <= k <= len(logits):
        raise ValueError("k must lie between 1 and the size of the vocabulary")
    return _shared_by(_ranking(logits)[:k], logits)


def top_p_probs(logits, p):
    """Take the ranking up to the token at which the total reaches p, that token included."""
    if not 0 < p <= 1:
        raise ValueError("p must lie in (0, 1]")
    ranking = _ranking(logits)
    reached = np.cumsum(_softmax(logits)[ranking]) >= p - 1e-12
    return _shared_by(ranking[: np.argmax(reached) + 1], logits)


def sample(probs, u):
    """Count the totals up to u; side="right" steps over tokens of probability 0."""
    return np.searchsorted(np.cumsum(probs), u, side="right")


def pick(logits, temperature, u):
    """Temperature 0 is the limit in which the largest score has all the probability."""
    if temperature == 0:
        return np.argmax(logits)
    return sample(_softmax(logits / temperature), u)


def _softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def _ranking(logits):
    """Ids by falling score; the stable sort puts the lower id first among equals."""
    return np.argsort(-logits, kind="stable")


def _shared_by(ids, logits):
    """Softmax over the tokens of `ids` alone, put at their places in the vocabulary."""
    probs = np.zeros(len(logits))
    probs[ids] = _softmax(logits[ids])
    return probs
