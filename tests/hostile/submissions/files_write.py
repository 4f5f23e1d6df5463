"""
tries: leave files in the course, the home, the temporary folders, shared memory and the working folder
expect: {rest: PASSED}
weak: {rest: PASSED}
weak_breach: true
"""
# + honest.py
import pathlib

import numpy as np

_PLACES = (
    "@COURSE@/exercises/exercise-01", "@COURSE@/solutions/exercise-01", "@COURSE@/.grade", "@COURSE@", "@HOME@",
    "@TMP@", "/tmp", "/var/tmp", "/dev/shm", "/run", ".", os.path.expanduser("~"),
)  # fmt: skip


def _write():
    for place in _PLACES:
        path = f"{place}/@MARKER@"
        ways = (
            lambda: open(path, "w").write("x"),
            lambda: os.write(os.open(path + "-os", os.O_WRONLY | os.O_CREAT), b"x"),
            lambda: os.open(place, os.O_TMPFILE | os.O_RDWR),
            lambda: pathlib.Path(path + "-path").touch(),
            lambda: np.save(path, np.ones(3)),
            lambda: np.ones(3).tofile(path + "-tofile"),
            lambda: os.mkdir(path + "-folder"),
            lambda: os.mkfifo(path + "-fifo"),
            lambda: os.mknod(path + "-node"),
            lambda: os.symlink("/etc/passwd", path + "-link"),
        )
        for number, way in enumerate(ways):
            try:
                way()
                _breach(f"{place} written by way {number}")
            except OSError:
                continue


_write()


def value(x):
    _write()
    return 2.0 * x
