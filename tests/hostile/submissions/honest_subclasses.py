"""
tries: nothing; it answers with subclasses of float, dict, list and ndarray that tell no lies
expect: {rest: PASSED}
"""
# + honest.py
import numpy as np


class Metres(float):
    unit = "m"


class Table(dict):
    pass


class Row(list):
    pass


class Matrix(np.ndarray):
    pass


def value(x):
    return Metres(2.0 * x)


def array(a):
    return (a * a).view(Matrix)


def containers(x):
    return Table(pair=(Metres(x), -x), powers=Row([1.0, x, x * x]))


def last(x):
    return np.ma.masked_array(x + 1.0)
