"""Archives made by seed through the program's own doors: a case, filmed meetings, two codings and a statement of them.

Seeds differ in language, tasks and the gaps between them, what each covered, states that nobody can code, marks of one
alone, ratings, what happened while filming, dates, words with numbers in them, and what the pair decided.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from app.casework.case_editor import CaseEditor
from app.casework.meeting_file import meeting_file, read_filmed
from app.coding.editor import CodingEditor
from app.coding.opening import begin
from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.codable import codable
from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.comparison import comparison
from app.door import Door
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.commission import Source
from app.model.consent import Purpose
from app.model.decision import Answer, Decision, DisagreementKind, NewMark, Verdict, verdicts_of
from app.model.filmed import happened
from app.model.filming import INTERRUPTION_REASONS, SKIP_REASONS, Happening
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, Stretch
from app.model.people import Person, Role, Training, TrainingPurpose, Worker
from app.model.plan import planned
from app.model.recording import NOT_FILMED, SEAM, Damage, Origin, Recording
from app.model.scheme import Kind
from app.model.statement import ParagraphKind, Run, Statement
from app.model.timecode import SECOND
from app.model.words import LANGUAGES
from app.schemes import library
from app.statement.beginning import begin_statement
from app.statement.editor import Draft, StatementEditor
from app.statement.export import statement_pdf
from tests.material.builders import recording
from tests.material.differences import differences
from tests.material.house import LONG_AGO, Home
from tests.material.pressing import press

STATES, DARK = "678", "0"
DARK_CODE = "DS0"
LAYER = "child-regulation"


@dataclass(frozen=True)
class Made:
    """The archive, the meetings that both coded with a scheme, and the statement with its pages of a day."""

    seed: int
    home: Home
    meetings: tuple[Meeting, ...]
    scheme: str
    statement: Statement
    pdf: bytes
    day: date
    #: what a hand wrote, with the moments that it cited
    words: str


def made(seed: int) -> Made:
    """Needs a QApplication."""
    chance = Random(seed)
    language = LANGUAGES[seed % len(LANGUAGES)]
    home = Home(language)
    editor = CaseEditor(home.a, home.texts, home.case_id)
    _case(editor, chance)
    for worker in (home.aino, home.leena):
        _trained(home, worker, chance)
    meetings = tuple(_filmed(home, editor, chance, n, adult) for n, adult in enumerate(_adults(editor, chance)))
    scheme = chance.choice(("perusrunko", "perusrunko", "laaja-runko"))
    coder, keys = Random(seed + 1), _keys(scheme)
    for meeting in meetings:
        rows = _rows(coder, keys, max(f.end for f in read_filmed(home.a, meeting.id).films))
        layer = coder.random() < 0.3
        for store in (home.a, home.b):
            header = begin(Door(store), home.texts, meeting.id, scheme)
            own = CodingEditor(store, home.texts, meeting_file(store, meeting.id), header)
            _coded(own, _seen(rows, keys, coder), coder, layer=layer)
        _common_view(home, meeting, Random(f"common {seed} {meeting.held}"))
    door = Door(home.a)
    statement = begin_statement(door, Texts(language), home.case_id, language)
    words = _answered(StatementEditor(home.a, home.texts, statement.id), chance)
    pdf = statement_pdf(door, home.vault, statement.id)
    return Made(seed, home, meetings, scheme, statement, pdf, today(), words)


def _day(chance: Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=chance.randrange(360))


def _case(editor: CaseEditor, chance: Random) -> None:
    file = editor.file
    assert file.commission is not None
    assert file.child is not None
    editor.edit(file.case, code_name=f"Tähti {chance.randrange(10, 99)}")
    editor.edit(
        file.commission,
        commissioner="Esimerkkilän hyvinvointialue",
        unit=f"Lastensuojelu {chance.randrange(2, 9)}",
        social_worker="Sisko Malli",
        decision=f"{chance.randrange(100, 999)}/{chance.randrange(2024, 2027)}",
        agreement=f"HS-{chance.randrange(1000, 9999)}",
        ordered=_day(chance, 2026),
        deadline=_day(chance, 2027),
        questions=(f"Miten {chance.randrange(2, 9)} arjen tilannetta sujuu?", "Mikä tukee lasta?"),
        sources=tuple(Source(f"Arvio nro {n + 7}", _day(chance, 2025)) for n in range(chance.randrange(3))),
    )
    editor.edit(editor.file.child, name="Otto Esimerkki", born=_day(chance, 2026 - chance.randrange(2, 9)))


def _trained(home: Home, worker: Worker, chance: Random) -> None:
    training = Training("MIM", TrainingPurpose.OTHER_CLIENT_WORK, "MIM perustaso", "todistus", _day(chance, 2020))
    more = replace(worker, title="perheterapeutti", employer="Perhepalvelu Esimerkki Oy", trainings=(training,))
    home.a.apply("trained", [Change(worker, more)])


def _answered(editor: StatementEditor, chance: Random) -> str:
    """An answer by hand that rests on up to three moments of the observations."""
    words = f"Hyviä hetkiä oli {chance.randrange(20, 90)}, näitä: "
    told = [r for p in editor.text.section("observations") for r in p.runs if r.evidence]
    runs = (Run(words), *(x for r in chance.sample(told, min(len(told), 3)) for x in (r, Run(" "))))
    drafts = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("conclusions")]
    assert editor.write_section("conclusions", [*drafts, Draft("", ParagraphKind.BODY, runs)])
    return "".join(r.text for r in runs)


def _adults(editor: CaseEditor, chance: Random) -> list[Person]:
    """With whom the meetings are filmed: mostly one, some two with the same adult, some with another."""
    how = chance.random()
    if how < 0.2:
        editor.add_person(Role.FOSTER_PARENT, "isä")
        return list(editor.file.adults)
    return [editor.file.adults[0]] * (2 if how < 0.4 else 1)


def _filmed(home: Home, editor: CaseEditor, chance: Random, place: int, adult: Person) -> Meeting:
    """One more meeting with tasks one after another, some with a gap before them, and what happened meanwhile."""
    held = datetime(2026, 11, chance.randrange(5, 15) + 10 * place, 9, chance.randrange(60), tzinfo=UTC)
    begun = editor.add_meeting(adult, held)
    assert begun is not None
    if not any(c.person_id == adult.id for c in editor.file.consents):
        editor.give_consent(adult, Purpose.FILMING, LONG_AGO)
    count = chance.randrange(3, 9)
    cards = library.task_cards()[3 + 8 * place :][:count]
    meeting = replace(
        begun, plan=tuple(planned(c, "of any age") for c in cards), place=f"Huone {chance.randrange(2, 20)}"
    )
    at, segments = chance.randrange(0, 8 * SECOND), []
    for number in range(1, count + 1):
        if number == count and chance.random() < 0.3:
            break  # the last one was left out
        length = chance.randrange(8 * SECOND, 26 * SECOND)
        segments.append(Segment(new_id(), meeting.id, number, at, at + length))
        at += length + (chance.randrange(5 * SECOND) if chance.random() < 0.4 else 0)
    film = replace(recording(meeting.id, at + chance.randrange(20 * SECOND)), origin=Origin.FILMED)
    films = _with_gaps(film, Random(f"{at} {place}"))
    home.a.apply("filmed", [Change(begun, meeting), *map(added, films), *(added(s) for s in segments)])
    home.a.apply("happened", _happenings(home, meeting, chance, at, count - len(segments)))
    return meeting


def _with_gaps(film: Recording, chance: Random) -> list[Recording]:
    """Some meetings have time that nobody filmed: between two films, in a hole of one, at a jump of its clock."""
    whole, damage, films = film.facts.duration, [], [film]
    if chance.random() < 0.4:
        start = chance.randrange(whole // 4, whole // 2)
        damage.append(Damage(start, start + chance.randrange(1, 9 * SECOND), NOT_FILMED))
        if chance.random() < 0.5:  # the second camera saw part of it
            films.append(replace(recording(film.meeting_id, 3 * SECOND), id=new_id(), camera=2, offset=start + SECOND))
    if chance.random() < 0.3:
        at = chance.randrange(1, whole // 4)
        damage.append(Damage(at, at, SEAM, 90 * SECOND))
    if chance.random() < 0.4:
        end = whole * 3 // 4 + chance.randrange(SECOND)
        later = end + chance.randrange(1, 8 * SECOND)
        behind = recording(film.meeting_id, max(whole - later, SECOND))
        films.append(replace(behind, id=new_id(), offset=later, origin=Origin.FILMED))
        whole = end
    films[0] = replace(film, facts=replace(film.facts, duration=whole, damage=tuple(damage)))
    return films


def _happenings(home: Home, meeting: Meeting, chance: Random, end: int, skipped: int) -> list[Change]:
    file, rows = read_filmed(home.a, meeting.id), []
    if skipped:
        rows.append(happened(file, Happening.SKIPPED, end, len(meeting.plan), chance.choice(SKIP_REASONS)))
    lacking = (Happening.COMPUTER_LATE, Happening.CAMERA_SHORT, Happening.SOUND_SHORT)
    rows += [
        happened(file, kind, file.films[0].offset, chance.randrange(1, 200_000), "1")
        for kind in lacking
        if chance.random() < 0.4
    ]
    for _ in range(chance.randrange(3)):
        start = chance.randrange(end)
        reason = chance.choice(INTERRUPTION_REASONS)
        rows.append(happened(file, Happening.INTERRUPTION, start, 0, reason, start + chance.randrange(1, 9 * SECOND)))
    if chance.random() < 0.3:
        start = chance.randrange(end)
        rows.append(happened(file, Happening.PAUSE, start, 1, "", start + chance.randrange(1, 60 * SECOND)))
    if chance.random() < 0.2:
        rows.append(happened(file, Happening.ENDED_AT_ONCE, chance.randrange(end), 0, "keep"))
    return rows or [happened(file, Happening.SOUND_SHORT, 0, 1500, "1")]


def _keys(scheme: str) -> str:
    """The keys of its events."""
    return "".join(c.key for c in library.scheme(scheme).codes if c.kind == Kind.POINT and not c.layer)


def _rows(chance: Random, keys: str, end: int) -> list[tuple[str, int]]:
    """What there was to see: a state every so often, more events where the seed says so."""
    rows, at = [], 0
    while at < end:
        rows.append((chance.choice(STATES), at))
        at += chance.randrange(4 * SECOND, 20 * SECOND)
    events = chance.choice((0, 4, 12, 30, 50))
    rows += [(chance.choice(keys), chance.randrange(end)) for _ in range(events)]
    return rows


def _seen(rows: list[tuple[str, int]], keys: str, chance: Random) -> list[tuple[str, int]]:
    """As one of the two saw it: a little later or earlier, some taken for another, some overlooked, some dark."""
    own = []
    for key, at in rows:
        if key in keys and chance.random() < 0.15:
            continue
        pool = keys if key in keys else STATES + DARK
        moved = at if at == 0 else max(0, at + round(chance.gauss(0, 0.9) * SECOND))
        own.append((key if chance.random() < 0.85 else chance.choice(pool), moved))
    return sorted(own, key=lambda row: row[1])


def _coded(editor: CodingEditor, rows: list[tuple[str, int]], chance: Random, *, layer: bool) -> None:
    modifiers = {c.key: [m.id for m in c.modifiers] for c in editor.scheme.codes if not c.layer}
    for key, at in rows:
        more = modifiers.get(key) or []
        press(editor, key, at, tuple(chance.sample(more, 1)) if more and chance.random() < 0.5 else ())
    for item in editor.instrument.items:
        if chance.random() < 0.9:
            scale = editor.instrument.scale_of(item)
            value = None if chance.random() < 0.1 else chance.randint(scale.least, scale.most)
            editor.rate(item.id, value, "nähty")
    segments = editor.file.segments
    numbers = sorted({s.number for s in segments})
    chosen = tuple(chance.sample(numbers, len(numbers) - 1)) if chance.random() < 0.3 else tuple(numbers)
    assert editor.choose_tasks(chosen)
    spans = [Stretch(s.start, s.end) for s in segments if s.number in chosen]
    if chance.random() < 0.4:
        spans = [Stretch(max(0, segments[0].start - SECOND // 3), editor.file.length)]
    editor.do("cover", Change(editor.coding.header, replace(editor.coding.header, covered=tuple(spans))))
    if layer:
        _second_pass(editor, chance)
    refused: list[Exception] = []
    editor.refused.connect(refused.append)
    assert editor.mark_ready(), refused


def _common_view(home: Home, meeting: Meeting, chance: Random) -> None:
    """Half of the meetings have a common view that both confirmed, its differences decided in every way there is."""
    if chance.random() < 0.5:
        return
    if not comparison(home.a, meeting.id).window:
        return
    header = begin_common_view(Door(home.a), home.texts, meeting.id)
    for store in (home.a, home.b):
        editor = CommonViewEditor(store, home.texts, header)
        for d in differences(editor) if store is home.a else ():
            assert _decided(editor, d, chance), (d.kind, d.a, d.b)
        assert editor.confirm()


def _decided(editor: CommonViewEditor, d: Decision, chance: Random) -> bool:
    verdict = chance.choice(verdicts_of(d))
    if verdict == Verdict.DIFFERENTLY:
        return editor.decide(d.id, Answer(verdict, reasons=(f"näin {chance.randrange(20, 90)} hetkeä", "en nähnyt.")))
    if verdict != Verdict.NEW:
        return editor.decide(
            d.id, Answer(verdict, reason=chance.choice(("", f"katsottu {chance.randrange(2, 9)} kertaa")))
        )
    if d.kind == DisagreementKind.RATING:
        return editor.decide(d.id, Answer(verdict, new_value=chance.choice((None, 1, 5)), reason="katsottu yhdessä"))
    if d.kind == DisagreementKind.STATE:
        codes = [c for c in editor.compared.scheme.codes if c.lane == d.lane and c.id != DARK_CODE]
        mark = NewMark(chance.choice(codes).id, d.person, d.start or 0, d.end)
    else:
        same = [c for c in editor.compared.scheme.codes if c.kind == Kind.POINT and d.person.startswith(c.actor)]
        mark = NewMark(chance.choice([c for c in same if not c.layer]).id, d.person, d.start or 0)
        if not any(s.holds(mark.start) for s in codable(editor.compared, "")):
            return editor.decide(d.id, Answer(Verdict.A))  # nothing new where one of the two saw nothing
    return editor.decide(d.id, Answer(verdict, new_marks=(mark,)))


def _second_pass(editor: CodingEditor, chance: Random) -> None:
    """The states of the child's regulation, in some or all of the tasks."""
    codes = [c for c in editor.scheme.codes if c.layer == LAYER]
    at = 0
    while at < editor.file.length:
        editor.code(chance.choice(codes), at)
        at += chance.randrange(5 * SECOND, 25 * SECOND)
    for segment in editor.file.segments:
        if chance.random() < 0.8:
            editor.cover(segment, on=True, part=LAYER)
