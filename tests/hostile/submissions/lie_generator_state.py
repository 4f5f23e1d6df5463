"""
tries: change the state of the check's own generator, so that its draws can be foretold
expect: {draw: FAILED, rest: PASSED}
"""
# + honest.py
import numpy as np


def draw(rng):
    numbers = rng.normal(size=3)
    rng.bit_generator.state = np.random.PCG64(1).state
    return numbers
