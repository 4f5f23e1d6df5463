"""From hidden states to the next token: tied scores, the probability of a text, top-k, top-p, drawing.

Scores ("logits") are float64 arrays of any finite size (±1000 and beyond); token ids are whole
numbers from 0 to V − 1, V the size of the vocabulary. Softmax turns scores into probabilities.
Results are new arrays, and no function may change its arguments.
"""

import numpy as np


def tied_logits(H, E):
    """Score every token of the vocabulary with the embedding table itself: H Eᵀ.

    Args:
        H: Hidden states, shape (T, d), one row a position.
        E: Embedding table, shape (V, d), one row a token.

    Returns:
        Scores, shape (T, V): entry (t, v) is the dot product of H[t] and E[v].
    """
    raise NotImplementedError


def sequence_log_prob(logits, ids):
    """Give the natural logarithm of the probability of a text, its first token taken as given.

    Row t was computed from the tokens 0 … t, so it speaks of token t + 1:
    Σ_t log P(ids[t + 1] | row t), t = 0 … T − 2. The last row speaks of a token that isn't there
    yet; it isn't used.

    Args:
        logits: Scores, shape (T, V).
        ids: Token ids, shape (T,), T ≥ 1; T may be 5000.

    Returns:
        One number ≤ 0, in nats; 0 for a text of one token. It is right however unlikely the text
        is: where a token's probability is e⁻²⁰⁰⁰, too small for a float64, its term is −2000.
    """
    raise NotImplementedError


def top_k_probs(logits, k):
    """Keep the k most probable tokens and share the whole probability among them.

    Args:
        logits: Scores, shape (V,).
        k: How many tokens stay, 1 ≤ k ≤ V. Where scores are equal, the lower id goes first.

    Returns:
        Probabilities, shape (V,), at their ids: exactly 0 for removed tokens; the k kept ones are in
        the ratios that softmax gives them, and sum to 1.

    Raises:
        ValueError: k is less than 1 or more than V.
    """
    raise NotImplementedError


def top_p_probs(logits, p):
    """Keep the smallest set of most probable tokens whose total reaches p (the "nucleus").

    Tokens enter by falling probability until their total is at least p − 1e-12 (the 1e-12 forgives
    rounding where the total equals p). At least one token is kept. Which of several equally probable
    tokens goes first is free.

    Args:
        logits: Scores, shape (V,).
        p: The total to reach, 0 < p ≤ 1.

    Returns:
        Probabilities, shape (V,), at their ids: exactly 0 for removed tokens; the kept ones are in
        the ratios that softmax gives them, and sum to 1.

    Raises:
        ValueError: p is 0 or less, or more than 1.
    """
    raise NotImplementedError


def sample(probs, u):
    """Draw a token from probs by the inverse of the cumulative distribution.

    Args:
        probs: Probabilities, shape (V,), sum 1 (within rounding); some may be 0.
        u: A number from [0, 1), uniformly drawn by the caller, at most 1 − 1e-9.

    Returns:
        One whole number: the smallest id i with probs[0] + … + probs[i] > u. So a token of
        probability 0 is never drawn.
    """
    raise NotImplementedError


def pick(logits, temperature, u):
    """Choose the next token: draw it from softmax(logits / temperature) by `sample`'s rule.

    Args:
        logits: Scores, shape (V,).
        temperature: 0, or any number from 1e-10 up. Only at 0 itself the token with the largest
            score is chosen whatever u is (of equal scores the lower id).
        u: As in `sample`.

    Returns:
        One whole number, the token's id.
    """
    raise NotImplementedError
