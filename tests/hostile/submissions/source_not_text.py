"""
tries: hand in bytes that are no text
expect: {rest: ERROR}
repeat: {"@BYTES@": ["\xff\x00\xfe", 3]}
encoding: latin-1
"""
# + honest.py
x = "@BYTES@"
