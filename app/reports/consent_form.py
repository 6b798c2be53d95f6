"""The consent form that a family signs: what is asked, a box for each purpose, and lines for the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from app.i18n import Texts
from app.model.consent_papers import FormPaper
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.tagged import Columns, Node, Rule, item, paragraph

_BOX = "☐"
#: room for a signature above its line, points
_HAND = 22
#: below the words of a line, points
_BELOW = 4
#: the first two of the fields that are filled by hand, side by side with the third, points
_SHORT = (100.0, 145.0)
#: between two fields side by side, points
_BETWEEN = 20.0
#: a box with a short word, beside another one, points
_BESIDE = 90.0


def consent_form(form: FormPaper, texts: Texts, day: date) -> bytes:
    """The form as PDF, tagged, on one A4: a family has one paper in its hands. Its version stands in the footer."""
    look.load_fonts()
    tree, story = Node("Document"), list[Any]()

    def say(tag: str, words: str, style: str = "form") -> Any:
        made = look.style(style)
        return paragraph(tree.add(tag), ((printable(words), made.fontName),), made)

    def boxes(words: Sequence[str]) -> list[Any]:
        node = tree.add("L", numbering="None")
        shown = look.style("form-item"), look.style("form-label")
        return [item(node, _BOX, ((printable(one), look.REGULAR),), *shown) for one in words]

    def line(words: str, value: str = "") -> list[Any]:
        """A line to be written on, or with what is known on it; what belongs there below it."""
        above = say("P", value, "fact") if value else Spacer(1, _HAND)
        return [above, Rule(look.LINE, look.HAIRLINE), say("P", words, "small"), Spacer(1, _BELOW)]

    def beside(lines: Sequence[Sequence[Any]], widths: Sequence[float]) -> Columns:
        """Lines side by side, with room between them."""
        columns, shares = [list(lines[0])], [widths[0]]
        for one, width in zip(lines[1:], widths[1:], strict=True):
            columns += [[], list(one)]
            shares += [_BETWEEN, width]
        return Columns(columns, shares)

    story += [say("H1", form.title, "form-title"), *(say("P", words) for words in form.intro)]
    story += line(texts.tr("Whose consent: name"), form.name)
    half = (look.TEXT_WIDTH - _BETWEEN) / 2
    for one, other in zip(form.made_for[::2], form.made_for[1::2], strict=True):
        story.append(beside((line(*one), line(*other)), (half, half)))
    story += [say("H2", form.asks, "form-head"), *boxes(form.purposes), Spacer(1, _BELOW)]
    story += [say("P", words) for words in form.law]
    rest = look.TEXT_WIDTH - 2 * _BETWEEN - sum(_SHORT)
    story.append(beside([line(words) for words in form.fields], (*_SHORT, rest)))
    if form.own_word:
        yes, no = boxes((texts.tr("yes"), texts.tr("no")))
        story += [Spacer(1, _BELOW), say("P", form.own_word), Columns(([yes], [no]), (_BESIDE, _BESIDE))]
    head = say("H2", texts.tr("Signatures"), "form-head")
    signed = [line(texts.tr("{who}: place, date, signature", who=words)) for words in form.signers]
    story.append(KeepTogether([head, *signed[0]]))
    story += [KeepTogether(more) for more in signed[1:]]
    version = texts.tr("Form {version}", version=form.version)
    sheet = Sheet(form.title, (), f"Havainto · {version}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(form.title, texts.language, day))
