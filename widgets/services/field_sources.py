"""From what the fields of a form choose: people of the case, workers, rows of another form, and the pick-lists."""

from __future__ import annotations

from app.i18n import Texts
from app.model.service_work import FormRow
from app.model.template import FieldKind, FormField
from app.ports import Store
from app.vocabulary import StatementTexts
from app.works.answers import Answers
from app.works.editor import WorkEditor
from app.works.work_file import case_people, who_may_work


class FieldSources:
    """Of one work; `answers` says what is filled, as the archive has it now."""

    def __init__(self, store: Store, texts: Texts, editor: WorkEditor) -> None:
        self.store, self.texts, self.editor = store, texts, editor
        self._fixed = StatementTexts(texts.language)
        self.read()

    def read(self) -> None:
        """The work changed: what is said of it is read anew, once for all the fields that choose from it."""
        self.answers = Answers(self.store, self.editor.file, self.texts)
        self._workers = [(w.id, w.name) for w in who_may_work(self.store)]
        self._people = [(p.id, p.called) for p in case_people(self.store, self.editor.work)]

    def follow(self) -> None:
        """Only what is filled changed: people and workers are those that were read."""
        self.answers.file = self.editor.file

    def workers(self) -> list[tuple[str, str]]:
        """Workers of the office, (id, name) each; guests do no services."""
        return self._workers

    def people(self) -> list[tuple[str, str]]:
        """Whom the work may name, (id, how they are called) each."""
        return self._people

    def rows(self, form_id: str) -> list[tuple[FormRow, str]]:
        """The rows of a form that can be named in another, each as it is called."""
        form, file = self.editor.template.form(form_id), self.editor.file
        if form is None:
            return []
        found = []
        for number, row in enumerate(file.rows_of(form), start=1):
            line = form.line(row.line)
            words = self.texts.words(line.name) if line is not None else self.answers.row_called(form_id, row.id)
            found.append((row, words or f"{number}."))
        return found

    def choices(self, field: FormField) -> list[tuple[str, str]]:
        """What a field offers, (value, words) each; the first leaves it open."""
        return [("", "–"), *self._choices(field)]

    def _choices(self, field: FormField) -> list[tuple[str, str]]:
        if field.kind == FieldKind.SCALE:
            least, most = field.least or 0, field.most or 0
            return [(str(n), str(n)) for n in range(least, most + 1)]
        if field.kind == FieldKind.DELIVERY:
            return [(key, self._fixed.of("deliveries", key)) for key in self._fixed.keys("deliveries")]
        if field.kind == FieldKind.WORKER:
            return self.workers()
        if field.kind == FieldKind.PERSON:
            return self.people()
        if field.kind == FieldKind.PARTICIPANT:
            return [(row.id, words) for row, words in self.rows(field.of)]
        return [(c.id, self.texts.words(c.name)) for c in field.choices]
