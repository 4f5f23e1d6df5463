"""Initialisation, vanishing and exploding gradients, skip connections.

All arrays are float64. The initialisers make weights of shape (fan_in, fan_out), for layers that
compute x @ W with samples as rows. `rnn_jacobian` and `depth_gain` take matrices that act from the
left, W @ h, on columns. No function may change its arguments (only the generator moves on), and
returned arrays are new ones.
"""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    """Draw weights uniformly from [-a, a], with a chosen such that the variance is 2 / (fan_in + fan_out).

    Args:
        fan_in: Number of inputs of a unit, >= 1.
        fan_out: Number of units, >= 1.
        rng: A numpy.random.Generator, the only source of randomness; two calls in a row draw on.

    Returns:
        Independent weights, a float64 array of shape (fan_in, fan_out).
    """
    raise NotImplementedError


def he_normal(fan_in, fan_out, rng):
    """Draw weights from the normal distribution with mean 0 and VARIANCE 2 / fan_in.

    Args:
        fan_in: Number of inputs of a unit, >= 1.
        fan_out: Number of units, >= 1.
        rng: A numpy.random.Generator, the only source of randomness; two calls in a row draw on.

    Returns:
        Independent weights, a float64 array of shape (fan_in, fan_out); no tail is cut off.
    """
    raise NotImplementedError


def rnn_jacobian(W, hs):
    """Give the derivative of the last state of a recurrent network with respect to the first.

    The network is h_t = tanh(W @ h_{t-1} + u_t) for t = 1, ..., T, with inputs u_t that don't
    depend on the states.

    Args:
        W: Shape (n, n).
        hs: The states h_1, ..., h_T that the network went through, shape (T, n), T >= 1, entries
            in [-1, 1]. They are values of tanh, not its arguments; h_0 isn't among them.

    Returns:
        J of shape (n, n), J[i, j] = ∂h_T[i] / ∂h_0[j].
    """
    raise NotImplementedError


def depth_gain(weights, residual=False):
    """Give the largest factor by which a stack of linear layers can stretch a vector.

    Layer k takes h to W_k @ h; with residual=True it takes h to h + W_k @ h. The factor is the
    spectral norm (largest singular value) of the whole stack's matrix: W_L ... W_2 W_1, or
    (I + W_L) ... (I + W_2) (I + W_1).

    Args:
        weights: List [W_1, ..., W_L], L >= 1, in the order in which they are applied. W_k has
            shape (n_k, n_{k-1}); with residual=True all are square and of one size.
        residual: Whether each layer has a skip connection around it.

    Returns:
        The spectral norm, one number, right to six digits, also where the two largest singular
        values almost agree.
    """
    raise NotImplementedError
