"""
tries: become root again, or somebody else, or gain capabilities and namespaces
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    before = os.getuid(), os.geteuid(), os.getgid(), os.getegid()
    for way in (
        lambda: os.setuid(0), lambda: os.seteuid(0), lambda: os.setreuid(0, 0), lambda: os.setresuid(0, 0, 0),
        lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.chroot("/"), lambda: os.nice(-5),
        lambda: os.setsid(), lambda: os.unshare(0x10000000) if hasattr(os, "unshare") else os.setuid(0),
    ):  # fmt: skip
        try:
            way()
            _breach("a way")
        except OSError:
            continue
    for name, arguments in (
        ("setuid", (0,)), ("unshare", (0x10000000,)), ("unshare", (0x40000000,)), ("setns", (3, 0)),
        ("capset", (ctypes.create_string_buffer(b"\x22\x05\x08\x20\0\0\0\0"), ctypes.create_string_buffer(b"\xff" * 24))),
        ("mount", (ctypes.c_char_p(b"none"), ctypes.c_char_p(b"/tmp"), ctypes.c_char_p(b"tmpfs"), 0, None)),
        ("personality", (0x0040000,)), ("prctl", (4, 1, 0, 0, 0)), ("prctl", (22, 1)), ("prctl", (1, 0, 0, 0, 0)),
    ):  # fmt: skip
        if _sys(name, *arguments) >= 0:
            _breach(name)
    if before != (os.getuid(), os.geteuid(), os.getgid(), os.getegid()) or 0 in before:
        _breach(f"ids {before}")
    return 2.0 * x
