"""Multi-head attention and the causal pre-norm Transformer block.

Arrays hold float64 numbers; token vectors X have the shape (B, T, d): B texts of T tokens with d
features each. Weights act from the right, as in `x @ W`. Results are new arrays, and no function may
change its arguments.
"""

import numpy as np


def multi_head_attention(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    """Let n_heads attentions look at the text, each in its own d / n_heads features, and mix what they find.

    Q = X Wq, K = X Wk, V = X Wv. With dk = d / n_heads, head h (h = 0 … n_heads − 1) uses the
    columns h·dk … (h + 1)·dk − 1 of Q, K and V and gives softmax(Q_h K_hᵀ / √dk) V_h, the softmax
    over the keys of the same text. The results of the heads, side by side in the order of the
    heads, are multiplied by Wo.

    Args:
        X: Token vectors, shape (B, T, d).
        Wq: Weights of the queries, shape (d, d).
        Wk: Weights of the keys, shape (d, d).
        Wv: Weights of the values, shape (d, d).
        Wo: Weights of the output, shape (d, d).
        n_heads: The number of heads, a positive divisor of d.
        mask: None (every token may look at every token), or booleans, shape (T, T): row t is the
            query, column s the key, True = may look. It holds for all texts and heads; each row
            has a True somewhere. A hidden key has no share at all, whatever the scores are.

    Returns:
        Shape (B, T, d). Right (and finite) also where scores are as large as ±10 000.

    Raises:
        ValueError: d isn't divisible by n_heads.
    """
    raise NotImplementedError


def transformer_block(X, p, n_heads):
    """Run one causal pre-norm block of a decoder.

        X ← X + MHA(LN₁(X))                        token t looks at the tokens 0 … t only
        X ← X + relu(LN₂(X) W1 + b1) W2 + b2       for each token by itself

    LN(x) = γ·(x − mean(x)) / √(var(x) + ε) + β over the d features of each token: ε = 1e-5 stands
    inside the root, and var divides by d. LN₁ has γ = g1, β = c1; LN₂ has γ = g2, β = c2. Scores may
    be as large as in `multi_head_attention`.

    Args:
        X: Token vectors, shape (B, T, d).
        p: A dict of arrays: Wq, Wk, Wv, Wo (d, d); W1 (d, d_ff), b1 (d_ff,), W2 (d_ff, d), b2 (d,);
            g1, c1, g2, c2 (d,).
        n_heads: The number of heads, a divisor of d.

    Returns:
        Shape (B, T, d).
    """
    raise NotImplementedError


def block_param_count(d, d_ff):
    """Count the numbers in the twelve arrays of `transformer_block`'s p.

    Args:
        d: Width of the model.
        d_ff: Width of the hidden layer of the feed-forward network.

    Returns:
        A whole number.
    """
    raise NotImplementedError
