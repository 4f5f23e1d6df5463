"""
tries: reach parts of the kernel that have had holes
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    room = ctypes.create_string_buffer(256)
    for name, arguments in (
        ("bpf", (0, room, 128)), ("userfaultfd", (0,)), ("userfaultfd", (1,)), ("perf_event_open", (room, 0, -1, -1, 0)),
        ("add_key", (ctypes.c_char_p(b"user"), ctypes.c_char_p(b"x"), room, 8, -3)), ("keyctl", (0, -3, 1)),
        ("io_uring_setup", (8, room)), ("epoll_create1", (0,)), ("eventfd2", (0, 0)), ("landlock_create_ruleset", (None, 0, 1)),
        ("seccomp", (1, 0, room)), ("mlockall", (1,)), ("setpriority", (0, 0, -10)), ("sched_setaffinity", (0, 128, room)),
        ("vfork" if False else "memfd_create", (room, 0)),
    ):  # fmt: skip
        if _sys(name, *arguments) >= 0:
            _breach(name)
    return 2.0 * x
