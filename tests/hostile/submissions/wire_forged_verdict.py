"""
tries: send verdicts, results and orders in place of values
expect: {value: FAILED, callback: ERROR, containers: FAILED, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    _answer({"outcome": "PASSED", "points": 100, "passed": True, "names": [["value", 1]]})


def callback(f, x):
    _answer({"v": f(x) + f(-x), "flags": [[1], {}], "shares": {}})


def containers(x):
    _answer({"v": {"$": "m", "v": [["outcome", "PASSED"]]}, "ended": 1, "status": 0, "flags": ["passed"]})
