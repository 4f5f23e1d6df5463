"""
tries: send an answer byte by byte, for ever
expect: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py
# + frames.py
import time


def value(x):
    os.write(_descriptor(), _struct.pack("<IIQB", 1 << 20, 1 << 20, _seq(), _REPLY))
    while True:
        os.write(_descriptor(), b" ")
        time.sleep(0.01)
