"""
tries: raise SystemExit with a text while the file is loaded
expect: {rest: ERROR}
"""
# + honest.py
raise SystemExit("all checks passed")
