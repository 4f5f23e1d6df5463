"""Small unsigned codes, bincount, a loop over the least salient, and logaddexp."""

import numpy as np


def quantize(x, n_bits=8):
    top = 2**n_bits - 1
    ends = np.append(x.ravel(), 0.0)
    width = np.ptp(ends)
    scale = width / top + (width == 0)
    zero_point = np.rint(-ends.min() / scale).astype(int)
    codes = np.minimum(np.maximum(np.rint(x / scale) + zero_point, 0), top)
    return codes.astype(np.uint8 if n_bits <= 8 else np.uint16), scale, zero_point


def dequantize(q, scale, zp):
    return (q.astype(np.int64) - np.int64(zp)) * float(scale)


def quantization_report(x, n_bits):
    q, scale, zp = quantize(x, n_bits)
    difference = (x - dequantize(q, scale, zp)).ravel()
    counts = np.bincount(q.ravel())
    counts = counts[counts > 0]
    entropy = np.log2(q.size) - (counts * np.log2(counts)).sum() / q.size
    return {
        "mse": float(difference @ difference / q.size),
        "max_abs": np.linalg.norm(difference, np.inf),
        "code_entropy": np.asarray(entropy),
    }


def obd_saliency(w, h_diag):
    return np.square(w) * h_diag / 2


def prune(w, saliency, fraction):
    out = w.copy()
    left = saliency.astype(float).copy()
    for _ in range(int(fraction * w.size)):
        i = np.unravel_index(np.argmin(left), left.shape)
        out[i] = 0.0
        left[i] = np.inf
    return out


def distillation_loss(student, teacher, T):
    s, t = student / T, teacher / T
    s = s - np.logaddexp.reduce(s, axis=-1)[:, None]
    t = t - np.logaddexp.reduce(t, axis=-1)[:, None]
    return float(np.einsum("nc,nc->", np.exp(t), t - s) * T**2 / len(s))
