"""
tries: map memory past Python, and raise the limit first
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py
try:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    _breach("no memory limit")
except (ImportError, OSError, ValueError):
    pass


def value(x):
    _LIBC.mmap.restype = ctypes.c_void_p
    got = 0
    while got < 64:
        address = _LIBC.mmap(None, ctypes.c_size_t(1 << 26), 3, 0x22, -1, 0)
        if address in (None, ctypes.c_void_p(-1).value):
            break
        got += 1
    if got > 16:
        _breach(f"{got * 64} MB mapped")
    return 2.0 * x
