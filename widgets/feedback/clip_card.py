"""The card of the moment that is chosen: its words for the talk, where it begins and ends, and what it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.casework.consents import Permission
from app.clips.permitted import Judged
from app.clips.words import AIMS, BARS, CAME_FROM, SIGHTS
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.feedback import Clip, FeedbackTalk, Placed
from app.model.recording import Recording
from app.settings.preferences import Preferences
from app.shortcuts.actions import action
from widgets.forms.form import Form, columns, held
from widgets.keys.captions import KeyTips
from widgets.look.look import Look, font
from widgets.look.parts import Card, beside, button, hairline, label, section_label, stacked

_PLAN = ("minutes", "notes")


@dataclass(frozen=True)
class OnCard:
    """What the card shows of one clip: its number and place in the talk, 0 and None where it is in none."""

    clip: Clip
    number: int
    place: Placed | None
    notes: str  # the worker's own for that talk
    film: Recording | None
    cameras: Sequence[Recording]
    about: str
    judged: Judged | None
    elsewhere: int  # other clips of the same moment
    talks: Sequence[FeedbackTalk] = ()
    is_childs: bool = False  # the talk is with the child


class ClipCard(Card):
    """Tells what is edited; nothing is decided here."""

    edited = Signal(str, object)  # field of the clip, value
    planned = Signal(str, object)  # field of its place in the talk, value
    stepped = Signal(str, int)  # `first` or `last`, pictures
    placed = Signal(str)  # `first` or `last` at the picture on the screen
    pre_roll_pressed = Signal()
    pause_pressed = Signal()
    still_pressed = Signal()
    play_pressed = Signal()
    camera_chosen = Signal(str)
    out_pressed = Signal()
    remove_pressed = Signal()
    cover_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, preferences: Preferences) -> None:
        super().__init__(spacing=10, padding=16)
        self._look, self._texts = look, texts
        self._tips = KeyTips(preferences, self)
        self._form = Form(texts, self._on_edit)
        self._shown = ""
        self._times: dict[str, QLabel] = {}
        self._build()

    def _build(self) -> None:
        t, form = self._texts, self._form
        self._head = section_label("")
        self._about = label("", "caption", wrap=True)
        self._same = label("", "caption", wrap=True)
        self.column.addLayout(beside(self._head, None, button(t.tr("Play"), self.play_pressed.emit, "small")))
        self.column.addWidget(self._about)
        self.column.addWidget(self._same)
        self.column.addWidget(form.line("title", t.tr("Title for the parent")))
        self.column.addWidget(self._edge("first", t.tr("Begins")))
        self.column.addWidget(self._edge("last", t.tr("Ends")))
        more = (
            button(t.tr("2 s earlier"), self.pre_roll_pressed.emit, "pill"),
            button(t.tr("To the pause"), self.pause_pressed.emit, "pill"),
            button(t.tr("Still"), self.still_pressed.emit, "pill"),
        )
        self._tips.hint(more[2], t.tr("Only the picture on the screen"), "feedback.still")
        self._tips.hint(more[0], t.tr("Begins two seconds earlier"), "feedback.pre-roll")
        self._tips.hint(more[1], t.tr("Ends at the next pause of the sound"), "feedback.pause")
        self.column.addLayout(beside(*more, None, spacing=6))
        self._cameras = form.choice("camera", t.tr("Camera"))
        self._sight = form.choice("sight", t.tr("Seen"), [(s, t.tr(w)) for s, w in SIGHTS.items()])
        self._several = held(columns(self._cameras, self._sight))
        self.column.addWidget(self._several)
        self.column.addWidget(form.text("look_at", t.tr("What is looked at")))
        self.column.addWidget(form.text("why", t.tr("Why it was chosen")))
        self.column.addWidget(form.text("question", t.tr("Question to the parent")))
        self._plan = held(
            stacked(
                columns(
                    form.choice("aim", t.tr("For"), [(a, t.tr(w)) for a, w in AIMS.items()]),
                    form.number("minutes", t.tr("Talked about"), 1, 60, t.tr(" min")),
                ),
                form.text("notes", t.tr("Own notes, seen on this screen only")),
                spacing=10,
            )
        )
        self.column.addWidget(self._plan)
        self.column.addWidget(form.check("hidden", t.tr("Must not be shown")))
        self._why_hidden = form.line("hidden_why", t.tr("Why it must not be shown"))
        self.column.addWidget(self._why_hidden)
        self._build_foot()

    def _build_foot(self) -> None:
        t = self._texts
        self._sign = QLabel()
        self._consent = label("", "strong", wrap=True)
        self._who = label("", "caption", wrap=True)
        self.column.addWidget(hairline())
        row = beside(self._sign, stacked(self._consent, self._who, spacing=2), spacing=10)
        row.setStretch(1, 1)
        self.column.addLayout(row)
        self.out = button(t.tr("Take out of the talk"), self.out_pressed.emit, "quiet")
        self.remove = button(t.tr("Remove the moment"), self.remove_pressed.emit, "quiet")
        self._tips.hint(self.out, t.tr("Take out of the talk"), "feedback.take-out")
        self.cover = button(t.tr("Cover and hand out…"), self.cover_pressed.emit, "quiet")
        self.column.addLayout(beside(self.cover, None))
        self.column.addLayout(beside(self.out, None, self.remove))

    def _edge(self, edge: str, name: str) -> QWidget:
        t = self._texts
        time = label("", "strong")
        time.setFont(font(14, weight=font().Weight.DemiBold, tabular=True))
        less = button("−", lambda: self.stepped.emit(edge, -1), "small")
        more = button("+", lambda: self.stepped.emit(edge, 1), "small")
        here = button(t.tr("here"), lambda: self.placed.emit(edge), "small")
        side = {"first": "begin", "last": "end"}[edge]
        for made, what in ((less, "back"), (more, "on"), (here, "here")):
            action_id = f"feedback.{side}-{what}"
            self._tips.set(made, t.tr(action(action_id).name), action_id)
        self._times[edge] = time
        row = beside(label(name, "caption"), None, less, time, more, here, spacing=6)
        return held(row)

    # filling

    def show_clip(self, on: OnCard | None) -> None:
        """None: nothing is chosen."""
        self.setVisible(on is not None)
        if on is None:
            self._shown = ""
            return
        t, clip = self._texts, on.clip
        title = t.tr("Title for the child") if on.is_childs else t.tr("Title for the parent")
        asked = t.tr("Question to the child") if on.is_childs else t.tr("Question to the parent")
        self._form.rename("title", title)
        self._form.rename("question", asked)
        self._head.setText((t.tr("Moment {n}", n=on.number) if on.number else t.tr("Moment, in no talk yet")).upper())
        came = t.tr(CAME_FROM[clip.came_from])
        self._about.setText(" · ".join(x for x in (on.about, came) if x))
        self._same.setText(self._same_words(on))
        self._same.setVisible(bool(self._same.text()))
        for edge in ("first", "last"):
            time = getattr(clip, edge)
            at = time if on.film is None else on.film.to_meeting(time)
            self._times[edge].setText(t.short_clock(at, digits=3))
        self._form.offer("camera", [(f.id, t.tr("Camera {n}", n=f.camera)) for f in on.cameras])
        self._several.setVisible(len(on.cameras) > 1)
        values = {name: getattr(clip, name) for name in ("title", "look_at", "why", "question", "aim", "hidden")}
        values |= {"hidden_why": clip.hidden_why, "camera": clip.recording_id, "sight": clip.sight}
        values |= {"minutes": on.place.minutes, "notes": on.notes} if on.place else {"minutes": 1, "notes": ""}
        self._form.load(values, anew=clip.id != self._shown)
        self._shown = clip.id
        for name in _PLAN:
            self._form.widgets[name].setEnabled(on.place is not None)
        self._why_hidden.setVisible(clip.hidden)
        self.out.setVisible(on.place is not None)
        self._show_consent(on.judged)

    def _same_words(self, on: OnCard) -> str:
        t, said = self._texts, []
        if on.elsewhere:
            n = on.elsewhere
            said.append(t.trn("{n} other moment is of the same place.", "{n} other moments are of the same place.", n))
        if len(on.talks) > 1:
            said.append(t.tr("It is in {n} talks.", n=len(on.talks)))
        return " ".join(said)

    def _show_consent(self, judged: Judged | None) -> None:
        t = self._texts
        if judged is None:
            self._sign.clear()
            self._consent.setText(t.tr("Choose for whom it is, to see whether it may be shown."))
            self._who.setText("")
            return
        icon, color = ("check", "text") if judged.may_be_shown else ("close", "danger")
        self._sign.setPixmap(self._look.pixmap(icon, color, 16))
        bar = judged.bar
        self._consent.setText(
            t.tr("Consent to showing in feedback") if bar is None else t.tr("Not shown: {why}", why=t.tr(BARS[bar]))
        )
        self._who.setText(permission_words(t, judged.permission))

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        if self._shown:
            self._form.commit()

    def to_title(self) -> None:
        """The keys go to the title: a new moment wants one."""
        self._form.widgets["title"].setFocus()

    def _on_edit(self, key: str, value: Any) -> bool:
        if key == "camera":
            self.camera_chosen.emit(value)
        elif key in _PLAN:
            self.planned.emit(key, value)
        else:
            self.edited.emit(key, value)
        return True


def permission_words(t: Texts, found: Permission) -> str:
    """Whose consents it stands on, and whose are missing."""
    rows = []
    if given := [p.called for p in (*found.given, *found.decided)]:
        rows.append(t.tr("given: {who}", who=", ".join(given)))
    if missing := [p.called for p in found.lacking]:
        rows.append(t.tr("missing: {who}", who=", ".join(missing)))
    if gone := [p.called for p in found.withdrawn]:
        rows.append(t.tr("withdrawn: {who}", who=", ".join(gone)))
    about = {
        Purpose.FILMING: t.tr("being filmed"),
        Purpose.FEEDBACK: t.tr("showing in feedback"),
        Purpose.OTHER_PARENT: t.tr("the other parent sees it"),
    }.get(found.purpose, "")
    return " · ".join(x for x in (about, *rows) if x)
