"""
tries: break the wire and the report by lone surrogates, in values, keys, names and exceptions
expect: {example: ERROR, again: ERROR, value: FAILED, array: ERROR, containers: FAILED, rest: PASSED}
"""
# + honest.py


def shown(x):
    raise ValueError("\ud800\udfff")


def value(x):
    return "\ud800"


def array(a):
    raise type("\ud800", (Exception,), {})("\udcff")


def containers(x):
    return {"\ud800": "\udfff", "pair": b"\xff"}
