"""
tries: raise only when the check has taken most of a generator's values
expect: {handle: ERROR, rest: PASSED}
"""
# + honest.py


class Total(Total):
    def steps(self):
        yield from self.numbers
        raise GeneratorExit
