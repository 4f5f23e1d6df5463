"""
tries: trace and profile the agent, and exit from there
expect: {array: ERROR, rest: PASSED}
"""
# + honest.py
import sys
import threading


def _trace(frame, event, argument):
    return _trace


def _exit(*_):
    os._exit(0)


def value(x):
    sys.settrace(_trace)
    sys.setprofile(_trace)
    threading.settrace(_trace)
    return 2.0 * x


def array(a):
    sys.settrace(_exit)
    return value(a)
