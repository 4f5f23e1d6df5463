"""Plain Python with math.fsum; the sample variance by Welford's single pass."""

import math

import numpy as np


def expectation(values, probs):
    probs = [float(p) for p in probs]
    if any(p < 0 for p in probs) or abs(math.fsum(probs) - 1.0) > 1e-9:
        raise ValueError("probs")
    return math.fsum(float(v) * p for v, p in zip(values, probs))


def variance(values, probs):
    m = expectation(values, probs)
    return math.fsum((float(v) - m) ** 2 * float(p) for v, p in zip(values, probs))


def _welford(values, ddof):
    n, mean, m2 = 0, 0.0, 0.0
    for value in values:
        n += 1
        before = value - mean
        mean += before / n
        m2 += before * (value - mean)
    if n - ddof <= 0:
        raise ValueError("too few values")
    return m2 / (n - ddof)


def sample_variance(x, ddof=1, axis=None):
    if axis is None:
        return _welford(x.ravel().tolist(), ddof)
    return np.apply_along_axis(lambda line: _welford(line.tolist(), ddof), axis, x)


def covariance(X, ddof=1):
    n = len(X)
    if n - ddof <= 0:
        raise ValueError("too few samples")
    columns = []
    for column in X.T.tolist():
        mean = math.fsum(column) / n
        columns.append([v - mean for v in column])
    return [[math.fsum(a * b for a, b in zip(p, q)) / (n - ddof) for q in columns] for p in columns]


def correlation(X):
    d = X.shape[1]
    C = covariance(X)
    constant = [min(column) == max(column) for column in X.T.tolist()]
    R = np.zeros((d, d))
    for j in range(d):
        for k in range(d):
            if j == k:
                R[j, k] = 1.0
            elif not constant[j] and not constant[k]:
                R[j, k] = C[j][k] / math.sqrt(C[j][j]) / math.sqrt(C[k][k])
    return R


def merge_stats(a, b):
    (na, ma, sa), (nb, mb, sb) = a, b
    if not na or not nb:
        return a if na else b
    mean = (na * ma + nb * mb) / (na + nb)
    return (na + nb, mean, sa + sb + (mb - ma) ** 2 / (1 / na + 1 / nb))


def mse_from_bias_variance(bias, var):
    return var + bias * bias
