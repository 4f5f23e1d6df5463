"""The modules that an exercise may import: loaded beforehand, the same list for every kind of worker."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

# Measured with -X importtime: what costs more than it teaches (asyncio, multiprocessing, socket) is left out.
ALLOWED = """
numpy numpy.linalg numpy.random numpy.fft numpy.polynomial numpy.ma numpy.testing numpy.strings numpy.char
numpy.rec numpy.exceptions numpy.dtypes numpy.typing numpy.version numpy.lib.stride_tricks numpy.lib.format
numpy.lib.recfunctions numpy.lib.mixins numpy.lib.scimath numpy.lib.array_utils
math cmath random statistics fractions decimal numbers itertools functools operator collections
collections.abc heapq bisect array dataclasses typing types abc enum copy string re json pprint textwrap
reprlib io time datetime calendar timeit warnings contextlib inspect traceback linecache struct csv
difflib hashlib secrets zlib binascii base64 weakref gc sys os os.path pathlib graphlib queue threading
keyword token tokenize ast codecs unicodedata colorsys copyreg pickle sysconfig platform signal importlib
__future__ builtins
""".split()  # noqa: SIM905 - a hundred lines of one name each would hide the list

# What the list above loads only when it is used.
_BEHIND = """
_strptime encodings.ascii encodings.latin_1 encodings.utf_8 encodings.utf_16 encodings.utf_32 encodings.idna
encodings.punycode encodings.unicode_escape encodings.raw_unicode_escape stringprep _colorize
numpy._core._methods numpy._core._internal numpy._core._dtype numpy._core._dtype_ctypes numpy._core._exceptions
numpy._core._ufunc_config numpy._core.printoptions numpy._core.strings numpy.lib._utils_impl numpy.random._pickle
""".split()  # noqa: SIM905


def preload() -> None:
    """Load all of it, and make numpy build what it builds at the first use."""
    for name in (*ALLOWED, *_BEHIND):
        try:
            importlib.import_module(name)
        except ImportError:
            # Not every Python and every numpy has each of them.
            continue
    _warm_numpy()


def _warm_numpy() -> None:
    import numpy as np

    square = np.ones((32, 32))
    np.dot(square, square)  # BLAS takes its buffers now
    np.linalg.svd(np.eye(4))
    np.random.default_rng(0).normal(size=2)
    repr(np.arange(3.0))
    np.strings.upper(np.array(["a"]))


class _Closed:
    """A finder that finds nothing, and says so in the learner's terms."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> NoReturn:
        del path, target
        raise ModuleNotFoundError(
            f"No module named {name!r}: exercises may use NumPy and the standard library", name=name
        )


def close() -> None:
    """From now on only what is loaded can be imported, and none of ours."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("grader", "__mp_main__")]:
        del sys.modules[name]
    sys.modules["__main__"] = type(sys)("__main__")
    sys.meta_path[:] = [_Closed()]
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    sys.path.clear()
