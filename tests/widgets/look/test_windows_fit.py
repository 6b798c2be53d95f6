"""Windows of their own on a small screen: none needs more than it has, none begins larger."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QDialog, QScrollArea, QWidget

import widgets
from app.casework.kept_wholes import KeptWhole
from app.casework.made_of import Made, MadeOf, Withdrawal
from app.casework.retention import Why, default_rule
from app.door import Door
from app.erasing.cases import WhatGoesOfCase
from app.erasing.films import WhatGoes
from app.erasing.wholes import WhatGoesOfWhole
from app.errors import FilmError, LineError
from app.films.camera_cards import CardFile, recognized
from app.films.intake import Wish
from app.films.intake_queue import Stopped
from app.hours.products import shipped_catalogue
from app.i18n import Texts, today
from app.model.billing import Price
from app.model.change import added
from app.model.consent import Consent, Purpose
from app.model.decision import DisagreementKind
from app.model.erasure import LeftClip, SentPackage
from app.model.feedback import Clip
from app.model.feedback_form import FeedbackFrom
from app.model.hours import Work, WorkEntry
from app.model.identity import new_id
from app.model.retention import Material
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.model.signature_seen import SignatureSeen, Since
from app.model.statement import Evidence, Statement, StatementStage
from app.model.stored import ExampleClip
from app.model.timecode import SECOND
from app.ports.films import NumberedClip
from app.services.feedback_forms import newest
from app.settings.preferences import Preferences
from app.statement.redacting import RedactionEditor, begin_redaction
from app.supervising.agreements import SupervisionEditor
from app.vocabulary import StatementTexts
from app.works.beginning import begin as begin_work
from app.works.editor import WorkEditor
from app.works.participants import Manner, Telling, empty
from tests.material.builders import A_DAY, recording
from tests.material.finals import walked
from tests.material.house import MINUTE
from tests.material.signing_keys import signer
from tests.material.supervision import agreement, session
from tests.material.written import being_read
from tests.stand_ins.fake_cards import FakeCards
from tests.stand_ins.fake_films import film_tools
from tests.stand_ins.fake_player import FakePlayer
from tests.widgets.cases.test_erase_case import WHOLE, film
from tests.widgets.test_small_screens import cut, settle
from widgets.cases.card_dialog import CardDialog
from widgets.cases.draw_dialog import DrawDialog
from widgets.cases.form_photo import FormViewer
from widgets.cases.log_report_dialog import LogReportDialog
from widgets.cases.salvage_dialog import SalvageDialog
from widgets.cases.withdrawal_dialog import WithdrawalDialog
from widgets.coding.code_book import CodeBook
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.definitions_dialog import DefinitionsDialog
from widgets.comparing.new_dialog import NewDialog, NewPoint, NewStates, NewValue
from widgets.comparing.proposals_dialog import ProposalsDialog
from widgets.comparing.quality_window import QualityWindow
from widgets.comparing.together_dialog import TogetherDialog
from widgets.comparing.waiting import WitnessDialog
from widgets.crash_dialog import CrashDialog
from widgets.feedback.cover_dialog import CoverDialog
from widgets.feedback.leave_dialog import LeaveDialog
from widgets.films.correct_film import CorrectFilm
from widgets.films.example_clip import ExampleWindow
from widgets.films.fetch_again import FetchAgain
from widgets.films.self_test import SelfTestDialog
from widgets.films.sync_dialog import SyncDialog
from widgets.folding import FRAME
from widgets.guests.invite_dialog import InviteDialog
from widgets.guests.last_day_dialog import LastDayDialog
from widgets.guests.stand_in_dialog import StandInDialog
from widgets.help.help_window import HelpWindow
from widgets.help.report_window import ReportWindow
from widgets.hours.correcting import CorrectingDialog
from widgets.hours.end_price import EndPriceDialog
from widgets.keys.keys_dialog import KeysDialog
from widgets.look import look as looks
from widgets.numbers.numbers_window import NumbersWindow
from widgets.recovery import CodeDoors, RecoverDialog, RecoveryCodeDialog, RestoreDialog
from widgets.rescue_page import RescueDialog
from widgets.retention.being_erased import BeingErased
from widgets.retention.erase_case import EraseCase
from widgets.retention.erase_film import EraseFilm
from widgets.retention.erase_whole import EraseWhole
from widgets.retention.keeping_dialog import AnswerDialog, KeepingDialog
from widgets.searching.search_window import SearchWindow
from widgets.service_feedback.answering_view import AnsweringView
from widgets.service_feedback.participants_dialog import ParticipantsDialog
from widgets.services.approvals_part import ApprovalDialog
from widgets.services.close_dialog import CloseDialog
from widgets.services.moving_dialog import MovingDialog
from widgets.settings.partner_key_dialog import PartnerKeyDialog
from widgets.settings.remove_sign_in import RemoveSignIn
from widgets.settings.tasks_card import TaskDialog, TaskWords
from widgets.settings.workers_card import _ChangePassphrase, _NewWorker
from widgets.statement.blocks_dialog import BlocksDialog
from widgets.statement.changes import ChangesDialog
from widgets.statement.checked_file_dialog import CheckedFileDialog
from widgets.statement.copy_dialog import CopyDialog
from widgets.statement.delivery_dialog import DeliveryDialog
from widgets.statement.moment_dialog import MomentDialog
from widgets.statement.palette import Offered, Palette
from widgets.statement.paper_dialog import PaperDialog
from widgets.statement.preview_dialog import PreviewDialog
from widgets.statement.reading_note import ReadingNote
from widgets.statement.reading_view import ReadingView
from widgets.statement.sign_dialog import SignDialog
from widgets.statement.signers_dialog import SignersDialog
from widgets.supervision.bring_dialog import BringDialog
from widgets.supervision.brought_dialog import BroughtDialog
from widgets.supervision.cancel_dialog import CancelDialog
from widgets.supervision.controller_dialog import ControllerDialog
from widgets.supervision.plan_dialog import PlanDialog
from widgets.supervision.sign_dialog import EndDialog, SignaturesDialog
from widgets.unlock import Doors, UnlockWindow

LOOK = looks.Look(looks.LIGHT)
#: 1366 × 768 at 150 %
ROOM = QSize(911, 512) - FRAME


#: what two signatures of a file are told as
SEEN = (
    SignatureSeen(Since.SIGNED, "Leena Malli", "Esimerkkivarmentaja", datetime(2026, 12, 2, tzinfo=UTC)),
    SignatureSeen(Since.CHANGED, "Aino Esimerkki", "Esimerkkivarmentaja", datetime(2026, 12, 2, tzinfo=UTC)),
)


def never(*_what) -> None:
    raise AssertionError("nobody asks for this here")


PRICE = Price("p", "Esimerkkilän hyvinvointialue", "mim", date(2026, 1, 1))
AGREED = agreement("a")
#: a child's, in Finnish
FORM_OF_A_CHILD = ServiceFeedback(
    "f", "c", newest(FeedbackFrom.CHILD).id, newest(FeedbackFrom.CHILD).version, FeedbackFrom.CHILD, "parenting",
    date(2026, 11, 3), "fi", FeedbackWay.HERE, "a", "omaohjaaja",
)  # fmt: skip


@pytest.fixture
def under(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_window_of_its_own_fits(under, tmp_path, language) -> None:
    texts, kept = Texts(language), Preferences()
    files = recognized([CardFile(tmp_path / f"GX01{n:04}.MP4", 2**30, n) for n in range(30)])
    goes = WhatGoes(recording("m"), 3, 2, 1, rests=True, backups=2, has_original=True)
    made: tuple[QDialog, ...] = (
        RecoverDialog(texts, "Aino", under),
        RestoreDialog(texts, tmp_path, under),
        RescueDialog(texts, tmp_path, under),
        RecoveryCodeDialog(texts, "Aino", "ABCD-EFGH", CodeDoors(never, never), under),
        CardDialog(texts, LOOK, files, under),
        EraseFilm(texts, goes, under),
        EraseCase(texts, all_of_a_case(), under),
        BeingErased(texts, under, texts.tr("Erasing a case")),
        EraseWhole(texts, all_of_a_supervision(), under),
        KeepingDialog(under, texts),
        MovingDialog(under, texts, (("c", "Tähti 14"),)),
        AnswerDialog(under, texts),
        WithdrawalDialog(texts, "Aino", StatementTexts("fi"), touched_by_all(), under),
        DefinitionsDialog(texts, under),
        PaperDialog(texts, "Leena Malli", date(2026, 11, 3), under),
        CheckedFileDialog(texts, "Lausunto Tähti 14 v1.pdf", SEEN, under),
        KeysDialog(texts, kept, under),
        ReportWindow("x\n" * 400, never, texts, under),
        HelpWindow(texts, LOOK, kept, under),
        InviteDialog(texts, "m", (("a", "Aino"), ("b", "")), under, trains=True),
        StandInDialog(texts, (("a", "Aino"), ("b", "Leena")), (("c", "Kolmas"),), under),
        LastDayDialog(texts, "Veera Sijainen", date(2026, 12, 24), under),
        AnsweringView(FORM_OF_A_CHILD, LOOK, kept, never, never, under),
        ApprovalDialog(under, texts, "Suunnitelman hyväksyntä", accepted=True),
        CloseDialog(under, texts, "Suunnitelman arvio, Lapsen ajatukset", tuple(FeedbackFrom)),
        ControllerDialog(under, texts, "Esimerkkilän hyvinvointialue", None),
        CorrectingDialog(under, texts, WorkEntry("e", "w", date(2026, 11, 3), 90, "konsultaatio", Work.MEETING)),
        EndPriceDialog(under, texts, PRICE, shipped_catalogue()),
        BroughtDialog(under, texts, AGREED, session(AGREED)),
        CancelDialog(under, texts, AGREED, session(AGREED)),
        EndDialog(under, texts, date(2026, 12, 24)),
        PlanDialog(under, texts, texts.tr("Plan the sessions"), date(2026, 12, 24), ask_exploratory=True),
        SignaturesDialog(under, texts, AGREED),
    )
    assert [row for dialog in made for row in lacks(dialog)] == []
    seen = {type(dialog).__name__ for dialog in made}
    assert seen | WITH_AN_ARCHIVE | {"NewDialog", "ProposalsDialog", "TogetherDialog"} == every_dialog(), (
        "a window of its own is looked at here or below"
    )


def every_dialog() -> set[str]:
    """The names of all windows of their own, as the source has them; what they are built on is none."""
    named = re.compile(r"^class (\w+)\((QDialog|Confirming)\)", re.MULTILINE)
    sources = (p.read_text("utf-8") for p in Path(widgets.__file__).parent.rglob("*.py"))
    found = [pair for text in sources for pair in named.findall(text)]
    return {name for name, _ in found} - {base for _, base in found}


def lacks(dialog: QDialog) -> list[str]:
    """What of it is outside a small screen, begun with or made as small as it goes, and what in it is cut."""
    name, room = type(dialog).__name__, dialog.screen().availableGeometry()
    found = [] if room.contains(dialog.rect()) else [f"{name} begins with {dialog.size()}"]
    dialog.resize(ROOM)
    dialog.show()
    settle()
    layout = dialog.layout()
    tall = layout.totalMinimumHeightForWidth(dialog.width()) if layout.hasHeightForWidth() else 0
    needs = dialog.minimumSizeHint().expandedTo(QSize(0, tall))
    if needs.width() > ROOM.width() or needs.height() > ROOM.height():
        found.append(f"{name} needs {needs}")
    found += [f"{name}: {row}" for row in cut(dialog)]
    found += [f"{name}: {b.text()}" for b in dialog.findChildren(QAbstractButton) if is_outside(dialog, b)]
    dialog.hide()
    return found


def is_outside(dialog: QDialog, button: QAbstractButton) -> bool:
    """Whether a part of a button is beyond the window's edge, where no page can be scrolled to it."""
    over = button.parentWidget()
    while over is not None and over is not dialog:
        if isinstance(over, QScrollArea):
            return False
        over = over.parentWidget()
    return button.isVisible() and not dialog.rect().contains(
        button.rect().translated(button.mapTo(dialog, QPoint(0, 0)))
    )


