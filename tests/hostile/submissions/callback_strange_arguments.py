"""
tries: hand the check's function everything but numbers
expect: {rest: PASSED}
"""
# + honest.py
import numpy as np


def callback(f, x):
    for argument in (None, "\ud800", [f], {"x": f}, f, object(), int, np.nan, 10**2000, b"\xff", np.array(["x"]), ..., set()):
        for arguments in ((argument,), (argument, argument)):
            try:
                f(*arguments)
            except Exception:
                continue
    return f(x) + f(-x)
