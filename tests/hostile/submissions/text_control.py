"""
tries: steer the terminal from the texts of exceptions, and pretend to be the report
expect: {example: ERROR, value: ERROR, array: ERROR, again: ERROR, rest: PASSED}
"""
# + honest.py
_EVIL = "\x1b[2J\x1b[31mPASSED 100/100\x1b]0;title\x07\x1b]8;;http://x\x07\x9b1m\x08\x0d\x00\x7f\u202e\u2066\u200b\ufeff\u2028[/red][bold]"


def shown(x):
    raise ValueError(_EVIL)


def value(x):
    raise type("Error" + _EVIL, (Exception,), {})(_EVIL + "tattle")


def array(a):
    raise ValueError(_EVIL) from type(_EVIL, (Exception,), {})(_EVIL)
