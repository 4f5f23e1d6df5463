"""
tries: have the check's function raise again and again, with large arguments that its tracebacks keep alive
expect: {rest: PASSED}
"""
# + honest.py


def callback(f, x):
    for _ in range(20):
        try:
            f(b"x" * (1 << 24))
        except Exception:
            continue
    return f(x) + f(-x)
