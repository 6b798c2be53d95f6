"""The contract of `app.ports.Store`, held by the fake and by the real store on an encrypted database."""

import inspect
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import ports
from app.casework.case_file import case_file
from app.casework.merging import merge
from app.errors import NotAllowed, StaleChange, StoreError
from app.model import common_view
from app.model.apart import kept_apart
from app.model.billing import InvoiceBasis, Price, line_of
from app.model.calibration import Calibration
from app.model.change import Change, added, removed
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.closed_statistics import ClosedStatistics
from app.model.coding import CodingHeader, CodingKind, CodingState, PassCover
from app.model.commission import Commission, CommissionState, CommissionStep, DocumentKind, Source
from app.model.common_view import Came, CommonView, Confirmation, origin_id
from app.model.consent import Consent, ConsentForm, ControllerDecision, Purpose
from app.model.cover import (
    Box,
    ClipCover,
    Covered,
    CoverKey,
    CoverReview,
    CoverTrack,
    MutedStretch,
    Muting,
    Proposed,
    SeenUncovered,
)
from app.model.day import local_day
from app.model.decision import Decision, DisagreementKind, NewMark, Verdict
from app.model.erasure import Erasure, MadeBackup
from app.model.exchange import PartnerCoding, SentCoding
from app.model.feedback import Aim, CameFrom, Clip, ClipWords, FeedbackTalk, Group, Placed, Sight
from app.model.feedback_form import FeedbackFrom
from app.model.filming import Answer, FilmingEvent, Happening, LiveMark, OpenRecording, Talk
from app.model.final_statement import FinalStatement
from app.model.goal import Goal, GoalOf, GoalReview, GoalSource, GoalState
from app.model.guests import GuestPass, GuestRole
from app.model.hold import Hold
from app.model.hours import Period, Work, WorkEntry
from app.model.identity import made_at, new_id, timeless_id
from app.model.letterhead import Letterhead
from app.model.licensed import LicensedPackage, LicensedTask, package_id
from app.model.meeting import NOBODY, Delivery, Meeting, Outcome, Segment, Stretch
from app.model.meeting_note import MeetingNote
from app.model.meeting_note import NoteKind as NoteOf
from app.model.observation import Bookmark, BookmarkColor, How, Mark, MarkKind, Observation
from app.model.package import TakenPackage, TakenRow
from app.model.partner_key import PartnerKey
from app.model.people import Bond, Case, Interpreter, Person, Ring, Role, Training, TrainingPurpose, Worker
from app.model.plan import OwnTask, PlanTemplate
from app.model.private_note import NoteKind, PrivateNote
from app.model.rating import Rating
from app.model.reading import Reading
from app.model.recording import (
    FEWEST_PLACES,
    MOST_APART,
    Again,
    Damage,
    DerivedFile,
    DerivedKind,
    Origin,
    Recording,
    Replacement,
    SoundTrack,
    Viewing,
)
from app.model.redaction import RedactedCopy, Redaction
from app.model.reliability_sample import Drawing, ReliabilitySample, SampledTask, drawn, sample_id
from app.model.request import Reply, Request, RequestKind
from app.model.retention import CaseRule, Material, OfficeRule, Since
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.model.service_work import Approval, FormRow, FormValue, PhaseState, RoleHolder, StepTick
from app.model.showing import Showing
from app.model.signature import PaperSignature, Signature
from app.model.sought import Side
from app.model.statement import ApprovedText, Evidence, Paragraph, ParagraphKind, Run, SoleSigner, Statement
from app.model.statement_delivery import StatementDelivery
from app.model.stored import ContentDraft, ContentKind, ContentTerms, ExampleClip, StoredContent
from app.model.supervision import PricePer
from app.model.training import Measured, Reference, TrainingFigure, TrainingResult
from app.model.utterance import Heard, Utterance, Voice
from app.model.words import Words
from app.model.writing_aids import MarginAnswer, MarginComment, OwnWord, TextBlock
from app.ports.pages import Days
from storage.store.coding_rows import coding_of
from storage.store.kinds import KINDS, TOGETHER
from tests.material import templates
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY, meeting, planned_task, recording
from tests.material.finals import begun, final_step, to_comments
from tests.material.supervision import everything_of_supervision
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))
NAMED = templates.template()


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    if request.param == "memory":
        archive = MemoryArchive()
        stores = [archive.open(i) for i in IDS]
        close = stores[0].close
    else:
        held = SqlArchive(tmp_path)
        stores = [held.open(i) for i in IDS]
        close = held.close
    found = Pair(*stores)
    found.begin(IDS)
    yield found
    close()


def header(pair, coder=0, **more):
    covered = {"covered": (Stretch(0, 1_000_000),)}
    return CodingHeader(new_id(), pair.meeting.id, IDS[coder], "core", 1, "sheet", 1, **(covered | more))


def coded(pair, coder=0):
    """A coding of one coder with one of everything."""
    head = header(pair, coder)
    parts = (
        Observation(new_id(), head.id, "S1", "adult1", 1_000_000, note=f"note-{coder}"),
        Mark(new_id(), head.id, MarkKind.ASK, 5, f"ask-{coder}"),
        Rating(new_id(), head.id, f"item-{coder}", 3, f"reason-{coder}"),
    )
    store = (pair.a, pair.b)[coder]
    store.apply(f"label-{coder}", [added(head), *(added(p) for p in parts)])
    return head, *parts


def make_ready(store, head, **more):
    after = replace(head, state=CodingState.READY, ready_at=datetime.now(UTC), checksum="sum", **more)
    store.apply("ready", [Change(head, after)], act="ready")
    return after


def sample(pair, **more):
    """What a draw by dimension over the meeting's three tasks says of it."""
    tasks = tuple(SampledTask(pair.meeting.id, n, t.task_id, t.dimensions) for n, t in enumerate(pair.meeting.plan, 1))
    said = {"percent": 40, "seed": "0048", "drawing": Drawing.BY_DIMENSION, "tasks": tasks, "drawn_by": IDS[0]} | more
    places, size = drawn(said["seed"], said["percent"], said["drawing"], said["tasks"])
    made = sample_id("draw", pair.meeting.id)
    return ReliabilitySample(
        made, pair.meeting.id, "draw", **({"places": places, "size": size, "drawn_at": A_DAY} | said)
    )


def statement(pair, **more):
    return Statement(new_id(), pair.case.id, new_id(), 1, "fi", "mim", A_DAY, **more)


def refused(store, key, *changes):
    with pytest.raises(NotAllowed) as caught:
        store.apply("x", changes)
    assert caught.value.key == key


# ── values come back as they went in ──────────────────────────────────────────────────────────────────────────────────


