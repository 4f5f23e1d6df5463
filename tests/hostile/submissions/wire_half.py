"""
tries: begin an answer and end, or hang up and live on
expect: {value: ERROR, array: ERROR, callback: TIMEOUT, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    os.write(_descriptor(), b"\x10")
    os._exit(0)


def array(a):
    os.close(_descriptor())
    while True:
        pass


def callback(f, x):
    # A head that announces more than ever comes.
    os.write(_descriptor(), _struct.pack("<IIQB", 200 << 20, 100, _seq(), _REPLY))
    while True:
        pass
