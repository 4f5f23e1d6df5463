"""
tries: hide code in marks that turn text around, in invisible letters, in comments and in names that look alike
expect: {value: FAILED, rest: PASSED}
repeat: {"@RLO@": ["\u202e", 1], "@POP@": ["\u2069", 1], "@ZERO@": ["\u200b", 1]}
"""
# + honest.py
# @RLO@ } nruter @POP@ @ZERO@
def vаlue(x):  # the second letter is Cyrillic
    return 2.0 * x


def value(x):
    """@RLO@ x * 0.2 nruter @POP@"""
    return 0.2 * x  # @ZERO@
