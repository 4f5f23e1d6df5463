"""
tries: give the module names that are data, no texts, controls, or too many
expect: {value: ERROR, array: FAILED, callback: MISSING, rest: PASSED}
"""
# + honest.py
value = 4.0
array = str
del callback

globals()[7] = "a number as a name"
globals()["callbac\x1b[31mk"] = globals()["callback\u202e"] = globals()["callback\ud800"] = lambda f, x: 0.0
for _i in range(100_000):
    globals()[f"name_{_i}"] = None
