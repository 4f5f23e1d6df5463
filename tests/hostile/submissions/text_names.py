"""
tries: put controls and orders into the names of functions and classes that errors and values tell
expect: {example: ERROR, again: ERROR, value: MISSING, array: FAILED, rest: PASSED}
"""
# + honest.py
_EVIL = "\x1b[31mtattle\u202e\x07"


def _named(function):
    function.__name__ = function.__qualname__ = _EVIL
    function.__code__ = function.__code__.replace(co_name=_EVIL, co_filename=_EVIL)
    return function


@_named
def _raises():
    raise ValueError(_EVIL)


@_named
def _unwritten():
    raise NotImplementedError(_EVIL)


def shown(x):
    _raises()


def value(x):
    _unwritten()


def array(a):
    return type(_EVIL, (), {"__module__": _EVIL, "__doc__": _EVIL})()
