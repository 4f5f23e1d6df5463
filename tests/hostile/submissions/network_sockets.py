"""
tries: reach a listener on this machine, by TCP, UDP and a local socket
expect: {rest: PASSED}
weak: {rest: PASSED}
weak_breach: true
"""
# + honest.py


def value(x):
    try:
        import socket
    except ImportError:
        # Forbidden to be imported, but perhaps loaded.
        import sys

        socket = sys.modules.get("socket") or sys.modules.get("_socket")
    if socket is None:
        return 2.0 * x
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int("@PORT@"))),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", int("@PORT@"))),
        (socket.AF_UNIX, socket.SOCK_STREAM, "\0@MARKER@"),
        (socket.AF_INET6, socket.SOCK_STREAM, ("::1", int("@PORT@"))),
    ):
        try:
            made = socket.socket(family, kind)
            made.connect(address)
            made.send(b"hello")
            _breach(f"reached {address!r}")
        except OSError:
            continue
    return 2.0 * x
