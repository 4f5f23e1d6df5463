"""
tries: search its own memory, inherited from the process that forked it, for secrets, page by page
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py
import re

_SECRET = re.compile(b"CANARY-[0-9a-f]{32}")


def _readable(address):
    """Without a signal: the kernel reads the mask before it looks at the first argument."""
    return _sys("rt_sigprocmask", 999, ctypes.c_void_p(address), None, 8) == -22


def value(x):
    arguments = ctypes.c_void_p.in_dll(_LIBC, "program_invocation_name").value
    searched = 0
    for anchor in (arguments, id(os), id(x), id(_breach), id(object)):
        start = (anchor & ~0xFFF) - 256 * 4096
        for page in range(start, start + 512 * 4096, 4096):
            if not _readable(page):
                continue
            searched += 1
            hit = _SECRET.search(ctypes.string_at(page, 4096))
            if hit:
                _breach(hit[0].decode())
    if searched < 100:
        _breach(f"no attack made: only {searched} pages")
    return 2.0 * x
