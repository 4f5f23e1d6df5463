"""
tries: steer the terminal and break the report by what is printed
expect: {rest: PASSED}
"""
# + honest.py
import sys

_EVIL = "\x1b[2J\x1b[31mPASSED\x1b]0;title\x07\x9b1m\x08\r\x00\x7f\u202e\ud800\udfff[/red][link=x]\ufeff"


def shown(x):
    print(_EVIL, end=_EVIL)
    sys.stderr.write(_EVIL)
    sys.stdout.writelines([_EVIL] * 3)
    os.write(1, b"\x1b[31m\xff\xfe\xed\xa0\x80")
    return 2.0 * x
