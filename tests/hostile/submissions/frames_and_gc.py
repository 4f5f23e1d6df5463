"""
tries: find expected values and secrets on the stack, among all objects, in modules and in tracebacks
expect: {rest: PASSED}
"""
# + honest.py
import gc
import re
import sys

_SECRET = re.compile("CANARY-[0-9a-f]{32}")


def _search(where, found):
    for thing in found:
        try:
            text = thing if type(thing) is str else repr(thing) if type(thing) in (bytes, float, dict, list, tuple) else ""
        except Exception:
            continue
        hit = _SECRET.search(text[:1_000_000])
        if hit:
            _breach(f"{where}: {hit[0]}")


def value(x):
    frame, seen = sys._getframe(), []
    while frame is not None:
        seen += [*frame.f_locals.values(), *frame.f_globals.values()]
        frame = frame.f_back
    _search("stack", seen)
    _search("objects", gc.get_objects()[:200_000])
    _search("modules", [vars(m) for m in list(sys.modules.values()) if hasattr(m, "__dict__")][:50])
    for name in ("test_probe", "_pytest", "pytest", "grader", "grader.checking", "grader.sandbox.host"):
        if name in sys.modules:
            _breach(f"{name} is loaded")
    if any(type(o).__name__ in ("Host", "HiddenChecks", "Course", "Report") for o in gc.get_objects()):
        _breach("objects of the trusted side")
    return 2.0 * x


def callback(f, x):
    _search("callback", [getattr(f, name, None) for name in ("__closure__", "__globals__", "__code__", "__defaults__", "__doc__")])
    try:
        f("no number", "too", "many")
    except Exception as error:
        _search("error", [error.args, str(error)])
        back = error.__traceback__
        while back is not None:
            _search("traceback", back.tb_frame.f_locals.values())
            back = back.tb_next
    return f(x) + f(-x)
