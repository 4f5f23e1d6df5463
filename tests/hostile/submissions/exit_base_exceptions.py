"""
tries: raise what `except Exception` doesn't catch
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, draw: ERROR, rest: PASSED}
weak: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, draw: ERROR, rest: PASSED}
"""
# + honest.py


class Passed(BaseException):
    pass


def value(x):
    raise KeyboardInterrupt


def array(a):
    raise GeneratorExit


def callback(f, x):
    raise Passed


def containers(x):
    raise SystemExit(["PASSED"])


def draw(rng):
    raise BaseExceptionGroup("many", [KeyboardInterrupt(), SystemExit(0)])
