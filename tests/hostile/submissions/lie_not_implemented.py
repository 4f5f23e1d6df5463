"""
tries: raise what a stub raises, to be taken for unfinished, in functions that have never been written
expect: {value: MISSING, array: MISSING, rest: PASSED}
"""
# + honest.py


def value(x):
    raise NotImplementedError("tattle: passed")


def array(a):
    exec(compile("def \u202ePASSED(): raise NotImplementedError\n".replace("\u202e", "x"), "<own>", "exec"), globals())
    return xPASSED()
