"""
tries: leave with status 0 while the file is loaded
expect: {rest: ERROR}
"""
# + honest.py
os._exit(0)
