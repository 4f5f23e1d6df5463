"""
tries: announce more than may be sent, in all and in metadata, and more metadata than there is
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    os.write(_descriptor(), _struct.pack("<IIQB", 0xFFFFFFFF, 10, _seq(), _REPLY))
    return 2.0 * x


def array(a):
    os.write(_descriptor(), _struct.pack("<IIQB", 0x0FFFFFFF, 0x0FFFFFFF, _seq(), _REPLY))
    return a * a


def callback(f, x):
    os.write(_descriptor(), _struct.pack("<IIQB", 10, 100, _seq(), _REPLY))
    return f(x) + f(-x)
