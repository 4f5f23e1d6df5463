"""
tries: steer the terminal by a line that isn't Python
expect: {rest: ERROR}
repeat: {"@ESC@": ["\x1b[31m\u202e\x07", 3]}
"""
# + honest.py
x = = "@ESC@"
