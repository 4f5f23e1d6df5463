"""Plain Python: one row and one sample at a time."""

import math

import numpy as np


def discounted_returns(rewards, gamma):
    total, out = 0.0, []
    for r in reversed([float(r) for r in rewards]):
        total = r + gamma * total
        out.append(total)
    return np.array(out[::-1])


def _logp(row):
    m = max(row)
    lse = m + math.log(math.fsum(math.exp(z - m) for z in row))
    return [z - lse for z in row]


def policy_entropy(logits):
    entropies = [-math.fsum(math.exp(l) * l for l in _logp(row)) for row in logits.tolist()]
    return math.fsum(entropies) / len(entropies)


def policy_kl(old_logits, new_logits):
    total = 0.0
    for old, new in zip(old_logits.tolist(), new_logits.tolist()):
        total += math.fsum(math.exp(a) * (a - b) for a, b in zip(_logp(old), _logp(new)))
    return total / len(old_logits)


def reinforce_grad(logits, actions, advantages):
    rows = []
    for row, a, advantage in zip(logits.tolist(), actions.tolist(), advantages.tolist()):
        rows.append([advantage * (math.exp(l) - (j == a)) / len(logits) for j, l in enumerate(_logp(row))])
    return np.array(rows)


def ppo_loss(logp_new, logp_old, adv, eps=0.2, entropy=0.0, entropy_coef=0.0):
    total = 0.0
    for new, old, a in zip(logp_new.tolist(), logp_old.tolist(), adv.tolist()):
        r = math.exp(new - old)
        total += min(r, 1 + eps) * a if a > 0 else max(r, 1 - eps) * a
    return -(total / len(adv) + entropy_coef * entropy)
