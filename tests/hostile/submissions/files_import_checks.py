"""
tries: import the hidden checks, the reference and the grader itself, putting back the machinery that was taken away
expect: {rest: PASSED}
weak: {rest: PASSED}
weak_breach: true
"""
# + honest.py
import importlib
import sys


def value(x):
    try:
        import importlib.machinery as machinery

        sys.meta_path[:] = [machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder]
        sys.path_hooks[:] = [machinery.FileFinder.path_hook((machinery.SourceFileLoader, [".py"]))]
    except ImportError:
        pass
    sys.path[:] = ["@COURSE@/solutions/exercise-01", "@COURSE@", "@HOME@"]
    importlib.invalidate_caches()
    for name in ("test_probe", "probe", "solutions", "grader.checking.compare", "grader.testing", "pytest", "conftest"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        if vars(module) is globals():
            continue
        _breach(f"{name}: {vars(module).get('SECRET')}")
    return 2.0 * x
