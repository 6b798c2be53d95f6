"""Signing in the window: a card or a file is asked for, trouble is one sentence, the panel says who has signed."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton

from app.door import Door
from app.error_texts import SENTENCES
from app.i18n import now
from app.model.signature import PaperSignature, Signature
from app.model.statement import StatementStage
from app.ports.signing import CardsSeen
from app.settings.values import Settings
from app.statement import signing, signing_services
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.export import statement_pdf
from app.statement.final import make_final
from tests.drivers.settling import settle
from tests.material.signing_keys import PASSPHRASE, signer
from tests.material.written import gone_through, whole
from tests.stand_ins.fake_cards import DRIVER, FakeCards
from tests.stand_ins.fake_player import FakePlayer
from widgets.forms.file_dialogs import FileDialogs
from widgets.statement.checked_file_dialog import CheckedFileDialog
from widgets.statement.paper_dialog import PaperDialog
from widgets.statement.sign_dialog import SignDialog
from widgets.statement.signatures_panel import SignaturesPanel
from widgets.statement.statement_screen import StatementScreen

AINO, LEENA = "Aino Esimerkki", "Leena Malli"


@pytest.fixture
def cards() -> FakeCards:
    return FakeCards((signer(AINO),))


@pytest.fixture
def final_id(home) -> str:
    home.compare()
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    assert whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, statement.id)
    assert partner.approve()
    assert make_final(gone_through(partner, home.a), home.vault)
    return statement.id


@pytest.fixture
def place(home, stage, final_id, cards) -> StatementScreen:
    return stage(StatementScreen, FakePlayer, lambda: cards, case_id=home.case_id)


def until(qtbot, holds) -> None:
    """Signing brings in much the first time, and other tests run beside."""
    qtbot.waitUntil(holds, timeout=60_000)


def words(widget) -> str:
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def panel(place) -> SignaturesPanel:
    settle()
    (shown,) = place.room.panel.findChildren(SignaturesPanel)
    return shown


def dialog_of(place, kind: type[QDialog], qtbot, use) -> None:
    """Do `use` in the next window of its own that opens."""
    done = []

    def look() -> None:
        found = next((d for d in QApplication.topLevelWidgets() if isinstance(d, kind) and d.isVisible()), None)
        if found is None:
            QTimer.singleShot(5, look)
            return
        done.append(True)
        use(found)

    QTimer.singleShot(0, look)
    return done


def press(widget, text: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def test_signing_with_a_card_from_the_header(place, home, qtbot, final_id) -> None:
    def use(dialog: SignDialog) -> None:
        until(qtbot, lambda: dialog.certificate.count() == 1)
        assert not dialog.ok.isEnabled()
        dialog.pin.setText("135790")
        dialog.ok.click()

    dialog_of(place, SignDialog, qtbot, use)
    press(place, home.texts.tr("Sign…"))
    (made,) = home.a.find(Signature)
    assert (made.worker_id, made.by_card, made.certificate.subject) == (home.aino.id, True, AINO)
    until(qtbot, lambda: "nothing was changed since" in words(panel(place)))
    said = words(panel(place))
    assert "1 / 2" in said
    assert "the certificate was in force" in said
    assert "waits" in said
    assert not [b for b in place.findChildren(QPushButton) if b.text() == "Sign…" and b.isVisible()]


def open_dialog(place, home, final_id, cards, qtbot) -> SignDialog:
    dialog = SignDialog(place.workspace, final_id, AINO, cards, place)
    dialog.show()
    until(qtbot, lambda: home.texts.tr("Looking for cards…") != dialog.state.text())
    return dialog


def test_each_trouble_of_a_card_is_one_sentence_and_nothing_is_signed(place, home, final_id, cards, qtbot) -> None:
    dialog = open_dialog(place, home, final_id, cards, qtbot)
    before_any = {"card-none", "card-no-reader", "card-no-driver"}
    keys = [k for k in SENTENCES if k.startswith("card-") and k not in before_any]
    for key in keys:
        until(qtbot, lambda: dialog.certificate.count() == 1)
        cards.refuses.append(key)
        dialog.pin.setText("135790")
        dialog.ok.click()
        until(qtbot, lambda key=key: dialog.trouble.text() == home.texts.tr(SENTENCES[key]))
        assert dialog.pin.text() == ""
    assert len(keys) > 9
    assert home.a.find(Signature) == ()
    dialog.reject()


def test_what_is_missing_is_said_before_anything_is_typed(place, home, final_id, qtbot) -> None:
    cards = FakeCards()
    dialog = open_dialog(place, home, final_id, cards, qtbot)
    for seen, key in (
        (CardsSeen(), "card-no-driver"),
        (CardsSeen((DRIVER,)), "card-no-reader"),
        (CardsSeen((DRIVER,), 1), "card-none"),
        (CardsSeen((DRIVER,), 1, 1), "card-no-certificate"),
        (CardsSeen((DRIVER,), silent=(DRIVER,)), "card-driver-silent"),
        (CardsSeen((DRIVER,), bad=(DRIVER,)), "card-driver-bad"),
    ):
        cards.seen = seen
        dialog.again.click()
        until(qtbot, lambda key=key: dialog.state.text() == home.texts.tr(SENTENCES[key]))
        assert not dialog.pin.isVisible()
        assert not dialog.ok.isEnabled()
    dialog.reject()


def test_a_certificate_for_signing_in_is_not_offered(place, home, final_id, qtbot) -> None:
    cards = FakeCards((signer(AINO, use="digital_signature"), signer(AINO)))
    dialog = open_dialog(place, home, final_id, cards, qtbot)
    assert dialog.certificate.count() == 1
    dialog.reject()


def test_signing_with_a_file(place, home, final_id, cards, qtbot, tmp_path) -> None:
    file, other = tmp_path / "aino.p12", tmp_path / "muu.p12"
    file.write_bytes(signer(AINO).file())
    other.write_bytes(b"%PDF-1.7")
    dialog = open_dialog(place, home, final_id, cards, qtbot)
    dialog.by_file.setChecked(True)
    assert not dialog.ok.isEnabled()
    dialog.use_file(other)
    assert dialog.trouble.text() == home.texts.tr(SENTENCES["signing-file"])
    dialog.use_file(file)
    dialog.passphrase.setText("wrong")
    dialog.ok.click()
    until(qtbot, lambda: dialog.trouble.text() == home.texts.tr(SENTENCES["signing-passphrase"]))
    dialog.passphrase.setText(PASSPHRASE)
    dialog.ok.click()
    until(qtbot, lambda: not dialog.isVisible())
    (made,) = home.a.find(Signature)
    assert not made.by_card


@pytest.mark.parametrize("agrees", [True, False])
def test_another_name_is_asked(place, home, final_id, qtbot, agrees) -> None:
    dialog = open_dialog(place, home, final_id, FakeCards((signer("Aina Muu"),)), qtbot)

    def use(box: QMessageBox) -> None:
        assert AINO in box.text()
        next(b for b in box.buttons() if (b.text() == home.texts.tr("Sign")) is agrees).click()

    asked = dialog_of(place, QMessageBox, qtbot, use)
    dialog.pin.setText("135790")
    dialog.ok.click()
    until(qtbot, lambda: bool(asked) and (not dialog.isVisible() or dialog.trouble.isVisible()))
    assert len(home.a.find(Signature)) == agrees
    dialog.reject()


def test_what_was_typed_goes_with_the_window(place, home, final_id, cards, qtbot) -> None:
    dialog = open_dialog(place, home, final_id, cards, qtbot)
    dialog.pin.setText("135790")
    dialog.passphrase.setText("secret")
    dialog.reject()
    assert (dialog.pin.text(), dialog.passphrase.text()) == ("", "")


def test_a_signature_on_paper_is_noted_from_the_panel(place, home, qtbot, final_id) -> None:
    dialog_of(place, PaperDialog, qtbot, lambda dialog: dialog.ok.click())
    shown = panel(place)
    leena = next(p for p in signing.places(home.a, place.room.editor.statement) if p.worker_id == home.leena.id)
    shown.paper_asked.emit(leena)
    (made,) = home.a.find(PaperSignature)
    assert (made.worker_id, made.day) == (home.leena.id, now().astimezone().date())
    assert "signed on paper" in words(panel(place))


def test_any_file_can_be_checked(place, home, qtbot, tmp_path, monkeypatch, final_id, cards) -> None:
    key = cards.key(cards.look().certificates[0], cards.pin)
    signing.sign(Door(home.a), home.vault, final_id, key)
    path, told = tmp_path / "s.pdf", []
    path.write_bytes(statement_pdf(Door(home.a), home.vault, final_id) + b"\n% more\n")
    monkeypatch.setattr(FileDialogs, "open", lambda *_: path)

    def use(dialog: CheckedFileDialog) -> None:
        told.append(words(dialog))
        dialog.accept()

    dialog_of(place, CheckedFileDialog, qtbot, use)
    panel(place).check_asked.emit()
    until(qtbot, lambda: bool(told))
    assert "changed since: it is not what was signed" in told[0]
    assert AINO in told[0]


def test_everybody_signed_is_the_next_stage(place, home, cards, qtbot, final_id) -> None:
    signing.sign(Door(home.a), home.vault, final_id, cards.key(cards.look().certificates[0], cards.pin))
    signing.note_on_paper(place.workspace.door, final_id, home.leena.id, now().astimezone().date())
    assert place.room.editor.statement.stage == StatementStage.SIGNED
    until(qtbot, lambda: "2 / 2" in words(panel(place)))


def test_no_service_is_asked_unless_a_person_named_one() -> None:
    assert signing_services.services(Settings()) is None
    assert signing_services.services(Settings(issuers_file="/x")) is None
    named = signing_services.services(Settings(time_stamp_service="https://example.invalid"))
    assert named is not None
    assert named.level == "b-t"
