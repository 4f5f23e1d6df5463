"""
tries: open 90000 parentheses
expect: {rest: ERROR}
repeat: {"@OPEN@": ["(", 90000], "@CLOSE@": [")", 90000]}
"""
# + honest.py
x = "@OPEN@" 1 "@CLOSE@"