def one_of_everything(pair):
    film = recording(pair.meeting.id)
    facts = replace(
        film.facts, sound_tracks=(SoundTrack("aac", 2, 48000),), damage=(Damage(1, 2, "kaputt"),), fps=29.97
    )
    passes = (PassCover("adult", (Stretch(1, 2),)), PassCover("child", ()))
    head = header(pair, covered=(Stretch(-5, 7), Stretch(9, 11)), in_passes=True, passes=passes, chosen=(2, 3))
    another = header(pair, kind=CodingKind.REFERENCE, reading=2)
    text = statement(
        pair,
        meetings=(pair.meeting.id,),
        alone=SoleSigner(IDS[0], "toinen sairastui", "Eeva", A_DAY.date()),
        corrects="kesto",
    )
    training = Training("MIM", TrainingPurpose.OTHER_CLIENT_WORK, "Kurssi", "no 5", date(2020, 2, 29))
    guest = Worker(new_id(), "Vieras Malli", guest=True)
    until = local_day() + timedelta(days=9)
    return (
        guest,
        GuestPass(new_id(), pair.meeting.id, guest.id, GuestRole.STUDENT, until, IDS[0], A_DAY, None),
        Worker(new_id(), "Malli Ä", "psykologi", "Hyvä", (training, Training("X", TrainingPurpose.THERAPLAY_PROCESS))),
        StoredContent(new_id(), "scheme", "unused", 1, "[[codes]]\n"),
        ContentDraft(new_id(), ContentKind.INSTRUMENT, "oma", 2, 'id = "oma"\n'),
        ContentTerms(
            "instrument/oma", ContentKind.INSTRUMENT, "oma", True, "L-14", date(2027, 1, 31), IDS[:2], retired=True
        ),
        Case(new_id(), "Koivu", IDS[0], opened=date(2026, 1, 2), keep_apart=True),
        Person(
            new_id(), pair.case.id, Role.FOSTER_PARENT, "sijaisäiti", "Ž", date(1990, 1, 1), "sv", guardian=True,
            interpreter=Interpreter.EARPIECE, interpreter_language="arabia", network_only=True, ring=Ring.HOME,
            bond=Bond.BROKEN, same="s",
        ),
        kept_apart(pair.case.id, pair.adult.id, pair.child.id),
        Circumstance(
            new_id(), pair.case.id, pair.child.id, CircumstanceKind.CUSTODY, "yhteishuolto", date(2025, 1, 1),
            date(2026, 2, 2), ("consents", "controller"),
        ),
        Commission(
            new_id(),
            pair.case.id,
            document=DocumentKind.SUMMARY,
            deadline=date(2026, 12, 1),
            questions=("Miten?", "”Miksi”\n"),
            sources=(Source("Asiakassuunnitelma", date(2025, 5, 5)), Source("Muu")),
            producer="P", county_worker="K", return_rule="R", law_deadline=date(2027, 1, 2),
            steps=(
                CommissionStep(CommissionState.FIRST_CALL, date(2026, 1, 2), IDS[0], "soitto"),
                CommissionStep(CommissionState.ACCEPTED, date(2026, 1, 3), IDS[1]),
            ),
            beyond=("Miten?",),
        ),
        PlanTemplate(new_id(), "Taaperot, lyhyt", IDS[0], "T", (planned_task(1, "S", "N"), planned_task(2))),
        OwnTask(
            new_id(), IDS[0], "Majan rakentaminen", "Rakentakaa maja", ("S",), ("K", "A"), ("touch",), "peitto",
            weights=(3,),
        ),
        licensed_package(),
        ConsentForm(new_id(), pair.case.id, A_DAY, "b" * 64, 9, 1, "f.vau", bytes(range(60))),
        Consent(
            new_id(), pair.case.id, pair.child.id, Purpose.FILMING, date(2026, 1, 1), withdrawn=date(2026, 2, 2),
            given_by=(pair.adult.id, "x"), given_by_other="johtava sosiaalityöntekijä", forms=("f1", "f2"),
        ),
        ControllerDecision(new_id(), pair.case.id, pair.child.id, Purpose.FILMING, date(2026, 1, 1), "Maakunta", "§ 1"),
        Request(
            new_id(), pair.case.id, RequestKind.FILM, date(2026, 1, 31), date(2026, 2, 28), pair.adult.id, "asiamies",
            "oma filmi", "§", Reply.IN_PART, date(2026, 2, 2), "Maakunta", "toinen", "asiavastaava", "katsottu",
            date(2026, 2, 9),
        ),
        goal := Goal(
            new_id(), pair.case.id, date(2026, 1, 5), IDS[0], "Nukun omassa sängyssä", GoalSource.CARE_PLAN,
            date(2025, 12, 1), GoalOf.GROWN_UP, pair.adult.id, ("a", "b", "c", "d", "e"), 1, 3, GoalState.OPEN,
        ),
        GoalReview(
            new_id(), goal.id, date(2026, 2, 5), IDS[0], (pair.child.id, pair.adult.id), "omaohjaaja", 2,
            "melkein joka yö", 1, "kaksi yötä viikossa",
        ),
        ServiceFeedback(
            new_id(), pair.case.id, "child", 1, FeedbackFrom.CHILD, "parenting", date(2026, 11, 3), "sv",
            FeedbackWay.PAPER, IDS[0], "täti", (FormGiven("how", "sun"), FormGiven("words", words="kivaa")), True,
        ),
        Hold(new_id(), pair.case.id, date(2026, 1, 1), IDS[0], "oikeudenkäynti", pair.meeting.id, date(2026, 2, 2)),
        OwnWord(new_id(), "fi", "MIM-koodaus", IDS[0]),
        TextBlock(new_id(), "Avaus", "fi", "{lapsen nimi} tuli.\nHän leikki.", "observations", IDS[0]),
        OfficeRule(new_id(), Material.BACKUPS, Since.MADE, 2, "oma päätös"),
        CaseRule(new_id(), pair.case.id, Material.FILMS, Since.CLOSED, 9, "sopimus § 4"),
        Showing(new_id(), pair.case.id, "katsoo ohi", "hiljenee", "kääntyy", date(2026, 1, 1), IDS[0], ("m",)),
        replace(
            pair.meeting, id=new_id(), held=A_DAY.astimezone(timezone(timedelta(hours=2))), plan=(), child_said="yes",
            child_said_on=date(2026, 11, 3), others=(pair.adult.id,), clock_zero=A_DAY,
            scheme="scheme/core/1", instrument="instrument/sheet/1",
        ),
        Meeting(
            new_id(), pair.case.id, A_DAY, "", pair.child.id, NOBODY, "childs-meeting", 45, "kirjasto",
            delivery=Delivery.HYBRID, outcome=Outcome.CANCELLED, why="kuume", by=pair.child.id, travel_minutes=35,
            travel_km=21, workers=IDS[:2], by_role=("interpreter", "mummo"),
        ),
        MeetingNote(
            new_id(), pair.meeting.id, NoteOf.SAID, A_DAY, IDS[0], "”kotona on hyvä”", pair.child.id, "opettaja"
        ),
        sample(pair),
        Segment(new_id(), pair.meeting.id, 1, -5, 10**13, open=True, people=(pair.adult.id,)),
        film := replace(
            film, facts=facts, drift_ppm=-3.25, offset=-1, viewing=Viewing(90, -0.5, 1.5, True, 1, 12.0),
            lost_pictures=3, origin=Origin.RESCUED, closed_from_use=A_DAY, wrapped_key=bytes(range(60)),
            index=b"\0\xff" * 9,
        ),
        DerivedFile(new_id(), film.id, DerivedKind.SCRUB, 1, 300_000_000, 600_000_000, "c.vau", "a" * 64, 9, 1, b"\1"),
        ExampleClip(new_id(), "oma", "AS", film.id, 40_000, 3_000_000),
        Clip(
            new_id(), film.id, pair.meeting.id, IDS[0], 40_000, 3_000_000, CameFrom.DISAGREEMENT, "d", "AS", "S",
            Aim.GROWING, "second", Sight.BESIDE, "Kun odotat", "käsi", "vastaa", "Mitä arvelet?", True, "toinen lapsi",
        ),
        ClipCover(
            new_id(), film.id, pair.meeting.id, "c", IDS[0],
            (
                looked := CoverTrack(
                    "t", IDS[0], Covered.PERSON,
                    (CoverKey(40_000, Box(1, 2, 30, 40)), CoverKey(80_000, Box(2, 2, 9, 9))),
                    pair.child.id, 10, 9, Proposed.HAAR,
                ),
                replace(looked, id="u", review=CoverReview(IDS[0], A_DAY, looked.shape, 40_000, 80_000)),
            ),
            (SeenUncovered(IDS[0], A_DAY, 40_000, 80_000, pair.adult.id),),
            (MutedStretch(40_000, 60_000, Muting.TONE),),
        ),
        templates.content(NAMED),
        service := replace(
            templates.work(NAMED, IDS[0], pair.case.id, called="Ä", customer="K", closed=None, closed_why="w"),
            phases=(PhaseState("first", date(2026, 1, 2), None, date(2026, 1, 3)),),
            ticks=(StepTick("talk", date(2026, 1, 4)),),
            roles=(RoleHolder("helper", "Kummi", "n", pair.adult.id, IDS[1]),),
            approvals=(Approval("plan", True, date(2026, 1, 5), "Eeva", IDS[1], "sanat"),),
        ),
        FormRow(new_id(), service.id, "meetings", "m1", "i", (), (("day", "2026-11-17"), ("there", "r1=away"))),
        FormRow(new_id(), service.id, "people", place="j", written=(FormValue("note", "”hei”\n"),)),
        talk := FeedbackTalk(
            new_id(), pair.case.id, pair.adult.id, A_DAY, 60, 5, 7, "Miten leikki alkaa?",
            (Placed("c", Group.GROWING, 18),), 2, "ruokailu", 7, "odotan", "ruokapöytä", "äiti", "piirtäen",
            A_DAY,
        ),
        ClipWords(new_id(), talk.id, "c", "Kun odotat", A_DAY, "En muistanut", ("surprised", "moved"), 7, "odotan"),
        OpenRecording(new_id(), pair.meeting.id, 2, "d.vau", A_DAY, 40_000, "/toinen", "e.vau", bytes(60), film.id),
        LiveMark(new_id(), pair.meeting.id, MarkKind.NOTE, 7, "katso tätä"),
        FilmingEvent(new_id(), pair.meeting.id, Happening.INTERRUPTION, 4, 9, 0, "child-left"),
        Talk(new_id(), pair.meeting.id, pair.adult.id, A_DAY, "pihalla", (Answer("alike", "aika tavallista"),)),
        Utterance(
            timeless_id(), pair.meeting.id, -5, 7, pair.child.id, "Katso [Oona] ”tässä”", Heard.TRANSLATED, "ru", True
        ),
        head,
        another,
        Observation(new_id(), head.id, "DS1", "dyad", -1, 5, False, ("m", "ä"), "huomio", How.EDITED, -1, film.id, 0),
        Mark(new_id(), head.id, MarkKind.SAFETY, 9, "katso"),
        Rating(new_id(), head.id, "i1", None, "", ("o1", "o2"), "s1"),
        Bookmark(new_id(), head.id, 12, "katso uudelleen", BookmarkColor.GREEN),
        PrivateNote(new_id(), head.id, NoteKind.TASK, 2, "oma tuntuma", keep=True),
        Calibration(new_id(), IDS[0], A_DAY, (310_000, 280_000)),
        trained_at(IDS[0]),
        WorkEntry(
            new_id(), IDS[0], date(2026, 11, 9), 95, "mim", Work.NO_SHOW, Side.SUPERVISION, "Tekaistu", "Toimisto",
            Delivery.VIDEO, 21, "meeting", pair.meeting.id, pair.case.id, IDS[1], A_DAY, children=2, adults=1,
            participants=6,
        ),
        Period(new_id(), IDS[0], date(2020, 1, 1), date(2020, 12, 31), A_DAY),
        price := Price(
            new_id(), "Tekaistu", "mim", date(2026, 1, 1), PricePer.UNIT, 9_550, 57, (Work.MEETING, Work.OTHER), 255,
            last=date(2026, 12, 31),
        ),
        InvoiceBasis(
            new_id(), 1, A_DAY, IDS[0], Side.CLIENTS, "Tekaistu", date(2026, 11, 1), date(2026, 11, 30),
            (line_of("k", "r", date(2026, 11, 9), "meeting", 95, price),),
        ),
        ClosedStatistics(
            new_id(), 2019, Side.CLIENTS, date(2019, 1, 1), date(2019, 3, 31), A_DAY, IDS[0], '{"report": {}}'
        ),
        Letterhead(new_id(), "Esimerkki Oy", ("Esimerkkikatu 1", "00100 Helsinki"), b"\x89PNG", "Esimerkin logo"),
        PartnerKey(new_id(), IDS[0], IDS[2], "age1" + "q" * 58, A_DAY, A_DAY),
        MadeBackup("havainto-backup-20261103-091500", A_DAY, "/muisti", "mark", A_DAY),
        text,
        Paragraph(
            new_id(), text.id, "background", "m", (Run("a", bold=True), Run("b", evidence="e")), ParagraphKind.TABLE,
            "q", by_hand=True, cells=(("x", "y"), ("1", "2")), about="taulukko",
        ),
        MarginComment(
            new_id(), text.id, "background", "p", "sanat", IDS[0], A_DAY, "tarkista",
            (MarginAnswer(IDS[0], A_DAY, "ok"),), A_DAY,
        ),
        Evidence(new_id(), text.id, "rating", "sanat", pair.meeting.id, ("c",), ("r1", "r2"), -4, None, "S"),
        *everything_of_supervision(IDS[0], IDS[2]),
    )  # fmt: skip


def licensed_package(**fields):
    """Plainly made-up words in the place of anybody's."""
    words = Words("ZORKKI", "ZORKK", "ZORK")
    task = LicensedTask("A1", words, words, ("S", "C"), ("K",), ("touch",), Words("ZORKKEJA", "", ""), (3, 1))
    made = LicensedPackage(
        package_id("tekaistu", 1), "tekaistu", 1, "Tekaistu pakkaus", "Oikeudet Oy", "L-1", "Kunta", date(2030, 1, 31),
        A_DAY, IDS[0], IDS[:2], ("instrument/tekaistu/1",), (task,),
    )  # fmt: skip
    return replace(made, **fields)


def trained_at(worker_id):
    figures = (
        TrainingFigure(Measured.STATE, "dyad", 0.86, 0.78, 0.5, 0.91, 600),
        TrainingFigure(Measured.EVENTS, "adult1", None, None, None, None, 0),
    )
    return TrainingResult(new_id(), worker_id, new_id(), A_DAY, "core", 2, 9, 120, figures, own=True)


def by_file(everything):
    """As steps are taken: each of one sealed coding, or of the archive."""
    places: dict[str, list] = {}
    for entity in everything:
        places.setdefault(coding_of(entity), []).append(entity)
    return [places.pop(""), *places.values()]


def test_every_kind_comes_back_equal(pair):
    everything = one_of_everything(pair)
    # certificates come from their own door: tests/contracts/test_erasing.py
    # a common view's own kinds need both codings ready, and what goes between computers its own acts: below;
    # a reference needs a common view: test_training.py
    # what a statement has from its check to *final*: test_statement_stages.py
    between = {TakenPackage, SentCoding, PartnerCoding, ApprovedText, Reading, FinalStatement}
    between |= {Signature, PaperSignature}  # test_signatures.py
    between |= {Redaction, RedactedCopy}  # test_redacted_copies.py
    between |= {StatementDelivery}  # test_deliveries.py
    assert {type(e) for e in everything} == {k.entity for k in KINDS} - {Erasure, Reference, *TOGETHER, *between}
    for some in by_file(everything):
        pair.a.apply("some", [added(e) for e in some])
    for entity in everything:
        assert pair.a.get(type(entity), entity.id) == entity
        assert entity in pair.a.find(type(entity))
        assert type(pair.a.get(type(entity), entity.id)) is type(entity)


def test_what_goes_between_computers_comes_back_equal_and_is_written_in_its_own_acts_alone(pair):
    taken = TakenPackage(new_id(), pair.meeting.id, IDS[1], A_DAY, A_DAY, (TakenRow("r", "d"), TakenRow("s", "e")))
    theirs = PartnerCoding(new_id(), pair.meeting.id, IDS[1], new_id(), "c" * 64, A_DAY, A_DAY)
    for entity in (taken, theirs):
        refused(pair.a, "taken-in-is-no-step", added(entity))
        pair.a.apply("in", [added(entity)], act="package-taken-in")
        assert pair.a.find(type(entity)) == (entity,)
        for change in (removed(entity), Change(entity, replace(entity, made=A_DAY.replace(year=2027)))):
            with pytest.raises(NotAllowed, match="taken-in-is-no-step"):
                pair.a.apply("x", [change], act="package-taken-in")
    opened = replace(theirs, opened=A_DAY)
    pair.a.apply("in", [Change(theirs, opened)], act="partner-coding-opened")
    head, *_ = coded(pair)
    sent = SentCoding(new_id(), pair.meeting.id, head.id, IDS[1], "d" * 64, A_DAY)
    refused(pair.a, "coding-not-ready", added(sent))
    ready = make_ready(pair.a, head)
    refused(pair.b, "coding-not-yours", added(sent))
    pair.a.apply("sent", [added(sent)])
    assert pair.a.get(SentCoding, sent.id) == sent
    refused(pair.a, "coding-sent", Change(ready, replace(ready, state=CodingState.DRAFT, ready_at=None, checksum="")))
    refused(pair.a, "coding-sent", added(replace(sent, id=new_id())))
    refused(pair.a, "both-ready", Change(sent, replace(sent, withdrawn=A_DAY)))
    refused(pair.a, "key-before-coding", Change(sent, replace(sent, key_for="e" * 64)))
    refused(pair.a, "sent-coding-fixed", removed(sent))
    pair.a.apply("key", [Change(sent, with_key := replace(sent, key_for=theirs.commitment))])
    refused(pair.a, "sent-coding-fixed", Change(with_key, replace(with_key, withdrawn=A_DAY)))
    assert pair.b.find(SentCoding) == (with_key,)


