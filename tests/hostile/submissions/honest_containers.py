"""
tries: nothing; it answers with an OrderedDict, a named tuple, a default dict and tuples for lists
expect: {rest: PASSED}
weak: {rest: PASSED}
"""
# + honest.py
from collections import OrderedDict, namedtuple
from typing import NamedTuple

Pair = namedtuple("Pair", "plus minus")


class Powers(NamedTuple):
    zero: float
    one: float
    two: float


def containers(x):
    return OrderedDict(powers=list(Powers(1.0, x, x * x)), pair=Pair(x, -x))
