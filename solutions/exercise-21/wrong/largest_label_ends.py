"""
message: >-
  The number of classes was taken from the largest label, so classes without mails at
  the end are lost. n_classes says how many there are.
fails: [empty_class]
"""

import numpy as np


def posterior(prior, likelihood):
    joint = np.asarray(prior, dtype=float) * np.asarray(likelihood, dtype=float)
    evidence = joint.sum()
    if evidence == 0:
        raise ValueError("the evidence is 0")
    return joint / evidence


def binary_posterior(prior, tpr, fpr):
    evidence = prior * tpr + (1 - prior) * fpr
    if evidence == 0:
        raise ValueError("the evidence is 0")
    return prior * tpr / evidence


def nb_fit(X, y, n_classes, alpha=1.0):
    counts = np.bincount(y)
    theta = np.array([(X[y == c].sum(axis=0) + alpha) / (counts[c] + 2 * alpha) for c in range(len(counts))])
    return np.log(counts / len(y)), theta


def nb_log_posterior(X, model):
    log_prior, theta = model
    joint = log_prior + X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T
    shifted = joint - joint.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