#: windows that need an opened archive
WITH_AN_ARCHIVE = {
    "BlocksDialog",
    "ParticipantsDialog",
    "Palette",
    "ChangesDialog",
    "CoverDialog",
    "LeaveDialog",
    "BringDialog",
    "CopyDialog",
    "DeliveryDialog",
    "ReadingNote",
    "ReadingView",
    "SignersDialog",
    "CodeBook",
    "CorrectFilm",
    "ExampleWindow",
    "FetchAgain",
    "FormViewer",
    "LogReportDialog",
    "DrawDialog",
    "MomentDialog",
    "NumbersWindow",
    "PartnerKeyDialog",
    "PreviewDialog",
    "QualityWindow",
    "RemoveSignIn",
    "SalvageDialog",
    "SearchWindow",
    "SelfTestDialog",
    "SignDialog",
    "SyncDialog",
    "TaskDialog",
    "WitnessDialog",
    "CrashDialog",
    "_ChangePassphrase",
    "_NewWorker",
}


def touched_by_all() -> Withdrawal:
    """A withdrawal of which there is everything that there can be."""
    outside = tuple((datetime(2026, 11, n, tzinfo=UTC), "Leena Malli") for n in (1, 2, 3))
    left = tuple(LeftClip(at, "c", "feedback", "passphrase", "ab" * 32) for at, _ in outside)
    out = (Made.PACKAGES, Made.FILES, Made.LEFT)
    rows = tuple(MadeOf(made, 3, outside if made in out else (), left if made == Made.LEFT else ()) for made in Made)
    given = Consent("c", "case", "p", Purpose.FILMING, date(2026, 11, 1), withdrawn=date(2026, 11, 2))
    return Withdrawal(given, (recording("m"), replace(recording("m"), camera=2)), rows)


