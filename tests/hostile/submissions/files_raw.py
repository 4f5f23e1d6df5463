"""
tries: open files by number, past Python
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    path = ctypes.c_char_p(b"@COURSE@/solutions/exercise-01/test_probe.py")
    handle = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(252))
    how = ctypes.create_string_buffer(24)
    tries = (
        ("open", path, 0), ("openat", -100, path, 0), ("openat2", -100, path, how, 24),
        ("name_to_handle_at", -100, path, handle, ctypes.create_string_buffer(8), 0), ("io_uring_setup", 8, how),
        ("execveat", -100, path, None, None, 0), ("memfd_create", ctypes.c_char_p(b"x"), 0), ("inotify_init1", 0),
    )  # fmt: skip
    for name, *arguments in tries:
        if _sys(name, *arguments) >= 0:
            _breach(name)
    return 2.0 * x
