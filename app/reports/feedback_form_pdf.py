"""A feedback form on paper, to be filled by hand and typed in later: nobody's name is on it, and none is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.platypus import KeepTogether

from app.charts.drawing import Bar, Board, Drawing, Label, Line, Mark, Oval, Pen, Shape
from app.charts.feedback_pictures import HIGH, WIDE, picture
from app.i18n import Texts
from app.model.feedback_form import FeedbackForm, FormAnswer, FormQuestion, QuestionKind
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.charts import DrawnFigure, pen
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.tagged import Node, paragraph

#: points: a picture's width, of the box to tick, of a line to write on, and how many lines there are
PICTURE, BOX, WRITTEN, LINES = 88.0, 13.0, 25.0, 3


def feedback_form_pdf(form: FeedbackForm, service: str, texts: Texts, day: date) -> bytes:
    """The empty form as PDF/A-2a and PDF/UA-1; `service` in words, empty where it is written by hand."""
    look.load_fonts()
    writer = _Writer(texts)
    title = texts.words(form.title)
    story = writer.story(form, title, service)
    version = texts.tr("form {name}, version {version}", name=form.id, version=form.version)
    sheet = Sheet(title, (), f"{version} · {texts.date(day)}", "{page} / {pages}")
    return made_into_pages(story, writer.tree, sheet, About(title, texts.language, day))


class _Writer:
    def __init__(self, texts: Texts) -> None:
        self.texts, self.tree = texts, Node("Document")

    def story(self, form: FeedbackForm, title: str, service: str) -> list[Any]:
        t = self.texts
        line = "." * 40
        story: list[Any] = [self._say("H1", title, "title")]
        story.append(self._say("P", t.words(form.opening), "body"))
        story.append(self._say("P", f"{t.tr('Service')}: {service or line}", "body"))
        story.append(self._say("P", f"{t.tr('Day')}: {line}", "body"))
        story += [KeepTogether(self._question(question)) for question in form.questions]
        story.append(self._say("P", t.words(form.closing), "body"))
        return story

    def _question(self, question: FormQuestion) -> list[Any]:
        words = self.texts.words(question.text)
        rows: list[Any] = [self._say("H2", words, "h2")]
        rows.append(self._figure(question, words))
        return rows

    def _figure(self, question: FormQuestion, words: str) -> DrawnFigure:
        """What is ticked or written on; who listens hears which answers there are."""
        t = self.texts
        made = pen(look.TEXT_WIDTH)
        if question.kind == QuestionKind.WORDS:
            drawn, told = _lines(made), t.tr("Room to write")
        else:
            named = [(answer, printable(t.words(answer.words))) for answer in question.answers]
            drawn = _pictures(named, made) if question.kind == QuestionKind.PICTURES else _boxes(named, made)
            told = t.tr("To tick: {answers}", answers=", ".join(said for _, said in named))
        return DrawnFigure(self.tree.add("Figure", alt=printable(f"{words} {told}")), drawn)

    def _say(self, tag: str, words: str, style: str) -> Any:
        made = look.style(style)
        return paragraph(self.tree.add(tag), ((printable(words), made.fontName),), made)


Named = Sequence[tuple[FormAnswer, str]]


def _lines(made: Pen) -> Drawing:
    board = Board(made, WRITTEN * LINES)
    for n in range(LINES):
        board.put(Line(0, WRITTEN * n + 2, made.width, WRITTEN * n + 2, "edge", 0.7))
    return board.done()


def _box(board: Board, x: float, y: float) -> None:
    for ends in (
        (x, y, x + BOX, y),
        (x, y + BOX, x + BOX, y + BOX),
        (x, y, x, y + BOX),
        (x + BOX, y, x + BOX, y + BOX),
    ):
        board.put(Line(*ends, "text", 0.9))


def _boxes(named: Named, made: Pen) -> Drawing:
    """A row of boxes with their words."""
    board = Board(made, 24)
    x = 0.0
    for _, words in named:
        _box(board, x, 5)
        x += BOX + 6 + board.text(words, x + BOX + 6, 8, 10, "text") + 20
    return board.done()


def _pictures(named: Named, made: Pen) -> Drawing:
    """Pictures in a row, each with its word and box below; what has no picture has its own place in the row."""
    high = PICTURE * HIGH / WIDE
    board = Board(made, high + 42)
    room = made.width / max(len(named), 1)
    for n, (answer, words) in enumerate(named):
        middle = room * (n + 0.5)
        if answer.picture:
            drawn = picture(answer.picture, Pen(PICTURE, made.measure))
            board.put(*(_moved(shape, middle - PICTURE / 2, 40) for shape in drawn.shapes))
        board.text(words, middle, 27, 10.5, "text", centered=True)
        _box(board, middle - BOX / 2, 6)
    return board.done()


def _moved(shape: Shape, x: float, y: float) -> Shape:
    """A shape at another place of the page."""
    match shape:
        case Line():
            return Line(shape.x1 + x, shape.y1 + y, shape.x2 + x, shape.y2 + y, shape.color, shape.width, shape.dash)
        case Mark():
            return Mark(shape.x + x, shape.y + y, shape.radius, shape.shape, shape.color)
        case Oval():
            return Oval(shape.x + x, shape.y + y, shape.wide, shape.high, shape.color, shape.width)
        case Bar() | Label():
            raise AssertionError(shape)  # no picture has them
