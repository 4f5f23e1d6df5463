"""Learning from rewards: returns, the entropy of a policy, policy gradients, and PPO's clipped loss.

A policy gives each state (a row) one score (a "logit") an action; softmax along the row turns the
scores into the probabilities π(a) of the actions. Scores may have any size up to ±1e300. All
logarithms are natural, results in nats. N counts rows, A actions, T steps; arrays hold float64
numbers unless said otherwise. Results are new, and no function may change its arguments. "One
number" may be a Python float or a NumPy scalar.
"""

import numpy as np


def discounted_returns(rewards, gamma):
    """Give each step of one episode what is still to come: G_t = Σ_{k ≥ t} gamma^(k − t) · rewards[k].

    Args:
        rewards: Shape (T,), T ≥ 1, whole numbers or floats; T may be 1000.
        gamma: Discount, 0 ≤ gamma ≤ 1; gamma^0 is 1, also for gamma = 0.

    Returns:
        The returns ("reward-to-go"), shape (T,), float64.
    """
    raise NotImplementedError


def policy_entropy(logits):
    """Give the mean over the rows of the entropy −Σ_a π(a) log π(a).

    `no_warnings`: no overflow, invalid-value or division-by-zero warning may arise (underflow to 0
    is fine), even where a probability is too small for a float64.

    Args:
        logits: Scores, shape (N, A).

    Returns:
        One number, from 0 to log A.
    """
    raise NotImplementedError


def policy_kl(old_logits, new_logits):
    """Give the mean over the rows of D(old‖new) = Σ_a π_old(a) log(π_old(a) / π_new(a)).

    Args:
        old_logits: Scores of the policy that collected the data, shape (N, A).
        new_logits: Scores of the policy that is being trained, shape (N, A).

    Returns:
        One number, finite and exact also where π_new(a) is too small for a float64.
    """
    raise NotImplementedError


def reinforce_grad(logits, actions, advantages):
    """Give the gradient with respect to logits of −(1/N) Σ_n advantages[n] · log π_n(actions[n]).

    This is a loss, to be made smaller; the sum runs over the N rows, and the advantages count as
    constants.

    Args:
        logits: Scores, shape (N, A).
        actions: The action taken in each row, shape (N,), whole numbers 0 … A − 1.
        advantages: How much better than expected it went, shape (N,), of either sign.

    Returns:
        The gradient, shape (N, A).
    """
    raise NotImplementedError


def ppo_loss(logp_new, logp_old, adv, eps=0.2, entropy=0.0, entropy_coef=0.0):
    """Give PPO's loss: minus the mean clipped objective, minus entropy_coef · entropy.

    With the ratio r_n = π_new(a_n) / π_old(a_n), the objective of a sample is
    min(r_n · adv_n, clip(r_n, 1 − eps, 1 + eps) · adv_n); the mean runs over the N samples.

    Args:
        logp_new: Log-probability of each action taken, under the new policy, shape (N,). The
            probability itself may be too small for a float64 (−1000 occurs).
        logp_old: The same under the old policy, shape (N,); it differs from logp_new by at most 50,
            so the ratio is a number from e^-50 to e^50, and counts as it is.
        adv: Advantages, shape (N,), of either sign.
        eps: How far the ratio may go from 1, 0 < eps < 1.
        entropy: The mean entropy of the policy, a number already computed, in nats.
        entropy_coef: Weight of the entropy. More entropy makes the loss smaller.

    Returns:
        One number, to be made smaller.
    """
    raise NotImplementedError
