"""
message: >-
  A constant was added under the logarithm to save it from 0. It drowns likelihoods that
  are tiny themselves, and it gives the impossible a chance.
fails: [rare_spam, posterior_values, uninformative_likelihood, likelihood_scale]
"""

import numpy as np


def posterior(prior, likelihood):
    if np.sum(np.asarray(prior) * likelihood) == 0:
        raise ValueError("the evidence is 0")
    joint = np.log(np.asarray(prior) + 1e-5) + np.log(np.asarray(likelihood) + 1e-5)
    joint = np.exp(joint - joint.max())
    return joint / joint.sum()


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
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
