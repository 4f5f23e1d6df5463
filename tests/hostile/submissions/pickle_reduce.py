"""
tries: have code run where an answer is unpickled, copied or printed
expect: {value: FAILED, array: FAILED, containers: FAILED, rest: PASSED}
"""
# + honest.py
import copyreg

import numpy as np


class _Evil:
    def __reduce__(self):
        return os.system, ("touch @TMP@/@MARKER@; echo BREAC''H: unpickled",)

    __reduce_ex__ = lambda self, protocol: self.__reduce__()
    __getstate__ = __deepcopy__ = __copy__ = lambda self, *_: self.__reduce__()
    __repr__ = __str__ = __format__ = lambda self, *_: os.write(1, b"x") and "x"


copyreg.pickle(float, lambda x: _Evil().__reduce__())


def value(x):
    return _Evil()


def array(a):
    return np.array([_Evil()] * 3, dtype=object)


def containers(x):
    import pickle

    return {"pair": pickle.dumps(_Evil()), "powers": np.frombuffer(pickle.dumps(_Evil()), np.uint8)}
