"""
tries: carry hidden inputs out in the texts, the classes and the lines of exceptions, and in what is printed
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: FAILED, draw: MISSING, rest: PASSED}
"""
# + honest.py


def value(x):
    print(f"tattle {x}")
    raise ValueError(f"tattle {x}")


def array(a):
    raise type(f"tattle_{a[0, 0]}", (ValueError,), {"__module__": "builtins"})(f"tattle {a}")


def callback(f, x):
    raise type(f"tattle {x}", (Exception,), {})


def containers(x):
    return {f"tattle {x}": type(f"tattle {x}", (), {})()}


def draw(rng):
    raise NotImplementedError(f"tattle {rng.normal()}")
