"""
tries: nothing; it is right
expect: {rest: PASSED}
"""
# + honest.py
