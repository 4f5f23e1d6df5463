"""
tries: change, move, link and delete files of the course, and their times and rights
expect: {rest: PASSED}
"""
# + honest.py
_CHECKS = "@COURSE@/solutions/exercise-01/test_probe.py"
_STUB = "@COURSE@/exercises/exercise-01/probe.py"


def value(x):
    ways = (
        lambda: os.chmod(_CHECKS, 0o777),
        lambda: os.utime(_CHECKS),
        lambda: os.truncate(_STUB, 0),
        lambda: os.rename(_CHECKS, _CHECKS + "x"),
        lambda: os.link(_CHECKS, "@TMP@/@MARKER@"),
        lambda: os.unlink(_STUB),
        lambda: os.chown(_STUB, os.getuid(), -1),
        lambda: os.setxattr(_STUB, "user.x", b"x"),
        lambda: os.replace("@TMP@/private.txt", _STUB),
        lambda: os.rmdir("@COURSE@/exercises"),
        lambda: os.sync(),
    )
    for number, way in enumerate(ways):
        try:
            way()
            if number != len(ways) - 1:
                _breach(f"way {number}")
        except OSError:
            continue
    return 2.0 * x
