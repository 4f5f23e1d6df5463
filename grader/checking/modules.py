"""Load Python files that staff wrote into the trusted process."""

from pathlib import Path
from types import ModuleType

from grader.errors import CourseFault


def load_module(path: Path) -> ModuleType:
    """Load a Python file of the staff's as a module of its own, without entering it in `sys.modules`.

    Raises:
        CourseFault: It can't be loaded.
    """
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102  # staff's own file
    except Exception as error:
        raise CourseFault(f"{path}: can't be loaded: {type(error).__name__}: {error}.") from error
    return module
