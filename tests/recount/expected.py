"""What numbers an archive's statement has to hold and where, from the archive's rows; written by rules of its own."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

from app.i18n import Texts
from app.model.coding import CodingHeader
from app.model.commission import Commission, DocumentKind
from app.model.filming import FilmingEvent, Happening
from app.model.instrument import Instrument
from app.model.meeting import Meeting, Segment
from app.model.observation import Observation
from app.model.people import Case, Person, Worker
from app.model.rating import Rating
from app.model.recording import Origin, Recording
from app.model.scheme import Actor, Kind, Scheme
from app.schemes import library
from app.services.documents import form as document_form
from app.services.library import first
from app.vocabulary import StatementTexts
from tests.recount import figures
from tests.recount.agreed import Agreed, agreed
from tests.recount.figures import SECOND, Both, Chance, Mark, Task
from tests.recount.made import Made
from tests.recount.pages import Expected

E = TypeVar("E")
PERSON = {Actor.ADULT: "adult1", Actor.CHILD: "child1", Actor.DYAD: "dyad"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Recount:
    """One made archive, read row by row."""

    def __init__(self, made: Made) -> None:
        self.store, self.language = made.home.a, made.statement.language
        self.made, self.case_id = made, made.home.case_id
        self.texts = Texts(self.language)  # for the names of things, never for a number
        self.meeting = made.meetings[0]
        self.scheme: Scheme = library.scheme(made.scheme)
        self.form: Instrument = next(iter(library.instruments()))
        self.codes = [c for c in self.scheme.codes if not c.layer]
        self.points = [c for c in self.codes if c.kind == Kind.POINT]
        self.people: dict[str, list[str]] = {}
        for code in self.points:
            self.people.setdefault(PERSON[code.actor], []).append(code.id)

    # as they are written

    def day(self, day: date | None) -> tuple[str, ...]:
        assert day is not None
        if self.language == "en":
            return str(day.day), str(day.year)
        return (f"{day.day}.{day.month}.{day.year}",)

    def dated(self, day: date | None) -> str:
        """The whole day as it is written: in English the month is a word."""
        assert day is not None
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if self.language == "en" else self.day(day)[0]

    def plain(self, value: float, digits: int) -> str:
        text = f"{value:.{digits}f}".replace("-", "−")
        return text if self.language == "en" else text.replace(".", ",")

    def told(self, value: float, digits: int, ends: tuple[float, ...]) -> str:
        """What is not equal never reads as equal: up to two digits more, then one step before (domain 3.4, manual)."""
        value = round(value, 12)  # a half is a half, whatever arithmetic leaves beside it
        if any(abs(value - end) < 1e-12 for end in ends):
            return self.plain(round(value, digits) + 0.0, digits)
        for places in range(digits, digits + 3):
            if float(f"{value:.{places}f}") not in ends:
                return self.plain(value, places)
        end = min(ends, key=lambda e: abs(e - value))
        step = 10.0 ** -(digits + 2)
        return self.plain(end - step if value < end else end + step, digits + 2)

    def percent(self, share: float) -> str:
        return self.told(share * 100, 0, (0.0, 100.0))

    def kappa(self, value: float) -> str:
        return self.told(value, 2, (-1.0, 0.0, 1.0))

    @staticmethod
    def clock(time: int) -> str:
        seconds = time // SECOND
        hours, rest = divmod(seconds, 3600)
        return (f"{hours}:" if hours else "") + f"{rest // 60:02}:{rest % 60:02}"

    # rows

    def rows(self, kind: type[E], /, **of: str) -> list[E]:
        return list(self.store.find(kind, **of))

    @property
    def meetings(self) -> list[Meeting]:
        return sorted(self.rows(Meeting, case_id=self.case_id), key=lambda m: m.held)

    def tasks(self, meeting: Meeting) -> list[Segment]:
        return sorted(self.rows(Segment, meeting_id=meeting.id), key=lambda s: s.start)

    def both(self, group: str = "D") -> Both:
        """The two codings, with the states of a group and what both covered in that group's pass."""
        meeting, marks, covered = self.meeting, [], []
        own_codes = [c for c in self.scheme.codes if c.group == group]
        layer = own_codes[0].layer
        for coder in meeting.coders:
            (header,) = self.rows(CodingHeader, meeting_id=meeting.id, coder=coder, kind="own")
            own = self.rows(Observation, coding_id=header.id)
            marks.append(tuple(Mark(o.code, o.person, o.start, o.end, o.modifiers) for o in own))
            parts = [x for p in header.passes if p.part == layer for x in p.covered] if layer else header.covered
            covered.append(tuple((s.start, s.end) for s in parts))
        tasks = tuple(Task(s.number, s.start, s.end) for s in self.tasks(meeting))
        dimensions, states = {c.id: c.dimension for c in self.points}, tuple(c.id for c in own_codes)
        dark, unfilmed = self.scheme.cannot_be_coded, tuple(self.unfilmed())
        return Both(marks[0], marks[1], (covered[0], covered[1]), tasks, dimensions, states, dark, unfilmed)

    def unfilmed(self) -> Iterator[figures.Span]:
        """Between the first picture and the last: what lies in no film, or where every film that is on has a hole."""
        films = [r for r in self.rows(Recording, meeting_id=self.meeting.id) if r.closed_from_use is None]
        on = [(r.offset, r.offset + r.facts.duration) for r in films]  # the made films have no drift
        holes = [
            (
                n,
                r.offset + d.start - (d.what == "seam"),
                r.offset + (d.start if d.what == "seam" else d.end),
            )
            for n, r in enumerate(films)
            for d in r.facts.damage
            if d.what in ("not-filmed", "seam")
        ]
        slept = [(e.start, e.end or 0) for e in self.rows(FilmingEvent, meeting_id=self.meeting.id)
                 if e.kind == Happening.SLEPT]  # fmt: skip
        own = {n for n, r in enumerate(films) if r.origin in (Origin.FILMED, Origin.RESCUED)}
        edges = sorted({x for a, b in (*on, *(h[1:] for h in holes), *slept) for x in (a, b)})
        for s, e in pairwise(edges):
            there = [n for n, (a, b) in enumerate(on) if a <= s < b]
            gone = {n for n, a, b in holes if a <= s < b}
            gone |= own if any(a <= s < b for a, b in slept) else set()
            is_gone = not set(there) - gone
            if on and min(on)[0] <= s < max(b for _, b in on) and is_gone:
                yield s, e

    def agreed(self) -> Agreed | None:
        """What the pair decided about this meeting and both confirmed."""
        return agreed(self.store, self.meeting.id)

    def cells(self, both: Both) -> dict[tuple[int, str], figures.Cell]:
        """What is told: of the common view, else of what both marked and of one's alone."""
        common = self.agreed()
        return figures.cells(both, self.people) if common is None else common.cells(both, [c.id for c in self.points])

    def ratings(self) -> list[dict[str, int | None]]:
        sheets = []
        for coder in self.meeting.coders:
            (header,) = self.rows(CodingHeader, meeting_id=self.meeting.id, coder=coder, kind="own")
            sheets.append({r.item: r.value for r in self.rows(Rating, coding_id=header.id)})
        return sheets

    def name(self, words: object) -> str:
        return self.texts.words(words)

    # what has to stand there

    def expected(self) -> list[Expected]:
        found = [*self.head(), *self.commission(), *self.held(), *self.task_lists(), *self.coded()]
        for meeting in self.made.meetings:
            self.meeting = meeting
            both = self.both()
            found += [*self.methods(both), *self.observations(both), *self.marks(both), *self.state_rows(both)]
            found += [*self.profile(), *self.agreement(both)]
        return found

    def head(self) -> Iterator[Expected]:
        today = self.today()
        yield Expected(today, free=True)
        yield Expected(("1", *today), free=True)
        yield Expected(("1",), words=(StatementTexts(self.language).word("version", version=1).lower(),))
        shown = {1, 2, 4, 5, 8, 12, 15, 16, 17} | ({3} if self.sources() else set())
        empty = [str(s.number) for s in first().sections if s.number not in shown]
        yield Expected(tuple(empty))
        yield Expected(("8",), under=("12. ",))  # where what was seen is told, beside what is interpreted
        for worker in (self.made.home.aino, self.made.home.leena):
            for training in self.store.get(Worker, worker.id).trainings:
                yield Expected(self.day(training.completed), (training.name, self.dated(training.completed)))

    def today(self) -> tuple[str, ...]:
        return self.day(self.made.day)

    def sources(self) -> tuple:
        (commission,) = self.rows(Commission, case_id=self.case_id)
        return commission.sources

    def commission(self) -> Iterator[Expected]:
        (c,) = self.rows(Commission, case_id=self.case_id)
        for day in (c.ordered, c.deadline):
            yield Expected(self.day(day), (self.dated(day),))
        for source in c.sources:
            yield Expected(self.day(source.dated), (source.title, self.dated(source.dated)))
        (child,) = (p for p in self.rows(Person, case_id=self.case_id) if p.is_child)
        filmed = self.meetings[-1].held.date()
        months = (filmed.year - child.born.year) * 12 + filmed.month - child.born.month
        months -= filmed.day < child.born.day
        yield Expected((str(months // 12), str(months % 12)), (child.name,))

    def held(self) -> Iterator[Expected]:
        for meeting in self.meetings:
            held = meeting.held.astimezone().date()
            day, said = self.day(held), (self.dated(held),)
            films = [r for r in self.rows(Recording, meeting_id=meeting.id) if r.camera == 1]
            gone = sum(d.end - d.start for r in films for d in r.facts.damage if d.what == "not-filmed")
            minutes = (sum(r.facts.duration for r in films) - gone) / (60 * SECOND)
            yield Expected((*day, self.plain(minutes, 0)), said)
            numbers: list[str] = []
            events = sorted(self.rows(FilmingEvent, meeting_id=meeting.id), key=lambda e: e.start)
            begun = {s.number for s in self.tasks(meeting)}
            skipped = sorted({e.number for e in events if e.kind == Happening.SKIPPED} - begun)
            if skipped:
                numbers += [*day, *map(str, skipped)]
            away = [e for e in events if e.kind == Happening.INTERRUPTION]
            if away:
                once = len(away) == 1 and self.language != "en"  # in words there
                numbers += [*day, *([] if once else [str(len(away))]), *(x for e in away for x in self.span(e))]
            paused = [e for e in events if e.kind == Happening.PAUSE]
            if paused:
                numbers += [*day, *(x for e in paused for x in self.span(e))]
            for e in (e for e in events if e.kind == Happening.ENDED_AT_ONCE):
                numbers += [*day, self.clock(e.start)]
            if numbers:
                yield Expected(tuple(numbers), said)

    def span(self, event: FilmingEvent) -> list[str]:
        assert event.end is not None
        return list(dict.fromkeys((self.clock(event.start), self.clock(event.end))))

    def is_rated(self) -> bool:
        return any(self.ratings())

    def coded(self) -> Iterator[Expected]:
        """One sentence for all films that were rated, and one for all that were not; each says its days."""
        alike: dict[bool, list[date]] = {}
        self.figures_of: Counter[bool] = Counter()
        self.films_of: Counter[bool] = Counter()
        for meeting in self.made.meetings:
            self.meeting = meeting
            alike.setdefault(self.is_rated(), []).append(meeting.held.astimezone().date())
            self.films_of[self.is_rated()] += 1
            self.figures_of[self.is_rated()] += figures.states(self.both()).percent is not None
        for days in alike.values():
            words = (self.name(self.scheme.name), *map(self.dated, days))
            yield Expected(tuple(x for day in days for x in self.day(day)), words)

    def methods(self, both: Both) -> Iterator[Expected]:
        meeting, held = self.meeting, self.meeting.held.astimezone().date()
        day = self.day(held)
        found = figures.states(both)
        if found.percent is not None:
            kappa = () if found.chance.kappa is None else (self.kappa(found.chance.kappa),)
            named = self.day(held) if self.figures_of[self.is_rated()] > 1 else ()
            yield Expected((*named, self.percent(found.percent), "1", *kappa))
        if (common := self.agreed()) is not None:
            assert common.header.ready_at is not None
            named = day if self.films_of[self.is_rated()] > 1 else ()
            count = [str(len(common.decisions))] if common.decisions else []
            confirmed = common.header.ready_at.astimezone().date()
            yield Expected((*named, *count, *self.day(confirmed)), (self.dated(confirmed),))
        lacking: list[str] = []
        for kind in (Happening.COMPUTER_LATE, Happening.CAMERA_SHORT, Happening.SOUND_SHORT):
            time = sum(e.number for e in self.rows(FilmingEvent, meeting_id=meeting.id) if e.kind == kind)
            seconds = -(-time // 1000)
            if seconds:
                lacking += [str(seconds)] if seconds < 120 else [str(seconds // 60), str(seconds % 60)]
        if lacking:
            yield Expected(("1", *day, *lacking), (self.dated(held),))

    def observations(self, both: Both) -> Iterator[Expected]:
        held = self.meeting.held.astimezone().date()
        yield Expected(self.day(held), (self.dated(held),))
        found = self.cells(both)
        for code in self.points:
            times = sorted(t for (_, c), cell in found.items() if c == code.id for t in cell.both)
            if times:
                words = (f"{self.name(code.name)}, ",)
                yield Expected((str(len(times)), *map(self.clock, times)), words, under=(self.dated(held),))
        for dimension in self.scheme.dimensions:
            lone = sum(cell.one for (_, c), cell in found.items() if both.dimension[c] == dimension.id)
            if lone:
                name = self.name(dimension.name)
                yield Expected((str(lone),), under=(self.dated(held), name[:1].upper() + name[1:]))
        lost = figures.outside(both, self.people)
        if lost:
            names = {c.id: self.name(c.name) for c in self.points}
            yield Expected((str(len(lost)), *(self.clock(t) for t, _ in lost)), tuple({names[c] for _, c in lost}))
        yield from self.said_states(both)
        if (common := self.agreed()) is not None:
            for d in common.differently():
                if when := common.when(d):
                    yield Expected(tuple(map(self.clock, when)), (d.reason_a, d.reason_b), under=(self.dated(held),))

    def shares(self, both: Both) -> list[tuple[str, int, float]]:
        whole = sum(e - s for s, e in figures.window(both))
        names = [(c.id, self.name(c.name)) for c in self.codes if c.group == "D"]
        common = self.agreed()

        def on(code: str) -> int:
            return figures.shared(both, code) if common is None else common.time_of(both, code)

        return [(name, time := on(code), time / whole) for code, name in names] if whole else []

    def rounded(self, time: int) -> str:
        return self.clock(round(time / SECOND) * SECOND)

    def said_states(self, both: Both) -> Iterator[Expected]:
        rows = self.shares(both)
        numbers = [x for _, time, share in rows if time for x in (self.percent(share), self.rounded(time))]
        rest = 1 - sum(round(round(share * 100, 9)) for _, _, share in rows) / 100
        if rows and rest >= 0.005:
            numbers.append(self.percent(rest))
        if numbers:
            yield Expected(tuple(numbers), tuple(name for name, time, _ in rows if time))

    def task_lists(self) -> Iterator[Expected]:
        for meeting in self.meetings:
            held = meeting.held.astimezone().date()
            yield Expected(self.day(held), (self.dated(held),), free=True, under=("17. ",))  # the titles of its tables
            for number, task in enumerate(meeting.plan, start=1):
                times = [x for s in self.tasks(meeting) if s.number == number for x in (s.start, s.end)]
                yield Expected((str(number), *map(self.clock, times)), (self.name(task.name), self.name(task.text)))

    def marks(self, both: Both) -> Iterator[Expected]:
        is_common = self.agreed() is not None
        for (number, code), cell in self.cells(both).items():
            if not cell.both:
                continue
            alone = () if is_common else (str(cell.one),)
            name = next(self.name(c.name) for c in self.points if c.id == code)
            task = (self.name(self.meeting.plan[number - 1].name),) if number else ()
            yield Expected((str(len(cell.both)), *alone, *map(self.clock, cell.both)), (*task, name))

    def state_rows(self, both: Both) -> Iterator[Expected]:
        for name, time, share in self.shares(both):
            yield Expected((self.rounded(time), self.percent(share)), (name,))

    def profile(self) -> Iterator[Expected]:
        sheets = self.ratings()
        if len({m.adult_id for m in self.made.meetings}) > 1:
            return  # parents are not compared by numbers
        common, adult = self.agreed(), [i for i in self.form.items if i.actor == Actor.ADULT]

        def told(item: str) -> list[list[int | None]]:
            """The pair's rating, or one for each worker; an empty one of who rated nothing."""
            return [[s[item]] if item in s else [] for s in sheets] if common is None else common.values(item, sheets)

        items = [i for i in adult if any(told(i.id))]
        if not items:
            return
        scale = self.form.scale_of(items[0])
        points = [str(v) for v in range(scale.least, scale.most + 1)]
        span = [str(scale.least), str(scale.most)]
        values = [[str(v) for one in told(i.id) for v in one if v is not None] for i in items]
        yield Expected((*points, *span))
        held = self.meeting.held.astimezone().date()
        yield Expected((*self.day(held), *span, *(v for row in values for v in row)), (self.dated(held),))
        for item, row in zip(items, values, strict=True):
            if row:
                yield Expected(tuple(row), (self.name(item.name),))
        yield Expected(tuple(points))

    def agreement(self, both: Both) -> Iterator[Expected]:
        for group in self.scheme.groups:
            row = figures.states(self.both(group.id))
            name = self.name(group.name)
            if row.percent is not None:
                said = name[:1].upper() + name[1:] if group.id == "D" else name
                yield Expected((self.percent(row.percent), *self.chance(row.chance)), (said,))
        words = {
            "adult1": self.texts.tr("Adult"),
            "child1": self.texts.tr("Child"),
            "dyad": self.texts.tr("Interaction"),
        }
        for person, codes in self.people.items():
            whole = figures.events(both, person, codes)
            if whole.of:
                yield Expected((str(whole.agreed), str(whole.of), *self.chance(whole.chance)), (words[person],))
            for dimension in self.scheme.dimensions:
                own = [c for c in codes if both.dimension[c] == dimension.id]
                part = figures.events(both, person, own)
                if part.of and len(own) > 1:
                    numbers = (str(part.agreed), str(part.of), *self.chance(part.chance))
                    yield Expected(numbers, (words[person], self.name(dimension.name)))
        a, b = self.ratings()
        scale = self.form.scale_of(self.form.items[0])
        rated = figures.ratings(a, b, scale.least, scale.most)
        if rated.rated:
            kappa = () if rated.kappa is None else (self.kappa(rated.kappa),)
            yield Expected((str(rated.same), str(rated.rated), str(rated.near), str(rated.rated), *kappa))
        gone = figures.states(both).left_out
        left_out = (str(gone),) if gone else ()
        lacking = sum(max(0, min(e, f) - max(s, t)) for s, e in figures.covered(both) for t, f in both.unfilmed)
        not_filmed = () if lacking < SECOND // 20 else (self.tenths(lacking),)
        yield Expected(("1", "2", "1", *left_out, *not_filmed))

    def tenths(self, time: int) -> str:
        """A length as a clock with the nearest tenth of a second, a half going up."""
        time = (time + SECOND // 20) // (SECOND // 10) * (SECOND // 10)
        return f"{self.clock(time)}{'.' if self.language == 'en' else ','}{time % SECOND // (SECOND // 10)}"

    def chance(self, chance: Chance) -> tuple[str, ...]:
        if chance.kappa is None:
            return ()
        if chance.span is None:
            return (self.kappa(chance.kappa),)
        low, high, tasks = chance.span
        return self.kappa(chance.kappa), "95", self.kappa(low), self.kappa(high), str(tasks)

    # words that were put in

    def verbatim(self) -> list[str]:
        fixed = StatementTexts(self.language)
        (case,) = (c for c in self.rows(Case) if c.id == self.case_id)
        (c,) = self.rows(Commission, case_id=self.case_id)
        said = [
            self.made.words,
            case.code_name,
            fixed.said("units", c.unit),
            c.decision,
            c.agreement,
            *c.questions,
            *(s.title for s in c.sources),
        ]
        status = self.name(document_form(first(), DocumentKind.STATEMENT).status)
        said += [*fixed.confidential, status, self.name(self.form.name), self.name(self.scheme.name)]
        said += [m.place for m in self.meetings]
        for meeting in self.meetings:
            common = agreed(self.store, meeting.id)
            said += common.reasons() if common is not None else []
        for code in self.scheme.codes:
            said += [self.name(code.code_when), *([self.name(code.help)] if code.help is not None else [])]
        said += [self.name(x) for task in library.task_cards() for x in (task.name, task.text)]
        return said


def recounted(made: Made) -> tuple[list[Expected], list[str]]:
    """What has to stand in the statement of a made archive, and the words that were put in."""
    own = Recount(made)
    return own.expected(), own.verbatim()
