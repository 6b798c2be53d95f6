"""How the figures are computed, in the words that the program shows beside them (domain 3.6)."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import N_, Texts


@dataclass(frozen=True, slots=True)
class Definition:
    """One matter and how it is counted."""

    title: str
    text: str


_DEFINITIONS: tuple[tuple[str, str], ...] = (
    (
        N_("What time is counted"),
        N_(
            "Only time that both declared coded and that was filmed. It is cut into units. A unit in which either of "
            "the two marked that it cannot be coded is left out, and the number of such units is told."
        ),
    ),
    (
        N_("State of interaction"),
        N_(
            "A unit is the same when the other has that mark in it, or at most the allowed difference away in the"
            " same stretch. It is counted from A to B and from B to A; the figure is their mean."
        ),
    ),
    (
        N_("Events"),
        N_(
            "Each event of one is paired with at most one of the other, at most the allowed difference away: as "
            "many pairs as there can be, of these the most with the same mark, then the least time apart. Events "
            "are paired first, also those up to the allowed difference outside the time that is counted. Then "
            "every pair and every lone event that touches time left out falls away: an event whose partner stands"
            " just outside has been missed by nobody. 19 / 33 are 19 pairs of the same mark of 33: pairs of the "
            "same mark, pairs of two marks, and events that only one marked."
        ),
    ),
    (
        N_("Allowing for chance"),
        N_(
            "Kappa: how much of the agreement is above what two would reach by chance; 1 is full agreement, 0 is "
            "chance. For events, what only one marked counts as a mark of its own. For ratings kappa is weighted "
            "by the square of the difference over the whole scale, and no occasion is a missing value."
        ),
    ),
    (
        N_("95%"),
        N_(
            "The interval in which the figure lies with a confidence of 95%. It needs at least five tasks that hold "
            "something of the figure: each is left out in turn, and how far the figure moves tells how uncertain it "
            "is (widened jackknife on Fisher's scale with Student's t). In simulations with 5 to 12 tasks it held the "
            "true figure 94 to 97 times of 100. Where the tasks differ too little to tell, there is none."
        ),
    ),
    (N_("Only indicative"), N_("The figure rests on fewer than 30 events or fewer than 10 rated items.")),
    (
        N_("Not computable"),
        N_(
            "Where there is no figure the reason is told; 0 or 1 never stands in its place. Where the coding "
            "scheme has only one mark there is no row. What is not equal is never rounded to equal: 0.9967 is "
            "99.7%, not 100%."
        ),
    ),
    (
        N_("Where other programs count differently"),
        N_(
            "BORIS 9.12 counts from the first to the last event, so one early event moves all its units, and "
            "gives 1 where both used only one mark; NLTK 3.10 does that too. In R, kripp.alpha of irr 0.84 is "
            "wrong for complete ratings of three or more; kappa2 of irr, weighted, and scikit-learn 1.9 without "
            "labels leave out scale points that nobody used; psych 2.2 turns a negative ICC into 0; the ordinal "
            "weights of irrCAC are Gwet's, not Krippendorff's. pingouin 0.6 gives an ICC above 1 or without bound"
            " where the means are equal, and leaves out a rater without a word who rated nothing."
        ),
    ),
)


def definitions(texts: Texts) -> tuple[Definition, ...]:
    """Every definition in the language of `texts`, in the order in which they are read."""
    return tuple(Definition(texts.tr(title), texts.tr(text)) for title, text in _DEFINITIONS)