def is_for_good(entity) -> bool:
    used = isinstance(entity, StoredContent) and entity.kind == ContentKind.TEMPLATE
    kept = Recording | PartnerKey | ReliabilitySample | Hold | GuestPass | Showing | Period
    kept |= InvoiceBasis | ClosedStatistics
    return used or isinstance(entity, kept)


def test_every_kind_can_be_edited_and_removed(pair):
    held = one_of_everything(pair)
    everything = [e for e in held if not is_for_good(e)]
    pair.a.apply("films", [added(e) for e in held if isinstance(e, Recording)])
    pair.a.apply("kept", [added(templates.content(NAMED))])
    for some in by_file(everything):
        pair.a.apply("some", [added(e) for e in some])
    # children before or after what they belong to: a step has no order within
    for some in reversed(by_file(everything)):
        pair.a.apply("gone", [removed(e) for e in some])
    for entity in everything:
        with pytest.raises(StoreError) as caught:
            pair.a.get(type(entity), entity.id)
        assert caught.value.key == "not-found"
    for some in by_file(list(reversed(everything))):
        pair.a.apply("undo", [added(e) for e in some])
    assert all(pair.a.get(type(e), e.id) == e for e in everything)


def test_a_hold_can_only_be_ended(pair):
    hold = Hold(new_id(), pair.case.id, date(2026, 1, 1), IDS[0], "valitus")
    pair.a.apply("held", [added(hold)])
    refused(pair.b, "hold-stays", removed(hold))
    refused(pair.b, "hold-stays", Change(hold, replace(hold, ground="muu", ended=date(2026, 2, 1))))
    over = replace(hold, ended=date(2026, 2, 1))
    pair.b.apply("ended", [Change(hold, over)])
    refused(pair.a, "hold-stays", Change(over, hold))
    assert pair.a.get(Hold, hold.id) == over


def test_what_is_seen_on_a_film_is_coded_and_a_note_stays_its_writers(pair):
    talk = Meeting(new_id(), pair.case.id, A_DAY, pair.adult.id, "", NOBODY, "interview")
    pair.a.apply("m", [added(talk)])
    for kind in (NoteOf.SEEN, NoteOf.INTERPRETED):
        refused(pair.a, "note-left-to-coding", added(MeetingNote(new_id(), pair.meeting.id, kind, A_DAY, IDS[0])))
        pair.a.apply("n", [added(MeetingNote(new_id(), talk.id, kind, A_DAY, IDS[0]))])
    said = MeetingNote(new_id(), pair.meeting.id, NoteOf.SAID, A_DAY, IDS[0], "alku")
    refused(pair.b, "note-of-another", added(said))
    pair.a.apply("n", [added(said)])
    refused(pair.a, "note-left-to-coding", Change(said, replace(said, kind=NoteOf.SEEN)))
    refused(pair.b, "note-of-another", Change(said, replace(said, worker_id=IDS[1])))
    pair.b.apply("n", [Change(said, whole := replace(said, text="alku ja loppu"))])
    assert pair.a.get(MeetingNote, said.id) == whole


def test_a_step_touches_one_sealed_coding_or_none(pair):
    head, first, *_ = coded(pair)
    note = replace(first, note="x")
    for other in (Segment(new_id(), pair.meeting.id, 1, 0, 9), header(pair, kind=CodingKind.REFERENCE)):
        with pytest.raises(AssertionError, match="one sealed coding"):
            pair.a.apply("mixed", [Change(first, note), added(other)])
    assert pair.a.get(Observation, first.id) == first
    # what a refusal says comes first
    refused(pair.a, "coding-exists", added(header(pair)), added(Segment(new_id(), pair.meeting.id, 1, 0, 9)))
    make_ready(pair.a, head)


def test_enums_come_back_as_enums(pair):
    head, *_ = coded(pair)
    assert isinstance(pair.a.get(CodingHeader, head.id).state, CodingState)


# ── finding ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_find_by_fields(pair):
    head, first, *_ = coded(pair)
    more = [Observation(new_id(), head.id, code, "child1", 5) for code in ("S1", "S2", "S3")]
    pair.a.apply("more", [added(o) for o in reversed(more)])
    find = pair.a.find
    assert find(Observation, coding_id=head.id) == (first, *more)
    assert find(Observation, coding_id=head.id, code=("S2", "S3")) == tuple(more[1:])
    assert find(Observation, code="S1", person="child1") == (more[0],)
    assert find(Observation, end=None) == (first, *more)
    assert find(Observation, code=()) == ()
    assert find(Observation, how=How.IMPORTED) == ()
    assert find(CodingHeader, state="draft") == (head,) == find(CodingHeader, state=(CodingState.DRAFT,))
    assert find(Consent, given=date(2020, 1, 1)) == ()
    assert [w.id for w in find(Worker)] == sorted(IDS)


def test_what_is_not_there(pair):
    with pytest.raises(StoreError) as caught:
        pair.a.get(Case, pair.meeting.id)
    assert caught.value.key == "not-found"


def test_the_store_is_its_workers(pair):
    assert [s.worker.name for s in (pair.a, pair.b, pair.c)] == ["Aino", "Leena", "Third"]


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_commit_time_is_aware_and_now(pair):
    before = datetime.now(UTC)
    at = pair.a.apply("x", [added(Case(new_id(), "K", IDS[0]))])
    assert before <= at <= datetime.now(UTC)
    assert at.tzinfo is UTC


def test_a_stale_before_is_refused_by_value_and_nothing_of_the_step_stays(pair):
    _, observation, *_ = coded(pair)
    newer = replace(observation, note="newer")
    pair.a.apply("edit", [Change(observation, newer)])
    more = Observation(new_id(), observation.coding_id, "S1", "adult1", 9)
    stale = (
        Change(observation, replace(observation, code="S9")),
        removed(observation),
        added(observation),
        removed(replace(more, id=new_id())),
        Change(replace(newer, start=2), newer),
    )
    for change in stale:
        with pytest.raises(StaleChange):
            pair.a.apply("x", [added(more), change])
    assert pair.a.get(Observation, observation.id) == newer
    assert more not in pair.a.find(Observation)
    assert len(pair.a.history(more.id)) == 0
    with pytest.raises(StaleChange):
        pair.a.apply("x", [added(Case(new_id(), "K", IDS[0])), removed(Case(new_id(), "none", IDS[0]))])
    assert pair.a.find(Case) == (pair.case,)
    equal = replace(newer, note="newer")
    pair.a.apply("an equal value is not stale", [Change(equal, replace(newer, code="S9"))])


def test_one_entity_may_change_twice_in_a_step(pair):
    case = Case(new_id(), "K", IDS[0])
    named = replace(case, code_name="L")
    pair.a.apply("x", [added(case), Change(case, named)])
    assert pair.a.get(Case, case.id) == named
    pair.a.apply("x", [Change(named, case), removed(case), added(case)])
    assert pair.a.get(Case, case.id) == case
    with pytest.raises(StaleChange):
        pair.a.apply("x", [Change(case, named), Change(case, named)])
    fleeting = Case(new_id(), "F", IDS[0])
    pair.a.apply("x", [added(fleeting), removed(fleeting)])
    assert fleeting not in pair.a.find(Case)


def test_a_part_needs_its_whole(pair):
    for change in (added(Person(new_id(), new_id(), Role.CHILD, "x")), removed(pair.case)):
        with pytest.raises(StoreError) as caught:
            pair.a.apply("x", [change])
        assert caught.value.key == "broken-reference"
    assert pair.a.get(Case, pair.case.id) == pair.case


def test_rows_of_some_acts_keep_their_numbers(pair):
    pair.a.note("export", Case, pair.case.id)
    pair.a.note("recovered", Worker, IDS[0])
    every = pair.a.audit_log()
    asked = pair.a.audit_log(acts=("recovered", "restored"))
    assert asked == tuple(e for e in every if e.act == "recovered")
    assert [e.number for e in asked] == [len(every)]
    assert pair.a.audit_log(pair.case.id, acts=("export",)) == (every[-2],)
    assert pair.a.audit_log(pair.case.id, acts=("recovered",)) == ()


def test_an_empty_step_leaves_no_trace(pair):
    rows = len(pair.a.audit_log())
    assert pair.a.apply("nothing", []).tzinfo is UTC
    assert len(pair.a.audit_log()) == rows


def test_reads_from_another_thread_while_one_writes(pair):
    head, first, *_ = coded(pair)
    wrong, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            seen = pair.a.find(Observation, coding_id=head.id)
            # a step adds two: never half of it is seen
            if first not in seen or len(seen) % 2 == 0:
                wrong.append(len(seen))

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for n in range(40):
            two = [Observation(new_id(), head.id, "S1", "adult1", n) for _ in range(2)]
            pair.a.apply("two", [added(o) for o in two])
        stop.set()
        for reader in readers:
            reader.result()
    assert wrong == []
    assert len(pair.a.find(Observation, coding_id=head.id)) == 81


def test_after_close_nothing_is_given(pair):
    pair.a.close()
    pair.a.close()
    for ask in (lambda: pair.a.find(Case), lambda: pair.a.apply("x", [added(Case(new_id(), "K", IDS[0]))])):
        with pytest.raises(StoreError) as caught:
            ask()
        assert caught.value.key == "closed"


# ── independence ──────────────────────────────────────────────────────────────────────────────────────────────────────


def everything_offered(store, ids):
    """All that a store says to its worker when every question is asked, as one text."""
    kinds = [k.entity for k in KINDS]
    said = [store.find(kind) for kind in kinds]
    said += [store.find(kind, id=tuple(ids)) for kind in kinds]
    for entity_id in ids:
        said += [store.history(entity_id), store.audit_log(entity_id)]
        for kind in kinds:
            try:
                said.append(store.get(kind, entity_id))
            except StoreError as error:
                said.append((error.key, error.values, str(error)))
    said += [
        store.audit_log(),
        store.verify(),
        store.worker,
        [store.audit_of_case(entity_id) for entity_id in ids],
        [store.audit_of_case(case.id) for case in store.find(Case)],
        [store.pairs_of(ids), store.films_of(ids), store.films_kept(), store.finals_without_document()],
        [store.films_over(date(9999, 1, 1), date(9999, 1, 1)), store.open_cases()],
        store.work_of_pairs(Days(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))),
        [store.find(k.entity, coding_id=tuple(ids)) for k in KINDS if k.parent == "coding_id"],
    ]
    return repr(said)


def test_private_notes_and_calibrations_stay_their_workers_own_also_when_both_are_ready(pair):
    heads = [coded(pair, n)[0] for n in range(2)]
    note = PrivateNote(new_id(), heads[0].id, NoteKind.IMPRESSION, text="CANARY-impression")
    measured = Calibration(new_id(), IDS[0], A_DAY, (300_000,) * 9)
    pair.a.apply("CANARY-label", [added(note)])
    pair.a.apply("CANARY-label", [added(measured)])
    later = replace(note, text="CANARY-later")
    pair.a.apply("CANARY-label", [Change(note, later)])
    make_ready(pair.a, heads[0])
    make_ready(pair.b, heads[1])
    for store in (pair.b, pair.c):
        assert store.find(PrivateNote) == () == store.find(Calibration)
        assert store.history(note.id) == () == store.history(measured.id)
        assert "CANARY" not in everything_offered(store, [note.id, measured.id, heads[0].id])
    assert pair.a.find(PrivateNote) == (later,)
    assert pair.a.find(Calibration) == (measured,)
    assert all("text" not in (e.before or {}) and "text" not in (e.after or {}) for e in pair.a.history(note.id))


