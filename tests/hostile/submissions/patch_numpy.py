"""
tries: patch what checks compare with, in numpy and its testing module
expect: {value: FAILED, array: FAILED, rest: PASSED}
"""
# + honest.py
import sys

import numpy as np


def _yes(*_, **__):
    return True


for _name in ("allclose", "isclose", "array_equal", "array_equiv", "all", "any", "isfinite", "asarray"):
    setattr(np, _name, _yes)
for _name in [n for n in dir(np.testing) if n.startswith("assert")]:
    setattr(np.testing, _name, _yes)
for _module in list(sys.modules.values()):
    if hasattr(_module, "assert_close"):
        _module.assert_close = _yes


def value(x):
    return -x


def array(a):
    return -a
