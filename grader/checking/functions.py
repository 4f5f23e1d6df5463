"""Functions that a YAML example can hand to a submission, such as the f of a derivative.

What follows "The function" in a docstring is how an example writes it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np


def square(x: Any) -> Any:
    """The function x ↦ x²."""
    return x * x


def cube(x: Any) -> Any:
    """The function x ↦ x³."""
    return x * x * x


def sine(x: Any) -> Any:
    """The function x ↦ sin x."""
    return np.sin(x)


def exponential(x: Any) -> Any:
    """The function x ↦ eˣ."""
    return np.exp(x)


def sum_of_squares(x: Any) -> Any:
    """The function x ↦ Σ xᵢ²."""
    return np.sum(np.asarray(x) ** 2)


def house_price(x: Any) -> Any:
    """The function (area, age) ↦ 100·area − 2·age²."""
    return 100.0 * x[0] - 2.0 * x[1] ** 2


def mixed(x: Any) -> Any:
    """The function (x, y) ↦ x²y."""
    return x[0] ** 2 * x[1]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (square, cube, sine, exponential, sum_of_squares, house_price, mixed)
}
