"""The lattice of codes as a table, ranks by lexsort, KL as cross-entropy minus entropy."""

import numpy as np


def quantize(x, n_bits=8):
    x = np.asarray(x, dtype=np.float64)
    lo, hi = np.minimum(x.min(), 0), np.maximum(x.max(), 0)
    if hi == lo:
        return np.zeros_like(x, dtype=np.int32), np.float64(1), np.int64(0)
    scale = np.divide(hi - lo, 2.0**n_bits - 1)
    zero_point = np.int64(np.round(-(lo / scale)))
    q = np.round(x / scale).astype(np.int32) + zero_point
    return np.clip(q, 0, 2**n_bits - 1), scale, zero_point


def dequantize(q, scale, zp):
    return np.multiply(q, scale, dtype=np.float64) - float(zp) * scale


def quantization_report(x, n_bits):
    q, scale, zp = quantize(x, n_bits)
    table = (np.arange(2**n_bits) - zp) * scale
    errors = np.abs(table[q] - x)
    share = np.histogram(q, bins=np.arange(2**n_bits + 1))[0] / x.size
    entropy = -np.sum(share * np.log2(np.where(share > 0, share, 1.0)))
    return dict(mse=(errors**2).mean(), max_abs=errors.max(), code_entropy=entropy)


def obd_saliency(w, h_diag):
    return h_diag * (w * w) * 0.5


def prune(w, saliency, fraction):
    n = w.size
    order = np.lexsort((np.arange(n), saliency.reshape(-1)))
    rank = np.empty(n, dtype=int)
    rank[order] = np.arange(n)
    return np.where(rank.reshape(w.shape) < np.floor(fraction * n), 0.0, w)


def _softmax_and_log(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    total = e.sum(axis=1, keepdims=True)
    return e / total, z - np.log(total)


def distillation_loss(student, teacher, T):
    p, logp = _softmax_and_log(teacher / T)
    _, logq = _softmax_and_log(student / T)
    cross = -(p * logq).sum(axis=1)
    entropy = -(p * logp).sum(axis=1)
    return np.mean(cross - entropy) * T**2
