"""What the parts of a template are called where it is made."""

from __future__ import annotations

from app.i18n import Texts
from app.model.feedback_form import FeedbackFrom
from app.model.template import Belongs, FieldKind, OutputKind


def belongs_word(texts: Texts, belongs: Belongs) -> str:
    """Whose work it is."""
    return {
        Belongs.CASE: texts.tr("of a client's case"),
        Belongs.GROUP: texts.tr("of a group kept by codes"),
        Belongs.PROFESSIONAL: texts.tr("of professionals"),
    }[belongs]


def kind_word(texts: Texts, kind: FieldKind) -> str:
    """What a field holds."""
    return {
        FieldKind.LINE: texts.tr("one line of text"),
        FieldKind.TEXT: texts.tr("text of several lines"),
        FieldKind.CHOICE: texts.tr("one of choices"),
        FieldKind.SEVERAL: texts.tr("several of choices"),
        FieldKind.TICK: texts.tr("a tick"),
        FieldKind.DATE: texts.tr("a date"),
        FieldKind.TIME: texts.tr("a time of day"),
        FieldKind.NUMBER: texts.tr("a number"),
        FieldKind.SCALE: texts.tr("a point of a scale"),
        FieldKind.MINUTES: texts.tr("a length in minutes"),
        FieldKind.DELIVERY: texts.tr("how people met"),
        FieldKind.WORKER: texts.tr("a worker of the office"),
        FieldKind.PERSON: texts.tr("a person of the case"),
        FieldKind.CODE: texts.tr("a participant's code"),
        FieldKind.PARTICIPANT: texts.tr("a row of another table"),
        FieldKind.PRESENCE: texts.tr("who was there"),
    }[kind]


def paper_word(texts: Texts, kind: OutputKind) -> str:
    """What kind of paper it is."""
    return {
        OutputKind.LETTER: texts.tr("a letter"),
        OutputKind.PLAN: texts.tr("a plan"),
        OutputKind.SUMMARY: texts.tr("a summary"),
        OutputKind.RECORD: texts.tr("a record"),
        OutputKind.CERTIFICATE: texts.tr("a certificate"),
    }[kind]


def asked_word(texts: Texts, who: FeedbackFrom) -> str:
    """Who is asked for feedback."""
    return {
        FeedbackFrom.CHILD: texts.tr("of the child"),
        FeedbackFrom.PARENT: texts.tr("of the parent"),
        FeedbackFrom.ORDERER: texts.tr("of the orderer"),
        FeedbackFrom.PARTICIPANT: texts.tr("of the participants"),
    }[who]
