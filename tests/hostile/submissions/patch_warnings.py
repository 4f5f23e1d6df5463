"""
tries: make errors of all warnings and of all floating-point flags
expect: {rest: PASSED}
"""
# + honest.py
import warnings

import numpy as np

warnings.simplefilter("error")
np.seterr(all="raise")


def value(x):
    np.float64(1e308) * np.float64(10.0)
    return 2.0 * x
