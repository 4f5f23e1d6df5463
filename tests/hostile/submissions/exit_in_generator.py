"""
tries: exit, and raise late, in generators that the check walks through
expect: {handle: ERROR, rest: PASSED}
"""
# + honest.py
import sys


class Total(Total):
    def steps(self):
        yield self.numbers[0]
        sys.exit(0)
