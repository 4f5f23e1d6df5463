"""Matrix product and dense layer.

A, B, X, W are NumPy arrays with two axes, x and b with one. Results are new arrays; no function
may change its arguments.

In `matmul`, and in whatever it calls, you write the products and sums out yourself: none of `@`,
`dot`, `inner`, `vdot`, `vecdot`, `matvec`, `vecmat`, `matmul`, `multi_dot`, `matrix_power`,
`einsum`, `tensordot`, `__matmul__` (nor its relatives `__rmatmul__`, `__imatmul__`, `imatmul`),
nor the class `matrix`, nor the sums of products in `correlate`, `convolve`, `polymul`, `c_einsum`
and `innerproduct`; nor a way to a name through a text: `getattr`, `attrgetter`, `methodcaller`,
`__getattribute__`, `__dict__`, `vars`, `globals`, `eval`, `exec`. Multiplying arrays entry by entry,
`np.sum` and loops are welcome. `dense` and `dense_column` may use everything.
"""

import numpy as np


def matmul(A, B):
    """Multiply two matrices: entry (i, j) is Σ_p A[i, p]·B[p, j].

    Args:
        A: Shape (m, k), integers or floats.
        B: Shape (k, n), integers or floats.

    Returns:
        The product, shape (m, n), of the promoted dtype np.result_type(A, B): two int64 give
        int64, two int32 give int32, int64 with float64 gives float64, two float32 give float32.
        A product of integers is exact to the last digit, as long as its dtype can hold the sums.

    Raises:
        ValueError: A has another number of columns than B has rows, 1 against several included.
    """
    raise NotImplementedError


def dense(X, W, b, activation=None):
    """Apply a dense layer to a batch in the row convention: X W + b, then the activation.

    Args:
        X: One sample a row, shape (N, D_in).
        W: Weights, shape (D_in, D_out): row index = input, column index = output unit.
        b: One bias an output unit, shape (D_out,).
        activation: None for none, or 'relu' for max(0, ·) after the bias.

    Returns:
        Shape (N, D_out).
    """
    raise NotImplementedError


def dense_column(W, x, b):
    """Apply a dense layer to one sample in the column convention: W x + b, no activation.

    Args:
        W: Weights, shape (D_out, D_in): row index = output unit, column index = input.
        x: One sample, shape (D_in,).
        b: One bias an output unit, shape (D_out,).

    Returns:
        Shape (D_out,).
    """
    raise NotImplementedError
