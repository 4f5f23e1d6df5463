# System calls past Python: ctypes is loaded in a worker, whether or not it may be imported.
import ctypes
import platform

_LIBC = ctypes.CDLL(None, use_errno=True)
_NUMBERS = {
    "x86_64": {
        "open": 2, "socket": 41, "connect": 42, "sendmsg": 46, "socketpair": 53, "clone": 56, "fork": 57,
        "vfork": 58, "execve": 59, "setuid": 105, "ptrace": 101, "shmget": 29, "semget": 64, "msgget": 68,
        "chroot": 161, "mount": 165, "openat": 257, "unshare": 272, "setns": 308, "process_vm_readv": 310,
        "process_vm_writev": 311, "kcmp": 312, "memfd_create": 319, "bpf": 321, "execveat": 322,
        "userfaultfd": 323, "perf_event_open": 298, "add_key": 248, "keyctl": 250, "io_uring_setup": 425,
        "pidfd_open": 434, "clone3": 435, "openat2": 437, "pidfd_getfd": 438, "timer_create": 222,
        "name_to_handle_at": 303, "personality": 135, "inotify_init1": 294, "epoll_create1": 291,
        "eventfd2": 290, "signalfd4": 289, "timerfd_create": 283, "capset": 126, "pidfd_send_signal": 424,
        "rt_sigqueueinfo": 129, "tkill": 200, "setpriority": 141, "sched_setaffinity": 203, "umask": 95,
        "mlockall": 151, "mq_open": 240, "landlock_create_ruleset": 444, "seccomp": 317, "prctl": 157, "rt_sigprocmask": 14,
        "mseal": 462, "move_pages": 279, "migrate_pages": 256, "dup": 32, "dup3": 292, "pipe2": 293,
    },
    "aarch64": {
        "socket": 198, "connect": 203, "sendmsg": 211, "socketpair": 199, "clone": 220, "execve": 221,
        "setuid": 146, "ptrace": 117, "shmget": 194, "semget": 190, "msgget": 186, "chroot": 51,
        "mount": 40, "openat": 56, "unshare": 97, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "memfd_create": 279, "bpf": 280, "execveat": 281,
        "userfaultfd": 282, "perf_event_open": 241, "add_key": 217, "keyctl": 219, "io_uring_setup": 425,
        "pidfd_open": 434, "clone3": 435, "openat2": 437, "pidfd_getfd": 438, "timer_create": 107,
        "name_to_handle_at": 264, "personality": 92, "inotify_init1": 26, "epoll_create1": 20,
        "eventfd2": 19, "signalfd4": 74, "timerfd_create": 85, "capset": 91, "pidfd_send_signal": 424,
        "rt_sigqueueinfo": 138, "tkill": 130, "setpriority": 140, "sched_setaffinity": 122, "umask": 166,
        "mlockall": 230, "mq_open": 180, "landlock_create_ruleset": 444, "seccomp": 277, "prctl": 167, "rt_sigprocmask": 135,
        "mseal": 462, "move_pages": 239, "migrate_pages": 238, "dup": 23, "dup3": 24, "pipe2": 59,
    },
}[platform.machine()]  # fmt: skip


def _sys(name, *arguments):
    """Make a system call; what it returns, or the negative error number."""
    if name not in _NUMBERS:
        return -38
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    _LIBC.syscall.restype = ctypes.c_long
    result = _LIBC.syscall(ctypes.c_long(_NUMBERS[name]), *wide)
    return result if result >= 0 else -ctypes.get_errno()
