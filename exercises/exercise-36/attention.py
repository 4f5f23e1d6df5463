"""Scaled dot-product attention.

Queries, keys and values come as float64 arrays with finite entries; the last axis holds the
features, the one before it the tokens, and any axes before these (`…`: batch, heads) are the same
in all three. T queries look at S keys; each key has one value. Results are new float64 arrays with
memory of their own, and no function may change its arguments. A mask holds booleans, True = this
query may look at this key. `no_warnings`: `attention` may raise no overflow, invalid-value or
division-by-zero warning (underflow to 0 is fine).
"""

import numpy as np


def causal_mask(T):
    """Let each of T tokens look at itself and at the tokens before it, never at later ones.

    Args:
        T: Number of tokens, a positive int.

    Returns:
        Booleans (dtype bool), shape (T, T): row t is query t, column s is key s; True = may look.
    """
    raise NotImplementedError


def attention(Q, K, V, mask=None):
    """Mix the values by how well each query fits each key: softmax(Q Kᵀ / √dk) V.

    The softmax is taken over the keys, for each query by itself. A key that the mask hides from a
    query gets the weight 0 there, and its score has no influence on the other weights. A query
    from which every key is hidden has weights that are all 0, and an output that is all 0.

    Args:
        Q: Queries, shape (…, T, dk).
        K: Keys, shape (…, S, dk).
        V: Values, shape (…, S, dv).
        mask: None (everything may be seen) or booleans in any shape that broadcasts to
            (…, T, S) by NumPy's rules, e.g. (T, S), (S,) or, for Q of shape (B, T, dk), (B, 1, S).

    Returns:
        (out, weights): the mixed values, shape (…, T, dv), and the weights, shape (…, T, S).
        The scores Q Kᵀ / √dk may be as large as ±1e6; both are finite then, and right.
    """
    raise NotImplementedError


def attention_pairs(T, causal=False):
    """Count the pairs (query, key) in which a query of a text of T tokens may look at a key.

    Args:
        T: Number of tokens, a positive int, up to a billion: count, don't build the mask.
        causal: Whether a token sees only itself and the tokens before it; otherwise it sees all T.

    Returns:
        The number of pairs, an int, exact.
    """
    raise NotImplementedError
