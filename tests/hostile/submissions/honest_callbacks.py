"""
tries: nothing; it calls the function often, by map, inside a sort, with an error caught
expect: {rest: PASSED}
"""
# + honest.py


def callback(f, x):
    try:
        f("no number")
    except TypeError:
        pass
    values = dict(zip((x, -x), map(f, (x, -x))))
    for _ in range(200):
        f(x)
    sorted([3.0, 1.0, 2.0], key=f)
    return values[x] + values[-x]
