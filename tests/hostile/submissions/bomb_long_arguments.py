"""
tries: have the trusted side read for minutes what it takes no time to send, in arguments of callbacks
expect: {callback: TIMEOUT, rest: PASSED}
"""
# + honest.py
# + frames.py


def callback(f, x):
    handles = b",".join(b'{"$":"h","id":%d,"class":""}' % (10**11 + n) for n in range(20_000))
    for _ in range(10_000):
        _send(_CALLBACK, 1, b'{"v":[[%f,[%s]],{"$":"m","v":[]}]}' % (x, handles))
        os.read(_descriptor(), 65536)
    return f(x) + f(-x)
