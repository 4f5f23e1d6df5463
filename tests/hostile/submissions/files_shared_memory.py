"""
tries: leave shared memory, semaphores and message queues behind
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    for name, arguments in (
        ("shmget", (int("@KEY@"), 4096, 0o1666)),
        ("semget", (int("@KEY@"), 1, 0o1666)),
        ("msgget", (int("@KEY@"), 0o1666)),
        ("mq_open", (ctypes.c_char_p(b"@MARKER@"), 0o102, 0o666, None)),
    ):
        if _sys(name, *arguments) >= 0:
            _breach(name)
    try:
        from multiprocessing import shared_memory

        shared_memory.SharedMemory(name="@MARKER@", create=True, size=64)
        _breach("SharedMemory")
    except (ImportError, OSError):
        pass
    return 2.0 * x
