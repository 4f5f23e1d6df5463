"""Everything by einsum on numbered axes; the factors from eigenvectors of A Aᵀ."""
import numpy as np


def unfold(T, mode):
    axes = [mode] + [n for n in range(T.ndim) if n != mode]
    return T.transpose(axes).copy().reshape(T.shape[mode], T.size // T.shape[mode])


def mode_product(T, U, mode):
    axes = list(range(T.ndim))
    new = axes.copy()
    new[mode] = T.ndim
    return np.einsum(T, axes, U, [T.ndim, mode], new)


def cp_reconstruct(weights, factors):
    N = len(factors)
    args = [weights, [N]]
    for n, F in enumerate(factors):
        args += [F, [n, N]]
    return np.einsum(*args, list(range(N)))


def hosvd(T, ranks):
    for n, r in enumerate(ranks):
        if r < 1 or r > T.shape[n]:
            raise ValueError(f"mode {n} can't have rank {r}")
    factors = []
    core = np.array(T)
    for n, r in enumerate(ranks):
        A = unfold(T, n)
        _, V = np.linalg.eigh(A @ A.T)
        U = V[:, ::-1][:, :r]
        factors.append(-U)
        core = mode_product(core, -U.T, n)
    return core, factors


def cp_params(shape, R):
    return R + sum(n * R for n in shape)


def tucker_params(shape, ranks):
    return np.prod(ranks) + np.dot(shape, ranks)
