"""
message: >-
  The difference of the logarithms is cut off, so a bad action that has become very likely isn't
  felt in full. Only the clip of the objective limits the ratio.
fails: [ppo_cases]
"""

import numpy as np


def discounted_returns(rewards, gamma):
    returns = np.array(rewards, dtype=np.float64)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns


def log_policy(logits):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def policy_entropy(logits):
    logp = log_policy(logits)
    return -(np.exp(logp) * logp).sum(axis=1).mean()


def policy_kl(old_logits, new_logits):
    old, new = (log_policy(old_logits), log_policy(new_logits))
    return (np.exp(old) * (old - new)).sum(axis=1).mean()


def reinforce_grad(logits, actions, advantages):
    taken = np.eye(logits.shape[1])[actions]
    return (np.exp(log_policy(logits)) - taken) * advantages[:, None] / len(logits)


def ppo_loss(logp_new, logp_old, adv, eps=0.2, entropy=0.0, entropy_coef=0.0):
    ratio = np.exp(np.clip(logp_new - logp_old, -20.0, 20.0))
    objective = np.minimum(ratio * adv, np.clip(ratio, 1 - eps, 1 + eps) * adv)
    return -objective.mean() - entropy_coef * entropy
