"""
tries: leave with status 0 from an exit handler, after an ordinary exit
expect: {value: ERROR, array: ERROR, rest: PASSED}
"""
# + honest.py
import atexit
import sys

atexit.register(os._exit, 0)
sys.exitfunc = lambda: os._exit(0)


def value(x):
    atexit._run_exitfuncs()


def array(a):
    raise SystemExit(0)
