"""*Suostumuslomake*: all that one signed form gives, in one step: purposes, who gave them, dates, photographs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.case_file import CaseFile
from app.casework.consent_forms import all_taken_in, dropped
from app.casework.consents import Signed, guardians_left, is_spoken_for
from app.errors import AppError
from app.i18n import Texts, today
from app.model.consent import ConsentForm, Purpose
from app.model.people import Person
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.cases.form_photo import ENDINGS, Thumbnail, read_photo
from widgets.forms.date_field import DateField
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.form import columns, named
from widgets.look.flow import Flow
from widgets.look.parts import Card, beside, button, clear, label, section_label, stacked


class Case(Protocol):
    """The case whose form it is, and through what it changes."""

    space: Workspace

    @property
    def texts(self) -> Texts: ...
    @property
    def words(self) -> StatementTexts: ...
    @property
    def editor(self) -> CaseEditor: ...
    @property
    def file(self) -> CaseFile: ...


def choose_photos(parent: QWidget, space: Workspace) -> list[bytes]:
    """Pictures that a person picks, read; what cannot be read is told."""
    t = space.texts
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    kinds, title = t.tr("Pictures"), t.tr("Photograph of the form")
    found = []
    for path in FileDialogs(parent).open_many(title, f"{kinds} ({ENDINGS})", Path(pictures)):
        try:
            found.append(read_photo(path))
        except AppError as error:
            space.notices.trouble(error)
    return found


def take_photos_in(space: Workspace, case_id: str, pictures: Sequence[bytes]) -> tuple[ConsentForm, ...] | None:
    """The pictures in their containers; None when the disk refused one, which is told."""
    try:
        return all_taken_in(space.media, case_id, pictures)
    except AppError as error:
        space.notices.trouble(error)
        return None


def drop_photos(space: Workspace, forms: Sequence[ConsentForm]) -> None:
    """They came into no book."""
    for form in forms:
        dropped(space.media, form)


class ConsentFormPanel(Card):
    """Nothing is in the archive before *Record* is pressed. No purpose is ticked for anybody."""

    recorded = Signal()
    left = Signal()
    decision_asked = Signal(object)  # the Purpose for which a consent cannot be had

    def __init__(self, case: Case) -> None:
        super().__init__(spacing=12, padding=18)
        self._case, t = case, case.texts
        self._person: Person | None = None
        self._pictures: list[bytes] = []
        self._asked: Purpose | None = None
        self._title = label("", "title")
        self.purposes = {p: QCheckBox(_large(case.words.purpose(p))) for p in Purpose}
        self.givers: dict[str, QCheckBox] = {}
        self.given, self.until = DateField(t, t.tr("Given")), DateField(t, t.tr("Valid until"))
        self.form_version, self.explained_by, self.other = QLineEdit(), QLineEdit(), QLineEdit()
        self.record = button(t.tr("Record the consents"), self._record, "primary")
        self.cancel = button(t.tr("Cancel"), self.left.emit, "quiet")
        self.decide = button(t.tr("Controller's decision…"), self._on_decide, "quiet")
        self.photo = button(t.tr("Add a photograph of the form…"), self._add_photos)
        self.other.setAccessibleName(t.tr("Somebody else: who"))
        self.other.setPlaceholderText(t.tr("Somebody else: who"))
        self._lay_out()

    def _lay_out(self) -> None:
        t, column = self._case.texts, self.column
        column.addWidget(self._title)
        column.addWidget(section_label(t.tr("Consent is given to")))
        column.addLayout(Flow(*self.purposes.values(), is_even=True))
        self._for_child = QWidget()
        self._givers = Flow()
        self._left_out = label("", "caption", wrap=True)
        self._for_child.setLayout(
            stacked(
                section_label(t.tr("Who gave it for the child")),
                self._givers,
                self.other,
                self._left_out,
                spacing=8,
            )
        )
        column.addWidget(self._for_child)
        version, teller = (
            named(t.tr("Version of the form"), self.form_version),
            named(t.tr("Explained by"), self.explained_by),
        )
        column.addLayout(columns(self.given, self.until))
        column.addLayout(columns(version, teller))
        self._strip = QVBoxLayout()
        column.addLayout(self._strip)
        words = t.tr(
            "The picture is kept encrypted, without the place, time and device that a camera writes into it. The "
            "original file stays where it is: destroy it when you no longer need it."
        )
        about = beside(self.photo, label(words, "caption", wrap=True), spacing=14)
        about.setStretch(1, 1)
        column.addLayout(about)
        column.addLayout(beside(self.record, self.cancel, None, self.decide))

    def begin(
        self,
        person: Person,
        held: Collection[Purpose],
        explained_by: str,
        asked: Purpose | None = None,
        *,
        can_be_decided: bool = False,
        version: str = "",
    ) -> None:
        """A form of `person`, who has consents to the purposes `held` already; `asked` is ticked.

        `can_be_decided`: the controller may decide in the place of what is asked. `version` is of the form that was
        printed for the person.
        """
        t = self._case.texts
        self._person, self._asked, self._pictures = person, asked, []
        self._title.setText(t.tr("Consent form · {person}", person=person.called))
        for purpose, box in self.purposes.items():
            box.setEnabled(purpose not in held)
            box.setChecked(purpose is asked)
            name = _large(self._case.words.purpose(purpose))
            box.setText(t.tr("{purpose} · given already", purpose=name) if purpose in held else name)
        self._offer_givers(person)
        self.given.set_value(today())
        self.until.set_value(None)
        self.form_version.setText(version)
        self.other.clear()
        self.explained_by.setText(explained_by)
        self.decide.setVisible(can_be_decided)
        self._show_photos()
        self.show()
        first = next((b for b in self.purposes.values() if b.isEnabled()), None)
        (self.given.line if asked is not None or first is None else first).setFocus()

    def _offer_givers(self, person: Person) -> None:
        t, file = self._case.texts, self._case.file
        clear(self._givers)
        self.givers = {}
        self._for_child.setVisible(is_spoken_for(person))
        adults = dict.fromkeys((*file.guardians, *file.adults))
        for one in (*adults, person):
            if one is person:
                words = t.tr("{person}, own word", person=one.called)
            else:
                words = t.tr("{person}, guardian", person=one.called) if one.guardian else one.called
            box = self.givers[one.id] = QCheckBox(words)
            box.toggled.connect(self._show_left_out)
            self._givers.addWidget(box)
        self._show_left_out()

    def _show_left_out(self) -> None:
        """Where custody is joint each guardian is asked: who is not ticked is named, and nothing is decided here."""
        t, chosen = self._case.texts, self._chosen_givers()
        left = guardians_left(self._case.file, chosen) if chosen else ()
        names = ", ".join(p.called for p in left)
        self._left_out.setText(t.tr("Not yet from: {names}", names=names) if left else "")
        self._left_out.setVisible(bool(left))

    def _chosen_givers(self) -> tuple[str, ...]:
        return tuple(i for i, box in self.givers.items() if box.isChecked())

    # photographs

    def _add_photos(self) -> None:
        self._pictures += choose_photos(self, self._case.space)
        self._show_photos()

    def _show_photos(self) -> None:
        t = self._case.texts
        clear(self._strip)
        row = Flow()
        for number, picture in enumerate(self._pictures, start=1):
            name = t.tr("Page {n} of {all}", n=number, all=len(self._pictures))
            away = button(t.tr("Remove"), partial(self._drop_photo, number - 1), "quiet")
            away.setAccessibleName(f"{away.text()}: {name}")
            page = QWidget()
            page.setLayout(beside(Thumbnail(picture, name), away, spacing=2))
            row.addWidget(page)
        self._strip.addLayout(row)

    def _drop_photo(self, place: int) -> None:
        del self._pictures[place]
        self._show_photos()
        self.photo.setFocus()

    # to the archive

    def _record(self) -> None:
        for field in (self.given, self.until):
            if field.is_wrong() or (field is self.given and field.value() is None):
                field.line.setFocus()
                return
        case, person = self._case, self._person
        assert person is not None, "a form is somebody's"
        form = Signed(
            tuple(p for p, box in self.purposes.items() if box.isChecked()),
            self.given.value(),
            self.until.value(),
            self.form_version.text(),
            self.explained_by.text(),
            self._chosen_givers() if is_spoken_for(person) else (),
            self.other.text() if is_spoken_for(person) else "",
        )
        photographs = take_photos_in(case.space, person.case_id, self._pictures)
        if photographs is None:
            return
        if case.editor.record_form(person, form, photographs):
            self.recorded.emit()
        else:
            drop_photos(case.space, photographs)

    def _on_decide(self) -> None:
        self.decision_asked.emit(self._asked)


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]
