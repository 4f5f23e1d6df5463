"""QR by modified Gram–Schmidt, and orthogonal initialisation.

Arrays are NumPy arrays of float64; results are new arrays. No function may change its arguments.
"""

import numpy as np


def qr_mgs(A):
    """Write A as Q R with orthonormal columns in Q and an upper triangular R, positive on its diagonal.

    Args:
        A: Shape (m, n) with m >= n >= 1, finite, of full rank, possibly ill-conditioned.

    Returns:
        The pair (Q, R), shapes (m, n) and (n, n), such that Q @ R = A. The entries of R below the
        diagonal are exactly 0 (no rounding errors are left there) and R[j, j] > 0, which makes the
        pair unique. Q.T @ Q may differ from the identity by about 1e-16 times the condition number
        of A (as modified Gram–Schmidt does), but not by its square.

    Raises:
        ValueError: m < n; or A is rank deficient: some R[j, j] is at most 1e-14 times the
            Frobenius norm of A, as it is for A = 0. (A small but full-rank matrix such as 1e-20 A
            is fine.)
    """
    raise NotImplementedError


def orthogonal_init(shape, rng, gain=1.0):
    """Draw a weight matrix that is `gain` times a random semi-orthogonal matrix.

    Args:
        shape: (r, c).
        rng: An np.random.Generator, the only source of randomness; two calls in a row draw on.
        gain: A positive factor.

    Returns:
        W, shape (r, c). With W = gain * V: the columns of V are orthonormal if r >= c, its rows if
        r < c. V is uniformly distributed: no direction and no sign is preferred, which is what
        QR of a matrix of standard normal numbers gives, if R has a positive diagonal. How many
        numbers are drawn, and in which order, is free.
    """
    raise NotImplementedError
