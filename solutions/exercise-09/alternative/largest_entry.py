"""Scale by the largest entry on the way, normalise at the end; all steps are taken, tol isn't needed."""

import numpy as np


def rayleigh(A, v):
    return np.einsum("i,ij,j", v, A, v) / np.einsum("i,i", v, v)


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    n = A.shape[0]
    v = np.cos(np.arange(n) + 1.0) if v0 is None else v0
    for _ in range(num_iters):
        w = A.dot(v)
        peak = np.max(np.abs(w))
        if peak == 0.0:
            return np.float64(0.0), np.zeros(n)
        v = w / peak
    v = v / np.sqrt(np.sum(v * v))
    if v.max() < -v.min():
        v = -v
    return np.array(rayleigh(A, v)), v


def spectral_norm(W, num_iters=5000):
    G = W @ W.T if W.shape[0] < W.shape[1] else W.T @ W
    return float(np.sqrt(abs(power_iteration(G, num_iters=num_iters)[0])))


def trace_det_from_eigs(lams):
    D = np.diag(np.asarray(lams, dtype=float))
    return [np.trace(D), np.linalg.det(D)]
