"""Positional encoding.

Positions count from 0, and so do the columns of a table. d_model, the width, is an even int. The
pair of columns 2i and 2i + 1 shares the frequency 1 / base^(2i / d_model), for i = 0, 1, …,
d_model/2 - 1. Results are new float64 arrays with memory of their own, a new one for every call; no
function may change its arguments.
"""

import numpy as np


def sinusoidal_encoding(n_pos, d_model, base=10000.0):
    """Give every position a row of sines and cosines.

        PE[pos, 2i]     = sin(pos / base^(2i / d_model))
        PE[pos, 2i + 1] = cos(pos / base^(2i / d_model))

    Args:
        n_pos: Number of positions, a positive int; the rows are those of 0, 1, …, n_pos - 1.
        d_model: Width, a positive int.
        base: A float above 1 that sets how far apart the frequencies lie.

    Returns:
        The table PE, shape (n_pos, d_model).

    Raises:
        ValueError: d_model is odd.
    """
    raise NotImplementedError


def shift_matrix(d_model, k, base=10000.0):
    """Give the matrix that moves an encoding k positions on: PE[t + k] = M PE[t] for every t.

    PE[t] is a row of the table of `sinusoidal_encoding(…, d_model, base)`, taken as a column
    vector, so in NumPy PE[t + k] is M @ PE[t]. The same M serves all t, however far. It is exact up
    to rounding, for wide tables too.

    Args:
        d_model: Width, a positive even int.
        k: By how many positions, an int of either sign, or 0.
        base: As in `sinusoidal_encoding`.

    Returns:
        M, shape (d_model, d_model).
    """
    raise NotImplementedError


def add_positions(X, P):
    """Add to each token the row of its position.

    Args:
        X: Embeddings, float64, shape (B, T, d): B texts of T tokens.
        P: Any table of positions, float64, shape (L, d), sinusoidal or learned; row t belongs to
            position t, and a table longer than the texts is fine.

    Returns:
        The sums, shape (B, T, d).

    Raises:
        ValueError: The texts are longer than the table, T > L (also for a table of one row).
    """
    raise NotImplementedError
