"""
tries: grow slowly, touching every page
expect: {value: ERROR, rest: PASSED}
"""
# + honest.py


def value(x):
    kept = []
    while True:
        kept.append(b"x" * (1 << 20))
