"""
tries: have the compiler compute for ever, and the module's first line too
expect: {rest: TIMEOUT}
"""
# + honest.py
x = 9**9**9**9
