"""
tries: break what the agent needs to go on - recursion, printing, collecting, the import system
expect: {rest: PASSED}
"""
# + honest.py
import gc
import sys


def value(x):
    gc.disable()
    sys.stdout = sys.stderr = object()
    sys.displayhook = None
    sys.modules.clear()
    sys.path_hooks = sys.meta_path = None
    return 2.0 * x
