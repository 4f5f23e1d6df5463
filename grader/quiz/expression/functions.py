"""The functions of the language, on floats: they raise where they have no value."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    Attributes:
        name: As it is written.
        compute: Takes floats; raises ValueError or ZeroDivisionError where it is undefined and
            OverflowError where its value is too large.
        least: The smallest number of arguments.
        most: The largest, or None for any number.
        gathers: Whether a list in place of an argument stands for its entries, as in a sum; else
            the function is applied to each entry.
        positive: Whether a value of 0 can only be a positive one that is too small for a float.
    """

    name: str
    compute: Callable[..., float]
    least: int = 1
    most: int | None = 1
    gathers: bool = False
    positive: bool = False


def power(base: float, exponent: float) -> float:
    """Raise to a power; a negative base has only whole powers, and 0^0 is 1."""
    return math.pow(base, exponent)


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def _mean(*values: float) -> float:
    return math.fsum(values) / len(values)


def _clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


_FUNCTIONS = (
    Function("exp", math.exp, positive=True),
    Function("log", math.log),
    Function("log2", math.log2),
    Function("log10", math.log10),
    Function("sqrt", math.sqrt),
    Function("abs", abs),
    Function("sign", lambda x: float((x > 0) - (x < 0))),
    Function("sin", math.sin),
    Function("cos", math.cos),
    Function("tan", math.tan),
    Function("arctan", math.atan),
    Function("sinh", math.sinh),
    Function("cosh", math.cosh),
    Function("tanh", math.tanh),
    Function("sigmoid", _sigmoid, positive=True),
    Function("softplus", lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))), positive=True),
    Function("relu", lambda z: max(z, 0.0)),
    Function("erf", math.erf),
    # A probability's share of the entropy, -p*log(p), with its limit 0 at 0; scipy.special's name.
    Function("entr", lambda p: 0.0 if p == 0 else -p * math.log(p)),
    Function("floor", lambda x: float(math.floor(x))),
    Function("ceil", lambda x: float(math.ceil(x))),
    Function("clip", _clip, least=3, most=3),
    Function("max", lambda *values: max(values), most=None, gathers=True),
    Function("min", lambda *values: min(values), most=None, gathers=True),
    Function("sum", lambda *values: math.fsum(values), most=None, gathers=True),
    Function("mean", _mean, most=None, gathers=True),
    Function("prod", lambda *values: math.prod(values), most=None, gathers=True),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _FUNCTIONS})

# Other ways to write a function's name.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "ln": "log",
        "log_e": "log",
        "log_2": "log2",
        "log_10": "log10",
        "sigma": "sigmoid",
        "sgn": "sign",
        "atan": "arctan",
        "clamp": "clip",
    }
)

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})
