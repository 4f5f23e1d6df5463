"""Plain Python numbers, loops over the cells; logarithms by math.log with the base."""

import math


def _listed(values):
    return [float(v) for v in values]


def _valid(values):
    values = _listed(values)
    if any(v < 0 for v in values) or not abs(math.fsum(values) - 1.0) <= 1e-9:
        raise ValueError(f"{len(values)} numbers that aren't a distribution")
    return values


def self_information(p, base=2.0):
    return math.log(1.0 / p, base)


def entropy(p, base=2.0):
    return sum(v * self_information(v, base) for v in _valid(p) if v)


def joint_entropy(P, base=2.0):
    return entropy([v for row in P for v in row], base)


def conditional_entropy(P, base=2.0):
    _valid([v for row in P for v in row])
    total = 0.0
    for row in P:
        px = sum(_listed(row))
        if px > 0:
            total += px * entropy([v / px for v in _listed(row)], base)
    return total


def mutual_information(P, base=2.0):
    _valid([v for row in P for v in row])
    rows = [sum(_listed(row)) for row in P]
    columns = [sum(_listed(column)) for column in zip(*P)]
    total = 0.0
    for i, row in enumerate(P):
        for j, v in enumerate(_listed(row)):
            if v > 0:
                total += v * math.log(v / (rows[i] * columns[j]))
    return total / math.log(base)


def bottleneck(p_xy, p_t_given_x, beta, base=2.0):
    _valid([v for row in p_xy for v in row])
    for row in p_t_given_x:
        _valid(row)
    p_xt = [[sum(map(float, row)) * float(t) for t in code] for row, code in zip(p_xy, p_t_given_x)]
    sizes = len(p_t_given_x[0]), len(p_xy[0])
    p_ty = [[0.0] * sizes[1] for _ in range(sizes[0])]
    for row, code in zip(p_xy, p_t_given_x):
        for t in range(sizes[0]):
            for y in range(sizes[1]):
                p_ty[t][y] += float(code[t]) * float(row[y])
    return mutual_information(p_xt, base) - beta * mutual_information(p_ty, base)
