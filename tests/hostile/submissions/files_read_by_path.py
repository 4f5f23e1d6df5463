"""
tries: read the hidden checks, the reference and other people's files by their paths, in every way that Python has
expect: {rest: PASSED}
weak: {rest: PASSED}
weak_breach: true
"""
# + honest.py
import io
import pathlib

import numpy as np

_TARGETS = (
    "@COURSE@/solutions/exercise-01/test_probe.py",
    "@COURSE@/solutions/exercise-01/probe.py",
    "@HOME@/private.txt",
    "@TMP@/private.txt",
    "@HOME@/private.npy",
)


def _ways(path):
    yield lambda: open(path).read()
    yield lambda: open(path, "rb", buffering=0).read()
    yield lambda: io.FileIO(path).read()
    yield lambda: os.read(os.open(path, os.O_RDONLY), 4096)
    yield lambda: os.read(os.open(path, os.O_PATH), 4096)
    yield lambda: pathlib.Path(path).read_text()
    yield lambda: np.fromfile(path, dtype=np.uint8).tobytes()
    yield lambda: np.load(path, allow_pickle=True)
    yield lambda: np.loadtxt(path, dtype=str)
    yield lambda: np.memmap(path, mode="r").tobytes()
    yield lambda: __import__("linecache").getlines(path)
    yield lambda: __import__("tokenize").open(path).read()


def _try_all():
    for path in _TARGETS:
        for number, way in enumerate(_ways(path)):
            try:
                got = way()
            except Exception:
                continue
            if str(got).strip("b'[]"):
                _breach(f"{path} by way {number}: {got!r}"[:3000])


_try_all()


def value(x):
    _try_all()
    return 2.0 * x
