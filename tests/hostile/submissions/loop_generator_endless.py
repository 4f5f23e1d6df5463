"""
tries: give a generator that never ends to a check that walks through it
expect: {handle: TIMEOUT, rest: PASSED}
"""
# + honest.py
import itertools


class Total(Total):
    def steps(self):
        for _ in itertools.count():
            for _ in range(2000):
                pass
            yield 1.5
