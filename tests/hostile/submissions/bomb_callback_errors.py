"""
tries: have the check's function raise again and again, with large arguments that its tracebacks keep alive
expect: {callback: TIMEOUT, rest: PASSED}
"""
# + honest.py


def callback(f, x):
    while True:
        try:
            f(b"x" * (1 << 24))
        except Exception:
            continue
