"""
tries: close the outputs, or shut them under the grader's eyes
expect: {rest: PASSED}
"""
# + honest.py
import sys

os.close(1)
os.close(2)
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None


def value(x):
    try:
        os.write(1, b"x")
    except OSError:
        pass
    return 2.0 * x
