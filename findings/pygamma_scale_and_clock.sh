#!/bin/sh
# pygamma-agreement 0.5.9 (PyPI): gamma of two coders, with a scale of ratings, and on a clock that counts from 1970.
#
# Most would guess: `OrdinalCategoricalDissimilarity(["low", "middle", "high"])` has low farthest from high, as its own text
# says (positions 0, 1, 2, "in the same order"), and gamma is the same wherever the clock's zero lies.
# Seen:
#  - the distances are laid in the order that the labels were given in, and looked up in the alphabet's: low is as near to
#    high as to middle, and middle is farthest from high. "1" to "10" (`NumericalCategoricalDissimilarity` too): 10 lies
#    beside 1, and 9 far from 10. Coders who are a step apart in three ratings of nine get a lower gamma than coders who
#    are two steps apart in them;
#  - times are kept in 32 bits: of seconds since 1970, as BORIS writes them when it takes the film's date for offset, the
#    grid is 128 s. Two codings of a minute that share no instant get gamma 1.0, on a clock from 0 less than 0;
#    in codings of twelve minutes 0.63 becomes 0.9.
# Neither is raised, warned of or told in the manual, which says the alphabet's order of the bare matrix alone.
# What follows: give the labels sorted, and their places as `p`; take the first time off all times; and try any figure of
# agreement on codings that are known to be near, far, and moved as a whole.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pygamma-agreement==0.5.9 pyannote.core==6.1.0 \
  numpy==2.4.6 numba==0.68.1 cvxpy==1.9.3 cvxopt==1.3.2
"$folder/env/bin/python" -W ignore - <<'PY'
import logging
import random
from importlib.metadata import version

import numpy as np
from pyannote.core import Segment
from pygamma_agreement import (
    CombinedCategoricalDissimilarity,
    Continuum,
    NumericalCategoricalDissimilarity,
    OrdinalCategoricalDissimilarity,
    Unit,
)

logging.disable(logging.WARNING)  # each figure tells which solver it took


def apart(scale, one, other):
    moment = Segment(0, 1)
    return round(float(scale.d(Unit(moment, one), Unit(moment, other))), 3)


def agreement(codings, kind):
    """Gamma, and the disorder of the best alignment, of {coder: [(begin, end, label)]}."""
    both = Continuum()
    for coder, events in codings.items():
        for begin, end, label in events:
            both.add(coder, Segment(begin, end), label)
    both.reset_bounds()
    np.random.seed(7)
    found = both.compute_gamma(kind, n_samples=60)
    return round(float(found.gamma), 3), round(float(found.observed_disorder), 3)


def rated(pairs):
    """Two coders' ratings of the same stretches of film."""
    stretches = [(10 * number, 10 * number + 8) for number in range(len(pairs))]
    return {coder: [(*s, pair[at]) for s, pair in zip(stretches, pairs)] for at, coder in enumerate(("Anna", "Bo"))}


print(f"pygamma-agreement {version('pygamma-agreement')}")
given = OrdinalCategoricalDissimilarity(["low", "middle", "high"])
placed = OrdinalCategoricalDissimilarity(["high", "low", "middle"], p=[2, 0, 1])
for one, other in (("low", "middle"), ("middle", "high"), ("low", "high")):
    print(f"  {one} to {other}: {apart(given, one, other)}; sorted, with their places: {apart(placed, one, other)}")
assert (apart(placed, "low", "middle"), apart(placed, "middle", "high"), apart(placed, "low", "high")) == (0.5, 0.5, 1)
assert (apart(given, "low", "middle"), apart(given, "middle", "high"), apart(given, "low", "high")) == (0.5, 1, 0.5)
ten = NumericalCategoricalDissimilarity([str(number) for number in range(1, 11)])
print(f"  1 to 10: {apart(ten, '1', '10')}, 9 to 10: {apart(ten, '9', '10')}, 1 to 2: {apart(ten, '1', '2')}")
assert apart(ten, "1", "10") < apart(ten, "1", "2") < apart(ten, "9", "10"), "ten is far from one now"

SAME = [("low", "low"), ("middle", "middle"), ("high", "high")] * 2
near = rated([*SAME, ("middle", "high"), ("high", "middle"), ("middle", "high")])
far = rated([*SAME, ("low", "high"), ("high", "low"), ("low", "high")])
for name, scale in (("as given", given), ("sorted, with their places", placed)):
    kind = CombinedCategoricalDissimilarity(alpha=1, beta=1, cat_dissim=scale)
    (near_gamma, one_step), (far_gamma, two_steps) = agreement(near, kind), agreement(far, kind)
    print(f"  labels {name}: three of nine ratings one step apart, gamma {near_gamma}; two steps apart, {far_gamma}")
    wrong = scale is given
    assert (near_gamma < far_gamma) == wrong, "the scale is kept now" if wrong else "sorting does not help"
    assert (one_step < two_steps) != wrong, (one_step, two_steps)

kind = CombinedCategoricalDissimilarity(alpha=1, beta=1)
apart_by_6 = {"Anna": [(at, at + 3, "smile") for at in (2, 14, 26, 38)]}
apart_by_6["Bo"] = [(begin + 6, end + 6, label) for begin, end, label in apart_by_6["Anna"]]
chance, now = random.Random(2), 0
long = {"Anna": [], "Bo": []}
for _ in range(30):
    now += chance.uniform(3, 30)
    lasts, begun, ended = chance.uniform(2, 9), chance.uniform(-4, 4), chance.uniform(-4, 4)
    long["Anna"].append((now, now + lasts, chance.choice("xy")))
    long["Bo"].append((now + begun, now + max(lasts + ended, begun + 0.5), chance.choice("xy")))
    now += lasts
figures = {}
for zero in (0, 1_700_000_000, 1_733_000_777):
    for name, codings in (("a minute, every smile 6 s later, none shared", apart_by_6), ("twelve minutes", long)):
        moved = {coder: [(zero + b, zero + e, label) for b, e, label in events] for coder, events in codings.items()}
        figures[name[0], zero], disorder = agreement(moved, kind)
        print(f"  clock from {zero}, {name}: gamma {figures[name[0], zero]}, disorder {disorder}")
assert figures["a", 0] < 0, "they agree on a clock from 0 as well"
assert figures["a", 1_700_000_000] == 1, "times are kept finer now"
assert figures["t", 1_733_000_777] > figures["t", 0] + 0.2, "times are kept finer now"
PY
