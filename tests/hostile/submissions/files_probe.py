"""
tries: learn which files there are, without opening one
expect: {rest: PASSED}
"""
# + honest.py
import pathlib


def _probes(path):
    yield lambda: os.stat(path)
    yield lambda: os.lstat(path)
    yield lambda: os.listdir(path)
    yield lambda: list(os.scandir(path))
    yield lambda: os.access(path, os.F_OK) or (_ for _ in ()).throw(OSError())
    yield lambda: os.readlink(path)
    yield lambda: os.statvfs(path)
    yield lambda: os.listxattr(path)
    yield lambda: os.chdir(path)
    yield lambda: next(pathlib.Path(path).iterdir())
    yield lambda: os.getcwd()


for _path in ("/", "@COURSE@", "@COURSE@/solutions", "@HOME@", "@TMP@", "/proc/self", "/dev/shm", "/etc", "."):
    for _number, _probe in enumerate(_probes(_path)):
        try:
            _probe()
            _breach(f"probe {_number} tells of {_path}")
        except (OSError, StopIteration):
            continue
