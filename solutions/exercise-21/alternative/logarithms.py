"""Logarithms from the start, choices by np.where, sums by logaddexp; Fortran order."""

import numpy as np


def _normalised(log_joint, axis):
    return log_joint - np.logaddexp.reduce(log_joint, axis=axis, keepdims=True)


def posterior(prior, likelihood):
    with np.errstate(divide="ignore"):
        log_joint = np.log(np.asarray(prior, float)) + np.log(np.asarray(likelihood, float))
    if np.all(np.isneginf(log_joint)):
        raise ValueError("P(observation) = 0")
    return np.exp(_normalised(log_joint, 0))


def binary_posterior(prior, tpr, fpr):
    return posterior(np.array([1.0 - prior, prior]), np.array([fpr, tpr]))[-1:].reshape(())


def nb_fit(X, y, n_classes, alpha=1.0):
    classes = range(n_classes)
    share = np.array([np.mean(y == c) for c in classes])
    log_prior = np.log(share, where=share > 0, out=np.full(n_classes, -np.inf))
    imagined = np.vstack([np.ones(X.shape[1]), np.zeros(X.shape[1])])
    theta = [
        np.average(
            np.vstack([X[y == c], imagined]),
            axis=0,
            weights=np.concatenate([np.ones(np.count_nonzero(y == c)), [alpha, alpha]]),
        )
        for c in classes
    ]
    return log_prior, np.asfortranarray(theta)


def nb_log_posterior(X, model):
    log_prior, theta = model
    factors = np.where(X.astype(bool)[:, None, :], np.log(theta), np.log(1.0 - theta))
    return np.asfortranarray(_normalised(log_prior + factors.sum(axis=-1), 1))
