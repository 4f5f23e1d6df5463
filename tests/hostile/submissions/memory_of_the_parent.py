"""
tries: read and write the memory of its parent and of the grader, and trace them
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


class _Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def value(x):
    here = ctypes.create_string_buffer(4096)
    mine, theirs = _Vector(ctypes.addressof(here), 4096), _Vector(id(x) & ~4095, 4096)
    for pid in (os.getppid(), int("@PID@"), 1):
        for name in ("process_vm_readv", "process_vm_writev"):
            got = _sys(name, pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
            if got >= 0:
                _breach(f"{name} {pid}: {here.raw!r}")
        for name, arguments in (("ptrace", (16, pid, 0, 0)), ("ptrace", (0x4206, pid, 0, 0)), ("pidfd_open", (pid, 0)), ("kcmp", (pid, os.getpid(), 0, 0, 0)), ("move_pages", (pid, 0, 0, 0, 0, 0)), ("migrate_pages", (pid, 0, 0, 0))):
            if _sys(name, *arguments) >= 0:
                _breach(f"{name} {pid}")
    return 2.0 * x
