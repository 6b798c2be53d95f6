"""What is said before a form is filled or printed: who tells, of which service, in which language and how."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from app.casework.case_file import CaseFile
from app.casework.service_feedback import Asked
from app.i18n import NAMES, Texts, today
from app.model.feedback_form import FeedbackFrom
from app.model.service_feedback import FeedbackWay
from app.vocabulary import StatementTexts
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice, Suggestions
from widgets.look.parts import Card, beside, button, label


def from_choices(t: Texts) -> list[tuple[FeedbackFrom, str]]:
    return [
        (FeedbackFrom.CHILD, t.tr("The child, with pictures")),
        (FeedbackFrom.PARENT, t.tr("A parent or another adult")),
        (FeedbackFrom.ORDERER, t.tr("The orderer")),
    ]


class BeginForm(Card):
    """`begin(asked)` opens the form on the screen or types it from paper; `print_form(asked)` prints it empty."""

    def __init__(
        self,
        texts: Texts,
        begin: Callable[[Asked], bool],
        print_form: Callable[[Asked], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__(spacing=10, padding=20)
        self._begin_with = begin
        words = StatementTexts(texts.language)
        self.who = Choice(from_choices(texts))
        self.service = Suggestions([(key, _capital(words.of("assessments", key))) for key in words.keys("assessments")])
        line = self.service.lineEdit()
        assert line is not None
        line.setAccessibleName(texts.tr("Service"))
        self.language = Choice(list(NAMES.items()))
        self.way = Choice(
            [(FeedbackWay.HERE, texts.tr("On this screen, now")), (FeedbackWay.PAPER, texts.tr("Typed in from paper"))]
        )
        self.day, self.near = DateField(texts, texts.tr("Day")), QLineEdit()
        self.start = button(texts.tr("Open the form"), self._on_start)
        self.print = button(texts.tr("Print it empty…"), lambda: print_form(self.asked()))
        self.cancel = button(texts.tr("Cancel"), close, "quiet")
        self._near = named(texts.tr("Which grown-up is near"), self.near)
        self._note = label("", "caption", wrap=True)
        counted = texts.tr("No name is asked. Choices may be counted for the office as experience; words never are.")
        self._notes = {
            FeedbackFrom.CHILD: texts.tr(
                "A grown-up is near and helps to read, and does not answer. Nothing a child answers is counted."
            ),
            FeedbackFrom.PARENT: counted,
            FeedbackFrom.ORDERER: counted,
        }
        self.column.addLayout(
            columns(named(texts.tr("Who tells"), self.who), named(texts.tr("Service"), self.service), shares=(2, 3))
        )
        self.column.addLayout(
            columns(named(texts.tr("Language"), self.language), named(texts.tr("How"), self.way), self.day)
        )
        self.column.addWidget(self._near)
        self.column.addWidget(self._note)
        self.column.addLayout(beside(self.start, self.print, self.cancel, None))
        self.who.activated.connect(lambda _: self._tell())

    def begin(self, file: CaseFile, language: str) -> None:
        """The child's form first, in the child's language where there is one in it, of the service that was ordered."""
        child = file.child
        self.who.set_value(FeedbackFrom.CHILD if child is not None else FeedbackFrom.PARENT)
        spoken = child.language if child is not None else ""
        self.language.set_value(spoken if spoken in NAMES else language)
        self.service.set_value(file.commission.assessment if file.commission is not None else "")
        self.way.set_value(FeedbackWay.HERE)
        self.day.set_value(today())
        self.near.clear()
        self._tell()
        self.show()
        self.who.setFocus()

    def ask(self, who: FeedbackFrom, service: str) -> None:
        """For one who is asked about a service."""
        self.who.set_value(who)
        self.service.set_value(service)
        self._tell()

    def asked(self) -> Asked:
        day = None if self.day.is_wrong() else self.day.value()
        return Asked(
            self.who.value(),
            self.service.value(),
            day or today(),
            self.language.value(),
            self.way.value(),
            self.near.text(),
        )

    def _tell(self) -> None:
        who = self.who.value()
        self._near.setVisible(who == FeedbackFrom.CHILD)
        self._note.setText(self._notes[who])

    def _on_start(self) -> None:
        asked = self.asked()
        if self._begin_with(asked):
            return
        lacks_near = asked.who == FeedbackFrom.CHILD and not asked.near.strip()
        (self.near if asked.service.strip() and lacks_near else self.service).setFocus()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
