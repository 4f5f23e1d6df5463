"""
tries: start processes through subprocess, multiprocessing, concurrent.futures, posix_spawn and the shell
expect: {rest: PASSED}
"""
# + honest.py


def _by_subprocess():
    import subprocess

    subprocess.Popen(["/bin/sleep", "20"])
    _breach("subprocess")


def _by_private_subprocess():
    import _posixsubprocess

    if _posixsubprocess.__name__ and os.posix_spawn("/bin/true", ["true"], {}):
        _breach("spawned")


def _by_multiprocessing():
    import multiprocessing

    multiprocessing.Process(target=_breach, args=("multiprocessing",)).start()
    _breach("multiprocessing")


def _by_pool():
    from concurrent.futures import ProcessPoolExecutor

    ProcessPoolExecutor(1).submit(os.getpid).result(1)
    _breach("a pool")


def _by_shell():
    if os.system("exit 7") == 7 << 8:
        _breach("a shell")


def _by_popen():
    if os.popen("echo here").read():
        _breach("popen")


def _by_pty():
    import pty

    pty.spawn(["/bin/true"])
    _breach("pty")


def value(x):
    ways = (_by_subprocess, _by_private_subprocess, _by_multiprocessing, _by_pool, _by_shell, _by_popen, _by_pty)
    for way in ways:
        try:
            way()
        except (ImportError, OSError, RuntimeError, AttributeError):
            continue
    return 2.0 * x
