"""*Suostumukset*: what each person agreed to, purpose by purpose; given here, and withdrawn after a question."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton

from app.casework.consent_forms import looked_at, picture_of
from app.casework.consent_paper import LANGUAGES, print_form, printed_version, save_evidence
from app.casework.consents import Standing, last_words, stands
from app.casework.languages import language_name
from app.casework.made_of import touched
from app.errors import AppError
from app.i18n import today
from app.jobs import JobLane
from app.model.consent import Consent, Purpose
from app.model.people import Person
from app.model.recording import Recording
from app.workspace import Workspace
from widgets.cases.consent_form import ConsentFormPanel, choose_photos, drop_photos, take_photos_in
from widgets.cases.consent_matrix import ConsentMatrix
from widgets.cases.consent_row import ConsentRow
from widgets.cases.form_photo import FormViewer
from widgets.cases.section import WIDEST, Section
from widgets.cases.withdrawal_dialog import WithdrawalDialog
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import Card, button, clear, confirm, hairline, label
from widgets.retention.erasing_act import ask_to_erase


class ConsentsSection(Section):
    """One person at a time, all nine purposes below each other; default is *not given*. One form gives many at once."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__(space, look)
        t = self.texts
        self._person_id = ""
        self.pills: dict[str, QPushButton] = {}
        self._shown_pills: list[tuple[str, str]] = []
        self._group = QButtonGroup(self)
        self._persons = Flow()
        self.column.addLayout(self._persons)
        self.matrix = ConsentMatrix(t, look)
        self.matrix.setMaximumWidth(WIDEST)
        self.matrix.chosen.connect(self._on_cell)
        self.column.insertWidget(0, self.matrix)
        self.record = button(t.tr("Record a consent form…"), self.open_form)
        self.print = button(t.tr("Print an empty form"))
        self.print.setMenu(self._print_menu())
        self.evidence = button(t.tr("Consents as PDF…"), self._save_evidence)
        self.column.addLayout(Flow(self.record, self.print, self.evidence))
        self.form = ConsentFormPanel(self)
        self.form.setMaximumWidth(WIDEST)
        self.form.hide()
        self.form.recorded.connect(self.close_form)
        self.form.left.connect(self.close_form)
        self.form.decision_asked.connect(self._open_decision)
        self.column.addWidget(self.form)
        self.rows = {p: ConsentRow(self, p) for p in Purpose}
        card = Card(spacing=0, padding=1)
        for number, row in enumerate(self.rows.values()):
            if number:
                card.column.addWidget(hairline())
            card.column.addWidget(row)
        card.setMaximumWidth(WIDEST)
        self.column.addWidget(card)
        words = t.tr(
            "Being filmed is voluntary, and refusal never harms the client. A withdrawn consent stays on record."
        )
        self.column.addWidget(label(words, "caption", wrap=True))
        words = t.tr(
            "The handling of client data is based on law. Withdrawing prevents use; keeping and erasing are decided by "
            "the controller."
        )
        self.column.addWidget(label(words, "caption", wrap=True))
        self.column.addStretch(1)

    @property
    def person(self) -> Person | None:
        return self.file.person(self._person_id)

    def called(self, person_id: str) -> str:
        """Who it is, by the word of the case."""
        found = self.file.person(person_id)
        return found.called if found is not None else ""

    # the form

    def open_form(self, purpose: Purpose | None = None) -> None:
        """One form of the person who is shown, for all that it gives; `purpose` is ticked on it."""
        person, day = self.person, today()
        if person is None:
            return
        held = {p for p in Purpose if self.file.consent(person.id, p, day) is not None}
        version = printed_version(self.space.store, person.id)
        self.record.hide()
        lacks = purpose is not None and stands(self.file, person, purpose, day) == Standing.LACKING
        self.form.begin(person, held, self.space.worker.name, purpose, can_be_decided=lacks, version=version)

    def close_form(self) -> None:
        self.form.hide()
        self.record.show()
        self.record.setFocus()

    def _open_decision(self, purpose: Purpose) -> None:
        self.close_form()
        self.rows[purpose].open_decision()

    # its photographs

    def pictures(self, consent: Consent) -> list[bytes]:
        """The photographed pages of a consent's form; what cannot be read is told."""
        found = []
        for page in self.file.pages(consent):
            try:
                found.append(picture_of(self.space.media, page))
            except AppError as error:
                self.space.notices.trouble(error)
        return found

    def show_pictures(self, consent: Consent) -> None:
        """Large, and noted in the log of who has seen what."""
        try:
            pages = looked_at(self.space.store, self.space.media, self.file.pages(consent))
        except AppError as error:
            self.space.notices.trouble(error)
            return
        title = self.texts.tr("Consent form · {person}", person=self.called(consent.person_id))
        made = FormViewer(self.texts, title, pages, self)
        made.exec()
        made.deleteLater()

    def add_pictures(self, consent: Consent) -> None:
        """Photographed after it was recorded: for all that the same form gave."""
        photographs = take_photos_in(self.space, consent.case_id, choose_photos(self, self.space))
        if photographs and not self.editor.add_photographs(consent, photographs):
            drop_photos(self.space, photographs)

    def choose(self, person_id: str) -> None:
        """Show another person's consents."""
        for row in self.rows.values():
            row.close_form()
        self.form.hide()
        self.record.show()
        self._person_id = person_id
        self.refresh()

    def read(self, *, anew: bool) -> None:
        if anew:
            for row in self.rows.values():
                row.close_form()
            self.form.hide()
            self.record.show()
        persons = sorted(self.file.persons, key=lambda p: not p.is_child)
        if self.person is None:
            self._person_id = persons[0].id if persons else ""
        self._fill_pills(persons)
        self.matrix.show_case(self.file)
        self.print.setEnabled(self.person is not None)
        person, day = self.person, today()
        self.record.setEnabled(person is not None)
        for purpose, row in self.rows.items():
            standing = Standing.LACKING if person is None else stands(self.file, person, purpose, day)
            decision = self.file.decision(self._person_id, purpose, day)
            row.show_consents(self._consents(purpose), standing, decision, enabled=person is not None)

    def write(self) -> None:
        for row in self.rows.values():
            row.commit()

    def withdraw(self, consent: Consent) -> None:
        """Asked first, for it cannot be undone: the film may not be used for this purpose any more."""
        t = self.texts
        person = self.file.person(consent.person_id)
        question = t.tr(
            "Withdraw the consent of {person}: {purpose}? This is recorded with today's date and cannot be undone.",
            person=person.called if person else "",
            purpose=self.words.purpose(consent.purpose),
        )
        if confirm(self, t, question, t.tr("Withdraw the consent")) and self.editor.withdraw_consent(consent, today()):
            self._tell_made(consent)

    def _tell_made(self, consent: Consent) -> None:
        """What there is of the person's films, and what happens to each; nothing is told where there is nothing."""
        found = touched(self.space.store, self.file, consent)
        if found.rows:
            made = WithdrawalDialog(self.texts, self.called(consent.person_id), self.words, found, self)
            made.erase_asked.connect(partial(self._erase, made))
            made.open()

    def _erase(self, told: WithdrawalDialog, film: Recording) -> None:
        ask_to_erase(self.space, film, told)

    # on paper

    def _print_menu(self) -> QMenu:
        made = QMenu(self)
        for code in LANGUAGES:
            made.addAction(language_name(self.texts, code), partial(self._print, code))
        return made

    def _print(self, language: str) -> None:
        """An empty form of the person who is shown."""
        space, t, person = self.space, self.texts, self.person
        if person is None:
            return
        space.notices.paper([person.name])
        name = " ".join((t.tr("Consent form"), self.file.case.code_name, f"{language}.pdf"))
        chosen = FileDialogs(self).save(t.tr("Save as PDF"), name, PDF)
        if chosen is not None:
            space.jobs.run(
                t.tr("Writing the form"),
                lambda _job: print_form(space.store, person, language, chosen),
                lambda _: space.notices.done(t.tr("The form was saved.")),
                space.notices.trouble,
                JobLane.ARCHIVE,
            )

    def _save_evidence(self) -> None:
        """What is on record about consents, for the controller: of the case, or where some are apart of one adult."""
        space, t, case_id, adult_id = self.space, self.texts, self.file.case.id, self._person_id
        name = " ".join((t.tr("Consents on record"), f"{self.file.case.code_name}.pdf"))
        chosen = FileDialogs(self).save(t.tr("Save as PDF"), name, PDF)
        if chosen is not None:
            space.jobs.run(
                t.tr("Writing the consents"),
                lambda _job: save_evidence(space.door, space.media, case_id, t, chosen, adult_id),
                lambda _: space.notices.done(t.tr("The consents were saved.")),
                space.notices.trouble,
                JobLane.ARCHIVE,
            )

    def _on_cell(self, person_id: str, purpose: Purpose) -> None:
        """From the table to the row itself."""
        self.choose(person_id)
        row = self.rows[purpose]
        (row.give if not row.give.isHidden() else row.correct).setFocus()

    def end_decision(self, purpose: Purpose) -> None:
        """Asked first, for it cannot be undone: what rested on it may no longer be done."""
        t, day = self.texts, today()
        decision = self.file.decision(self._person_id, purpose, day)
        question = t.tr("End the controller's decision? This is recorded with today's date and cannot be undone.")
        if decision is not None and confirm(self, t, question, t.tr("End the decision")):
            self.editor.end_decision(decision, day)

    def _consents(self, purpose: Purpose) -> tuple[Consent, ...]:
        """The person's consents to one purpose; the one that tells how it stands comes last."""
        return last_words(self.file, self._person_id, purpose, today())

    def _fill_pills(self, persons: list[Person]) -> None:
        day = today()
        wanted = []
        for person in persons:
            n = sum(self.file.consent(person.id, p, day) is not None for p in Purpose)
            words = self.texts.tr("{person} · {n} given", person=person.called, n=n)
            wanted.append((person.id, words))
        if [i for i, _ in wanted] != [i for i, _ in self._shown_pills]:
            self._make_pills(wanted)
        for person_id, words in wanted:
            self.pills[person_id].setText(words)
            self.pills[person_id].setChecked(person_id == self._person_id)
        self._shown_pills = wanted

    def _make_pills(self, wanted: list[tuple[str, str]]) -> None:
        clear(self._persons)
        self.pills = {}
        for person_id, words in wanted:
            pill = button(words, partial(self.choose, person_id), "pill")
            pill.setCheckable(True)
            self._group.addButton(pill)
            self.pills[person_id] = pill
            self._persons.addWidget(pill)
