"""
tries: say that it has lost more characters than a whole number can be written with
expect: {callback: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def callback(f, x):
    first = f(x)
    # Python refuses to write out integers of more than 4300 digits; two that are just allowed add up to more.
    _json_text = b'{"v":[[%f],{"$":"m","v":[]}],"out":"x","lost":%s}'
    for _ in range(2):
        _send(_CALLBACK, 1, _json_text % (x, b"9" * 4300))
        os.read(_descriptor(), 65536)
    return first + f(-x)
