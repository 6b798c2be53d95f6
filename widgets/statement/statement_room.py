"""One statement being written: sections at the left, text in the middle, what lacks and sources at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from app.casework.case_file import case_file
from app.casework.film_use import film_marks
from app.errors import AppError
from app.i18n import today
from app.model.change import Change
from app.model.checks import QUESTION_SOURCE, Finding, is_of_reading
from app.model.people import Case
from app.model.service import SectionKey
from app.model.statement import Evidence, Paragraph, ParagraphKind, Run, StatementStage
from app.model.statement_stages import StatementAct
from app.model.writing_aids import MarginComment, OwnWord, TextBlock
from app.office.workers import names_of_workers
from app.ports.player import Player
from app.ports.signing import Cards
from app.ports.spelling import Spellers
from app.services.documents import form_of
from app.statement.arranged import is_left_out, moved_into
from app.statement.blocks import as_paragraphs, offered
from app.statement.editor import Draft, StatementEditor
from app.statement.evidence import offers
from app.statement.margin import Anchored, comments_of, open_counts
from app.statement.seeking import Place
from app.statement.spelling import Spelling, no_spelling
from app.statement.versions import superseded_by
from app.vocabulary import StatementTexts
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.inputs import ChoiceBox
from widgets.keys.matcher import Act, Matcher
from widgets.look.look import Look
from widgets.look.panes import panes
from widgets.look.parts import Card, beside, button, clear, label, primary_button, scrolled, stacked
from widgets.look.side_drawer import SideDrawer
from widgets.room_screen import Room
from widgets.screen import Screen
from widgets.statement.blocks_dialog import BlocksDialog
from widgets.statement.changes import SinceLine
from widgets.statement.clients_words import ClientsWords, beside_section
from widgets.statement.evidence_marks import EvidenceMarks
from widgets.statement.evidence_panel import EvidencePanel
from widgets.statement.find_bar import FindBar
from widgets.statement.finding_words import FindingWords
from widgets.statement.leaving import Leaving
from widgets.statement.margin_panel import WIDE, MarginPanel
from widgets.statement.meeting_choice import MeetingChoice
from widgets.statement.page_beside import PageBeside
from widgets.statement.palette import EDIT, Offered, Palette, choose
from widgets.statement.reading_panel import ReadingPanel
from widgets.statement.section_tables import SectionTables
from widgets.statement.section_text import SectionText, as_shown
from widgets.statement.signing import Signing
from widgets.statement.stage_acts import StageActs
from widgets.statement.stage_bar import StageBar
from widgets.statement.statement_options import StatementOptions

#: pixels of the paper at most, and of the sections beside it
PAPER, LEAST_LEFT, WIDE_LEFT = 700, 200, 344
#: milliseconds without a commit until the checks look again
CHECK_PAUSE = 400
#: what changes nothing of the text
ASIDE = (OwnWord, TextBlock, MarginComment)
#: shares of a thousand of the sections, the text, and what is at the right
WITH_SOURCES, WITH_PAGE = (198, 556, 246), (150, 450, 400)
TEXTUAL = (ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.ITEM)


class StatementRoom(Room):
    """The section that is open is built anew when it changed elsewhere, never under the hands of who types."""

    checked = Signal()  # the panel has what the checks find now

    def __init__(
        self,
        place: Screen,
        statement_id: str,
        case: Case,
        new_player: Callable[[], Player],
        new_cards: Callable[[], Cards],
        spellers: Spellers,
    ) -> None:
        super().__init__()
        self._place, self._case, self._new_player = place, case, new_player
        self.signing = Signing(place, case, new_cards, self.refresh)
        self.leaving = Leaving(place)
        space, t = place.workspace, place.texts
        self.editor = space.editor(f"statement/{statement_id}", lambda: StatementEditor(space.store, t, statement_id))
        self._words = StatementTexts(self.editor.statement.language)
        self._form = form_of(self.editor.statement)
        self._keys = tuple(s.key for s in self._form.sections)
        self._offers = offers(space.store, self.editor.statement) if self.editor.is_writable else ()
        self._section = self._keys[0]
        self._fields: list[SectionText] = []
        self._parts: list[SectionText | Draft] = []
        self._own_step = False
        self.acts = StageActs(
            self, space, self.editor, self.commit, self._lacks_as_words, self._go_to, self._show_version
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(CHECK_PAUSE)
        self._pause.timeout.connect(self.check)
        self.spelling = Spelling(self.editor, spellers, space.jobs, self)
        self.spelling.absent.connect(self._tell_no_spelling)
        self._marks = EvidenceMarks(place.look, t, self._evidence)
        self._build()
        self.editor.changed.connect(self._on_changed)
        self.editor.saved.connect(place.show_saved)
        self.open_section(self._section)
        if self.editor.is_writable:
            self.spelling.ask_of(self.editor.text, self._keys)
        Matcher(self._acts(), space.preferences).bind(self, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # building

    def _build(self) -> None:
        t, look, space = self._place.texts, self._place.look, self._place.workspace
        self.stages = StageBar(t)
        self.sections = QListWidget()
        self.sections.setAccessibleName(t.tr("Sections"))
        self.sections.setStyleSheet("border: none; background: transparent;")
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.setTextElideMode(Qt.TextElideMode.ElideRight)
        for key in self._keys:
            item = QListWidgetItem("")
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.sections.addItem(item)
        self.sections.currentRowChanged.connect(lambda row: self.open_section(self._keys[row]))
        self.sections.itemActivated.connect(lambda _: self._write())
        self._page = self._build_page()
        self.tables = SectionTables(self.editor, self._page, self._numbered, self.open_section, self.commit)
        self.panel = self._build_panel(look)
        self.meetings = MeetingChoice(self._place.workspace, t.tr("new"))
        self.meetings.changed.connect(self._choose_meetings)
        self.options = StatementOptions(t, self.editor)
        self.options.version_chosen.connect(self._show_version)
        self.options.others_asked.connect(self._show_others)
        left = QFrame()
        left.setMaximumWidth(WIDE_LEFT)
        about = beside(self.meetings, margins=(12, 0, 0, 0))
        options = beside(self.options, margins=(12, 0, 0, 0))
        column = stacked(self.sections, about, options, spacing=10, margins=(8, 14, 8, 14))
        column.addStrut(LEAST_LEFT - 16)  # else as wide as the words of its boxes, in the look that they wear
        left.setLayout(column)
        across = Qt.Orientation.Horizontal
        middle = self._build_middle(look)
        self.page = PageBeside(space, self.editor.statement.id)
        self._side = QStackedWidget()
        self._side.addWidget(self.panel)
        self._side.addWidget(self.page)
        parts = zip((left, middle, self._side), WITH_SOURCES, strict=True)
        body = panes("statement", across, space.preferences, t, *parts)
        body.setStretchFactor(1, 1)
        self._body = body
        self.drawer = SideDrawer(self, body, self._side, self._place.folding, t.tr("Sources"), open_at_first=False)
        self._place.folding.changed.connect(self._fold)
        self._fold()
        whole = stacked(self.stages, spacing=0)
        whole.addWidget(body, 1)
        self.setLayout(whole)

    def _build_middle(self, look: Look) -> QWidget:
        """The paper with the search above it, and how many words there are below it."""
        t = self._place.texts
        self.find_bar = FindBar(look, t, self.editor, self.commit)
        self.find_bar.shown.connect(self._show_found)
        self.find_bar.told.connect(self._mark_found)
        self.find_bar.left.connect(self._write_at_found)
        self._counts = label("", "caption")
        made = QWidget()
        column = stacked(beside(self.find_bar, margins=(12, 10, 12, 0)), spacing=0)
        column.addWidget(self._page, 1)
        self.with_page = button(t.tr("Page beside the text"), kind="quiet")
        self.with_page.setCheckable(True)
        self.with_page.toggled.connect(self._turn_side)
        column.addLayout(beside(self.with_page, None, self._counts, margins=(12, 3, 16, 5)))
        made.setLayout(column)
        return made

    def _build_page(self) -> QScrollArea:
        """The paper: the questions, the section's name and text, what readers said of it."""
        t = self._place.texts
        self.since = SinceLine(self._place.workspace, self.editor, self.commit)
        self._question = Card(padding=12)
        self._fixed = label("", "muted", wrap=True)
        self._heading = label("", "heading", wrap=True)
        self.done = QCheckBox(t.tr("Section done"))
        self.done.clicked.connect(lambda on: self._mark_done(on=on))
        heading = beside(self._heading, self.done)
        heading.setStretch(0, 1)
        self._tools = self._build_tools()
        self._paper = stacked(spacing=10)
        paper = QWidget()
        parts = (self.since, self._question, heading, self._fixed, self._tools)
        column = stacked(*parts, spacing=12, margins=(26, 18, 26, 40))
        column.addLayout(self._paper)
        column.addStretch(1)
        paper.setLayout(column)
        paper.setMaximumWidth(PAPER + 52)
        self.margin = MarginPanel(t, self.editor, self._names, self._height_in_margin)
        self.margin.shown.connect(self._show_commented)
        self.margin.left.connect(self._write)
        self.margin.told.connect(self._mark_commented)
        self._paper_page = holder = QWidget()
        self._said = QWidget()
        self._said.setFixedWidth(WIDE)
        self._comments = stacked(spacing=8, margins=(0, 22, 0, 8))
        self._said.setLayout(self._comments)
        self._said.hide()
        besides = stacked(self._said, self.margin, spacing=0)
        besides.setStretch(1, 1)
        besides.addStretch()
        inner = beside(None, paper, besides, None, spacing=0)
        inner.setStretch(1, 100)
        holder.setLayout(inner)
        return scrolled(holder)

    def _build_panel(self, look: Look) -> EvidencePanel:
        made = EvidencePanel(look, self._place.texts)
        self.show_consents(made)
        made.offer_chosen.connect(self.cite)
        made.finding_chosen.connect(self._go_to)
        self.readings = ReadingPanel(self.editor, self._place.workspace.preferences, self.open_section)
        made.hold_readings(self.readings)
        return made

    def main_thing(self) -> QWidget:
        return self.sections

    def _fold(self) -> None:
        self.stages.fold(self._place.folding.is_narrow)

    def _build_tools(self) -> QWidget:
        t = self._place.texts
        kind = ChoiceBox()
        kind.setAccessibleName(t.tr("Kind of paragraph"))
        for name, value in (
            (t.tr("Text"), ParagraphKind.BODY),
            (t.tr("Heading"), ParagraphKind.HEADING),
            (t.tr("List item"), ParagraphKind.ITEM),
        ):
            kind.addItem(name, value)
        kind.setFixedWidth(124)
        kind.activated.connect(lambda _: self._with_field(lambda f: f.set_kind(kind.currentData())))
        bold = button("B", lambda: self._with_field(lambda f: f.toggle(bold=True)), "quiet")
        bold.setToolTip(t.tr("Bold") + "  Ctrl+B")
        bold.setAccessibleName(t.tr("Bold"))
        italic = button("I", lambda: self._with_field(lambda f: f.toggle(bold=False)), "quiet")
        italic.setToolTip(t.tr("Italic") + "  Ctrl+I")
        italic.setAccessibleName(t.tr("Italic"))
        note = button("", self._comment, "quiet")
        note.setIcon(self._place.look.icon("note", "muted", 18))
        note.setToolTip(t.tr("Comment in the margin"))
        note.setAccessibleName(t.tr("Comment in the margin"))
        note.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press of the mouse leaves what is chosen in the text
        block = button("", self._choose_block, "quiet")
        block.setIcon(self._place.look.icon("copy", "muted", 18))
        block.setToolTip(t.tr("Put a text block into the text"))
        block.setAccessibleName(t.tr("Put a text block into the text"))
        fill = button(t.tr("Fill from the archive"), self._refill, "quiet")
        fill.setToolTip(t.tr("Passages that you have changed by hand stay as they are."))
        tools = QWidget()
        tools.setLayout(beside(kind, bold, italic, note, block, None, fill))
        return tools

    # sections

    def _title_of(self, key: str) -> str:
        return self._form.section(key).title.text(self.editor.statement.language)

    def open_section(self, key: str) -> None:
        """Show a section's text; what was typed in another is committed first.

        Where that was refused, as by a full disk, the other stays open: its field alone has the words.
        """
        if key == self._section or self.is_committed():
            self._section = key
        self.sections.blockSignals(True)
        self.sections.setCurrentRow(self._keys.index(self._section))
        self.sections.blockSignals(False)
        if key != self._section:
            return
        self._heading.setText(f"{self._form.section(key).number}  {self._title_of(key)}")
        self._show_question()
        self._show_parts(key)
        self._tools.setVisible(self.editor.is_writable)
        self.page.follow(key)
        self._show_comments()
        self._show_done()
        self._show_counts()
        self._mark_found()
        self.margin.show_section(key)

    def _show_parts(self, key: str) -> None:
        """The section's fields, and between them what no field writes."""
        clear(self._paper)
        self._fields, self._parts = [], []
        self.tables.forget()
        run: list[Paragraph] = []
        for paragraph in self.editor.text.section(key):
            if paragraph.kind in TEXTUAL and not is_of_reading(paragraph):
                if not is_left_out(self.editor.text, paragraph):
                    run.append(paragraph)
                continue
            if run:
                self._add_field(run)
            run = []
            is_said = is_of_reading(paragraph)
            made = ClientsWords(paragraph, self._place.texts) if is_said else self.tables.written(paragraph)
            self._paper.addWidget(made)
            self._parts.append(Draft(paragraph.id, paragraph.kind, ()))
        if run or self.editor.is_writable:
            self._add_field(run)
        for table in moved_into(self.editor.text, key):
            for paragraph in table.paragraphs:
                self._paper.addWidget(self.tables.moved_here(paragraph))
        if self._fields and self.editor.is_writable:
            self._fields[-1].give_room()

    def _show_comments(self) -> None:
        """What readers said of the section that is open."""
        clear(self._comments)
        self._said.hide()
        if not self.editor.is_open or self._section == SectionKey.COMMENTS:
            return
        held = self.editor.all_readings()
        names = self._names() if held else {}
        for reading in held:
            for comment in () if reading.is_open else reading.comments:
                if comment.section == self._section:
                    called = names.get(reading.person_id, "")
                    self._comments.addWidget(beside_section(called, comment, self._place.texts))
                    self._said.show()

    def _numbered(self, section: str) -> str:
        """Its number and title; empty for one that this kind of document lacks."""
        if not self._form.has_section(section):
            return ""
        return f"{self._form.section(section).number} {self._title_of(section)}"

    def _add_field(self, paragraphs: list[Paragraph]) -> None:
        t = self._place.texts
        made = SectionText(self._marks, spoken=self._title_of(self._section))
        made.setPlaceholderText(t.tr("Write here…"))
        made.show_paragraphs(paragraphs)
        made.setReadOnly(not self.editor.is_writable)
        if self.editor.is_writable:
            made.spell(self.spelling, t)
        made.typed.connect(self.commit)
        made.undo_asked.connect(self.undo)
        made.redo_asked.connect(self.redo)
        made.evidence_clicked.connect(self.play_evidence)
        made.evidence_dropped.connect(self.cite)
        made.cursorPositionChanged.connect(lambda: self.page.follow(made.paragraph_at_cursor()[0], self._section))
        self._fields.append(made)
        self._parts.append(made)
        self._paper.addWidget(made)

    # found, counted, done

    def seek(self, *, replacing: bool = False) -> None:
        """Look for words in all sections; what is chosen in the text is looked for first."""
        made = self._focused()
        chosen = made.textCursor().selectedText() if made is not None and made.hasFocus() else ""
        self.find_bar.open_bar(chosen=chosen, replacing=replacing)

    def _show_found(self, place: Place) -> None:
        """The section of a place that was found, with the place chosen; the keys stay with the search."""
        if place.section != self._section:
            self.open_section(place.section)
        for made in self._fields:
            if made.show_span(place.paragraph, place.start, place.end):
                at = made.mapTo(self._paper_page, made.cursorRect().center())
                self._page.ensureVisible(at.x(), at.y(), 50, 120)

    def _write_at_found(self) -> None:
        """The keys go to where something was found, else to where the section is written."""
        self._write(next((f for f in self._fields if f.textCursor().hasSelection()), None))

    def _mark_found(self) -> None:
        found = self.find_bar.found_in(self._section)
        for made in self._fields:
            made.mark_found((p.paragraph, p.start, p.end) for p in found)

    # put in by a key

    def _choose_source(self) -> None:
        """A source by typing a few letters of it."""
        t, made = self._place.texts, self._focused()
        if made is None or not self.editor.is_writable:
            return
        rows = [Offered(n, o.words, o.about) for n, o in enumerate(self._offers)]
        none = t.tr("Sources come from codings when both are ready, and from what was said on film.")
        choose(
            Palette(self._place.look, t, t.tr("Put a source into the text"), rows, self, none=none), self._cite_in(made)
        )

    def _cite_in(self, made: SectionText) -> Callable[[int], None]:
        def cite(number: int) -> None:
            made.setFocus()
            self.cite(number)

        return cite

    def _choose_block(self) -> None:
        """A text block of this section or of every one, with its first place to fill chosen."""
        t, made = self._place.texts, self._focused()
        if made is None or not self.editor.is_writable:
            return
        held = offered(self._place.workspace.store, self.editor.statement.language, self._section)
        rows = [Offered(n, b.name, b.words) for n, b in enumerate(held)]
        edit = button(t.tr("Edit text blocks…"))
        none = t.tr("No text blocks yet. {name} in the text is a place that you fill.", name="{…}")
        palette = Palette(self._place.look, t, t.tr("Put a text block into the text"), rows, self, none=none, more=edit)
        edit.clicked.connect(lambda _=False: palette.done(EDIT))
        answer = palette.exec()
        palette.deleteLater()
        made.setFocus()
        if answer == EDIT:
            self.edit_blocks()
        elif palette.chosen is not None:
            begun = made.textCursor().selectionStart()
            made.insert_paragraphs(as_paragraphs(held[palette.chosen]))
            self.commit()
            made.fill_next(begun)

    def edit_blocks(self) -> None:
        """The office's text blocks, a new one for the section that is open."""
        titles = {key: self._title_of(key) for key in self._keys}
        language = self.editor.statement.language
        made = BlocksDialog(self._place.look, self._place.workspace, titles, self._section, language, self)
        made.exec()
        made.deleteLater()

    # the margin

    def _comment(self) -> None:
        """Say something to the work partner about what is chosen, or about the paragraph or section."""
        self.commit()
        made = self._focused()
        self.margin.write(*(("", 0, "") if made is None else made.chosen_passage()))

    def _height_in_margin(self, paragraph: str, start: int) -> int | None:
        for made in self._fields:
            top = made.height_of(paragraph, start)
            if top is not None:
                return self.margin.mapFrom(self._paper_page, made.mapTo(self._paper_page, QPoint(0, top))).y()
        return None

    def _show_commented(self, at: Anchored) -> None:
        for made in self._fields:
            if made.show_span(at.paragraph, at.start, at.end):
                self._write(made)

    def _mark_commented(self) -> None:
        for made in self._fields:
            made.mark_commented(self.margin.passages())

    def _mark_done(self, *, on: bool) -> None:
        self.commit()
        self._own_step = True  # the text stays as it is under the hands
        try:
            self.editor.mark_done(self._section, on=on)
        finally:
            self._own_step = False

    def _show_done(self) -> None:
        self.done.setChecked(self._section in self.editor.statement.done)
        self.done.setEnabled(self.editor.is_writable)

    def _show_counts(self) -> None:
        t, counts = self._place.texts, self.editor.word_counts()
        here, all_words = t.number(counts[self._section]), t.number(sum(counts.values()))
        self._counts.setText(t.tr("Section {here} words · document {all} words", here=here, all=all_words))

    def _turn_section(self, step: int) -> None:
        """To the section before or after, and into its text."""
        row = self._keys.index(self._section) + step
        if 0 <= row < len(self._keys):
            self.open_section(self._keys[row])
            self._write()

    def _play_here(self) -> None:
        """The moment of the source in which the cursor stands."""
        made = self._focused()
        if made is not None and (found := made.evidence_at_cursor()):
            self.play_evidence(found)

    def _next_error(self) -> None:
        """To the next word that is spelled wrong, over all sections, with what may have been meant under the keys."""
        self.commit()
        found = tuple(self.spelling.places(self.editor.text, self._keys)) if self.editor.is_writable else ()
        if not found:
            self._place.workspace.notices.info(self._place.texts.tr("No word is marked as misspelled."))
            return
        here = self._here()
        place = next((p for p in found if self._order(p) > here), found[0])
        self._show_found(place)
        made = next((f for f in self._fields if f.show_span(place.paragraph, place.start, place.end)), None)
        if made is not None:
            self._write(made)
            made.offer_spelling()

    def _here(self) -> tuple[int, str, int]:
        """Where the cursor is, as the places of the text are ordered."""
        made = self._focused()
        paragraph, at = made.paragraph_at_cursor() if made is not None else ("", 0)
        places = {p.id: p.place for p in self.editor.text.section(self._section)}
        return self._keys.index(self._section), places.get(paragraph, ""), at

    def _order(self, place: Place) -> tuple[int, str, int]:
        found = next((p.place for p in self.editor.text.section(place.section) if p.id == place.paragraph), "")
        return self._keys.index(place.section), found, place.end

    def _tell_no_spelling(self) -> None:
        """Once on this computer for a language: what is missing, and what brings it."""
        space, language = self._place.workspace, self.spelling.language
        hint, read = f"spelling-{language}", space.preferences.remembered.hints_read
        if hint not in read:
            space.preferences.remember(hints_read=(*read, hint))
            space.notices.info(no_spelling(space.texts, language))

    def _acts(self) -> dict[str, Act]:
        """What keys do here, by the ids of the actions."""
        return {
            "statement.replace": lambda: self.seek(replacing=True),
            "statement.next-place": lambda: self.find_bar.go(1),
            "statement.previous-place": lambda: self.find_bar.go(-1),
            "statement.next-section": lambda: self._turn_section(1),
            "statement.previous-section": lambda: self._turn_section(-1),
            "statement.done": lambda: self._mark_done(on=self._section not in self.editor.statement.done),
            "statement.play": self._play_here,
            "statement.source": self._choose_source,
            "statement.block": self._choose_block,
            "statement.comment": self._comment,
            "statement.spelling": self._next_error,
            "statement.page": self.with_page.toggle,
        }

    def _evidence(self, evidence_id: str) -> Evidence | None:
        return self.editor.text.evidence.get(evidence_id)

    def _show_question(self) -> None:
        """The commission's questions stay in sight, each answered or not."""
        t = self._place.texts
        clear(self._question.column)
        asked = self.editor.to_answer()
        for number, question in enumerate(asked, start=1):
            is_answered = self.editor.is_answered(number)
            state = t.tr("answered") if is_answered else t.tr("not answered")
            words = t.tr("Commissioner's question {n}: {question} – {state}", n=number, question=question, state=state)
            self._question.column.addWidget(label(words, "muted", wrap=True))
            if not is_answered and self._section == SectionKey.CONCLUSIONS:
                why = button(t.tr("Cannot be answered, because…"), kind="link")
                why.setAccessibleName(t.tr("Question {n} cannot be answered, because…", n=number))
                why.clicked.connect(lambda _=False, n=number: self._say_why_not(n))
                self._question.column.addWidget(why)
        self._question.setVisible(bool(asked) and self.editor.is_writable)

    def _write(self, made: SectionText | None = None) -> None:
        """The keys go to where the section's text is written."""
        if self._fields:
            made = made or self._fields[-1]
            made.show()  # at once, for only what is shown can have the focus
            made.setFocus()

    def _with_field(self, act: Callable[[SectionText], None]) -> None:
        made = self._focused()
        if made is not None:
            act(made)
            made.setFocus()

    def _focused(self) -> SectionText | None:
        return next((f for f in self._fields if f.hasFocus()), self._fields[-1] if self._fields else None)

    # writing

    def commit(self) -> None:
        """What stands in the open section's fields goes to the archive, paragraph by paragraph."""
        self.is_committed()

    def is_committed(self) -> bool:
        """The same; False where it was refused, which has been said."""
        if not self._fields or not self.editor.is_writable:
            return True
        for made in self._fields:
            made.flush()
        drafts = [d for part in self._parts for d in ((part,) if isinstance(part, Draft) else part.drafts())]
        self._own_step = True
        try:
            return self.editor.write_section(self._section, drafts)
        finally:
            self._own_step = False

    def undo(self) -> None:
        if self.is_committed():  # else the words in the field would go with the step
            self.editor.undo()

    def redo(self) -> None:
        if self.is_committed():
            self.editor.redo()

    def cite(self, number: int) -> None:
        """Put an offer's words, with its evidence, where the cursor is."""
        made = self._focused()
        if made is None or not self.editor.is_writable:
            return
        offer = self._offers[number]
        self._own_step = True  # the field that the words go into must not be made anew between the two steps
        try:
            is_known = self.editor.add_evidence(offer.evidence)
        finally:
            self._own_step = False
        if is_known:
            made.insert_run(Run(offer.text, evidence=offer.evidence.id))
            self.commit()
            made.setFocus()

    def play_evidence(self, evidence_id: str) -> None:
        """A link in the text plays its moment."""
        found = self.editor.text.evidence.get(evidence_id)
        if found is None or found.start is None or not found.meeting_id:
            return
        from widgets.statement.moment_dialog import MomentDialog

        file = self._place.workspace.meeting_file(found.meeting_id)
        if file.recordings:
            MomentDialog(self._place, file, found, self._new_player(), self).exec()

    def show_consents(self, panel: EvidencePanel | None = None) -> None:
        """The sources, and what of them stands in the text, with how it is now with the consents to their films."""
        self._marks.marks = film_marks(self._place.workspace.store, self.editor.meetings(), today())
        (panel or self.panel).show_offers(self._offers, self._marks.marks)
        for field in self._fields:
            field.tell_marks()

    def _refill(self) -> None:
        self.commit()
        if self.editor.refresh():
            self._offers = offers(self._place.workspace.store, self.editor.statement)
            self.show_consents()
            self.open_section(self._section)

    def _choose_meetings(self) -> None:
        """What the statement is about: its passages are filled anew for the meetings that are ticked."""
        wanted = self.meetings.chosen()  # committing shows the boxes as they were
        self.commit()
        self.editor.choose_meetings(wanted)
        self._offers = offers(self._place.workspace.store, self.editor.statement)
        self.show_consents()
        self.refresh()

    def check(self) -> None:
        """What the checks find now, in the panel."""
        self._pause.stop()
        if self.editor.is_open:
            found = self.editor.findings() if self.editor.is_writable else self.editor.lacking()
            self.panel.show_findings(found, self._finding_words())
            self.checked.emit()

    def _check_soon(self) -> None:
        """Not under the keys: when nothing was written for a while."""
        self._pause.start()

    def _on_changed(self, changes: Sequence[Change]) -> None:
        if self._own_step and all(issubclass(c.kind, Paragraph) for c in changes):
            self._refresh_text()
            return
        if not self._own_step and not all(c.kind in ASIDE for c in changes):
            self._open_again()
        elif any(c.kind is MarginComment for c in changes):
            self.margin.show_section(self._section)
        self.margin.arrange()
        self.refresh()

    def _refresh_text(self) -> None:
        """What follows the words alone: who may do what stands in the statement, and is as it was."""
        self._show_sections()
        self._show_counts()
        self._show_question()
        self.margin.arrange()
        self._place.show_saved(self.editor.saved_at)
        self._check_soon()
        self.page.look_soon()

    def _open_again(self) -> None:
        """Show the section anew; who was writing in it goes on where the cursor was."""
        focused = next((n for n, f in enumerate(self._fields) if f.hasFocus()), None)
        at = self._fields[focused].textCursor().position() if focused is not None else 0
        self.open_section(self._section)
        if focused is not None and self._fields:
            made = self._fields[min(focused, len(self._fields) - 1)]
            made.show()  # at once, for only what is shown can have the focus
            made.setFocus()
            cursor = made.textCursor()
            cursor.setPosition(min(at, made.document().characterCount() - 1))
            made.setTextCursor(cursor)

    # state

    def refresh(self) -> None:
        """Marks, lacks, stage and actions as they are now."""
        t, statement = self._place.texts, self.editor.statement
        self._show_sections()
        self._show_done()
        self._show_counts()
        held = self.editor.meetings()
        if not self.editor.is_open:
            held = tuple(m for m in held if m.id in statement.meetings)
        new = [m.id for m in held if self.editor.is_new(m)]
        is_writable = self.editor.is_writable
        self.meetings.offer(held, statement.meetings, new, can_choose=is_writable)
        if self.editor.is_open:
            self._check_soon() if self._own_step else self.check()
        else:
            self.panel.show_final(
                *self._final_words(), below=self.leaving.below(self.signing.panel(statement), statement)
            )
        self.panel.offer_sources(is_writable)
        self.with_page.setVisible(self.editor.is_open)
        self.page.look_soon()
        self.readings.setVisible(statement.stage in (StatementStage.WALK_THROUGH, StatementStage.COMMENTS))
        if not self.readings.isHidden():
            self.readings.refresh()
        self.options.refresh()
        self.since.refresh()
        self._fixed.setText(self._why_fixed())
        self._fixed.setVisible(bool(self._fixed.text()))
        whose = self._names().get(statement.adult, "") if statement.adult else ""
        self.stages.show_stage(statement.stage, whose, is_note=statement.is_note)
        self._show_question()
        version = t.tr("version {n}", n=statement.version)
        self._place.set_title(
            StatementTexts(t.language).document_kind(statement.kind), f"{self._case.code_name} · {version}"
        )
        self._place.show_saved(self.editor.saved_at)
        self._place.set_actions(self.drawer.new_opener(), *self._actions())

    def _show_sections(self) -> None:
        """Each with its number; those that are marked as done say so, those that hold nothing stand back."""
        t, done, written = self._place.texts, self.editor.statement.done, self.editor.written_sections()
        comments = open_counts(comments_of(self._place.workspace.store, self.editor.statement.id))
        for row, section in enumerate(self._form.sections):
            item, name, n = self.sections.item(row), self._title_of(section.key), comments.get(section.key, 0)
            said = f" ({n})" if n else ""
            item.setText(f"{section.number}  {'✓ ' if section.key in done else ''}{name}{said}")
            is_empty = section.key not in written and section.key not in done
            item.setForeground(self._place.look.color("muted" if is_empty else "text"))
            states = [t.tr("done")] if section.key in done else [t.tr("empty")] if is_empty else []
            states += [t.trn("{n} open comment", "{n} open comments", n)] if n else []
            item.setToolTip(" · ".join((name, *states)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join((f"{section.number} {name}", *states)))

    def _why_fixed(self) -> str:
        """Why an open version is not written now, and how it is corrected."""
        t, key = self._place.texts, self.editor.why_not(StatementAct.WRITE)
        if not self.editor.is_open or not key:
            return ""
        if key == "stage-not-now":
            return t.tr("The text is being gone through, so it is not written. A fact is corrected in a new version.")
        if key == "statement-corrected":
            return t.tr("A newer version takes this one's place. This one stays as it was read.")
        return t.tr("The statement is written by the two workers of the case.")

    def _final_words(self) -> list[str]:
        """That it is final, and whether its document was kept then or by a later program."""
        t, statement = self._place.texts, self.editor.statement
        since = statement.finalized
        lines = [t.tr("Final since {date}", date=t.date(since.astimezone().date() if since else None))]
        newer = superseded_by(self._place.workspace.store, statement)
        if newer:
            lines.insert(0, t.tr("Superseded by version {n}", n=newer))
            lines.append(t.tr("Its printout says so above every page; else the pages are as they became final."))
        kept = self.editor.kept()
        if kept is not None and kept.afterwards:
            day = t.date(kept.fixed.astimezone().date())
            lines.append(
                t.tr("An earlier program did not keep its document: it is kept as it was on {date}.", date=day)
            )
        else:
            lines.append(t.tr("Its document is kept as it became final."))
        lines.append(t.tr("It is printed the same from now on."))
        return lines

    def _actions(self) -> list[QWidget]:
        t = self._place.texts
        rows: list[QWidget] = [button(t.tr("Preview PDF"), self.preview), button(t.tr("Save as PDF…"), self._export)]
        rows += self.acts.buttons()
        statement = self.editor.statement
        if statement.is_final and self.signing.is_my_turn(statement):
            rows.append(primary_button(t.tr("Sign…"), lambda: self.signing.sign(statement, self)))
        elif self.leaving.is_due(statement):
            rows.append(primary_button(t.tr("Deliver…"), lambda: self.leaving.deliver(statement)))
        return rows

    def _names(self) -> dict[str, str]:
        """What workers and the people of the case are called, by id."""
        store = self._place.workspace.store
        people = case_file(store, self._case.id).everybody
        return names_of_workers(store) | {p.id: p.called or p.name for p in people}

    def _titles(self) -> dict[str, str]:
        return {key: self._title_of(key) for key in self._keys}

    def _finding_words(self) -> FindingWords:
        return FindingWords(self._place.texts, self._form, self._titles(), self._names())

    def _lacks_as_words(self, findings: Sequence[Finding]) -> str:
        words = self._finding_words()
        return "\n".join(f"• {words.line(f)}" for f in findings)

    def _show_others(self) -> None:
        """The documents of the case, where another one can be begun."""
        self.commit()
        self._place.offer_others(self._case.id, self.editor.statement.adult)  # type: ignore[attr-defined]  # as below

    def _show_version(self, statement_id: str) -> None:
        if statement_id != self.editor.statement.id:
            self._place.show_statement(statement_id, self._case)  # type: ignore[attr-defined]  # the place is the statement's

    def _say_why_not(self, number: int) -> None:
        """The beginning of a reason below a question that cannot be answered, for the writer to go on with."""
        self.commit()
        self._cursor_below(f"{QUESTION_SOURCE}{number}")
        made = self._focused()
        if made is not None:
            made.insertPlainText(f"{self.editor.cannot_answer} ")
            made.setFocus()

    def _go_to(self, finding: Finding) -> None:
        """To the words that a finding is about, or to where what is missing is written."""
        self.open_section(finding.section)
        if finding.paragraph and self._show_place(finding):
            return
        if self._fields:
            self._fields[-1].setFocus()
            if finding.number:
                self._cursor_below(f"{QUESTION_SOURCE}{finding.number}")

    def _show_place(self, finding: Finding) -> bool:
        """The words that it is about chosen in the text; False where no field shows them."""
        found = next((f for f in self._fields if f.show_place(finding.paragraph, finding.words)), None)
        if found is not None:
            found.setFocus()
            self._page.ensureWidgetVisible(found)
        return found is not None

    def _cursor_below(self, source: str) -> None:
        """The cursor behind the heading of a question, in a new empty paragraph."""
        made = self._fields[-1]
        heading = next((p for p in self.editor.text.section(self._section) if p.source == source), None)
        if heading is None:
            return
        block = made.document().begin()
        while block.isValid() and block.text() != as_shown(heading.text):
            block = block.next()
        if block.isValid():
            made.write_below(block)

    # pages

    def _turn_side(self, on: bool) -> None:
        """The page, or the sources, at the right: with the page there is more room for it."""
        t = self._place.texts
        self.with_page.setText(t.tr("Sources beside the text") if on else t.tr("Page beside the text"))
        self._side.setCurrentWidget(self.page if on else self.panel)
        self._body.use(*(("statement.page", WITH_PAGE) if on else ("statement", WITH_SOURCES)))
        if on:
            self.commit()
            self.drawer.open(True)
        self.page.watch(on=on)

    def close_film(self) -> None:
        """After a lock nothing of the text stays on the screen or in another process."""
        self.page.end()

    def preview(self) -> None:
        """The real PDF, made beside the window and shown in it."""
        from app.statement.export import statement_pdf
        from widgets.statement.preview_dialog import PreviewDialog

        self.commit()
        space, statement_id = self._place.workspace, self.editor.statement.id
        space.jobs.run(
            space.texts.tr("Making the PDF"),
            lambda _job: statement_pdf(space.door, space.media, statement_id),
            lambda pages: PreviewDialog(pages, space.texts, self).exec(),
        )

    def _export(self) -> None:
        from app.statement.export import export_statement, file_name

        self.commit()
        t, space, statement = self._place.texts, self._place.workspace, self.editor.statement
        name = file_name(space.store, statement)
        chosen = FileDialogs(self).save(t.tr("Save as PDF"), name, PDF)
        if chosen is None:
            return
        try:
            export_statement(space.door, space.media, statement.id, chosen)
        except AppError as error:
            space.notices.trouble(error)
        else:
            space.notices.done(t.tr("The PDF was saved. It is not encrypted: keep it as any secret paper."))