def test_a_calibration_is_its_workers_own(pair):
    refused(pair.b, "calibration-not-yours", added(Calibration(new_id(), IDS[0], A_DAY, ())))


def test_a_partners_key_is_made_sure_of_by_its_own_worker_and_only_ends(pair):
    key = PartnerKey(new_id(), IDS[0], IDS[2], "age1x", A_DAY)
    refused(pair.b, "partner-key-not-yours", added(key))
    pair.a.apply("x", [added(key)])
    assert pair.b.find(PartnerKey) == (key,)
    ended = replace(key, ended=A_DAY)
    refused(pair.b, "partner-key-not-yours", Change(key, ended))
    refused(pair.b, "partner-key-not-yours", removed(key))
    refused(pair.a, "partner-key-fixed", removed(key))
    for other in (
        replace(key, receiving_key="age1y"),
        replace(ended, person_id=IDS[1]),
        replace(key, confirmed=datetime.now(UTC)),
    ):
        refused(pair.a, "partner-key-fixed", Change(key, other))
    refused(pair.a, "partner-key-not-yours", Change(key, replace(key, worker_id=IDS[1])))
    pair.a.apply("x", [Change(key, ended)])
    refused(pair.a, "partner-key-fixed", Change(ended, key))


def canary_step(pair):
    """A coding of A's in which every field that can say something says CANARY."""
    head = header(pair, covered=(Stretch(0, 1_000_000), Stretch(123_456_789, 987_654_321)), checksum="CANARY-sum")
    parts = (
        Observation(new_id(), head.id, "CANARY-code", "adult1", 777_111, modifiers=("CANARY-m",), note="CANARY-note"),
        Mark(new_id(), head.id, MarkKind.ASK, 777_222, "CANARY-ask"),
        Rating(new_id(), head.id, "CANARY-item", 4, "CANARY-reason", ("CANARY-ev",)),
    )
    a = pair.a
    a.apply("CANARY-label", [added(head), *(added(p) for p in parts)], act="create")
    gone = Observation(new_id(), head.id, "CANARY-gone", "adult1", 777_333)
    a.apply("CANARY-added", [added(gone)])
    a.apply("CANARY-removed", [removed(gone)])
    segment = Segment(new_id(), pair.meeting.id, 1, 0, 100)
    edited = replace(parts[0], note="CANARY-edited")
    a.apply("CANARY-edit", [Change(parts[0], edited)])
    a.apply("tasks", [added(segment)])
    for entity in (head, *parts):
        a.note("view", type(entity), entity.id, "CANARY detail")
    a.note("export", CodingHeader, head.id, "777444")
    return (head, edited, *parts[1:], gone), segment


def test_the_walk_nothing_of_the_other_until_both_are_ready(pair):
    mine, segment = canary_step(pair)
    head = mine[0]
    theirs = coded(pair, 1)[0]
    ids = [e.id for e in mine]
    shared = [segment.id, pair.meeting.id, pair.case.id, theirs.id, *IDS]
    canaries = ["CANARY", "777111", "777222", "777333", "777444", "123456789", *ids]

    def leaks(store):
        # asking by an id makes nobody tell it: the question's own echo would be in errors only, and there it is not
        text = everything_offered(store, [*ids, *shared])
        return [c for c in canaries if c in text]

    def leaks_nowhere():
        assert leaks(pair.b) == []
        assert leaks(pair.c) == []
        assert set(canaries) - set(leaks(pair.a)) == set()

    leaks_nowhere()
    assert pair.b.coding_states(pair.meeting.id) == {IDS[0]: "draft", IDS[1]: "draft"}
    ready = make_ready(pair.a, head)
    leaks_nowhere()
    assert pair.b.coding_states(pair.meeting.id) == {IDS[0]: "ready", IDS[1]: "draft"}
    assert pair.b.awaited(pair.meeting.id) == ()
    make_ready(pair.b, theirs)
    for store in (pair.b, pair.c):
        open_now = everything_offered(store, [*ids, *shared])
        assert [c for c in canaries if c not in open_now] == []
    assert pair.b.get(CodingHeader, head.id) == ready


def said(pair, start=0, text="Katso", **more):
    return Utterance(timeless_id(), pair.meeting.id, start, start + 1_000_000, Voice.OTHER, text, **more)


def test_what_was_said_is_everybodys_and_its_writer_nobodys_until_both_are_ready(pair):
    mine, theirs = coded(pair, 0)[0], coded(pair, 1)[0]
    first, second = said(pair), said(pair, 5_000_000, "Tässä")
    pair.a.apply("CANARY-label", [added(first), added(second)])
    edited = replace(first, text="Katsopa")
    pair.a.apply("CANARY-label", [Change(first, edited)])
    pair.a.apply("CANARY-gone", [removed(second)])
    ids = [first.id, second.id]
    rows = [e for e in pair.a.audit_log(pair.meeting.id) if "utterance=" in e.detail]
    assert [e.detail.split(";")[0] for e in rows] == ["utterance=2", "utterance=1", "utterance=1"]
    assert len(pair.a.history(first.id)) == 2

    def tells(store):
        """Anything but the words themselves: of whom, when, and of which step."""
        kept = store.find(Utterance)
        assert kept == (edited,)
        assert store.get(Utterance, first.id) == edited
        text = everything_offered(store, ids)
        of_lines = [e for e in store.audit_log() if "utterance" in e.detail or e.object_id in ids]
        return bool(of_lines or "CANARY" in text or any(store.history(i) for i in ids))

    # the id says no time either
    with pytest.raises(ValueError):
        made_at(edited.id)
    assert not tells(pair.b)
    assert not tells(pair.c)
    ready = make_ready(pair.a, mine)
    assert not tells(pair.b)
    # the partner writes too, and the same holds the other way round
    by_b = replace(edited, text="Katsopas")
    pair.b.apply("CANARY-b", [Change(edited, by_b)])
    assert "CANARY-b" not in everything_offered(pair.a, ids)
    pair.b.apply("back", [Change(by_b, edited)])
    make_ready(pair.b, theirs)
    assert tells(pair.b)
    assert tells(pair.c)
    assert {e.worker_id for e in pair.c.history(first.id)} == set(IDS[:2])
    # a reading anew is alone again, and so is who writes meanwhile
    agreed(pair)
    pair.b.apply("again", [added(header(pair, 1, reading=2))])
    assert not tells(pair.c)
    assert ready.state == CodingState.READY


def test_a_line_is_found_in_an_order_that_tells_no_time(pair):
    """Ten lines written in the order of the film: sorted as the store gives them, they are in some other order."""
    orders = set()
    for _ in range(4):
        lines = [said(pair, second * 1_000_000) for second in range(10)]
        for line in lines:
            pair.a.apply("x", [added(line)])
        found = pair.b.find(Utterance, id=tuple(u.id for u in lines))
        orders.add(tuple(u.start for u in found))
        assert sorted(found, key=lambda u: u.start) == lines
    assert len(orders) > 1


def test_every_method_of_the_port_is_walked():
    offered = {n for n, _ in inspect.getmembers(ports.Store) if not n.startswith("_")}
    walked = {"find", "get", "history", "audit_log", "coding_states", "awaited", "verify", "worker"}
    walked |= {"audit_of_case", "pairs_of", "films_of", "films_kept", "films_over", "open_cases", "work_of_pairs"}
    walked |= {"me", "finals_without_document"}
    of_no_coding = {"cases", "meetings", "is_code_name_taken", "has", "year_of_work", "years_of_work"}
    of_no_coding |= {"billable", "customers_of_year", "months_of_work", "work_between"}
    assert offered - walked - of_no_coding == {"apply", "note", "close"}


def test_numbers_of_the_log_do_not_count_what_is_hidden(pair):
    canary_step(pair)
    assert [e.number for e in pair.b.audit_log()] == list(range(1, len(pair.b.audit_log()) + 1))
    assert len(pair.a.audit_log()) > len(pair.b.audit_log())


def test_another_worker_cannot_touch_a_coding(pair):
    head, *parts = coded(pair)
    for store in (pair.b, pair.c):
        for part in parts:
            refused(store, "coding-not-yours", removed(part))
            refused(store, "coding-not-yours", added(replace(part, id=new_id())))
        refused(store, "coding-not-yours", removed(head))
        refused(store, "coding-not-yours", Change(head, replace(head, checksum="x")))
        refused(store, "coding-not-yours", Change(head, replace(head, coder=store.me)))
        refused(store, "coding-not-yours", added(replace(parts[0], id=new_id(), coding_id=new_id())))
    mine, *_ = coded(pair, 1)
    stolen = replace(parts[0], coding_id=mine.id)
    refused(pair.b, "moved", Change(parts[0], stolen))
    refused(pair.b, "moved", Change(stolen, parts[0]))
    for change in (Change(stolen, replace(stolen, code="x")), removed(stolen)):
        with pytest.raises(StaleChange):
            pair.b.apply("x", [change])
    # also when both are ready it stays its coder's
    ready = make_ready(pair.a, head)
    make_ready(pair.b, mine)
    refused(pair.b, "coding-not-yours", removed(parts[0]))
    refused(pair.b, "coding-not-yours", Change(ready, head))


def test_nothing_in_a_ready_coding_changes(pair):
    head, *parts = coded(pair)
    ready = make_ready(pair.a, head)
    for part in parts:
        refused(pair.a, "coding-ready", removed(part))
        refused(pair.a, "coding-ready", added(replace(part, id=new_id())))
    refused(pair.a, "coding-ready", Change(parts[0], replace(parts[0], note="x")))
    refused(pair.a, "coding-ready", Change(ready, replace(ready, covered=(Stretch(0, 1),))))
    refused(pair.a, "coding-ready", Change(ready, replace(head, covered=(Stretch(0, 1),))))
    refused(pair.a, "coding-ready", removed(ready))
    # not even in the step that takes it back
    refused(pair.a, "coding-ready", Change(ready, head), removed(parts[0]))


def test_ready_is_taken_back_only_while_the_other_is_not(pair):
    head, observation, *_ = coded(pair)
    theirs, *_ = coded(pair, 1)
    ready = make_ready(pair.a, head)
    pair.a.apply("back", [Change(ready, head)])
    assert [e.act for e in pair.a.audit_log(head.id)] == ["create", "ready", "ready-taken-back"]
    pair.a.apply("edit", [removed(observation)])
    ready = make_ready(pair.a, head)
    make_ready(pair.b, theirs)
    refused(pair.a, "both-ready", Change(ready, head))


def test_one_coding_per_coder_and_meeting(pair):
    head, *_ = coded(pair)
    refused(pair.a, "coding-exists", added(header(pair)))
    refused(pair.b, "coding-exists", added(header(pair, 1)), added(header(pair, 1)))
    pair.a.apply("x", [removed(e) for e in (*pair.a.find(Observation), *pair.a.find(Mark), *pair.a.find(Rating), head)])
    pair.a.apply("again", [added(header(pair))])


def third(pair, store, coder, kind, **more):
    """A coding of a kind with one observation that says CANARY."""
    head = header(pair, coder, kind=kind, **more)
    point = Observation(new_id(), head.id, "CANARY-code", "adult1", 5, note="CANARY-note")
    store.apply("CANARY-label", [added(head), added(point)])
    return head


def agreed(pair):
    """A common view of two ready codings in which nothing differs, confirmed by both."""
    a, b = sorted(pair.a.find(CodingHeader, kind=CodingKind.OWN, reading=1), key=lambda h: IDS.index(h.coder))
    head = header(pair, kind=CodingKind.COMMON_VIEW)
    view = CommonView(new_id(), head.id, a.id, b.id, 1, 1, 1)
    by_a, by_both = confirmation(view, 0), confirmation(view, 0, 1)
    pair.a.apply("begun", [added(head), added(view)])
    pair.a.apply("a", [Change(view, by_a)])
    pair.b.apply("b", [Change(by_a, by_both), Change(head, as_ready(head))])
    return head, by_both


