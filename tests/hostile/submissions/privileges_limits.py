"""
tries: raise its own limits
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    most = ctypes.create_string_buffer(b"\xff" * 16)
    for number in range(16):
        if _LIBC.prlimit(0, number, most, None) == 0 or _LIBC.setrlimit(number, most) == 0:
            _breach(f"limit {number}")
        if _LIBC.prlimit(int("@PID@"), number, ctypes.create_string_buffer(16), None) == 0:
            _breach(f"limit {number} of the grader")
    return 2.0 * x
