"""
tries: ignore or block every signal, and loop
expect: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py
import signal


def value(x):
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
