"""What is filled in a field, in words of a language: for papers, lists and what is read aloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.i18n import Texts
from app.model.form_value import Presence, presence
from app.model.people import Person, Worker
from app.model.service_work import FormRow
from app.model.template import FieldKind, FormField
from app.ports import Store
from app.vocabulary import StatementTexts
from app.works.work_file import WorkFile


def presence_word(texts: Texts, how: Presence) -> str:
    """What stands of one participant."""
    return {
        Presence.PRESENT: texts.tr("present"),
        Presence.PART: texts.tr("part of the time"),
        Presence.REMOTE: texts.tr("over a video link"),
        Presence.AWAY: texts.tr("away, told beforehand"),
        Presence.NO_SHOW: texts.tr("did not come"),
    }[how]


class Answers:
    """The filled fields of one piece of work; people and workers are looked up once."""

    def __init__(self, store: Store, file: WorkFile, texts: Texts) -> None:
        self.file, self.texts = file, texts
        case_id = file.work.case_id
        self._people = {p.id: p.called for p in store.find(Person, case_id=case_id)} if case_id else {}
        self._workers = {w.id: w.name for w in store.find(Worker)}
        self._fixed = StatementTexts(texts.language)

    def answer(self, field: FormField, row: FormRow) -> str:
        """The value of a field in a row; empty for what is not filled."""
        text = row.value(field.id)
        return self.said(field, text) if text else ""

    def said(self, field: FormField, text: str) -> str:
        """A value in words; what cannot be read stays as it is."""
        words = _WORDS.get(field.kind)
        return text if words is None else words(self, field, text)

    def row_called(self, form_id: str, row_id: str) -> str:
        """How a row of a form is called: by its first filled field; empty for one that is gone."""
        form, row = self.file.template.form(form_id), self.file.row(row_id)
        if form is None or row is None:
            return ""
        return next((said for field in form.fields if (said := self.answer(field, row))), "")

    def chosen(self, field: FormField, text: str) -> str:
        """One choice or several, in their words."""
        some = (field.choice(key) for key in text.split(" "))
        return ", ".join(self.texts.words(c.name) for c in some if c is not None)

    def time(self, text: str) -> str:
        """A time of the day as the language writes it."""
        return text if self.texts.language == "en" else text.replace(":", ".")

    def number(self, text: str) -> str:
        """A number with the language's own comma."""
        return text.replace(".", ",") if self.texts.comma else text

    def delivery(self, text: str) -> str:
        """How people met."""
        return self._fixed.of("deliveries", text)

    def person(self, person_id: str) -> str:
        """What somebody of the case is called."""
        return self._people.get(person_id, "")

    def worker(self, worker_id: str) -> str:
        """A worker's name."""
        return self._workers.get(worker_id, "")

    def present(self, field: FormField, text: str) -> str:
        """Who was there, then who was how away, each by the code or name of the row."""
        said = presence(text)
        parts = []
        for how in Presence:
            names = sorted(name for key, one in said.items() if one == how and (name := self.row_called(field.of, key)))
            if names:
                parts.append(f"{presence_word(self.texts, how)}: {', '.join(names)}")
        return "; ".join(parts)


#: how the values of a kind are said; the others are their own words
_WORDS: Mapping[FieldKind, Callable[[Answers, FormField, str], str]] = {
    FieldKind.CHOICE: Answers.chosen,
    FieldKind.SEVERAL: Answers.chosen,
    FieldKind.TICK: lambda a, _, __: a.texts.tr("yes"),
    FieldKind.DATE: lambda a, _, text: a.texts.date(date.fromisoformat(text)),
    FieldKind.TIME: lambda a, _, text: a.time(text),
    FieldKind.NUMBER: lambda a, _, text: a.number(text),
    FieldKind.MINUTES: lambda a, _, text: a.texts.tr("{n} min", n=text),
    FieldKind.DELIVERY: lambda a, _, text: a.delivery(text),
    FieldKind.WORKER: lambda a, _, text: a.worker(text),
    FieldKind.PERSON: lambda a, _, text: a.person(text),
    FieldKind.PARTICIPANT: lambda a, field, text: a.row_called(field.of, text),
    FieldKind.PRESENCE: Answers.present,
}
