"""
tries: fork children that live on, each with children of its own
expect: {rest: PASSED}
weak: {rest: PASSED}
weak_breach: true
"""
# + honest.py
import time


def _child():
    try:
        os.setsid()
    except OSError:
        pass  # it leads a session already
    _breach("a child runs")
    time.sleep(20)
    os._exit(0)


def value(x):
    for fork in (os.fork, getattr(os, "forkpty", None)):
        try:
            pid = fork()
            if pid in (0, (0, -1)) or (isinstance(pid, tuple) and pid[0] == 0):
                _child()
        except (OSError, TypeError):
            pass
    return 2.0 * x
