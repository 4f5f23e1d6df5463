"""
tries: negate one number 200000 times
expect: {rest: ERROR}
repeat: {"@MINUS@": ["-", 200000]}
"""
# + honest.py
x = "@MINUS@" 1
