"""Convolution for the returns, probabilities clipped only under the logarithm's weight, scatter for the action."""

import numpy as np


def discounted_returns(rewards, gamma):
    powers = np.power(float(gamma), np.arange(len(rewards)))
    return np.convolve(np.asarray(rewards, dtype=float)[::-1], powers)[: len(rewards)][::-1].copy()


def _pieces(logits):
    z = np.asarray(logits, dtype=float)
    z = z - z.max(axis=1)[:, np.newaxis]
    e = np.exp(z)
    total = e.sum(axis=1)[:, np.newaxis]
    return e / total, z - np.log(total)


def policy_entropy(logits):
    p, _ = _pieces(logits)
    used = p > 0
    return float(-np.sum(p[used] * np.log(p[used])) / len(p))


def policy_kl(old_logits, new_logits):
    p, logp = _pieces(old_logits)
    _, logq = _pieces(new_logits)
    return float(np.mean(np.sum(p * logp, axis=1) - np.sum(p * logq, axis=1)))


def reinforce_grad(logits, actions, advantages):
    grad, _ = _pieces(logits)
    np.subtract.at(grad, (np.arange(len(grad)), actions), 1.0)
    grad *= (np.asarray(advantages) / len(grad)).reshape(-1, 1)
    return grad


def ppo_loss(logp_new, logp_old, adv, eps=0.2, entropy=0.0, entropy_coef=0.0):
    ratio = np.exp(np.subtract(logp_new, logp_old))
    clipped = np.minimum(np.maximum(ratio, 1.0 - eps), 1.0 + eps)
    surrogate = np.maximum(-adv * ratio, -adv * clipped)
    return float(np.average(surrogate) - entropy * entropy_coef)
