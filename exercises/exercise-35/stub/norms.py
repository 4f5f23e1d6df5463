"""LayerNorm, RMSNorm and the pre-norm residual.

x is a float64 array of shape (…, d): the last axis holds the d features of one token, the axes
before it (none, one or several) count tokens, and every token is normalised by itself. gamma and
beta have shape (d,), and entries of 0 may be among them; eps is a positive number. Results are new
float64 arrays with memory of their own; no function may change its arguments (the cache included).
`no_warnings`: no call of `layernorm_forward`, `layernorm_backward` or `rmsnorm` may raise an
overflow, invalid-value or division-by-zero warning, not even where a token's features are all the
same number or all 0.
"""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    """Normalise every token to mean 0 and variance 1, then scale and shift each feature.

        y = gamma * (x - mean) / sqrt(var + eps) + beta

    mean and var are those of the token's d features; var is the mean of the d squared deviations
    (divided by d, not by d - 1), and eps is added to it under the root.

    Args:
        x: Tokens, shape (…, d). The mean of a token may be a million times larger than its spread.
        gamma: A factor for each feature, shape (d,).
        beta: A summand for each feature, shape (d,).
        eps: Keeps the root away from 0.

    Returns:
        (y, cache): y has the shape of x; the cache is yours: put in whatever `layernorm_backward`
        needs. It may hold the arguments themselves.
    """
    raise NotImplementedError


def layernorm_backward(dy, cache):
    """Carry a gradient back through `layernorm_forward`.

    For a loss L with dy = ∂L/∂y, give ∂L/∂x, ∂L/∂gamma and ∂L/∂beta, exact up to rounding (finite
    differences are too coarse), also where the mean of a token is far larger than its spread. A
    cache may be used more than once, also after other forward calls.

    Args:
        dy: Gradient with respect to y, the shape of y.
        cache: What `layernorm_forward` gave beside that y.

    Returns:
        (dx, dgamma, dbeta): dx of the shape of x; dgamma and dbeta of shape (d,), each the sum of
        what all tokens contribute.
    """
    raise NotImplementedError


def rmsnorm(x, gamma, eps=1e-6):
    """Divide every token by its root mean square, then scale each feature; nothing is subtracted.

        y = gamma * x / sqrt(mean(x**2) + eps)

    Args:
        x: Tokens, shape (…, d); the mean is that of the token's d squares.
        gamma: A factor for each feature, shape (d,).
        eps: Added to the mean under the root.

    Returns:
        y, the shape of x.
    """
    raise NotImplementedError


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    """Add to x what the layer f makes of the normalised x: x + f(LN(x)).

    Args:
        x: Tokens, shape (…, d).
        f: The layer, a function from arrays of shape (…, d) to arrays of the same shape. It may mix
            tokens (as attention does), so it is called once, with all of them.
        gamma, beta, eps: Those of the LayerNorm LN, as in `layernorm_forward`.

    Returns:
        The sum, the shape of x.
    """
    raise NotImplementedError
