"""The eigenvectors of the samples' Gram matrix, carried over to the features; lists where they do."""

import math

import numpy as np


def pca_fit(X, k):
    n, d = np.shape(X)
    if n < 2 or k not in range(1, d + 1):
        raise ValueError((n, d, k))
    mean = [sum(column) / n for column in np.transpose(X)]
    Xc = np.array(X) - np.array(mean)
    lam, U = np.linalg.eigh(Xc @ Xc.T)
    components, variances = [], []
    for j in range(1, k + 1):
        v = Xc.T @ U[:, -j]
        v = v / math.sqrt(v @ v)
        largest = max(v, key=abs)
        components.append([float(a) if largest > 0 else -float(a) for a in v])
        variances.append(float(lam[-j]) / (n - 1))
    total = float(np.sum(Xc * Xc)) / (n - 1)
    return {
        "mean": mean,
        "components": components,
        "explained_variance": variances,
        "explained_ratio": [v / total for v in variances],
    }


def pca_transform(X, model):
    mean, components = np.array(model["mean"]), np.array(model["components"])
    return np.array([[float((x - mean) @ c) for c in components] for x in X])


def pca_inverse(Z, model):
    mean, components = np.array(model["mean"]), np.array(model["components"])
    return np.array([mean + z @ components for z in Z])
