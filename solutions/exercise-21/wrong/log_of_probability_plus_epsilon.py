"""
message: >-
  A small constant was added before the logarithm. It hides the underflow: every very
  unlikely class now gets the same value.
fails: [nb_posterior, no_underflow]
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
    log_prior = np.empty(n_classes)
    theta = np.empty((n_classes, X.shape[1]))
    for c in range(n_classes):
        mails = X[y == c]
        log_prior[c] = np.log(len(mails) / len(X))
        theta[c] = (mails.sum(axis=0) + alpha) / (len(mails) + 2 * alpha)
    return log_prior, theta


def nb_log_posterior(X, model):
    log_prior, theta = model
    joint = log_prior + X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T
    shifted = joint - joint.max(axis=1, keepdims=True)
    p = np.exp(shifted)
    return np.log(p / p.sum(axis=1, keepdims=True) + 1e-12)
