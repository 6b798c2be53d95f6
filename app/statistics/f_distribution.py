"""The F distribution by the regularized incomplete beta function: what the intervals of ICC need.

Source: DLMF §8.17 (8.17.22, the continued fraction; 8.17.4, the symmetry), evaluated by Lentz's method as in
Press et al., Numerical Recipes, 3rd ed., §6.4 and §6.14.11.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TINY = 1e-300
_CLOSE = 4e-16


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def f_below(f: float, d1: float, d2: float) -> float:
    """P(F ≤ f) with d1 and d2 degrees of freedom, which need not be whole."""
    return _tails(f, d1, d2)[0]


def f_above(f: float, d1: float, d2: float) -> float:
    """P(F > f), with its digits when it is very small."""
    return _tails(f, d1, d2)[1]


def _tails(f: float, d1: float, d2: float) -> tuple[float, float]:
    """Both, from the one whose argument is small, so that no digits are lost by taking it from 1."""
    if f <= 0:
        return 0.0, 1.0
    if d1 * f < d2:
        below = incomplete_beta(d1 / 2, d2 / 2, d1 * f / (d1 * f + d2))
        return below, 1 - below
    above = incomplete_beta(d2 / 2, d1 / 2, d2 / (d1 * f + d2))
    return 1 - above, above


def f_quantile(probability: float, d1: float, d2: float) -> float:
    """The f with P(F ≤ f) = `probability`, by halving x = d1 f/(d1 f + d2) until it cannot be halved.

    Above one half x has too few digits left to tell 1 − x by: there 1 − x = d2/(d1 f + d2) is halved, DLMF 8.17.4.
    `d1` and `d2` are degrees of freedom; a bare number comes back.
    """
    assert 0 < probability < 1, "a quantile lies between"
    if incomplete_beta(d1 / 2, d2 / 2, 0.5) >= probability:
        x = _halved(d1 / 2, d2 / 2, probability)
        return d2 * x / (d1 * (1 - x))
    rest = _halved(d2 / 2, d1 / 2, 1 - probability)
    return d2 * (1 - rest) / (d1 * rest) if rest > 0 else float("inf")


def _halved(a: float, b: float, probability: float) -> float:
    """The x of at most one half with I_x(a, b) = `probability`."""
    low, high = 0.0, 0.5
    while low < (middle := (low + high) / 2) < high:
        if incomplete_beta(a, b, middle) < probability:
            low = middle
        else:
            high = middle
    return high


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of DLMF 8.17.22 by Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            value *= d * c
        if abs(d * c - 1) < _CLOSE:
            return value
    raise ArithmeticError((a, b, x))


def _away(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
