"""
tries: swallow the worker's answers, so that the grader waits
expect: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py


def value(x):
    os.write = lambda fd, data: len(data)
    return 2.0 * x
