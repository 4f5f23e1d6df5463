"""Reference solution: principal component analysis by the SVD of the centred data."""

import numpy as np


def pca_fit(X, k):
    """Decompose the centred data: the rows of Vᵀ are eigenvectors of the covariance, σ²/(n − 1) its eigenvalues."""
    n, d = X.shape
    if n < 2:
        raise ValueError("the variance of one sample is unknown")
    if not 1 <= k <= d:
        raise ValueError(f"there are no {k} components of {d} features")
    mean = X.mean(axis=0)
    _, s, V = np.linalg.svd(X - mean)
    largest = V[np.arange(d), np.abs(V).argmax(axis=1)]
    variance = s**2 / (n - 1)
    return {
        "mean": mean,
        "components": (V * np.sign(largest)[:, None])[:k],
        "explained_variance": variance[:k],
        "explained_ratio": variance[:k] / variance.sum(),
    }


def pca_transform(X, model):
    """Measure from the model's mean: the same point has the same scores in every batch."""
    return (X - model["mean"]) @ model["components"].T


def pca_inverse(Z, model):
    """Walk from the mean along the components."""
    return Z @ model["components"] + model["mean"]
