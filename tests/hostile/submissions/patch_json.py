"""
tries: change how the worker writes its answers, so that they are garbage
expect: {value: ERROR, array: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    _agent()[1]["wire"].frame = lambda *_, **__: [b'{"outcome": "PASSED", "points": 100']
    return 2.0 * x


def array(a):
    import json

    for names in (vars(json), *(vars(m) for m in vars(json).values() if hasattr(m, "__dict__"))):
        for name in ("dumps", "dump", "JSONEncoder", "c_make_encoder", "encode_basestring_ascii"):
            if isinstance(names, dict) and name in names:
                names[name] = lambda *_, **__: 0
    _agent()[1]["wire"].HEAD = None
    return a * a
