"""Products of matrices: a discount matrix, einsum, and the Jacobian of softmax for the gradient."""

import numpy as np


def discounted_returns(rewards, gamma):
    t = np.arange(len(rewards))
    steps = t[None, :] - t[:, None]
    discount = np.where(steps >= 0, float(gamma) ** np.maximum(steps, 0), 0.0)
    return discount @ rewards


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _lse(z):
    return np.logaddexp.reduce(z, axis=1, keepdims=True)


def policy_entropy(logits):
    # H = log Σ e^z − Σ p z, with z measured from the row's maximum
    z = logits - logits.max(axis=1, keepdims=True)
    return (_lse(z)[:, 0] - np.einsum("na,na->n", _softmax(z), z)).mean()


def policy_kl(old_logits, new_logits):
    log_ratio = (old_logits - _lse(old_logits)) - (new_logits - _lse(new_logits))
    return np.float64(np.einsum("na,na->", _softmax(old_logits), log_ratio) / len(old_logits))


def reinforce_grad(logits, actions, advantages):
    # rows of the Jacobian of log softmax: I − 1 pᵀ
    p = _softmax(logits)
    n, a = logits.shape
    jacobian = np.eye(a)[None] - p[:, None, :]
    return -(advantages[:, None] / n) * jacobian[np.arange(n), actions]


def ppo_loss(logp_new, logp_old, adv, eps=0.2, entropy=0.0, entropy_coef=0.0):
    r = np.exp(logp_new - logp_old)
    limited = np.where(adv >= 0, np.minimum(r, 1 + eps), np.maximum(r, 1 - eps))
    return np.asarray(-(limited @ adv) / adv.size - entropy_coef * entropy)
