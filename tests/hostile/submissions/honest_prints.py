"""
tries: nothing; it prints and warns a great deal while it works
expect: {rest: PASSED}
"""
# + honest.py
import logging
import sys
import warnings

import numpy as np

print("loaded")


def value(x):
    for i in range(3000):
        print(i, x, "Zwischenergebnis: ½·x² ≤ ∞", file=sys.stderr if i % 2 else sys.stdout, flush=True)
    warnings.warn("careful", stacklevel=1)
    logging.getLogger().warning("careful")
    np.array([1.0]) / 0.0
    print(np.arange(100_000), sep="")
    return 2.0 * x
