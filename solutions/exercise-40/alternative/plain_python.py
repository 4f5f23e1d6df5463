"""Plain Python: one number and one row at a time."""

import math
from collections import Counter

import numpy as np


def quantize(x, n_bits=8):
    values = x.ravel().tolist()
    top = (1 << n_bits) - 1
    lo, hi = min([0.0, *values]), max([0.0, *values])
    if lo == hi:
        return np.zeros(x.shape, dtype=int), 1, 0
    scale = (hi - lo) / top
    zero_point = round(-lo / scale)
    codes = [max(0, min(top, round(v / scale) + zero_point)) for v in values]
    return np.array(codes, dtype=np.uint16).reshape(x.shape), scale, zero_point


def dequantize(q, scale, zp):
    return np.array([(c - int(zp)) * float(scale) for c in q.ravel().tolist()]).reshape(q.shape)


def quantization_report(x, n_bits):
    q, scale, zp = quantize(x, n_bits)
    errors = [abs(a - b) for a, b in zip(x.ravel().tolist(), dequantize(q, scale, zp).ravel().tolist())]
    n = len(errors)
    shares = [count / n for count in Counter(q.ravel().tolist()).values()]
    return {
        "code_entropy": math.fsum(f * math.log2(1 / f) for f in shares),
        "max_abs": max(errors),
        "mse": math.fsum(e * e for e in errors) / n,
    }


def obd_saliency(w, h_diag):
    return np.array([h * v * v / 2 for h, v in zip(h_diag.ravel().tolist(), w.ravel().tolist())]).reshape(w.shape)


def prune(w, saliency, fraction):
    out = w.ravel().tolist()
    order = sorted(range(len(out)), key=saliency.ravel().tolist().__getitem__)
    for i in order[: math.floor(fraction * len(out))]:
        out[i] = 0.0
    return np.array(out).reshape(w.shape)


def _logp(row, T):
    row = [z / T for z in row]
    m = max(row)
    lse = m + math.log(math.fsum(math.exp(z - m) for z in row))
    return [z - lse for z in row]


def distillation_loss(student, teacher, T):
    total = 0.0
    for s, t in zip(student.tolist(), teacher.tolist()):
        total += math.fsum(math.exp(a) * (a - b) for a, b in zip(_logp(t, T), _logp(s, T)))
    return T * T * total / len(student)
