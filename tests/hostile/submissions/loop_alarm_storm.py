"""
tries: be interrupted by alarms all the time, while working honestly, and between the calls
expect: {rest: PASSED}
"""
# + honest.py
import signal

_seen = []
signal.signal(signal.SIGALRM, lambda *_: _seen.append(None))
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)


def value(x):
    for _ in range(10_000):
        pass
    return 2.0 * x
