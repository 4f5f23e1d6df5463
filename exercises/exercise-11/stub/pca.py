"""Principal component analysis: fit, transform, inverse.

Arrays are NumPy arrays of float64; results are new arrays. A row of X is a sample, a column a
feature. No function may change its arguments.
"""

import numpy as np


def pca_fit(X, k):
    """Find the k directions in which the data vary most.

    Args:
        X: Shape (n, d), n >= 2 samples of d features, more or fewer samples than features; the mean
            may be far from 0, even a million times as far as the data spread, and the features may
            have different scales. X is centred, but its columns are not divided by anything.
        k: How many directions, 1 <= k <= d (and k <= n - 1: n points vary in no more directions).
            The first k variances differ from each other and from the rest, and none of them is 0.

    Returns:
        A dict with exactly these keys:
        "mean": The mean of each column, shape (d,).
        "components": One direction a row, shape (k, d): orthonormal, the one with the largest
            variance first, each turned so that its entry of largest modulus is positive.
        "explained_variance": The variance of the data along each direction, shape (k,), with the
            divisor n - 1; it falls from left to right.
        "explained_ratio": The same as shares of the total variance of all d features, shape (k,).

    Raises:
        ValueError: n < 2, or k is below 1 or above d.
    """
    raise NotImplementedError


def pca_transform(X, model):
    """Give the coordinates of samples along the components, measured from the model's mean.

    Args:
        X: New samples or old ones, shape (n, d), n >= 1.
        model: A dict as pca_fit returns it; "mean" and "components" are all that is needed.

    Returns:
        The scores, shape (n, k).
    """
    raise NotImplementedError


def pca_inverse(Z, model):
    """Lead scores back to points in the space of the data.

    Args:
        Z: Scores, shape (n, k), n >= 1.
        model: A dict as pca_fit returns it; "mean" and "components" are all that is needed.

    Returns:
        Shape (n, d): the point whose coordinates along the components, measured from the mean, are
        the scores.
    """
    raise NotImplementedError
