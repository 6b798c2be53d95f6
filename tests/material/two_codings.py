"""Two ready codings of one meeting as hypothesis draws them, compared: many shapes in little time, and no store."""

from dataclasses import replace

from hypothesis import strategies as st

from app.casework.meeting_file import MeetingFile
from app.comparing.comparison import Comparison, agreement_of, sheet_of
from app.model.coding import Coding, CodingHeader, CodingState
from app.model.filmed import Filmed
from app.model.instrument import Anchor, Instrument, Item
from app.model.meeting import Segment, Stretch
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.scheme import Actor
from app.model.timecode import SECOND
from app.statistics.agreement import AgreementSettings
from app.statistics.rating_agreement import agree_ratings
from tests.material.builders import meeting, recording, small_scheme, words

LENGTH = 40 * SECOND
#: a grid of a tenth of a second, where edges meet, and times beside it
TIMES = st.one_of(st.integers(0, 399).map(lambda n: n * SECOND // 10), st.integers(0, LENGTH - 1))
POINTS = st.lists(st.tuples(st.sampled_from(["AS", "CE"]), TIMES, st.sampled_from(["", "seen"])), max_size=8)
#: edges at which one turns to another state of a group, or to none
TURNS = st.lists(st.tuples(TIMES, st.integers(0, 4)), max_size=7, unique_by=lambda turn: turn[0])
COVERS = st.sampled_from(
    [
        (Stretch(0, LENGTH),),
        (Stretch(0, 20 * SECOND),),
        (Stretch(5 * SECOND, 18 * SECOND), Stretch(22 * SECOND, LENGTH)),
    ]
)
VALUES = st.one_of(st.just("unrated"), st.none(), st.integers(1, 5))
ITEMS = ("warmth", "order", "play")
GROUPS = {"D": ("DS1", "DS2", "DS3", "DS0", ""), "X": ("XA", "XB", "", "XA", "")}
FORM = Instrument(
    "sheet",
    1,
    words("sheet"),
    words("no test"),
    tuple(Anchor(n, words(str(n))) for n in range(1, 6)),
    words("no occasion"),
    tuple(Item(i, n, Actor.ADULT, words(i)) for n, i in enumerate(ITEMS, start=1)),
)


@st.composite
def codings(draw, side: str) -> Coding:
    """A ready coding of `side` A or B; ids say whose it is."""
    head = CodingHeader(
        f"coding-{side}", "m", f"worker-{side}", "small", 1, "sheet", 1, CodingState.READY, draw(COVERS)
    )
    rows = [
        Observation(f"{side}{n}", head.id, code, "adult1" if code == "AS" else "child1", at, note=note)
        for n, (code, at, note) in enumerate(draw(POINTS))
    ]
    for group, choice in GROUPS.items():
        turns = sorted(draw(TURNS))
        for n, (start, place) in enumerate(turns):
            end = turns[n + 1][0] if n + 1 < len(turns) else LENGTH
            if code := choice[place]:
                person = "dyad" if group == "D" else "adult1"
                rows.append(Observation(f"{side}{group}{n}", head.id, code, person, start, end))
    ratings = [
        Rating(f"{side}-{item}", head.id, item, value, f"reason {side}")
        for item in ITEMS
        if (value := draw(VALUES)) != "unrated"
    ]
    return Coding(head, {o.id: o for o in rows}, ratings={r.id: r for r in ratings})


@st.composite
def pairs_of_codings(draw) -> Comparison:
    """A and B beside each other, with two tasks."""
    return compared(draw(codings("A")), draw(codings("B")))


def compared(a: Coding, b: Coding, settings: AgreementSettings | None = None) -> Comparison:
    """As `comparison` puts them, from values."""
    met = replace(meeting("case", "adult", "child", ("worker-A", "worker-B")), id="m")
    tasks = (Segment("t1", "m", 1, 0, 20 * SECOND), Segment("t2", "m", 2, 20 * SECOND, LENGTH))
    file = MeetingFile(Filmed(met, tasks, films=(recording("m", LENGTH),)))
    scheme = small_scheme()
    agreement = agreement_of(a, b, scheme, file, settings or AgreementSettings())
    ratings = agree_ratings(sheet_of(a, FORM, file), sheet_of(b, FORM, file), (1, 5))
    return Comparison(file, a, b, scheme, FORM, agreement, ratings)


def swapped(found: Comparison) -> Comparison:
    """The same two with A and B the other way round."""
    return compared(found.b, found.a)
