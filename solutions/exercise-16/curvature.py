"""Reference solution: Hessian, Taylor's formula, critical points, Newton's step, step sizes."""

import numpy as np


def hessian(f, x, h=1e-4):
    """Ask f at the four corners x ± h·e_i ± h·e_j; on the diagonal they become x ± 2h·e_i and twice x."""
    steps = h * np.eye(len(x))
    H = [[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in steps] for a in steps]
    return np.array(H) / (4 * h * h)


def taylor2(f0, g, H, dx):
    """Value, slope and curvature along dx: f0 + Σ g_i dx_i + ½ Σ H_ij dx_i dx_j."""
    return f0 + np.sum(g * dx) + np.sum(H * np.outer(dx, dx)) / 2


def classify(H, tol=1e-8):
    """Let the signs of all eigenvalues decide, those within tol of 0 having none."""
    eigenvalues = np.linalg.eigvalsh(H)
    if np.min(eigenvalues) > tol:
        return "minimum"
    if np.max(eigenvalues) < -tol:
        return "maximum"
    return "degenerate" if np.any(np.abs(eigenvalues) <= tol) else "saddle"


def newton_step(g, H):
    """Solve g + H·step = 0, where the model's gradient vanishes."""
    return -np.linalg.solve(H, g)


def max_stable_lr(H):
    """Keep |1 − lr·λ| below 1 for the largest eigenvalue, and so for all."""
    return 2 / np.linalg.eigvalsh(H)[-1]