def all_of_a_supervision() -> WhatGoesOfWhole:
    """Everything that is told before supervision is erased."""
    day = date(2026, 11, 3)
    over = replace(AGREED, ended=day)
    kept = KeptWhole(over, default_rule(Material.SUPERVISION), Why.NOT_YET, day)
    return WhatGoesOfWhole(
        kept, 12, 40, has_notes=True, hours=True, backups=3, last_expires=day, others=(("b", "Leena"),)
    )


def all_of_a_case() -> WhatGoesOfCase:
    """Of a whole case, everything that there can be."""
    kept = tuple(film(why) for why in (Why.NOT_YET, Why.DUE) for _ in range(6))
    went = tuple(SentPackage(str(n), datetime(2026, 11, n, tzinfo=UTC), "Leena Malli") for n in (1, 2, 3))
    others = (("b", "Leena Malli"), ("c", "Aino Malli"))
    return WhatGoesOfCase(WHOLE.case, WHOLE, kept, 12, 9, 8, 3, 2, 6, 9, date(2027, 2, 1), went, others)


def told_group(home) -> WorkEditor:
    """A group of which one participant told, and one was called away."""
    work = begin_work(Door(home.a), home.texts, "voikukkia")
    editor = WorkEditor(home.a, home.texts, work.id)
    for finish in (True, False):
        telling = Telling(editor, empty(Manner(today(), "fi", FeedbackWay.PAPER), today()))
        assert telling.answer(FormGiven("words", words="Oli hyvä olla muiden kanssa. " * 8))
        assert not finish or telling.finish()
    return editor


