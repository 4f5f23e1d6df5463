"""As in the libraries: fill removed scores with −inf, then one softmax; removal from the unlikely end."""

import numpy as np


def _log_softmax(z):
    z = z - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def tied_logits(H, E):
    return np.tensordot(H, E, axes=(1, 1))


def sequence_log_prob(logits, ids):
    one_hot = np.eye(logits.shape[1])[ids]
    return float(np.vdot(_log_softmax(logits)[:-1], one_hot[1:]))


def top_k_probs(logits, k):
    n = logits.shape[0]
    if not (1 <= k <= n):
        raise ValueError("k")
    z = np.array(logits, dtype=float)
    order = np.lexsort((np.arange(n), -z))
    z[order[k:]] = -np.inf
    return np.exp(_log_softmax(z))


def top_p_probs(logits, p):
    if not (0 < p <= 1):
        raise ValueError("p")
    z = np.array(logits, dtype=float)
    probs = np.exp(_log_softmax(z))
    rising = np.argsort(probs)
    # What stays when the tokens up to and including this one are removed from the unlikely end.
    rest = np.append(np.cumsum(probs[rising][::-1])[::-1][1:], 0.0)
    remove = rest >= p - 1e-12
    remove[-1] = False
    z[rising[remove]] = -np.inf
    return np.exp(_log_softmax(z))


def sample(probs, u):
    return int(np.argmax(np.cumsum(probs) > u))


def pick(logits, temperature, u):
    if temperature > 0:
        return sample(np.exp(_log_softmax(np.asarray(logits) / temperature)), u)
    return int(np.flatnonzero(logits == logits.max())[0])
