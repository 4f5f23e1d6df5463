"""Fold and unfold, outer products term by term, and lists where tuples could stand."""
import numpy as np


def unfold(T, mode):
    return np.stack([np.take(T, j, axis=mode).ravel() for j in range(T.shape[mode])])


def fold(A, mode, shape):
    rest = [s for n, s in enumerate(shape) if n != mode]
    return np.moveaxis(A.reshape([A.shape[0]] + rest), 0, mode)


def mode_product(T, U, mode):
    return fold(U @ unfold(T, mode), mode, T.shape)


def cp_reconstruct(weights, factors):
    T = 0.0
    for r, w in enumerate(weights):
        term = np.asarray(w)
        for F in factors:
            term = np.multiply.outer(term, F[:, r])
        T = T + term
    return T


def hosvd(T, ranks):
    if len(ranks) != T.ndim:
        raise ValueError("one rank a mode")
    factors = []
    for n, r in enumerate(ranks):
        if not 0 < r <= T.shape[n]:
            raise ValueError("no such rank")
        A = unfold(T, n)
        U, s, _ = np.linalg.svd(A @ A.T)
        factors.append(U[:, :r])
    core = T
    for n in reversed(range(T.ndim)):
        core = mode_product(core, factors[n].T, n)
    return [core, factors]


def cp_params(shape, R):
    count = 0
    for n in shape:
        count += n * R
    return count + R


def tucker_params(shape, ranks):
    core, rest = 1, 0
    for n, r in zip(shape, ranks):
        core *= r
        rest += n * r
    return core + rest
