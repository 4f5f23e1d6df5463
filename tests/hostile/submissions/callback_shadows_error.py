"""
tries: raise again, later and elsewhere, what the check's function has raised
expect: {containers: ERROR, rest: PASSED}
"""
# + honest.py
_kept = []


def callback(f, x):
    try:
        f("no number")
    except Exception as error:
        _kept.append(error)
    return f(x) + f(-x)


def containers(x):
    raise _kept[0]
