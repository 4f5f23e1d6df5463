"""Lists and `math`; stops when the residual is small."""

import math
import random

import numpy as np


def _times(A, v):
    return [math.fsum(a * b for a, b in zip(row, v)) for row in A]


def _dot(u, v):
    return math.fsum(a * b for a, b in zip(u, v))


def rayleigh(A, v):
    return _dot(v, _times(A, v)) / _dot(v, v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    rows = np.asarray(A).tolist()
    v = [random.Random(5).gauss(0, 1) for _ in rows] if v0 is None else [float(x) for x in v0]
    v = [x / math.hypot(*v) for x in v]
    lam = 0.0
    for _ in range(num_iters):
        w = _times(rows, v)
        size = math.hypot(*w)
        if size == 0:
            lam = 0.0
            break
        v = [x / size for x in w]
        w = _times(rows, v)
        lam = _dot(v, w)
        if math.hypot(*(a - lam * b for a, b in zip(w, v))) <= max(tol, 1e-12) * abs(lam):
            break
    if max(v, key=abs) < 0:
        v = [-x for x in v]
    return lam, np.array(v)


def spectral_norm(W, num_iters=5000):
    columns = np.asarray(W).T.tolist()
    gram = [[_dot(a, b) for b in columns] for a in columns]
    return math.sqrt(power_iteration(gram, num_iters)[0])


def trace_det_from_eigs(lams):
    return math.fsum(lams), math.prod(lams)
