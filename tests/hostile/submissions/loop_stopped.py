"""
tries: stop itself by a signal, so that it neither runs nor ends
expect: {value: TIMEOUT, rest: PASSED}
weak: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py
import signal


def value(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return 2.0 * x
