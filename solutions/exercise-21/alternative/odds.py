"""Odds throughout: what matters is how much likelier one class is than another."""

import numpy as np


def posterior(prior, likelihood):
    joint = np.multiply(prior, likelihood)
    best = joint.argmax()
    if joint[best] == 0.0:
        raise ValueError("evidence is zero")
    against_best = joint / joint[best]
    return against_best / against_best.sum()


def binary_posterior(prior, tpr, fpr):
    spam, ham = prior * tpr, (1.0 - prior) * fpr
    if spam == ham == 0.0:
        raise ValueError("evidence is zero")
    return np.float64(1.0 / (1.0 + ham / spam) if spam >= ham else (spam / ham) / (1.0 + spam / ham))


def nb_fit(X, y, n_classes, alpha=1.0):
    counts = np.bincount(y, minlength=n_classes)
    present = np.zeros((n_classes, X.shape[1]))
    np.add.at(present, y, X)
    odds = (present + alpha) / (counts[:, None] - present + alpha)
    with np.errstate(divide="ignore"):
        return [np.log(counts) - np.log(len(y)), odds / (1.0 + odds)]


def nb_log_posterior(X, model):
    log_prior, theta = model
    # Every word absent is the start; each present word then multiplies the odds.
    start = log_prior + np.log1p(-theta).sum(axis=1)
    joint = start + X @ (np.log(theta) - np.log1p(-theta)).T
    # p_c = 1 / Σ_k exp(j_k − j_c)
    return -np.logaddexp.reduce(joint[:, None, :] - joint[:, :, None], axis=2)
