"""
tries: send what no encoder makes, by patching it
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def _patch(meta):
    _agent()[1]["wire"].Encoder.encode = lambda self, x, depth=0: meta


def value(x):
    _patch({"$": "k", "id": 1, "name": "callback"})


def array(a):
    _patch({"$": "y", "v": "builtins.eval"})


def callback(f, x):
    _patch({"$": "f", "on": 0, "name": "value"})


def containers(x):
    _patch({"$": {"$": "t"}, "v": [[]]})
