"""Making a model smaller: quantise its weights, prune them, distil a large network into a small one.

Arrays come as NumPy arrays of float64 numbers unless said otherwise. Results are new, and no
function may change its arguments. "One number" may be a Python number or a NumPy scalar.
"""

import numpy as np


def quantize(x, n_bits=8):
    """Write every entry as a whole number from 0 to 2^n_bits − 1: x ≈ (q − zero_point) · scale.

    With lo = min(0, smallest entry) and hi = max(0, largest entry), so that 0 always lies in the
    range, and "round" to the nearest whole number, a half to the even one (as np.rint does):

        scale      = (hi − lo) / (2^n_bits − 1)
        zero_point = round(−lo / scale)
        q          = round(x / scale) + zero_point, then limited to 0 … 2^n_bits − 1

    If all entries are 0: scale 1, zero_point 0, all codes 0. `no_warnings`: no overflow,
    invalid-value or division-by-zero warning may arise.

    Args:
        x: Numbers, any shape with at least one entry. The largest of them in size lies between
            1e-100 and 1e100, unless all are 0: a range of 1e-15 is a range like any other.
        n_bits: Bits a code, 1 to 16.

    Returns:
        The tuple (q, scale, zero_point): q an array of whole numbers, the shape of x, of any
        integer dtype that holds them; scale a positive number; zero_point a whole number.
    """
    raise NotImplementedError


def dequantize(q, scale, zp):
    """Give the numbers that codes stand for: (q − zp) · scale.

    Args:
        q: Codes, any shape, any integer dtype, uint8 and uint16 included.
        scale: A positive number.
        zp: The zero point, a whole number; it may be larger than a code.

    Returns:
        The numbers, the shape of q, float64.
    """
    raise NotImplementedError


def quantization_report(x, n_bits):
    """Measure what is lost, and how much is left to store, when x is quantised and restored.

    `no_warnings`: as in `quantize`.

    Args:
        x: Numbers, as in `quantize`.
        n_bits: Bits a code, 1 to 16.

    Returns:
        A dict of three numbers: "mse", the mean of the squared differences between x and its
        restored values; "max_abs", the largest absolute difference; "code_entropy", the entropy in
        bits of the codes, each taken with the share of entries that have it.
    """
    raise NotImplementedError


def obd_saliency(w, h_diag):
    """Give by how much the loss rises when a single weight is set to 0: ½ h w², entry by entry.

    This is Taylor's formula at a minimum of the loss, with the Hessian taken as diagonal.

    Args:
        w: Weights, any shape.
        h_diag: The diagonal of the Hessian, ∂²L/∂w_i², the shape of w.

    Returns:
        The saliencies, the shape of w.
    """
    raise NotImplementedError


def prune(w, saliency, fraction):
    """Set the ⌊fraction · n⌋ least salient of the n weights to 0 and leave the others as they are.

    Args:
        w: Weights, any shape, n entries together.
        saliency: How much each weight matters, the shape of w. Among equal saliencies the lower
            index goes first (in the order of w.ravel(), row by row).
        fraction: 0 ≤ fraction ≤ 1.

    Returns:
        The pruned weights, a new array of the shape of w.
    """
    raise NotImplementedError


def distillation_loss(student, teacher, T):
    """Give T² times the mean over the rows of D(p_teacher‖p_student), both softened by T.

    p = softmax(scores / T) along the row, D(p‖q) = Σ p log(p/q) with the natural logarithm.

    Args:
        student: Scores of the small network, shape (N, C), of any size up to ±1e100. A probability
            may be too small for a float64; the loss stays finite and exact.
        teacher: Scores of the large network, shape (N, C), likewise.
        T: Temperature, T > 0.

    Returns:
        One number.
    """
    raise NotImplementedError
