"""
tries: loop for ever while the file is loaded
expect: {rest: TIMEOUT}
"""
# + honest.py
while True:
    pass
