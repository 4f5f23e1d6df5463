"""
tries: read and write through descriptors that the grader may have left open
expect: {rest: PASSED}
"""
# + honest.py
import fcntl


def value(x):
    for fd in (0, *range(4, 2048)):
        # Standard input is the empty device, which takes everything.
        write = (lambda: os.write(fd, b"x"),) if fd else ()
        for what in (lambda: os.read(fd, 10), *write, lambda: os.pread(fd, 10, 0), lambda: os.listdir(fd)):
            try:
                got = what()
            except OSError:
                continue
            if got:
                _breach(f"descriptor {fd}: {got!r}")
    try:
        fcntl.fcntl(0, fcntl.F_DUPFD, 100)
        _breach("a descriptor doubled")
    except OSError:
        pass
    return 2.0 * x
