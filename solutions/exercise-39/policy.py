"""Reference solution: returns, entropy and divergence of policies, REINFORCE, PPO."""

import numpy as np


def discounted_returns(rewards, gamma):
    """Walk backwards: G_t = r_t + γ G_{t+1}, so no power of γ is ever formed."""
    returns = np.array(rewards, dtype=np.float64)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns


def log_policy(logits):
    """Log-softmax along the rows; the largest score is taken out, so that exp stays in range."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def policy_entropy(logits):
    """Weigh finite logarithms: a probability of 0 times its logarithm is then 0, not nan."""
    logp = log_policy(logits)
    return -(np.exp(logp) * logp).sum(axis=1).mean()


def policy_kl(old_logits, new_logits):
    """The old policy collected the data, so it weighs the difference of the logarithms."""
    old, new = log_policy(old_logits), log_policy(new_logits)
    return (np.exp(old) * (old - new)).sum(axis=1).mean()


def reinforce_grad(logits, actions, advantages):
    """∂ log π(a)/∂z_j = [j = a] − π_j: every action's score moves, not only that of the one taken."""
    taken = np.eye(logits.shape[1])[actions]
    return (np.exp(log_policy(logits)) - taken) * advantages[:, None] / len(logits)


def ppo_loss(logp_new, logp_old, adv, eps=0.2, entropy=0.0, entropy_coef=0.0):
    """The minimum is a pessimist: clipping may take a gain away, never a loss."""
    ratio = np.exp(logp_new - logp_old)
    objective = np.minimum(ratio * adv, np.clip(ratio, 1 - eps, 1 + eps) * adv)
    return -objective.mean() - entropy_coef * entropy
