"""What the passages of a statement are made of, read once, and the few kinds of passages there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.casework.case_file import CaseFile, case_file
from app.casework.film_use import Use, may_be_used
from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.pair import own_headers, pair_ready
from app.clips.feedback import said_in_talks
from app.coding.opening import scheme_of
from app.comparing.common_view.reading import confirmed_common
from app.comparing.common_view.told import ToldView
from app.comparing.comparison import Comparison, comparison, of_one_scheme
from app.comparing.in_place import InPlace, in_place
from app.comparing.interruptions import Interruption, interruptions
from app.i18n import Texts, today
from app.model.document_form import DocumentForm
from app.model.exchange import PartnerCoding
from app.model.feedback import ClipWords, FeedbackTalk
from app.model.filming import Talk
from app.model.instrument import Instrument
from app.model.meeting import Meeting
from app.model.people import Person, Worker
from app.model.reading import Reading
from app.model.scheme import Actor, Scheme
from app.model.service import Service
from app.model.statement import Evidence, ParagraphKind, Run, Statement
from app.model.stored import ContentKind
from app.ports import Store
from app.schemes.library import terms_of
from app.services.documents import form_of
from app.services.library import service
from app.statement.apart import meetings_of
from app.vocabulary import StatementTexts

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Passage:
    """One generated paragraph. `source` is its generator and stays the same from filling to filling."""

    section: str
    source: str
    runs: tuple[Run, ...] = ()
    kind: ParagraphKind = ParagraphKind.BODY
    cells: Cells = ()
    about: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Material:
    """What the passages are made of, read once. `apart` are meetings of which the two codings cannot be compared."""

    statement: Statement
    case: CaseFile
    workers: tuple[Worker, ...]
    meetings: tuple[MeetingFile, ...]
    compared: dict[str, Comparison]
    texts: Texts
    fixed: StatementTexts
    service: Service
    form: DocumentForm
    schemes: tuple[Scheme, ...] = ()
    apart: frozenset[str] = frozenset()
    #: by meeting what happened to the archive while its codings were made
    interrupted: Mapping[str, tuple[Interruption, ...]] = field(default_factory=dict)
    #: ids of the instruments whose words are another's: they stay in the archive
    licensed: frozenset[str] = frozenset()
    #: by meeting the common view that both confirmed: what the document counts from, where there is one
    common: Mapping[str, ToldView] = field(default_factory=dict)
    #: by meeting the talks right after filming
    talks: Mapping[str, tuple[Talk, ...]] = field(default_factory=dict)
    #: by meeting who coded in whose place, where a coding was begun that is not used, and who the two coders are
    in_place: Mapping[str, tuple[InPlace, ...]] = field(default_factory=dict)
    coders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: how this version and those before it were gone through, each with the number of the version that was read
    readings: tuple[tuple[int, Reading], ...] = ()
    #: ids of the texts of how the child shows it that both coders of each of their meetings read here
    read_by_both: frozenset[str] = frozenset()
    #: the pair, and who else coded one of the meetings: the result's name follows the least trained of them
    observers: tuple[Worker, ...] = ()
    #: the feedback talks of the case, each with what was shown and said in it
    feedback: tuple[tuple[FeedbackTalk, tuple[ClipWords, ...]], ...] = ()

    def is_short(self, table: str) -> bool:
        """Whether the writers want only the rows of a table that say something."""
        return self.statement.wish(table).short

    def common_of(self, found: Comparison) -> ToldView | None:
        """The confirmed common view of two codings; None before there is one."""
        return self.common.get(found.file.meeting.id)

    def is_licensed(self, form: Instrument) -> bool:
        return form.id in self.licensed

    def has_several_adults(self) -> bool:
        """Whether codings with more than one adult are told: then no numbers of ratings are."""
        return len({f.meeting.adult_id for f in self.meetings if f.meeting.id in self.compared}) > 1

    def adult(self, meeting: Meeting) -> Person | None:
        return self.case.person(meeting.adult_id)

    def called(self, person: Person | None) -> str:
        """What the document calls somebody; empty for nobody."""
        return "" if person is None else self.fixed.called(person.called)

    def who_called(self, meeting: Meeting, actor: Actor) -> str:
        """What the person of a code is called in the document; *together* for both."""
        if actor == Actor.DYAD:
            return self.texts.tr("together")
        return self.called(self.case.person(meeting.adult_id if actor == Actor.ADULT else meeting.child_id))

    def pair(self, meeting: Meeting) -> str:
        """*äiti ja lapsi*, within a sentence or a title: each as they are called."""
        adult, child = self.adult(meeting), self.case.person(meeting.child_id)
        return self.texts.tr("{adult} and {child}", adult=self.called(adult), child=self.called(child))

    def pair_called(self, meeting: Meeting) -> str:
        """*Äiti ja lapsi*, at the beginning of a line."""
        words = self.pair(meeting)
        return words[:1].upper() + words[1:]

    def meeting_called(self, meeting: Meeting) -> str:
        """*äiti ja lapsi, 3.11.2026*: in a title, so that tables of several meetings are told apart."""
        return f"{self.pair(meeting)}, {self.day(meeting)}"

    def day(self, meeting: Meeting) -> str:
        """The day on which it was held, as the document writes it."""
        return self.texts.date(meeting.held.astimezone().date())


def gather(store: Store, statement: Statement, *, compare: bool = True) -> Material:
    """Everything read; without `compare` no agreement is asked for: the pages print what the paragraphs hold."""
    case = case_file(store, statement.case_id)
    files = tuple(meeting_file(store, m.id) for m in meetings_of(case, statement) if m.id in statement.meetings)
    ready = [f.meeting.id for f in files if pair_ready(store, f.meeting.id)]
    if compare:
        ready = [m for m in ready if may_be_used(store, m, today(), Use.EVIDENCE)]
    pairs = {m: tuple(own_headers(store, m).values()) for m in ready}
    apart = frozenset(m for m, headers in pairs.items() if not of_one_scheme(*headers))
    compared = {m: comparison(store, m) for m in ready if compare and m not in apart}
    interrupted = {m: c.interrupted for m, c in compared.items()}
    interrupted |= {m: interruptions(store, pairs[m]) for m in apart if compare}
    headers = {h.scheme_id + str(h.scheme_version): h for made in pairs.values() for h in made}
    pair = tuple(w for w in (case.case.lead, case.case.partner) if w)
    workers = tuple(store.get(Worker, w) for w in pair)
    language = statement.language
    return Material(
        statement,
        case,
        workers,
        files,
        compared,
        Texts(language, marks_other=True),
        StatementTexts(language),
        service(statement.service),
        form_of(statement),
        tuple(scheme_of(store, header) for header in headers.values()),
        apart,
        interrupted,
        _licensed(store, compared.values()),
        {m: one for m in compared if (one := confirmed_common(store, m)) is not None},
        {f.meeting.id: store.find(Talk, meeting_id=f.meeting.id) for f in files},
        {f.meeting.id: found for f in files if f.meeting.id in pairs and (found := in_place(store, f.meeting))},
        {f.meeting.id: _names(store, f.meeting.coders) for f in files if f.meeting.set_aside},
        noted_readings(store, statement),
        _read_by_both(store, case, files),
        _observers(store, pair, files),
        said_in_talks(store, case.case.id),
    )


def _names(store: Store, coders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(store.get(Worker, coder).name for coder in coders if coder)


def _observers(store: Store, pair: Iterable[str], files: Iterable[MeetingFile]) -> tuple[Worker, ...]:
    coders = (coder for file in files for coder in file.meeting.coders if coder)
    return tuple(store.get(Worker, worker) for worker in dict.fromkeys((*pair, *coders)))


def noted_readings(store: Store, statement: Statement) -> tuple[tuple[int, Reading], ...]:
    """How a version and those before it were gone through, in the order in which it was noted."""
    numbers = {s.id: s.version for s in store.find(Statement, series=statement.series)}
    read = {i: number for i, number in numbers.items() if number <= statement.version}
    held = store.find(Reading, statement_id=tuple(read)) if read else ()
    rows = [(r.noted, r.id, read[r.statement_id], r) for r in held if r.noted is not None]
    return tuple((number, reading) for _, _, number, reading in sorted(rows, key=lambda row: row[:2]))


def _read_by_both(store: Store, case: CaseFile, files: Iterable[MeetingFile]) -> frozenset[str]:
    """Where a coding was made on another computer, nobody here knows what stood beside its coder."""
    elsewhere = {f.meeting.id for f in files if store.find(PartnerCoding, meeting_id=f.meeting.id)}
    return frozenset(one.id for one in case.showings if one.read_in and not elsewhere & set(one.read_in))


def _licensed(store: Store, compared: Iterable[Comparison]) -> frozenset[str]:
    used = {c.instrument.id for c in compared}
    return frozenset(i for i in used if terms_of(store, ContentKind.INSTRUMENT, i).licensed)


def sentence(words: str) -> str:
    """What a worker wrote, as it is, on one line and with its end."""
    line = " ".join(words.split())
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."


def sentence_passage(section: str, source: str, text: str) -> Passage:
    return Passage(section, source, (Run(text),))


def heading(section: str, source: str, text: str) -> Passage:
    return Passage(section, source, (Run(text),), ParagraphKind.HEADING)


def table(section: str, source: str, about: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Passage:
    return Passage(section, source, (), ParagraphKind.TABLE, (header, *rows), about)
