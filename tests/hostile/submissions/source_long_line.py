"""
tries: write one line of 200 KB; there is nothing wrong with it
expect: {rest: PASSED}
repeat: {"@ONES@": ["1, ", 66000]}
"""
# + honest.py
_x = [ "@ONES@" ]
