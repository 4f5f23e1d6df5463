"""
tries: raise exceptions named like the grader's and pytest's own, to be taken for a skip, a fault of ours, or a pass
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, draw: ERROR, rest: PASSED}
"""
# + honest.py


def _named(name, module, base=Exception):
    return type(name, (base,), {"__module__": module, "__qualname__": name})


def value(x):
    raise _named("Skipped", "_pytest.outcomes", BaseException)("not run")


def array(a):
    raise _named("Failed", "_pytest.outcomes", BaseException)("seen as a comparison")


def callback(f, x):
    raise _named("SandboxBroken", "grader.sandbox.errors")("our fault")


def containers(x):
    raise _named("CourseFault", "grader.errors")("the course is faulty")


def draw(rng):
    raise _named("Exit", "_pytest.outcomes", BaseException)("stop the session")