def both_codings_ready(pair, reading=1):
    heads = []
    for coder, store in enumerate((pair.a, pair.b)):
        head = header(pair, coder, reading=reading)
        store.apply("begun", [added(head)])
        heads.append(head)
    return [make_ready(store, head) for store, head in zip((pair.a, pair.b), heads, strict=True)]


def test_a_reference_is_its_coders_alone_until_it_and_the_pair_are_ready(pair):
    first = third(pair, pair.c, 2, CodingKind.REFERENCE)

    def told(stores):
        return [everything_offered(s, [first.id, pair.meeting.id]).count("CANARY") > 0 for s in stores]

    pair.c.note("view", CodingHeader, first.id)
    assert told([pair.a, pair.b, pair.c]) == [False, False, True]
    ready = make_ready(pair.c, first)
    assert told([pair.a, pair.b]) == [False, False]
    pair.c.apply("a reference may be gone on with until then", [Change(ready, first)])
    ready = make_ready(pair.c, first)
    both_codings_ready(pair)
    assert told([pair.a, pair.b]) == [True, True]
    refused(pair.c, "both-ready", Change(ready, first))


def test_a_third_coding_is_never_one_of_the_pair(pair):
    head, *_ = coded(pair)
    make_ready(pair.a, head)
    for coder, store in enumerate((pair.a, pair.b, pair.c)):
        make_ready(store, third(pair, store, coder, CodingKind.REFERENCE))
    # three workers have something ready, and the pair is not
    assert pair.b.coding_states(pair.meeting.id) == {IDS[0]: CodingState.READY}
    assert pair.c.coding_states(pair.meeting.id) == {IDS[0]: CodingState.READY}
    for store in (pair.b, pair.c):
        assert store.find(CodingHeader, coder=IDS[0]) == ()
        assert "note-0" not in everything_offered(store, [head.id])
    refused(pair.a, "pair-not-ready", added(header(pair, kind=CodingKind.COMMON_VIEW)))


def test_a_third_coding_never_stands_in_the_pairs_way(pair):
    other = replace(pair.meeting, coders=(IDS[0], IDS[2]))
    reference = third(pair, pair.c, 2, CodingKind.REFERENCE)
    pair.a.apply("coders", [Change(pair.meeting, other)])
    pair.a.apply("coders", [Change(other, pair.meeting)])
    make_ready(pair.c, reference)
    segment = Segment(new_id(), pair.meeting.id, 1, 0, 10)
    film = recording(pair.meeting.id)
    clip = ExampleClip(new_id(), "core", "AS", film.id, 0, 40_000)
    pair.b.apply("tasks and an example", [added(e) for e in (segment, film, clip)])
    first, second = both_codings_ready(pair)
    assert set(pair.b.find(CodingHeader, kind=CodingKind.OWN)) == {first, second}


def test_the_common_view_begins_when_both_are_ready_and_is_everybodys_at_once(pair):
    for store, coder in ((pair.a, 0), (pair.b, 1)):
        refused(store, "pair-not-ready", added(header(pair, coder, kind=CodingKind.COMMON_VIEW)))
    both_codings_ready(pair)
    refused(pair.c, "not-a-coder", added(header(pair, 2, kind=CodingKind.COMMON_VIEW)))
    common = third(pair, pair.a, 0, CodingKind.COMMON_VIEW)
    assert pair.b.get(CodingHeader, common.id) == common == pair.c.get(CodingHeader, common.id)
    refused(pair.b, "coding-exists", added(header(pair, 1, kind=CodingKind.COMMON_VIEW)))
    assert set(pair.b.coding_states(pair.meeting.id).values()) == {CodingState.READY}
    ready = replace(common, state=CodingState.READY, ready_at=datetime.now(UTC), checksum="sum")
    refused(pair.a, "not-both-confirmed", Change(common, ready))


# a common view


def view_begun(pair, store=None, coder=0):
    """A common view with an event that both marked, and three differences of which nothing is decided."""
    a, b = both_codings_ready(pair)
    head = header(pair, coder, kind=CodingKind.COMMON_VIEW)
    view = CommonView(new_id(), head.id, a.id, b.id, 1_000_000, 1_000_000, 2_000_000)
    shared = Observation(new_id(), head.id, "AS", "adult1", 5_000_000)
    origin = common_view.Origin(origin_id(shared.id), head.id, shared.id, Came.BOTH, ("a1",), ("b1",))
    lone = Decision(
        new_id(), head.id, DisagreementKind.UNPAIRED, "adult1", "", 7_000_000, None, "CANARY-code", "", ("CANARY-a2",)
    )
    state = Decision(
        new_id(), head.id, DisagreementKind.STATE, "dyad", "D", 9_000_000, 15_000_000, "DS1", "DS2", ("a3",), ("b3",),
        exclusive=True, exhaustive=True, weight=3 * 10**15,
    )  # fmt: skip
    rated = Decision(
        new_id(), head.id, DisagreementKind.RATING, "", "", None, None, "2", "4", ("a4",), ("b4",), "i1", exclusive=True
    )
    everything = (head, view, shared, origin, lone, state, rated)
    (store or pair.a).apply("CANARY-label", [added(e) for e in everything], act="create")
    return everything


def decided(d, coder=0, verdict=Verdict.A, **more):
    return replace(d, verdict=verdict, decided_by=IDS[coder], decided_at=datetime.now(UTC), **more)


def confirmation(view, *coders):
    return replace(view, confirmations=tuple(Confirmation(IDS[c], A_DAY) for c in coders))


def as_ready(head):
    return replace(head, state=CodingState.READY, ready_at=A_DAY, checksum="sum")


def test_a_common_view_comes_back_equal_and_is_everybodys(pair):
    everything = view_begun(pair)
    assert {type(e) for e in everything} >= set(TOGETHER)
    marks = (NewMark("DS3", "dyad", 9_000_000, 15_000_000),)
    new = decided(everything[5], 1, Verdict.NEW, new_marks=marks, reason="CANARY-reason")
    pair.b.apply("CANARY-step", [Change(everything[5], new)])
    for store in (pair.a, pair.b, pair.c):
        for entity in (*everything[:5], new, everything[6]):
            assert store.get(type(entity), entity.id) == entity
            assert entity in store.find(
                type(entity), **({} if entity.id == everything[0].id else {"coding_id": everything[0].id})
            )
        assert [e.label for e in store.history(new.id)] == ["CANARY-label", "CANARY-step"]
    pair.a.apply("all of it goes", [removed(e) for e in (*everything[:5], new, everything[6])])
    assert pair.b.find(Decision) == () == pair.b.find(common_view.Origin) == pair.b.find(CommonView)
    pair.a.apply("and comes", [added(e) for e in everything])


def test_the_pair_decides_and_nobody_else(pair):
    head, view, shared, _, lone, *_ = view_begun(pair)
    for change in (Change(lone, decided(lone, 2)), removed(shared), Change(view, confirmation(view, 2)), removed(head)):
        refused(pair.c, "coding-not-yours", change)
    pair.b.apply("the other one of the pair", [Change(lone, decided(lone, 1))])


def test_who_decides_is_who_is_signed_in(pair):
    lone = view_begun(pair)[4]
    refused(pair.a, "decision-of-another", Change(lone, decided(lone, 1)))
    theirs = decided(lone, 1)
    pair.b.apply("b", [Change(lone, theirs)])
    mine = decided(lone, 0, Verdict.B)
    pair.a.apply("a", [Change(theirs, mine)])
    again = decided(lone, 0, Verdict.NEITHER, reason="x")
    pair.a.apply("a", [Change(mine, again)])
    refused(pair.a, "decision-of-another", Change(again, theirs))
    refused(pair.a, "decision-of-another", Change(again, replace(theirs, reason="never said")))
    pair.a.apply("undo", [Change(again, mine)])
    refused(pair.a, "decision-of-another", Change(mine, replace(theirs, decided_at=A_DAY)))
    pair.a.apply("what was replaced comes back as it was", [Change(mine, theirs)])


def test_what_the_partner_decided_while_leading_comes_under_the_partners_name(pair):
    lone = view_begun(pair)[4]
    theirs = decided(lone, 1)
    refused(pair.a, "decision-of-another", Change(lone, theirs))
    pair.a.apply("led", [Change(lone, theirs)], act=common_view.LED)
    assert pair.b.get(Decision, lone.id) == theirs
    assert "led" in {e.act for e in pair.a.audit_log()}
    stranger = replace(theirs, decided_by=pair.c.worker.id)
    with pytest.raises(NotAllowed) as told:
        pair.a.apply("led", [Change(theirs, stranger)], act=common_view.LED)
    assert told.value.key == "decision-of-another"
    with pytest.raises(NotAllowed):
        pair.c.apply("led", [Change(theirs, lone)], act=common_view.LED)


def test_only_what_is_possible_is_decided(pair):
    _, _, _, _, lone, state, rated = view_begun(pair)
    full = NewMark("DS3", "dyad", 9_000_000, 15_000_000)
    for d, verdict, more in (
        (lone, Verdict.BOTH, {}),
        (state, Verdict.BOTH, {}),
        (state, Verdict.NEITHER, {}),
        (rated, Verdict.BOTH, {}),
        (lone, Verdict.NEW, {}),
        (lone, Verdict.NEW, {"new_marks": (full,)}),
        (state, Verdict.NEW, {"new_marks": (replace(full, end=14_000_000),)}),
        (state, Verdict.NEW, {"new_marks": (replace(full, start=8_000_000),)}),
        (state, Verdict.A, {"new_marks": (full,)}),
        (lone, Verdict.A, {"new_value": 3}),
    ):
        refused(pair.a, "decision-not-possible", Change(d, decided(d, 0, verdict, **more)))
    refused(pair.a, "decision-not-possible", Change(lone, replace(lone, reason="open, with a reason")))
    for change in (
        Change(lone, replace(decided(lone), a="CE")),
        Change(state, replace(decided(state), end=14_000_000)),
        removed(lone),
        added(replace(lone, id=new_id())),
    ):
        refused(pair.a, "differences-fixed", change)


def test_a_common_view_is_begun_open_and_unconfirmed(pair):
    both_codings_ready(pair)
    head = header(pair, kind=CodingKind.COMMON_VIEW)
    view = CommonView(new_id(), head.id, "a", "b", 1, 1, 1)
    lone = Decision(new_id(), head.id, DisagreementKind.UNPAIRED, "adult1", "", 7, None, "AS", "", ("a2",))
    refused(pair.a, "differences-fixed", added(head), added(view), added(decided(lone)))
    refused(pair.a, "differences-fixed", added(head), added(confirmation(view, 0)), added(lone))
    refused(pair.a, "not-both-confirmed", added(as_ready(head)), added(view), added(lone))


def test_no_other_coding_has_decisions(pair):
    head = header(pair)
    lone = Decision(new_id(), head.id, DisagreementKind.UNPAIRED, "adult1", "", 7, None, "AS", "", ("a2",))
    for entity in (
        lone,
        CommonView(new_id(), head.id, "a", "b", 1, 1, 1),
        common_view.Origin(new_id(), head.id, "x", Came.A),
    ):
        with pytest.raises(AssertionError, match="common view"):
            pair.a.apply("x", [added(head), added(entity)])


def settled(pair):
    """A common view with all decided by A's; head, view and the decided."""
    head, view, shared, origin, *open_ones = view_begun(pair)
    done = [decided(d) for d in open_ones]
    pair.a.apply("decided", [Change(b, a) for b, a in zip(open_ones, done, strict=True)])
    return head, view, shared, origin, done


