"""
tries: answer with mappings of a million keys, and of keys whose hashes all agree
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: FAILED, draw: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    return dict.fromkeys(range(1_000_000))


def array(a):
    # Multiples of 2^61 − 1 all hash to 0.
    text = ",".join(f"[{k * (2**61 - 1)},0]" for k in range(1, 4)).encode()
    more = ",".join('[{"$":"i","v":"%s"},0]' % hex(k * (2**61 - 1)) for k in range(5, 20_000)).encode()
    _answer(b'{"v":{"$":"m","v":[' + text + b"," + more + b"]}}")


def callback(f, x):
    pairs = [[{"$": "t", "v": [-1 if n >> b & 1 else -2 for b in range(15)]}, 0] for n in range(1 << 13)]
    _answer({"v": {"$": "m", "v": pairs}})


def containers(x):
    return {float("nan"): number for number in range(900)} | {(): {(): {(): 0}}}


def draw(rng):
    _answer({"v": {"$": "m", "v": [[[1], 0], [{"$": "m", "v": []}, 0]]}})
