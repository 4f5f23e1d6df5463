"""
tries: hand in more than is read
expect: {rest: ERROR}
repeat: {"@SPACES@": ["# filler\n", 60000]}
"""
# + honest.py
"@SPACES@"
