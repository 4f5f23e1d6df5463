"""
tries: fork, clone and vfork by number
expect: {rest: PASSED}
"""
# + honest.py
# + syscalls.py


def value(x):
    for name, arguments in (("fork", ()), ("clone", (17, 0, 0, 0, 0)), ("clone3", (0, 0))):
        got = _sys(name, *arguments)
        if got == 0:
            _breach(f"a child by {name}")
            os._exit(0)
        if got > 0:
            _breach(f"{name} gave {got}")
    return 2.0 * x
