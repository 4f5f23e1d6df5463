"""
message: >-
  A matrix with more features than samples was refused. n samples still vary in up to n
  − 1 directions.
fails: [variances, ratio, more_features_than_samples]
"""

import numpy as np


def pca_fit(X, k):
    n, d = X.shape
    if n < 2:
        raise ValueError("one sample has no variance")
    if k < 1 or k > d or n < d:
        raise ValueError("no such number of components")
    mean = X.mean(axis=0)
    Xc = X - mean
    lam, V = np.linalg.eigh(Xc.T @ Xc / (n - 1))
    lam, V = lam[::-1], V[:, ::-1]
    C = V[:, :k].T
    C = C * np.sign(C[np.arange(k), np.abs(C).argmax(axis=1)])[:, None]
    return {
        "mean": mean,
        "components": C,
        "explained_variance": lam[:k],
        "explained_ratio": lam[:k] / lam.sum(),
    }


def pca_transform(X, model):
    return (X - model["mean"]) @ model["components"].T


def pca_inverse(Z, model):
    return Z @ model["components"] + model["mean"]
