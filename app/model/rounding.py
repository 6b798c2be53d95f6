"""Figures as people read them: what is not equal never reads as equal."""

from __future__ import annotations

#: digits that a figure may get beyond those asked for, to be told from what it is not
_MORE = 2
#: nearer than this it is what arithmetic leaves over of nothing
_NOTHING = 1e-12
#: digits after which a binary fraction is no longer the figure: 23 of 40 is 57.5 %, not 57.499…
_EXACT = 12


def rounded(value: float, digits: int, ends: tuple[float, ...] = (-1.0, 0.0, 1.0)) -> str:
    """`value` with a decimal point, with up to two digits more where it would else read as one of `ends`.

    What even then cannot be told from an end stops one step before it: 0.9967 is 0.997, 0.999999 is 0.9999, and
    nothing is −0.
    """
    value = round(value, _EXACT)
    near = next((end for end in ends if abs(value - end) < _NOTHING), None)
    if near is not None:
        return f"{near + 0.0:.{digits}f}"
    for places in range(digits, digits + _MORE + 1):
        text = f"{value:.{places}f}"
        if float(text) not in ends:
            return text
    step = 10.0 ** -(digits + _MORE)
    end = float(text)
    return f"{end + (step if value > end else -step):.{digits + _MORE}f}"


def whole_percent(share: float) -> int:
    """`share`, 0 to 1, in percent as `rounded` writes it: for what has to make a whole with what stands beside it."""
    return round(round(share * 100, _EXACT))
