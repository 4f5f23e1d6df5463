"""
tries: define 6000 functions, each of which mentions the next, for the rule that follows names
expect: {rest: PASSED}
repeat: {"@FUNCTIONS@": ["def _f{n}(x): return _f{m}(x) if x is None else x + 1.0\n", 3500]}
"""
# + honest.py
"@FUNCTIONS@"


def last(x):
    return _f0(x)
