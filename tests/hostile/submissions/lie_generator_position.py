"""
tries: give the check's generator a state that would read foreign memory, or spawn children without end
expect: {draw: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def draw(rng):
    numbers = rng.normal(size=3)
    _agent()[1]["generator"].progress = lambda g: [
        {"bit_generator": "MT19937", "state": {"key": [0] * 624, "pos": 10**9}}, 10**9
    ]  # fmt: skip
    return numbers
