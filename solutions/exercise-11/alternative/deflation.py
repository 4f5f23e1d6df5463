"""Power iteration on the covariance, one component after the other."""

import numpy as np


def pca_fit(X, k):
    if len(X) < 2:
        raise ValueError("at least two samples are needed")
    if not 0 < k <= X.shape[1]:
        raise ValueError("no such number of components")
    n, d = X.shape
    mean = np.average(X, axis=0)
    rest = X - mean
    total = np.sum(rest**2) / (n - 1)
    components, variances = np.empty((k, d)), np.empty(k)
    for j in range(k):
        v = rest[np.argmax((rest**2).sum(axis=1))]
        for _ in range(200):
            v = (v / np.linalg.norm(v)) @ rest.T @ rest
        v = v / np.linalg.norm(v)
        components[j] = v if v.max() > -v.min() else -v
        scores = rest @ v
        variances[j] = np.sum(scores**2) / (n - 1)
        rest = rest - np.outer(scores, v)
    return dict(mean=mean, components=components, explained_variance=variances, explained_ratio=variances / total)


def pca_transform(X, model):
    W = model["components"].T
    return X @ W - model["mean"] @ W


def pca_inverse(Z, model):
    return np.dot(Z, model["components"]) + model["mean"]
