"""Eigenvectors of the covariance matrix, sorted and turned one by one."""

import numpy as np


def pca_fit(X, k):
    X = np.asarray(X, dtype=float)
    n, d = X.shape
    if n < 2:
        raise ValueError("too few samples")
    if k < 1 or k > min(n, d):
        raise ValueError("k is out of range")
    C = np.cov(X, rowvar=False).reshape(d, d)
    lam, V = np.linalg.eigh(C)
    order = np.argsort(-lam)[:k]
    components = V.T[order]
    for v in components:
        if v[np.abs(v).argmax()] < 0:
            v *= -1
    return {
        "explained_ratio": lam[order] / np.trace(C),
        "explained_variance": lam[order],
        "components": components,
        "mean": X.mean(0),
    }


def pca_transform(X, model):
    return np.einsum("nd,kd->nk", X - model["mean"], model["components"])


def pca_inverse(Z, model):
    return model["mean"][None, :] + np.einsum("nk,kd->nd", Z, model["components"])
