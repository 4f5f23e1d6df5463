"""
tries: nothing; it draws, spawns and shuffles with the generator handed in, and makes one of its own
expect: {rest: PASSED}
"""
# + honest.py
import random

import numpy as np


def draw(rng):
    own = np.random.default_rng(7)
    own.shuffle([own.random() for _ in range(5)])
    random.seed(3)
    np.random.seed(3)
    state = rng.bit_generator.state
    rng.random(100)
    rng.bit_generator.state = state
    return np.array([rng.normal() for _ in range(3)])
