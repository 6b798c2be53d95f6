"""One meeting: when, where and with whom; notes; and of a filmed one its plan and its films."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.casework.bookings import near, sharing
from app.casework.case_file import CaseFile
from app.casework.consents import permits
from app.casework.one_reading import OneReading
from app.casework.pair import tasks_fixed
from app.casework.places import place_of, places_hidden
from app.casework.plans import PlanEditor
from app.clips.lookup import FEEDBACK_TALKS
from app.coding.opening import Codable, codable
from app.errors import AppError
from app.films import intake
from app.i18n import today
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.ports import Store
from app.services.library import meeting_kinds
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.cases.course_card import CourseCard
from widgets.cases.exchange_panel import ExchangePanel
from widgets.cases.films_panel import FilmsPanel
from widgets.cases.notes_card import NotesCard
from widgets.cases.plan_panel import PlanPanel
from widgets.cases.section import WIDEST
from widgets.forms.care_strip import CareStrip
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import Form, columns
from widgets.guests.guests_card import GuestsCard
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import Card, button, label, section_label, stacked
from widgets.screen import Go


class MeetingPanel(QWidget):
    """Everything of one meeting changes through its PlanEditor, so that it has one undo stack."""

    remove_asked = Signal()

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__()
        self._space, self._go, self._texts = space, go, space.texts
        self._words = StatementTexts(space.texts.language)
        self._editor: PlanEditor | None = None
        t = self._texts
        self.form = Form(t, self._edit)
        self.plan = PlanPanel(space, look)
        self.films = FilmsPanel(space, look)
        self.course, self.notes = CourseCard(space), NotesCard(space)
        self._of_filmed: list[QWidget] = []
        self._coders = label("", "muted", wrap=True)
        self._consents = label("", "strong", wrap=True)
        self.code = button(t.tr("Code"), self._on_code)
        self.film = button(t.tr("Film"), self._on_film)
        self.talk = button(t.tr("Talk after filming"), self._on_talk)
        self.feedback = button(t.tr("Moments for feedback"), self._on_feedback)
        self._why = label("", "caption", wrap=True)
        self.agenda = button(t.tr("Print the agenda…"), self._on_agenda, "quiet")
        self.remove = button(t.tr("Remove the meeting"), self.remove_asked.emit, "quiet")
        self.exchange = ExchangePanel(space, go)
        self.guests = GuestsCard(space)
        elsewhere = Card(self.exchange, padding=20)
        column = stacked(spacing=12)
        for title, card in (
            (t.tr("Meeting"), self._details()),
            (t.tr("Partner on another computer"), elsewhere),
            (t.tr("Plan"), plan := Card(self.plan, padding=20)),
            (t.tr("Films"), films := Card(self.films, padding=20)),
            (t.tr("Guests and coders"), self.guests),
            (t.tr("Taking part and how it went"), self.course),
            (t.tr("Notes"), self.notes),
        ):
            card.setMaximumWidth(WIDEST)
            for part in (section_label(title), card):
                column.addWidget(part)
                if card is elsewhere:  # there only where the partner is
                    part.hide()
                    self.exchange.shown.connect(part.setVisible)
                if card in (elsewhere, plan, films, self.guests):
                    self._of_filmed.append(part)
        self.setLayout(column)

    def _details(self) -> QWidget:
        t, form = self._texts, self.form
        ages = [(k, self._words.of("ages", k)) for k in self._words.keys("ages")]
        card = Card(spacing=14, padding=20)
        when = columns(
            form.date("day", t.tr("Day")),
            form.time("time", t.tr("Time of day")),
            form.number("minutes", t.tr("Length"), 5, 600, " min"),
        )
        who = columns(
            form.choice("adult_id", t.tr("Adult")),
            group := form.choice("age_group", t.tr("Age group"), ages),
        )
        self._of_filmed += [group, self.code, self.film, self._coders]
        self._kind = form.choice("kind", t.tr("Kind of meeting"))
        self.near = label("", "danger", wrap=True)
        card.column.addWidget(self._kind)
        card.column.addLayout(when)
        card.column.addLayout(who)
        self._place = form.line("place", t.tr("Place"))
        self._care = CareStrip(t)
        card.column.addWidget(self.near)
        card.column.addWidget(self._place)
        card.column.addWidget(self._care)
        card.column.addWidget(self._consents)
        card.column.addLayout(stacked(self._coders, self._why, spacing=2))
        card.column.addLayout(Flow(self.code, self.film, self.talk, self.feedback, self.agenda, self.remove))
        return card

    @property
    def editor(self) -> PlanEditor | None:
        return self._editor

    def show_meeting(
        self, editor: PlanEditor, file: CaseFile, reading: OneReading | None = None, *, anew: bool = False
    ) -> None:
        """Show the editor's meeting, whose people are in `file`; with what the whole screen has read."""
        with editor.reading(reading) as store:
            self._show(store, editor, file, anew=anew)

    def _show(self, store: Store, editor: PlanEditor, file: CaseFile, *, anew: bool) -> None:
        is_other = anew or self._editor is None or self._editor.meeting.id != editor.meeting.id
        self._editor = editor
        meeting, t = editor.meeting, self._texts
        is_filmed = meeting.is_filmed
        nobody = [] if is_filmed else [("", "–")]
        self.form.offer("adult_id", [*nobody, *((p.id, p.called) for p in file.adults)])
        kinds = [kind for kind in meeting_kinds() if kind.filmed == is_filmed]
        self.form.offer("kind", [(kind.key, t.words(kind.form)) for kind in kinds])
        self._kind.setVisible(len(kinds) > 1)
        held, day = meeting.held.astimezone(), today()
        values = {
            "day": held.date(),
            "time": held.time().replace(second=0, microsecond=0),
            "minutes": meeting.minutes,
            "age_group": meeting.age_group,
            "adult_id": meeting.adult_id,
            "kind": meeting.kind,
            "place": place_of(file, meeting, day),
        }
        self._place.setVisible(not places_hidden(file, day))
        self._care.show_care(file, (meeting.adult_id, *meeting.others), day)
        self.form.load(values, anew=is_other)
        self._tell_near(store, file, meeting)
        self.course.show_meeting(editor, file, anew=is_other)
        self.notes.show_notes(editor, file, anew=is_other)
        for part in self._of_filmed:
            part.setVisible(is_filmed)
        if is_filmed:
            self._show_filmed(store, file, meeting)
        else:
            for part in (self._consents, self._why, self.talk):
                part.hide()
            self.feedback.setVisible(meeting.kind in FEEDBACK_TALKS)

    def _tell_near(self, store: Store, file: CaseFile, meeting: Meeting) -> None:
        """Of the others only when: who they are with is not said where this one's people may look."""
        t = self._texts
        too_near = near(file, meeting, sharing(store, file))
        found = [f"{t.date(m.held.astimezone().date())} {t.time(m.held)}" for m in too_near]
        self.near.setText(
            t.tr(
                "Too near to a meeting of somebody who is kept apart: {when}. Leave half an hour between them.",
                when=", ".join(found),
            )
        )
        self.near.setVisible(bool(found))

    def _show_filmed(self, store: Store, file: CaseFile, meeting: Meeting) -> None:
        t, editor = self._texts, self._editor
        assert editor is not None
        names = [self._space.worker_name(w) for w in meeting.coders]
        self._coders.setText(t.tr("Coder A: {a}, coder B: {b}", a=names[0], b=names[1]))
        standing = permits(file, meeting, Purpose.FILMING, meeting.held.astimezone().date())
        lacking = [p.called for p in (*standing.lacking, *standing.withdrawn)]
        self._consents.setText(t.tr("Consent to filming is missing: {who}", who=", ".join(lacking)))
        self._consents.setVisible(bool(lacking))
        self.plan.show_plan(editor)
        self.films.show_films(meeting.id, store)
        self.exchange.show_meeting(meeting, store)
        self.guests.show_meeting(meeting, store)
        self._show_next(store, meeting)

    def _show_next(self, store: Store, meeting: Meeting) -> None:
        t = self._texts
        can = codable(store, meeting)
        has_films = bool(intake.films_of(store, meeting.id))
        self.talk.setVisible(has_films)
        self.feedback.setVisible(has_films)
        self.code.setEnabled(can == Codable.YES)
        why = {
            Codable.OTHERS: t.tr("Only the two coders code this meeting."),
            Codable.BEING_FILMED: t.tr("This meeting is being filmed. It can be coded when its films are finished."),
            Codable.NO_FILM: t.tr("Coding begins when a film has been taken in."),
            Codable.NO_CONSENT: t.tr("The film is closed: a consent to it is not in force."),
        }
        is_fixed = tasks_fixed(store, meeting.id)
        self.film.setEnabled(not is_fixed)
        fixed = t.tr("A coding is ready, so no more is filmed of this meeting.") if is_fixed else ""
        self._why.setText(why.get(can, fixed))
        self._why.setVisible(bool(self._why.text()))

    def commit(self) -> None:
        if self._editor is not None:
            self.form.commit()
            self.plan.commit()
            self.course.commit()
            self.notes.commit()

    def _edit(self, key: str, value: Any) -> bool:
        editor = self._editor
        if editor is None or value is None:
            return False
        if key not in ("day", "time"):
            return editor.edit(**{key: value})
        held = editor.meeting.held.astimezone()
        day, time = (value, held.time()) if key == "day" else (held.date(), value)
        # a time that a person types is the local one of that day
        return editor.edit(held=datetime.combine(day, time.replace(tzinfo=None)).astimezone())

    def _on_film(self) -> None:
        if self._editor is not None:
            self.commit()
            self._go("filming", meeting_id=self._editor.meeting.id)

    def _on_talk(self) -> None:
        if self._editor is not None:
            self.commit()
            self._go("filming", meeting_id=self._editor.meeting.id, part="talk")

    def _on_feedback(self) -> None:
        if self._editor is not None:
            self.commit()
            meeting = self._editor.meeting
            self._go("feedback", case_id=meeting.case_id, meeting_id=meeting.id)

    def _on_agenda(self) -> None:
        from app.casework.meeting_agenda import file_name, save

        editor, space, t = self._editor, self._space, self._texts
        if editor is None:
            return
        self.commit()
        path = FileDialogs(self).save(t.tr("Save as PDF"), file_name(t, editor.meeting), PDF)
        if path is None:
            return
        try:
            save(space.store, path, editor, t, today())
        except AppError as error:
            space.notices.trouble(error)
        else:
            space.notices.done(t.tr("The paper is written."))

    def _on_code(self) -> None:
        if self._editor is not None:
            self.commit()
            self._go("coding", meeting_id=self._editor.meeting.id)
