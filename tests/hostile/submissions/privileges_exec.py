"""
tries: become another program
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py
import sys


def value(x):
    for way in (
        lambda: os.execv("/bin/sh", ["sh", "-c", "echo BREACH: exec"]),
        lambda: os.execve(sys.executable or "/usr/bin/python3", ["python3", "-c", "print('BREACH: exec')"], {}),
        lambda: os.execvp("sh", ["sh", "-c", "echo BREACH: exec"]),
        lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "echo BREACH: spawn"], {}),
    ):
        try:
            way()
        except OSError:
            continue
    _sys("execve", ctypes.c_char_p(b"/bin/sh"), None, None)
    return 2.0 * x
