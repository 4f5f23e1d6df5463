"""
tries: pass by not being there at all
expect: {rest: MISSING}
"""
