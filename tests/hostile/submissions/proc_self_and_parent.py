"""
tries: read itself, its parent and the grader through /proc
expect: {rest: PASSED}
"""
# + honest.py


def value(x):
    for pid in ("self", os.getppid(), int("@PID@"), 1):
        for name in ("environ", "cmdline", "maps", "status", "mem", "fd", "root", "cwd", "task", "ns/net", "stack"):
            path = f"/proc/{pid}/{name}"
            for way in (lambda: open(path, "rb").read(4096), lambda: os.listdir(path), lambda: os.readlink(path)):
                try:
                    got = way()
                except OSError:
                    continue
                if got:
                    _breach(f"{path}: {got!r}"[:2000])
    return 2.0 * x
