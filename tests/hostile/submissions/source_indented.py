"""
tries: nest a hundred blocks, and 5000 lambdas
expect: {rest: ERROR}
repeat: {"@LAMBDAS@": ["lambda:", 5000]}
"""
# + honest.py
x = "@LAMBDAS@" 1
