"""Cross-entropy, KL divergence, perplexity: what a language model is trained on and judged by.

All logarithms are natural: results are in nats. Arrays hold float64 numbers unless said otherwise;
"one number" may be a Python float or a NumPy scalar. Results are new arrays, and no function may
change its arguments.
"""

import numpy as np


def cross_entropy(p, q):
    """Give H(p, q) = −Σ p_i log q_i, the mean surprise of a believer in q when p is the truth.

    Args:
        p: The true probabilities, shape (C,), not negative, sum 1.
        q: The believed probabilities, shape (C,), not negative, sum 1; they may be tiny (1e-200).

    Returns:
        One number, ≥ 0. An entry with p_i = 0 contributes 0, whatever q_i is (0 · log 0 counts as 0).
        If q_i = 0 < p_i for any i, the result is +inf.
    """
    raise NotImplementedError


def kl_divergence(p, q):
    """Give D(p‖q) = Σ p_i log(p_i / q_i), the nats lost by believing q when p is the truth.

    Args:
        p: The true probabilities, shape (C,), not negative, sum 1.
        q: The believed probabilities, shape (C,), not negative, sum 1; they may be tiny (1e-200).

    Returns:
        One number, 0 for p = q. An entry with p_i = 0 contributes 0, whatever q_i is. If
        q_i = 0 < p_i for any i, the result is +inf.
    """
    raise NotImplementedError


def nll_from_logits(logits, y):
    """Give the cross-entropy loss of a batch: the mean of −log softmax(logits[n])[y[n]] over the rows.

    Args:
        logits: Scores, one row a sample, shape (N, C), of any size (±1000 and far beyond). A
            probability may be too small for a float64; the loss stays finite and exact.
        y: The right class of each row, shape (N,), whole numbers 0 … C − 1.

    Returns:
        The mean loss, one number.
    """
    raise NotImplementedError


def nll_grad(logits, y):
    """Give the gradient of nll_from_logits(logits, y), the mean over the rows, with respect to logits.

    Args:
        logits: Scores, shape (N, C), of any size (±1000 and far beyond).
        y: The right class of each row, shape (N,), whole numbers 0 … C − 1.

    Returns:
        ∂loss/∂logits, shape (N, C).
    """
    raise NotImplementedError


def perplexity(logp, mask=None):
    """Give the perplexity of a text: the exponential of the mean of −logp over the tokens that count.

    Args:
        logp: Log-probability that the model gave to each token that came, shape (T,), finite.
        mask: Booleans, shape (T,); True = the token counts, False = it has no influence (padding),
            whatever number stands there. At least one is True. By default all tokens count.

    Returns:
        One number.
    """
    raise NotImplementedError


def kl_gaussian(mu1, s1, mu2, s2):
    """Give D(N1‖N2) for the normal distributions N1 = N(mu1, s1²) and N2 = N(mu2, s2²) on the line.

    Args:
        mu1: Mean of N1, the truth.
        s1: Standard deviation of N1 (not the variance), positive.
        mu2: Mean of N2, the belief.
        s2: Standard deviation of N2 (not the variance), positive.

    Returns:
        One number in nats, 0 when the two are the same.
    """
    raise NotImplementedError
