"""
message: >-
  X, or a part of the model, belongs to the caller and was changed in place. Work on a
  copy.
fails: [nb_posterior, no_mutation]
like: [mails_changed_in_place]
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
    np.clip(theta, 1e-9, 1 - 1e-9, out=theta)
    joint = log_prior + X @ np.log(theta).T + (1 - X) @ np.log(1 - theta).T
    shifted = joint - joint.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
