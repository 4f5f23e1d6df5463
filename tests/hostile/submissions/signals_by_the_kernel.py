"""
tries: have the kernel send signals to others, by descriptors, timers and the death of a child
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py
import fcntl


def value(x):
    for fd in (0, 1, 3):
        for command, argument in ((8, int("@PID@")), (15, ctypes.c_char_p(bytes(8))), (10, 9), (4, os.O_ASYNC | os.O_NONBLOCK), (1031, 1 << 20), (1033, 1)):
            if _LIBC.fcntl(fd, command, argument) >= 0:
                _breach(f"fcntl {command} on {fd}")
        for request in (0x5412, 0x8902, 0x8901, 0x541B if fd == 9 else 0x5452):
            if _LIBC.ioctl(fd, ctypes.c_ulong(request), ctypes.byref(ctypes.c_int(int("@PID@")))) >= 0:
                _breach(f"ioctl {request:#x} on {fd}")
    for name, arguments in (("timer_create", (0, 0, 0)), ("timerfd_create", (0, 0)), ("signalfd4", (-1, 0, 8, 0)), ("rt_sigqueueinfo", (int("@PID@"), 9, ctypes.create_string_buffer(128)))):
        if _sys(name, *arguments) >= 0:
            _breach(name)
    return 2.0 * x
