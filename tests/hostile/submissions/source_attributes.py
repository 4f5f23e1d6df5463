"""
tries: chain 60000 attributes, calls and additions
expect: {rest: ERROR}
repeat: {"@DOTS@": [".a", 60000], "@PLUS@": ["+1", 50000]}
"""
# + honest.py
def value(x):
    return x "@DOTS@" "@PLUS@"
