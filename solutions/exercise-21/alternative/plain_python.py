"""Plain Python: mail by mail, word by word, class by class."""

import math

import numpy as np


def posterior(prior, likelihood):
    weights = [float(p) * float(q) for p, q in zip(prior, likelihood)]
    evidence = math.fsum(weights)
    if not evidence > 0:
        raise ValueError("this can't happen under any class")
    return [w / evidence for w in weights]


def binary_posterior(prior, tpr, fpr):
    spam = prior * tpr
    ham = fpr - prior * fpr
    try:
        return spam / (spam + ham)
    except ZeroDivisionError:
        raise ValueError("P(word) is 0") from None


def nb_fit(X, y, n_classes, alpha=1.0):
    mails = [0] * n_classes
    seen = [[0] * len(X[0]) for _ in range(n_classes)]
    for row, label in zip(X.tolist(), y.tolist()):
        mails[label] += 1
        for j, present in enumerate(row):
            seen[label][j] += present
    log_prior = [math.log(m / len(X)) if m else -math.inf for m in mails]
    theta = [[(k + alpha) / (m + alpha + alpha) for k in counts] for m, counts in zip(mails, seen)]
    return np.array(log_prior), np.array(theta)


def nb_log_posterior(X, model):
    log_prior, theta = (part.tolist() for part in model)
    rows = []
    for mail in X.tolist():
        scores = []
        for start, chances in zip(log_prior, theta):
            total = start
            for present, t in zip(mail, chances):
                total += math.log(t) if present else math.log1p(-t)
            scores.append(total)
        best = max(scores)
        log_evidence = best + math.log(sum(math.exp(s - best) for s in scores))
        rows.append([s - log_evidence for s in scores])
    return rows
