"""
tries: report exceptions that would end the grader, skip the check, or that can't be made
expect: {rest: ERROR, next: PASSED, rule: PASSED}
"""
# + honest.py
# + frames.py


def _raise(*lineage, **more):
    told = {"lineage": list(lineage), "text": "tattle", "line": 1, "function": "tattle", "read_only": False} | more
    _answer({"error": told}, kind=_ERROR)


def shown(x):
    _raise("grader.sandbox.errors.SandboxBroken", "builtins.Exception")


def value(x):
    _raise("builtins.KeyboardInterrupt", "builtins.BaseException", line=10**4000)


def array(a):
    _raise("builtins.ExceptionGroup", "builtins.Exception", line=-1)


def callback(f, x):
    _raise("builtins.type", "builtins.print", "builtins.__import__", "builtins.object", callback=0)


def containers(x):
    _raise(*["\x1b[31m.\u202e"] * 10_000, "builtins.BaseExceptionGroup", text=["no text"], function=7)


def draw(rng):
    _answer({"error": [], "g": [[[], [], []]]}, kind=_ERROR)


class Total:
    def __init__(self):
        _answer({"error": {"lineage": ["builtins.SystemExit"], "callback": 10**300}}, kind=_ERROR)
