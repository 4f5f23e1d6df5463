"""
tries: kill itself by signals, so that its end looks like the grader's doing
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, rest: PASSED}
"""
# + honest.py
import signal


def value(x):
    os.kill(os.getpid(), signal.SIGKILL)


def array(a):
    os.abort()


def callback(f, x):
    os.kill(os.getpid(), signal.SIGTERM)


def containers(x):
    signal.raise_signal(signal.SIGINT)
    return [signal.SIGINT]
