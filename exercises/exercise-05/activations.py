"""Activation functions and their derivatives: ReLU, sigmoid, GELU.

Each function works entry by entry on a NumPy array x of any shape (a single number is an array
of shape ()) and returns a new array of the same shape; x itself stays as it is. float32 in gives
float32 out, float64 gives float64, and integers count as float64.

Infinities are allowed and give the limit itself, exactly, never nan; each function names its own.
`no_warnings`: `relu` and `sigmoid` may raise no overflow, invalid-value or division-by-zero warning
for any x of float64 or float32, infinities included (underflow to 0 is fine, and what np.errstate
silences inside your function isn't raised).
"""

import numpy as np


def relu(x):
    """Keep positive entries, replace negative ones by 0.

    Args:
        x: Any shape.

    Returns:
        max(x, 0), the shape and float dtype of x; 0 at −inf, inf at +inf.
    """
    raise NotImplementedError


def relu_grad(x):
    """Give the derivative of relu at x.

    Args:
        x: Where to differentiate (the input of relu, not its output), any shape.

    Returns:
        1.0 where x > 0 and 0.0 where x < 0, as floats; at x = 0, where relu has a kink, 0.0 by
        convention. The shape and float dtype of x; 0 at −inf, 1 at +inf.
    """
    raise NotImplementedError


def sigmoid(x):
    """Squash x into (0, 1): σ(x) = 1 / (1 + exp(−x)).

    Args:
        x: Any shape, any magnitude (±1000 and far beyond).

    Returns:
        σ(x), the shape and float dtype of x, accurate to 1e-15 (for float64); exactly 0 at
        −inf, 1 at +inf.
    """
    raise NotImplementedError


def sigmoid_grad(x):
    """Give the derivative of sigmoid at x.

    Args:
        x: Where to differentiate (the input of sigmoid, not its output), any shape, any magnitude.

    Returns:
        σ′(x), the shape and float dtype of x; 0 at −inf and at +inf.
    """
    raise NotImplementedError


def gelu(x):
    """Weight x by a normal probability: x·Φ(x), the exact form and not its tanh approximation.

    Φ is the standard normal distribution function. NumPy has no error function; `math.erf` and
    `math.erfc` take one number at a time.

    Args:
        x: Any shape, any magnitude.

    Returns:
        x·Φ(x), the shape and float dtype of x; 0 at −inf, inf at +inf.
    """
    raise NotImplementedError


def gelu_grad(x):
    """Give the derivative of gelu (the exact form) at x.

    Args:
        x: Where to differentiate, any shape, any magnitude.

    Returns:
        The derivative, the shape and float dtype of x; 0 at −inf, 1 at +inf.
    """
    raise NotImplementedError
