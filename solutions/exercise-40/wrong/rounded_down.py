"""
message: >-
  The codes are rounded down, so that an entry may be a whole step off. The nearest code
  is half a step off at most.
fails: [codes, error_bound, rounding, positive_range, range_includes_zero, report_errors, more_bits_less_error, entropy_bits]
"""

import numpy as np


def quantize(x, n_bits=8):
    lo, hi = np.min(x, initial=0.0), np.max(x, initial=0.0)
    levels = 2**n_bits - 1
    scale = (hi - lo) / levels if hi > lo else 1.0
    zero_point = int(np.rint(-lo / scale))
    codes = np.clip(np.floor(x / scale) + zero_point, 0, levels)
    return codes.astype(np.int64), scale, zero_point


def dequantize(q, scale, zp):
    return (np.asarray(q, dtype=np.float64) - zp) * scale


def quantization_report(x, n_bits):
    q, scale, zero_point = quantize(x, n_bits)
    error = dequantize(q, scale, zero_point) - x
    p = np.unique(q, return_counts=True)[1] / q.size
    return {
        "mse": np.mean(error**2),
        "max_abs": np.abs(error).max(),
        "code_entropy": -(p * np.log2(p)).sum(),
    }


def obd_saliency(w, h_diag):
    return 0.5 * h_diag * w**2


def prune(w, saliency, fraction):
    pruned = w.flatten()
    pruned[np.argsort(saliency, axis=None, kind="stable")[: int(fraction * w.size)]] = 0.0
    return pruned.reshape(w.shape)


def log_softmax(z):
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def distillation_loss(student, teacher, T):
    p, q = log_softmax(teacher / T), log_softmax(student / T)
    return T**2 * (np.exp(p) * (p - q)).sum(axis=1).mean()