def test_it_is_confirmed_when_every_difference_is_decided(pair):
    head, view, _, _, lone, state, rated = view_begun(pair)
    mine = Change(view, confirmation(view, 0))
    refused(pair.a, "not-all-decided", mine)
    half = decided(rated, 0, Verdict.DIFFERENTLY, reason_a="said", reason_b=" ")
    pair.a.apply("x", [Change(d, decided(d)) for d in (lone, state)] + [Change(rated, half)])
    refused(pair.a, "not-all-decided", mine)
    pair.a.apply("x", [Change(half, replace(half, reason_b="said as well"))])
    stray = Observation(new_id(), head.id, "AS", "adult1", 3)
    pair.a.apply("without an origin", [added(stray)])
    refused(pair.a, "origin-missing", mine)
    pair.a.apply("x", [removed(stray)])
    refused(pair.b, "confirmation-of-another", mine)
    pair.a.apply("mine", [mine], act="confirmed")
    assert pair.b.audit_log(head.id)[-1].act == "confirmed"


def test_it_is_ready_by_both_confirmations_and_only_so(pair):
    head, view, shared, origin, done = settled(pair)
    one, two = confirmation(view, 0), confirmation(view, 0, 1)
    refused(pair.a, "confirmation-of-another", Change(view, two), Change(head, as_ready(head)))
    refused(pair.a, "not-both-confirmed", Change(view, one), Change(head, as_ready(head)))
    pair.a.apply("mine", [Change(view, one)])
    refused(pair.b, "not-both-confirmed", Change(one, two))
    pair.b.apply("hers, and ready", [Change(one, two), Change(head, as_ready(head))], act="confirmed")
    assert pair.c.get(CodingHeader, head.id).state == CodingState.READY
    ready = as_ready(head)
    for change in (
        removed(shared),
        added(replace(shared, id=new_id())),
        Change(origin, replace(origin, came=Came.A)),
        Change(done[0], decided(done[0], 0, Verdict.B)),
        added(Mark(new_id(), head.id, MarkKind.ASK, 5)),
    ):
        refused(pair.a, "confirmation-of-older-view", change)
    refused(pair.a, "coding-ready", removed(ready), removed(two))
    refused(pair.a, "coding-ready", Change(ready, replace(ready, covered=(Stretch(0, 1),))))
    refused(pair.a, "not-both-confirmed", Change(ready, head))
    # with the change of a decision both fall, in one step
    pair.b.apply("otherwise", [Change(ready, head), Change(two, view), Change(done[0], decided(done[0], 1, Verdict.B))])


def test_confirmations_stand_for_what_was_confirmed(pair):
    _, view, _, _, done = settled(pair)
    one = confirmation(view, 0)
    pair.a.apply("mine", [Change(view, one)])
    other = Change(done[0], decided(done[0], 1, Verdict.B))
    refused(pair.b, "confirmation-of-older-view", other)
    refused(pair.b, "confirmation-of-older-view", other, Change(one, confirmation(view, 1)))
    pair.b.apply("x", [other, Change(one, view)])
    refused(pair.b, "confirmation-of-another", Change(view, one))


def test_a_confirmation_is_taken_back_until_a_final_statement_cites_it(pair):
    head, view, *_ = settled(pair)
    one, two, ready = confirmation(view, 0), confirmation(view, 0, 1), as_ready(head)
    pair.a.apply("mine", [Change(view, one)])
    pair.b.apply("hers", [Change(one, two), Change(head, ready)])
    pair.b.apply("back", [Change(two, one), Change(ready, head)], act="confirmation-taken-back")
    assert pair.a.audit_log(head.id)[-1].act == "confirmation-taken-back"
    pair.b.apply("hers", [Change(one, two), Change(head, ready)])
    text = statement(pair, meetings=(pair.meeting.id,))
    cited = Evidence(new_id(), text.id, "observation", "w", pair.meeting.id, ("a", "b", head.id))
    pair.a.apply("draft", [added(text), added(cited)])
    pair.b.apply("back", [Change(two, one), Change(ready, head)])
    pair.b.apply("hers", [Change(one, two), Change(head, ready)])
    alone = begun(pair.a, text)
    pair.a.apply("one signs", [Change(text, alone)])
    _, changes = final_step(to_comments(pair.a, alone, pair.child.id))
    pair.a.apply("final", changes)
    refused(pair.b, "common-view-cited", Change(two, one), Change(ready, head))


def test_nothing_of_a_common_view_changes_the_originals(pair):
    view_begun(pair)
    for store, coder in ((pair.a, 0), (pair.b, 1)):
        (own,) = store.find(CodingHeader, kind=CodingKind.OWN, coder=IDS[coder])
        refused(store, "coding-ready", added(Observation(new_id(), own.id, "AS", "adult1", 3)))
        refused(store, "coding-ready", removed(own))


def test_no_question_tells_of_a_common_view_before_both_are_ready(pair):
    """It cannot be there; and what could be asked of its kinds says nothing."""
    mine, _ = coded(pair)[:2]
    for store in (pair.a, pair.b):
        lone = Decision(new_id(), mine.id, DisagreementKind.UNPAIRED, "adult1", "", 7, None, "CANARY", "", ("a2",))
        head = header(pair, 0 if store is pair.a else 1, kind=CodingKind.COMMON_VIEW)
        refused(store, "pair-not-ready", added(head), added(replace(lone, coding_id=head.id)))
    for store in (pair.a, pair.b, pair.c):
        assert all(store.find(kind) == () for kind in TOGETHER)
        assert "CANARY" not in everything_offered(store, [mine.id, lone.id])


def test_a_second_reading_is_alone_again(pair):
    head, *_ = coded(pair)
    refused(pair.a, "pair-not-ready", added(header(pair, reading=2)))
    make_ready(pair.a, head)
    refused(pair.a, "pair-not-ready", added(header(pair, reading=2)))
    theirs, *_ = coded(pair, 1)
    make_ready(pair.b, theirs)
    refused(pair.a, "second-common-view-open", added(header(pair, reading=2)))
    agreed(pair)
    again = third(pair, pair.a, 0, CodingKind.OWN, reading=2)
    second = make_ready(pair.a, again)
    for store in (pair.b, pair.c):
        assert "CANARY" not in everything_offered(store, [again.id, head.id])
        assert "note-0" in everything_offered(store, [head.id])
    assert pair.b.coding_states(pair.meeting.id, 2) == {IDS[0]: CodingState.READY}
    assert pair.b.coding_states(pair.meeting.id) == dict.fromkeys(IDS[:2], CodingState.READY)
    refused(pair.a, "coding-exists", added(header(pair, reading=2)))
    pair.a.apply("the other is not ready", [Change(second, again)])
    make_ready(pair.a, again)
    make_ready(pair.b, third(pair, pair.b, 1, CodingKind.OWN, reading=2))
    assert "CANARY" in everything_offered(pair.b, [again.id])
    refused(pair.a, "both-ready", Change(second, again))


def test_a_second_reading_waits_while_the_common_view_is_open_anew_and_is_not_lost(pair):
    both_codings_ready(pair)
    head, view = agreed(pair)
    mine = third(pair, pair.a, 0, CodingKind.OWN, reading=2)
    alone = confirmation(view, 0)
    pair.b.apply("taken back", [Change(view, alone), Change(as_ready(head), head)])
    ready = replace(mine, state=CodingState.READY, ready_at=A_DAY, checksum="s")
    refused(pair.a, "second-common-view-open", Change(mine, ready))
    refused(pair.b, "second-common-view-open", added(header(pair, 1, reading=2)))
    assert pair.a.get(CodingHeader, mine.id) == mine
    assert pair.a.find(Observation, coding_id=mine.id)
    pair.b.apply("confirmed again", [Change(alone, view), Change(head, as_ready(head))])
    make_ready(pair.a, mine)
    make_ready(pair.b, third(pair, pair.b, 1, CodingKind.OWN, reading=2))


def test_what_a_coding_is_one_of_never_changes(pair):
    head, *_ = coded(pair)
    for more in ({"kind": CodingKind.REFERENCE}, {"reading": 2}):
        refused(pair.a, "moved", Change(head, replace(head, **more)))


def test_only_the_meetings_coders_code(pair):
    refused(pair.c, "not-a-coder", added(header(pair, 2)))
    refused(pair.a, "coding-not-yours", added(header(pair, 1)))
    refused(pair.a, "not-a-coder", added(replace(header(pair), meeting_id=new_id())))
    elsewhere = replace(pair.meeting, id=new_id(), coders=(IDS[0], IDS[2]))
    begun = replace(header(pair, 2), meeting_id=elsewhere.id)
    pair.c.apply("meeting", [added(elsewhere)])
    pair.c.apply("coding", [added(begun)])
    assert pair.c.get(CodingHeader, begun.id) == begun


def test_coders_are_fixed_once_a_coding_exists(pair):
    other = replace(pair.meeting, coders=(IDS[0], IDS[2]))
    pair.a.apply("x", [Change(pair.meeting, other)])
    pair.a.apply("x", [Change(other, pair.meeting)])
    coded(pair, 1)
    refused(pair.a, "coders-fixed", Change(pair.meeting, other))
    pair.a.apply("the rest may change", [Change(pair.meeting, replace(pair.meeting, place="talo"))])


def test_segments_lock_with_the_first_ready(pair):
    head, *_ = coded(pair)
    segment = Segment(new_id(), pair.meeting.id, 1, 0, 10)
    pair.b.apply("x", [added(segment)])
    longer = replace(segment, end=20)
    pair.a.apply("x", [Change(segment, longer)])
    ready = make_ready(pair.a, head)
    for change in (removed(longer), Change(longer, segment), added(replace(segment, id=new_id(), number=2))):
        refused(pair.b, "segments-locked", change)
    pair.a.apply("x", [Change(ready, head)])
    pair.b.apply("x", [removed(longer)])


# ── statements and content ────────────────────────────────────────────────────────────────────────────────────────────


def test_where_adults_are_kept_apart_a_statement_is_about_one_of_them(pair):
    mother, father = (Person(new_id(), pair.case.id, Role.BIRTH_PARENT, name) for name in ("äiti", "isä"))
    child = Person(new_id(), pair.case.id, Role.CHILD, "lapsi")
    theirs = replace(pair.meeting, id=new_id(), adult_id=father.id)
    ours = replace(pair.meeting, id=new_id(), adult_id=mother.id)
    before = statement(pair, meetings=(ours.id, theirs.id))
    people = [added(e) for e in (mother, father, child, theirs, ours, before)]
    apart = replace(pair.case, keep_apart=True)
    pair.a.apply("begun before they were kept apart", people)
    pair.a.apply("another", [added(late := begun(pair.a, statement(pair, meetings=before.meetings)))])
    late = to_comments(pair.a, late, child.id)
    pair.a.apply("kept apart", [Change(pair.case, apart)])
    pair.a.apply("gone on with", [Change(before, before := replace(before, weighed=True))])
    hers = replace(before, adult=mother.id)
    refused(pair.a, "kept-apart", Change(before, hers))
    refused(pair.a, "kept-apart", Change(before, replace(before, adult=child.id, meetings=())))
    refused(pair.a, "kept-apart", added(statement(pair)))
    refused(pair.a, "kept-apart", added(replace(statement(pair), adult=mother.id, meetings=(theirs.id,))))
    pair.a.apply("x", [added(replace(statement(pair), adult=mother.id, meetings=(ours.id,)))])
    pair.a.apply("whose it is", [Change(before, replace(hers, meetings=(ours.id,)))])
    refused(pair.a, "kept-apart", *final_step(late)[1])


def test_two_entries_of_one_person_become_one_where_all_adults_are_kept_apart(pair):
    kept, gone = (Person(new_id(), pair.case.id, Role.BIRTH_PARENT, name) for name in ("äiti", "äippä"))
    met = replace(pair.meeting, id=new_id(), adult_id=gone.id)
    text = replace(statement(pair, meetings=(met.id,)), adult=gone.id)
    apart = replace(pair.case, keep_apart=True)
    pair.a.apply("x", [added(kept), added(gone), added(met), Change(pair.case, apart)])
    pair.a.apply("x", [added(text)])
    file = case_file(pair.a, pair.case.id)
    changes = merge(pair.a, file, kept, gone, date(2026, 11, 3))
    pair.a.apply("made one", changes, act="merged")
    assert (pair.b.get(Meeting, met.id).adult_id, pair.b.get(Statement, text.id).adult) == (kept.id, kept.id)
    with pytest.raises(StaleChange):
        pair.b.apply("again", changes)
    pair.a.apply("taken back", [c.reversed() for c in reversed(changes)], act="merged")
    assert case_file(pair.b, pair.case.id) == file


