"""
tries: find the solutions from where it stands itself, its working folder, its arguments and its search path
expect: {rest: PASSED}
"""
# + honest.py
import sys
from pathlib import Path

_starts = [globals().get("__file__"), *sys.argv, *sys.path, os.environ.get("HOME"), os.environ.get("PWD"), sys.prefix]
for _start in filter(None, _starts):
    for _folder in (Path(_start), *Path(_start).parents):
        try:
            for _found in _folder.glob("**/test_*.py"):
                _breach(str(_found))
                break
        except OSError:
            continue
if dict(os.environ):
    _breach(f"environment {dict(os.environ)}")
