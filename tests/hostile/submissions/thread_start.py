"""
tries: start threads that would work on after the answer
expect: {rest: PASSED}
"""
# + honest.py
import _thread
import threading


def _work():
    _breach("a thread runs")


def value(x):
    for start in (lambda: threading.Thread(target=_work, daemon=True).start(), lambda: _thread.start_new_thread(_work, ())):
        try:
            start()
        except RuntimeError:
            pass
    try:
        from concurrent.futures import ThreadPoolExecutor

        ThreadPoolExecutor(2).submit(_work).result(0.1)
    except (ImportError, RuntimeError):
        pass
    return 2.0 * x
