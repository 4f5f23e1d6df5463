"""One plane a channel into a fresh array; the batch through flat positions; counts in int64."""

import numpy as np


def describe(x):
    a = np.array(x)
    return {
        "rank": np.ndim(a),
        "shape": np.shape(a),
        "size": np.size(a),
        "nbytes": len(a.tobytes()),
    }


def nhwc_to_nchw(x):
    images, rows, columns, channels = x.shape
    y = np.empty((images, channels, rows, columns), dtype=x.dtype)
    for c in range(channels):
        y[:, c] = x[..., c]
    return y


def pad_batch(seqs, pad=0.0):
    count = len(seqs)
    if count < 1:
        raise ValueError("empty list")
    longest, d = max(map(len, seqs)), np.shape(seqs[0])[-1]
    flat = np.empty((count * longest, d))
    flat[:] = pad
    real = np.zeros(count * longest, dtype=bool)
    for i in range(count):
        places = i * longest + np.arange(len(seqs[i]))
        flat[places] = seqs[i]
        real[places] = True
    return flat.reshape(count, longest, d), real.reshape(count, longest)


def parameter_bytes(shapes, dtype="float32"):
    sizes = [np.prod(np.array(shape, dtype=np.int64), dtype=np.int64) for shape in shapes]
    return np.sum(sizes, dtype=np.int64) * np.dtype(dtype).itemsize
