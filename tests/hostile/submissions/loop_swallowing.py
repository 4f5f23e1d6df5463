"""
tries: swallow everything that could end a loop
expect: {value: TIMEOUT, rest: PASSED}
weak: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py


def value(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            value(x)
