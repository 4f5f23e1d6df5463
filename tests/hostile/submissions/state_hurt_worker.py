"""
tries: leave the worker broken in every check, for the next one to suffer
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, rest: PASSED}
"""
# + honest.py
import builtins


def value(x):
    for name in ("len", "isinstance", "issubclass", "type", "getattr", "ValueError", "dict", "list"):
        setattr(builtins, name, None)
    return 2.0 * x


def array(a):
    os._exit(1)


def callback(f, x):
    raise MemoryError


def containers(x):
    os.kill(os.getpid(), 9)
