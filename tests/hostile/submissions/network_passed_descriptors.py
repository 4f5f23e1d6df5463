"""
tries: pass descriptors to the trusted side over the worker's own socket, and take some from it
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py
# + frames.py
import struct


class _Header(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_void_p), ("name_size", ctypes.c_uint), ("vectors", ctypes.c_void_p),
        ("count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_size", ctypes.c_size_t), ("flags", ctypes.c_int),
    ]  # fmt: skip


def value(x):
    data = ctypes.create_string_buffer(b"x")
    vector = ctypes.create_string_buffer(struct.pack("PN", ctypes.addressof(data), 1))
    control = ctypes.create_string_buffer(struct.pack("Niii4x", 20, 1, 1, 0))
    header = _Header(None, 0, ctypes.addressof(vector), 1, ctypes.addressof(control), 20, 0)
    if _sys("sendmsg", _descriptor(), ctypes.byref(header), 0) >= 0:
        _breach("a descriptor sent")
    try:
        import socket

        ours = socket.socket(fileno=_descriptor())
        ours.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", 0))])
        _breach("a descriptor sent by socket")
    except (ImportError, OSError):
        pass
    for name, arguments in (("socketpair", (1, 1, 0, data)), ("pidfd_getfd", (3, 0, 0)), ("dup", (3,)), ("dup3", (3, 9, 0)), ("pipe2", (vector, 0))):
        if _sys(name, *arguments) >= 0:
            _breach(name)
    return 2.0 * x