def test_a_pair_that_is_kept_apart_binds_those_two_alone(pair):
    mother, father, aunt = (Person(new_id(), pair.case.id, Role.RELATIVE, name) for name in "mfa")
    met = {p.id: replace(pair.meeting, id=new_id(), adult_id=p.id) for p in (mother, father, aunt)}
    two = kept_apart(pair.case.id, mother.id, father.id)
    pair.a.apply("x", [*map(added, (mother, father, aunt, *met.values())), added(two)])
    with pytest.raises(StaleChange):
        pair.b.apply("the same pair once more", [added(two)])
    of_two = (met[mother.id].id, met[aunt.id].id)
    refused(pair.a, "kept-apart", added(statement(pair)))
    refused(pair.a, "kept-apart", added(replace(statement(pair, meetings=(met[father.id].id,)), adult=mother.id)))
    refused(
        pair.a, "kept-apart", added(replace(statement(pair, meetings=tuple(m.id for m in met.values())), adult=aunt.id))
    )
    pair.a.apply("x", [added(replace(statement(pair, meetings=of_two), adult=mother.id))])
    pair.a.apply("they may meet again", [removed(two)])
    pair.a.apply("x", [added(statement(pair))])


def test_stored_content_is_never_changed(pair):
    content = StoredContent("scheme/core/1", "scheme", "core", 1, "text")
    pair.a.apply("x", [added(content)])
    refused(pair.a, "content-fixed", Change(content, replace(content, text="other")))
    assert pair.b.get(StoredContent, "scheme/core/1") == content


def test_a_version_that_a_coding_uses_stays(pair):
    used = StoredContent("scheme/core/1", "scheme", "core", 1, "text")
    other = StoredContent("scheme/core/2", "scheme", "core", 2, "text")
    sheet = StoredContent("instrument/sheet/1", "instrument", "sheet", 1, "text")
    pair.a.apply("x", [added(c) for c in (used, other, sheet)])
    head, *_ = coded(pair)
    # nobody sees what a sealed coding was made with: while there is one, every version stays
    for content in (used, sheet, other):
        refused(pair.b, "content-fixed", removed(content))
    theirs, *_ = coded(pair, 1)
    make_ready(pair.a, head)
    make_ready(pair.b, theirs)
    for content in (used, sheet):
        refused(pair.b, "content-fixed", removed(content))
    pair.b.apply("x", [removed(other)])


def test_a_draft_and_terms_stay_those_of_their_content(pair):
    draft = ContentDraft(new_id(), ContentKind.SCHEME, "oma", 0, "text")
    terms = ContentTerms("scheme/oma", ContentKind.SCHEME, "oma")
    pair.a.apply("x", [added(draft), added(terms)])
    for held in (draft, terms):
        refused(pair.a, "moved", Change(held, replace(held, content_id="toinen")))
        refused(pair.a, "moved", Change(held, replace(held, kind=ContentKind.INSTRUMENT)))
    # work in progress is the office's, not one worker's
    pair.b.apply("x", [Change(draft, replace(draft, text="more")), Change(terms, replace(terms, retired=True))])


def test_an_example_never_tells_what_one_coder_saw(pair):
    film = recording(pair.meeting.id)
    clip = ExampleClip(new_id(), "core", "AS", film.id, 0, 40_000)
    pair.a.apply("not coded yet", [added(film), added(clip)])
    head, *_ = coded(pair)
    more = replace(clip, id=new_id())
    refused(pair.a, "example-not-open", added(more))
    refused(pair.a, "example-not-open", Change(clip, replace(clip, end=80_000)))
    theirs, *_ = coded(pair, 1)
    make_ready(pair.a, head)
    refused(pair.b, "example-not-open", added(more))
    make_ready(pair.b, theirs)
    pair.b.apply("open now", [added(more)])
    pair.a.apply("gone", [removed(clip)])


# ── a film fetched again ──────────────────────────────────────────────────────────────────────────────────────────────


def again(film, how=Again.PICTURES, worker=IDS[0], **more):
    """What a film says that came in the place of `film`."""
    said = {"places": 240, "worst": 20_000} if how == Again.PICTURES else {}
    said |= more
    was = Replacement(A_DAY, worker, how, film.sha256, film.size, film.container, film.offset, film.drift_ppm)
    return replace(was, **said)


def test_another_film_in_a_films_place_says_so_or_is_refused(pair):
    film = recording(pair.meeting.id)
    pair.a.apply("film", [added(film)])
    other = replace(film, sha256="1" * 64, size=7, container="other.vau", index=b"other", offset=40_000)
    told = again(film)
    for wrong in (
        other,
        replace(film, container="other.vau"),
        replace(film, size=7),
        replace(film, replaced=(told,)),
        replace(other, replaced=(replace(told, sha256="2" * 64),)),
        replace(other, replaced=(replace(told, size=8),)),
        replace(other, replaced=(replace(told, offset=1),)),
        replace(other, replaced=(replace(told, drift_ppm=1.0),)),
        replace(other, replaced=(replace(told, container="foreign.vau"),)),
        replace(other, replaced=(replace(told, worker_id=IDS[1]),)),
        replace(other, replaced=(replace(told, worst=MOST_APART + 1),)),
        replace(other, replaced=(replace(told, places=FEWEST_PLACES - 1),)),
        replace(other, replaced=(told, told)),
        replace(other, replaced=(replace(told, how=Again.BYTES),)),
    ):
        refused(pair.a, "film-replaced-unsaid", Change(film, wrong))
    refused(pair.a, "film-replaced-unsaid", added(replace(recording(pair.meeting.id), replaced=(told,))))
    after = replace(other, replaced=(told,))
    pair.a.apply("again", [Change(film, after)])
    assert pair.b.get(Recording, film.id) == after
    refused(pair.a, "film-replaced-unsaid", Change(after, replace(after, replaced=())))
    refused(pair.a, "film-replaced-unsaid", Change(after, film))
    back = replace(film, replaced=(told, again(after, worker=IDS[1])))
    pair.b.apply("the original came back", [Change(after, back)])
    assert pair.a.get(Recording, film.id).replaced == back.replaced


def test_the_same_bytes_in_another_container_change_nothing_that_is_seen(pair):
    film = recording(pair.meeting.id)
    pair.a.apply("film", [added(film)])
    same = replace(film, container="again.vau", chunks=3, replaced=(again(film, Again.BYTES, container=""),))
    for wrong in (
        {"offset": 1}, {"drift_ppm": 0.5}, {"index": b"other"}, {"sha256": "1" * 64},
        {"facts": replace(film.facts, frames=1)},
    ):  # fmt: skip
        refused(pair.a, "film-replaced-unsaid", Change(film, replace(same, **wrong)))
    pair.a.apply("again", [Change(film, same)])
    assert pair.a.get(Recording, film.id) == same


def test_what_was_made_from_the_film_before_goes_in_the_same_step(pair):
    film = recording(pair.meeting.id)
    copies = [
        DerivedFile(new_id(), film.id, DerivedKind.SCRUB, n, n, n + 1, f"{n}.vau", "a" * 64, 9, 1) for n in range(2)
    ]
    pair.a.apply("film", [added(film), *map(added, copies)])
    after = replace(film, sha256="1" * 64, container="other.vau", replaced=(again(film),))
    refused(pair.a, "film-copies-of-other", Change(film, after))
    refused(pair.a, "film-copies-of-other", Change(film, after), removed(copies[0]))
    pair.a.apply("again", [Change(film, after), *map(removed, copies)])
    assert pair.a.find(DerivedFile) == ()


def test_an_example_follows_the_clock_of_the_film_that_took_the_place_and_nothing_else(pair):
    film = recording(pair.meeting.id)
    clip = ExampleClip(new_id(), "core", "AS", film.id, 1_000_000, 2_000_000)
    pair.a.apply("not coded yet", [added(film), added(clip)])
    coded(pair)
    after = replace(film, sha256="1" * 64, container="other.vau", offset=300_000, replaced=(again(film),))
    moved = replace(clip, start=700_000, end=1_700_000)
    refused(pair.a, "example-not-open", Change(film, after), Change(clip, replace(moved, end=1_700_001)))
    refused(pair.a, "example-not-open", Change(clip, moved))
    pair.a.apply("again", [Change(film, after), Change(clip, moved)])
    assert pair.a.find(ExampleClip) == (moved,)


# ── the two logs ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_history_holds_the_changed_fields(pair):
    head, observation, *_ = coded(pair)
    edited = replace(observation, note="uusi", end=2_000_000)
    pair.a.apply("muutos", [Change(observation, edited)])
    pair.a.apply("pois", [removed(edited)])
    made, changed, gone = pair.a.history(observation.id)
    assert (made.label, made.kind, made.worker_id, made.before) == ("label-0", "observation", IDS[0], None)
    assert made.after["code"] == "S1"
    assert (changed.label, changed.before, changed.after) == (
        "muutos",
        {"note": "note-0", "end": None},
        {"note": "uusi", "end": 2_000_000},
    )
    assert (gone.after, gone.before["note"], gone.before["coding_id"]) == (None, "uusi", head.id)
    assert made.at <= changed.at <= gone.at


def test_keys_and_indexes_are_never_journaled(pair):
    film = replace(recording(pair.meeting.id), wrapped_key=b"SECRETKEY", index=b"INDEX")
    pair.a.apply("film", [added(film)], act="film-in")
    pair.a.apply("x", [Change(film, replace(film, index=b"OTHERINDEX"))])
    made, changed = pair.a.history(film.id)
    assert "wrapped_key" not in made.after
    assert "index" not in made.after
    assert made.after["facts"]["width"] == 640
    assert (changed.before, changed.after) == ({}, {})


def test_the_access_log_says_who_did_what_to_which_object(pair):
    head, *_ = coded(pair)
    text = statement(pair)
    paragraph = Paragraph(new_id(), text.id, "commission", "a", (Run("salaisuus"),))
    pair.b.apply("x", [added(text), added(paragraph)], act="create")
    pair.b.apply("x", [Change(paragraph, replace(paragraph, runs=(Run("toinen salaisuus"),)))])
    pair.b.apply("x", [added(recording(pair.meeting.id))], act="film-in")
    pair.b.apply("x", [Change(pair.case, replace(pair.case, note="salaisuus"))])
    pair.b.note("export", Statement, text.id, "sha256=ab12")
    pair.b.note("export", Statement, text.id, "Matti Meikäläinen")
    log = pair.b.audit_log()
    assert [(e.act, e.object_kind) for e in log if e.worker_id == IDS[1]] == [
        ("create", "statement"),
        ("edit", "statement"),
        ("film-in", "recording"),
        ("edit", "client_case"),
        ("export", "statement"),
        ("export", "statement"),
    ]
    assert pair.b.audit_log(text.id)[0].detail.startswith("statement=1;paragraph=1;before=")
    assert "fields=runs" in pair.b.audit_log(text.id)[1].detail
    for word in ("salaisuus", "Matti", "Meik"):
        assert word not in repr(log)
    assert pair.b.audit_log(text.id)[2].detail == "sha256=ab12"
    assert [e.act for e in pair.a.audit_log(head.id)] == ["create"]
    assert {e.object_kind for e in pair.b.audit_log(text.id)} == {"statement"}, "one thing has one word"
    with pytest.raises(KeyError):
        pair.b.note("export", dict, text.id)


