"""
tries: make memory that can be written and run as code
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    _LIBC.mmap.restype = ctypes.c_void_p
    bad = (None, ctypes.c_void_p(-1).value)
    if _LIBC.mmap(None, ctypes.c_size_t(4096), 7, 0x22, -1, ctypes.c_long(0)) not in bad:
        _breach("writable and executable")
    page = _LIBC.mmap(None, ctypes.c_size_t(4096), 3, 0x22, -1, ctypes.c_long(0))
    if page not in bad and _LIBC.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(4096), 5) == 0:
        _breach("made executable")
    return 2.0 * x
