"""
tries: kill, stop and interrupt its parent, the grader, its group, and all that it may
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py
import signal


def value(x):
    for pid in (os.getppid(), int("@PID@"), 0, -1, -os.getppid(), -int("@PID@"), 1):
        for number in (signal.SIGINT, signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL, 0):
            for way in (os.kill, os.killpg, lambda p, n: signal.pidfd_send_signal(os.pidfd_open(p), n)):
                try:
                    way(pid, number)
                    _breach(f"signal {number} to {pid}")
                except OSError:
                    continue
            if _sys("tkill", pid, int(number)) >= 0:
                _breach(f"tkill {pid}")
    return 2.0 * x