def test_views_within_a_minute_are_one(pair):
    for _ in range(3):
        pair.a.note("view", Case, pair.case.id)
        pair.a.note("export", Case, pair.case.id)
    pair.b.note("view", Case, pair.case.id)
    acts = [(e.act, e.worker_id) for e in pair.a.audit_log(pair.case.id)]
    assert acts.count(("view", IDS[0])) == 1
    assert acts.count(("view", IDS[1])) == 1
    assert acts.count(("export", IDS[0])) == 3


def test_a_whole_archive_verifies(pair):
    coded(pair)
    assert pair.a.verify() == ()


def test_meeting_is_found_by_its_pair(pair):
    assert pair.b.get(Meeting, pair.meeting.id).partner_of(IDS[0]) == IDS[1]


# ── what was drawn for a second coding ────────────────────────────────────────────────────────────────────────────────


def test_a_draw_comes_before_anybody_codes(pair):
    coded(pair, 1)
    refused(pair.a, "sample-after-coding", added(sample(pair)))


def test_a_reference_is_no_coding_of_the_pair_and_stops_no_draw(pair):
    pair.c.apply("x", [added(header(pair, 2, kind=CodingKind.REFERENCE))])
    pair.a.apply("x", [added(sample(pair))])


def test_a_draw_is_made_once_and_stays(pair):
    first = sample(pair)
    pair.a.apply("x", [added(first)])
    refused(pair.b, "sample-exists", added(replace(sample(pair, drawn_by=IDS[1], seed="7"), id=new_id())))
    refused(pair.a, "sample-fixed", removed(first))
    refused(pair.a, "sample-fixed", Change(first, replace(first, drawn_at=A_DAY + timedelta(1))))
    assert pair.b.find(ReliabilitySample, meeting_id=pair.meeting.id) == (first,)
    pair.a.apply("with its meeting", [removed(first), removed(pair.meeting)])
    assert pair.a.find(ReliabilitySample) == ()
    pair.a.apply("undone", [added(pair.meeting), added(first)])
    assert pair.a.find(ReliabilitySample) == (first,)


def test_nobody_writes_another_draw_than_the_seed_gives(pair):
    right = sample(pair)
    other = replace(right.tasks[0], task_id="T99")
    for wrong in (
        replace(right, places=right.places[::-1]),
        replace(right, size=right.size + 1),
        replace(right, seed=" 48"),
        replace(right, percent=0),
        replace(right, drawn_by=IDS[2]),
        sample(pair, tasks=(other, *right.tasks[1:])),
        sample(pair, tasks=(replace(right.tasks[0], number=4), *right.tasks[1:])),
        sample(pair, tasks=tuple(replace(t, meeting_id="another") for t in right.tasks)),
    ):
        refused(pair.a, "sample-not-drawn", added(wrong))


def test_drawn_tasks_keep_their_place_in_the_plan(pair):
    pair.a.apply("x", [added(sample(pair))])
    plan = pair.meeting.plan
    for moved in (plan[::-1], plan[:2], (planned_task(9), *plan)):
        refused(pair.a, "plan-drawn", Change(pair.meeting, replace(pair.meeting, plan=moved)))
    longer = replace(pair.meeting, plan=(*plan, planned_task(9)), place="elsewhere")
    pair.a.apply("x", [Change(pair.meeting, longer)])


def test_a_coding_is_ready_with_every_drawn_task_that_is_on_the_film(pair):
    made = sample(pair)
    pair.a.apply("x", [added(made)])
    tasks = [Segment(new_id(), pair.meeting.id, n, n * 10, n * 10 + 10) for n in (1, 2, 3)]
    (last, *_) = [s for s in tasks if s.number == made.drawn_numbers[-1]]
    other = next(s for s in tasks if s.number not in made.drawn_numbers)
    pair.a.apply("x", [added(s) for s in tasks])
    head = header(pair, 1, chosen=(other.number,), covered=(other.stretch,))
    pair.b.apply("x", [added(head)])
    ready = replace(head, state=CodingState.READY, ready_at=A_DAY, checksum="s")
    refused(pair.b, "not-covered", Change(head, ready))
    assert last.number != other.number
    drawn_ones = tuple(s.stretch for s in tasks if s.number in made.drawn_numbers)
    pair.b.apply("x", [Change(head, replace(ready, chosen=made.drawn_numbers, covered=drawn_ones))])


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def all_pages(read, size):
    """What the pages hold one after another."""
    found, last = [], None
    while page := read(size, last):
        assert len(page) <= size
        found += page
        last = page[-1]
    return found


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_of_cases_are_the_whole_list_in_its_order(pair, data):
    before = [c.id for c in pair.a.find(Case)]
    days = st.none() | st.just(date(2026, 1, 1))
    names = data.draw(st.lists(st.tuples(st.text("abÄä ", max_size=3), days, st.sampled_from(IDS)), max_size=9))
    made = [Case(new_id(), name, lead, closed=closed) for name, closed, lead in names]
    pair.a.apply("n", [added(c) for c in made])
    size = data.draw(st.integers(1, 4))
    held = list(pair.a.find(Case))
    wanted = sorted(held, key=lambda c: (c.closed is not None, c.code_name.strip().casefold(), c.id))
    assert all_pages(pair.a.cases, size) == wanted
    mine = [c for c in wanted if IDS[1] in (c.lead, c.partner)]
    assert all_pages(lambda n, after: pair.b.cases(n, after, mine=True), size) == mine
    for case in made:
        same = [c for c in held if c.code_name.strip().casefold() == case.code_name.strip().casefold()]
        assert pair.a.is_code_name_taken(case.code_name.upper(), case.id) == (len(same) > 1)
    pair.a.apply("n", [removed(c) for c in made])
    assert [c.id for c in pair.a.find(Case)] == before


def test_a_case_is_listed_by_the_name_that_it_has_now(pair):
    other = Case(new_id(), "Koivu", IDS[2])
    pair.a.apply("n", [added(other)])
    assert [c.code_name for c in pair.a.cases(9)] == ["Koivu", "Kuusi"]
    pair.a.apply("n", [Change(other, replace(other, code_name="pihlaja"))])
    assert [c.code_name for c in pair.a.cases(9)] == ["Kuusi", "pihlaja"]
    assert [c.code_name for c in pair.a.cases(9, mine=True)] == ["Kuusi"]
    assert pair.a.is_code_name_taken(" PIHLAJA ")
    assert not pair.a.is_code_name_taken("pihlaja", other.id)
    assert not pair.a.is_code_name_taken("Koivu")


def test_whether_there_is_one_is_told_without_reading_all(pair):
    assert pair.a.has(Person)
    assert pair.a.has(Person, role=(Role.SIBLING, Role.CHILD), case_id=pair.case.id)
    assert not pair.a.has(Person, role=Role.SIBLING)
    assert not pair.a.has(OwnTask)


def test_pages_of_meetings_come_the_latest_first_whatever_their_zone(pair):
    east, west = timezone(timedelta(hours=3)), timezone(timedelta(hours=-5))
    hours = [datetime(2031, 1, 1, h, tzinfo=zone) for h in (3, 9, 6) for zone in (UTC, east, west)]
    other = Case(new_id(), "Koivu", IDS[2])
    cases = [pair.case.id, other.id]
    made = [
        replace(meeting(cases[n % 2], pair.adult.id, pair.child.id, IDS[:2]), held=at) for n, at in enumerate(hours)
    ]
    pair.a.apply("n", [added(other), *map(added, made)])
    wanted = sorted((*made, pair.meeting), key=lambda m: (m.held, m.id), reverse=True)
    for size in (1, 2, 4, 99):
        assert all_pages(pair.a.meetings, size) == wanted
    mine = [m for m in wanted if m.case_id == pair.case.id]
    assert all_pages(lambda n, before: pair.a.meetings(n, before, mine=True), 2) == mine
    days = Days(datetime(2031, 1, 1, 3, tzinfo=UTC), datetime(2031, 1, 1, 6, tzinfo=UTC))
    some = [m for m in wanted if days.begin <= m.held < days.end]
    assert 1 < len(some) < len(made)
    assert all_pages(lambda n, before: pair.a.meetings(n, before, days=days), 2) == some
    moved = replace(made[0], held=datetime(2040, 1, 1, tzinfo=UTC))
    pair.a.apply("n", [Change(made[0], moved)])
    assert pair.a.meetings(1) == (moved,)


def test_a_glance_at_many_meetings_says_what_each_says_alone(pair):
    assert pair.a.pairs_of(()) == {}
    assert pair.a.pairs_of([pair.meeting.id, "nothing"]) == {}
    mine, theirs = coded(pair, 0)[0], coded(pair, 1)[0]
    other = replace(pair.meeting, id=new_id())
    pair.a.apply("x", [added(other)])
    ids = [pair.meeting.id, other.id]

    def alone(reading):
        found = {m: (pair.c.coding_states(m, reading), pair.c.awaited(m, reading)) for m in ids}
        return {m: said for m, said in found.items() if said[0]}

    def at_once(reading):
        return {m: (g.states, g.awaited) for m, g in pair.c.pairs_of(ids, reading).items()}

    assert at_once(1) == alone(1) != {}
    make_ready(pair.a, mine)
    assert at_once(1) == alone(1)
    make_ready(pair.b, theirs)
    assert at_once(1) == alone(1)
    agreed(pair)
    pair.b.apply("again", [added(header(pair, 1, reading=2))])
    assert at_once(2) == alone(2) == {pair.meeting.id: ({IDS[1]: CodingState.DRAFT}, ())}


def test_a_glance_at_films_leaves_out_what_was_erased(pair):
    films = [replace(recording(pair.meeting.id), id=new_id()) for _ in range(3)]
    films[1] = replace(films[1], closed_from_use=A_DAY)
    pair.a.apply("films", [added(f) for f in films])
    found = pair.b.films_of([pair.meeting.id, "nothing"])
    assert [f.closed_from_use for f in found[pair.meeting.id]] == [None, A_DAY, None]
    assert set(found) == {pair.meeting.id}


def test_the_log_of_a_case_has_what_belongs_to_it_and_what_did(pair):
    other = Case(new_id(), "Other", IDS[0])
    stranger = Person(new_id(), other.id, Role.CHILD, "lapsi")
    gone = Consent(new_id(), pair.case.id, pair.child.id, Purpose.FILMING, A_DAY.date())
    film = recording(pair.meeting.id)
    pair.a.apply("x", [added(other), added(stranger), added(gone), added(film)])
    pair.b.apply("x", [removed(gone)])
    pair.c.note("view", Meeting, pair.meeting.id)
    pair.a.note("view", Recording, film.id)
    pair.a.note("search", Worker, IDS[0])
    of_it = {pair.case.id, pair.child.id, pair.adult.id, pair.meeting.id, gone.id, film.id}
    found = pair.a.audit_of_case(pair.case.id)
    assert [e.number for e in found] == list(range(1, len(found) + 1))
    assert {e.object_id for e in found} == of_it
    everything = [e for e in pair.a.audit_log() if e.object_id in of_it]
    assert [replace(e, number=0) for e in found] == [replace(e, number=0) for e in everything]
    assert {e.object_id for e in pair.a.audit_of_case(other.id)} == {other.id, stranger.id}
    assert pair.a.audit_of_case("nothing") == ()


def test_the_log_of_a_case_is_told_for_some_days(pair):
    pair.a.note("export", Case, pair.case.id)
    found = pair.a.audit_of_case(pair.case.id)
    last = found[-1].at
    until = Days(last - timedelta(days=1), last)
    assert found[-1].at not in {e.at for e in pair.a.audit_of_case(pair.case.id, until)}
    upto = Days(last, last + timedelta(microseconds=1))
    assert [e.act for e in pair.a.audit_of_case(pair.case.id, upto) if e.at == last][-1:] == ["export"]
    assert pair.a.audit_of_case(pair.case.id, Days(last + timedelta(days=1), last + timedelta(days=2))) == ()


def test_of_a_coding_that_is_sealed_only_its_coder_finds_rows_in_the_log_of_its_case(pair):
    head = coded(pair, 0)[0]
    assert head.id in {e.object_id for e in pair.a.audit_of_case(pair.case.id)}
    assert head.id not in {e.object_id for e in pair.b.audit_of_case(pair.case.id)}
