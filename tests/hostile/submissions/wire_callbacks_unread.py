"""
tries: call a function of the check for ever without reading an answer, so that both sides would wait
expect: {callback: TIMEOUT, rest: PASSED}
"""
# + honest.py
# + frames.py


def callback(f, x):
    while True:
        # Longer than one read, so that each is taken by itself.
        _send(_CALLBACK, 1, {"v": [[x], {"$": "m", "v": []}], "pad": "x" * 100_000})
