"""
tries: nothing; it imports much of the standard library, and looks for what may be lacking
expect: {rest: PASSED}
"""
# + honest.py
import abc, bisect, cmath, collections, contextlib, copy, dataclasses, datetime, decimal, enum, fractions, functools
import heapq, inspect, itertools, json, math, operator, random, re, statistics, string, textwrap, time, typing
import numpy.fft, numpy.linalg, numpy.polynomial, numpy.random, numpy.testing
from pathlib import Path

try:
    import scipy
except ImportError as error:
    print(error)


def value(x):
    half = fractions.Fraction(1, 2)
    inspect.getsource(value)
    datetime.datetime.strptime("2020-01-01", "%Y-%m-%d")
    return float(statistics.mean([x, x]) / half) + 0.0 * math.pi


def last(x):
    return copy.deepcopy(x) + 1.0