def marks_of(home) -> RedactionEditor:
    """The marks of a copy of a final version."""
    draft = Statement(new_id(), home.case_id, new_id(), 1, "fi", "mim", A_DAY)
    final = walked(home.a, replace(draft, stage=StatementStage.FINAL, finalized=A_DAY))
    return RedactionEditor(home.a, home.texts, begin_redaction(Door(home.a), home.texts, final.id))


class NoGate:
    """A film that its camera never finished, and of which nothing can be salvaged."""

    def salvage(self, _path, _references, _progress, _cancelled):
        raise FilmError("salvage-other-kind")


class NoNumbers:
    """A clip in whose pictures nothing is read."""

    def clip(self, _progress, _cancelled) -> NumberedClip:
        return NumberedClip(b"", b"", tuple(range(0, 3 * SECOND, SECOND // 30)))

    def read(self, _picture) -> int | None:
        return None


def test_every_window_of_an_archive_fits(home, room, stage, tmp_path, qtbot) -> None:
    space, texts = room.space, home.texts
    home.a.apply("x", [added(replace(recording(home.meeting.id, MINUTE), camera=2, offset=2 * SECOND))])
    space.films = film_tools(self_test=NoNumbers(), player=FakePlayer, gate=NoGate())
    coding = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    under, scheme = coding.room, coding.room.editor.scheme
    picture = QByteArray()
    buffer = QBuffer(picture)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(3000, 4000, QImage.Format.Format_RGB32).save(buffer, "PNG")
    moment = Evidence("e", "s", "AE", "A long moment of two people", start=0, end=MINUTE, meeting_id=home.meeting.id)
    clip = ExampleClip("c", scheme.id, "AE", "film", 0, MINUTE)
    cut_off = CardFile(tmp_path / "C0002.MP4", 100, MINUTE)
    cut_off.path.write_bytes(b"unfinished")
    wish = Wish((cut_off.path,), home.meeting.id)
    stopped = Stopped(wish, 0, ((cut_off,),), None, FilmError("film-unfinished"))
    text, reading = being_read(home)
    reader = space.case_of(home.meeting).person(reading.person_id)
    marks = marks_of(home)
    kept = Clip(new_id(), home.film.id, home.meeting.id, home.aino.id, SECOND, 3 * SECOND)
    home.a.apply("clip", [added(kept)])
    agreed = agreement(home.aino.id)
    home.a.apply("agreement", [added(agreed), added(session(agreed))])
    supervised = SupervisionEditor(home.a, texts, agreed.id)
    offered = tuple(Offered(n, f"A rather long source of an observation {n}", "Perusrunko, task 3") for n in range(30))
    made: tuple[QDialog, ...] = (
        BlocksDialog(LOOK, space, {"recommendation": "13 Recommendation"}, "recommendation", "fi", under),
        Palette(LOOK, texts, "Put a source into the text", offered, under, none="None"),
        CoverDialog(space, LOOK, kept, home.film, under),
        LeaveDialog(space, kept, under),
        BringDialog(under, space, supervised, supervised.sessions[0]),
        ChangesDialog(space, text, under),
        CopyDialog(space, LOOK, marks, under),
        DeliveryDialog(space, marks.statement, under),
        ReadingNote(text, reading, reader, space.preferences, under),
        ReadingView(text, reading, texts, space.preferences, under),
        SignersDialog(text, under),
        CodeBook(space, LOOK, scheme, scheme.codes, under),
        CorrectFilm(space, home.film, under),
        DrawDialog(space, space.case_of(home.meeting), home.meeting.id, None, under),
        ExampleWindow(space, (clip,), "AE", under),
        FetchAgain(space, home.film, under),
        FormViewer(texts, "Form", (bytes(picture.data()), bytes(picture.data())), under),
        LogReportDialog(space, space.case_of(home.meeting), under),
        MomentDialog(coding, space.meeting_file(home.meeting.id), moment, FakePlayer(), under),
        NumbersWindow(space, under.editor, LOOK, under),
        ParticipantsDialog(under, space, LOOK, told_group(home)),
        PartnerKeyDialog(space, "age1own", None, under),
        PreviewDialog(b"", texts, under),
        QualityWindow(space, under),
        RemoveSignIn(texts, "Aino", 2, 3, under),
        SalvageDialog(space, stopped, under),
        SearchWindow(space, LOOK, never, under),
        SelfTestDialog(space, LOOK, under),
        SignDialog(space, "statement", "Aino Esimerkki", FakeCards((signer("Aino Esimerkki"),)), under),
        SyncDialog(space, LOOK, home.meeting.id, under),
        TaskDialog(space, TaskWords(space), None, under),
        WitnessDialog(texts, "Aino", under, "Open together", "What it does here. " * 8, "Open"),
        CrashDialog("x\n" * 400, texts, never, under),
        _ChangePassphrase(texts, "Aino", under),
        _NewWorker(texts, under),
    )
    assert {type(dialog).__name__ for dialog in made} == WITH_AN_ARCHIVE
    assert [row for dialog in made for row in lacks(dialog)] == []
    for dialog in made:
        dialog.reject()


@pytest.mark.parametrize("kind", [DisagreementKind.UNPAIRED, DisagreementKind.STATE, DisagreementKind.RATING])
def test_the_window_of_a_new_one_fits(home, stage, kind) -> None:
    home.code(home.a, [("6", 0), ("q", 5), ("a", 12)], value=5)
    home.code(home.b, [("6", 0), ("q", 5.4), ("7", 36)], value=2)
    room = stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room
    found, d = room.walk.found, next(d for d in room.walk.rows() if d.kind == kind)
    made: NewDialog
    if kind == DisagreementKind.RATING:
        made = NewValue(home.texts, found, d, room)
    else:
        made = (NewStates if kind == DisagreementKind.STATE else NewPoint)(home.texts, found, d, (d.start,), room)
    assert lacks(made) == []
    made.reject()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_windows_of_two_places_fit(two_places, language) -> None:
    a, b = two_places(language)
    alone = TogetherDialog(a.session, Texts(language), a.place)
    assert lacks(alone) == []
    a.session.wait()
    alone.say(LineError("led-differences-differ"))
    assert lacks(alone) == []
    alone.reject()
    a.session.leave()
    a.decide_otherwise(b)
    a.meet(b)
    for seat in (a, b):
        made = ProposalsDialog(seat.session, seat.walk, Texts(language), a.place)
        assert lacks(made) == []
        made.reject()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_first_window_and_its_pages_scroll_and_are_never_cut(qtbot, tmp_path, language) -> None:
    doors = Doors(lambda _: (), *(8 * [never]))
    window = UnlockWindow(Texts(language), LOOK, Preferences(), doors, tmp_path)
    qtbot.addWidget(window)
    window.resize(ROOM)
    window.show()
    (area,) = (a for a in window.findChildren(QScrollArea) if a.objectName() == "page")

    def fits(what: str) -> None:
        needs = window.minimumSizeHint()
        assert (needs.width() <= ROOM.width(), needs.height() <= ROOM.height()) == (True, True), f"{what} {needs}"
        assert area.widget().width() <= area.viewport().width(), what

    fits("welcome")
    window.show_code("Aino", "ABCDE-FGHIJ-KLMNO-PQRST", CodeDoors(never, never), never)
    fits("code")
    window.ask_partner(never, never)
    fits("partner")


def test_one_door_gives_windows_their_first_size() -> None:
    sized = re.compile(r"\bself\.resize\(")
    found = [p.name for p in Path(widgets.__file__).parent.rglob("*.py") if sized.search(p.read_text("utf-8"))]
    assert found == [], "widgets/folding.py: size_to_fit"
