"""
tries: grow a list until memory ends
expect: {value: ERROR, rest: PASSED}
"""
# + honest.py


def value(x):
    grown = [0]
    while True:
        grown += grown
