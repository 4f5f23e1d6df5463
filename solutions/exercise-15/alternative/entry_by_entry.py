"""Every entry by itself, in plain Python loops; the chain is applied to the unit vectors."""

import numpy as np


def jacobian(f, x, h=1e-6):
    x = [float(value) for value in x]
    n = len(x)

    def at(j, t):
        return np.ravel(f(np.array([value + t if k == j else value for k, value in enumerate(x)])))

    ahead, behind = [at(j, h) for j in range(n)], [at(j, -h) for j in range(n)]
    m = len(ahead[0])
    return np.array([[(ahead[j][i] - behind[j][i]) / (2 * h) for j in range(n)] for i in range(m)])


def chain(jacobians):
    n = jacobians[0].shape[1]
    columns = []
    for j in range(n):
        v = [float(k == j) for k in range(n)]
        for J in jacobians:
            v = [sum(float(a) * b for a, b in zip(row, v)) for row in J]
        columns.append(v)
    return np.array(columns).T


def softmax_jacobian(p):
    n = len(p)
    J = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            J[i, j] = p[i] * (float(i == j) - p[j])
    return J


def softmax_vjp(p, g):
    p, g = np.asarray(p), np.asarray(g)
    out = np.zeros_like(p)
    for index in np.ndindex(p.shape[:-1]):
        out[index] = softmax_jacobian(p[index]).T @ g[index]
    return out
