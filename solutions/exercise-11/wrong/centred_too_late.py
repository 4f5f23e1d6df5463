"""
message: >-
  The covariance was taken from the raw products, less those of the mean. Far from 0 both are huge,
  and their difference has lost its digits: subtract the mean from the data first.
fails: [eigen_of_covariance, variances, ratio]
"""

import numpy as np


def pca_fit(X, k):
    n, d = X.shape
    if n < 2:
        raise ValueError("one sample has no variance")
    if k < 1 or k > d:
        raise ValueError("no such number of components")
    mean = X.mean(axis=0)
    lam, V = np.linalg.eigh((X.T @ X - n * np.outer(mean, mean)) / (n - 1))
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
