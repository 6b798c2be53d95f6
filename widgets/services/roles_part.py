"""Who has which part in the work: somebody of the case, a worker of the office, or whoever is written."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.service_work import RoleHolder
from app.model.template import Belongs, Role
from app.works.editor import WorkEditor
from widgets.forms.form import held, named
from widgets.forms.inputs import Suggestions
from widgets.look.parts import Card, beside, bring_in_sight, button, clear, label, section_label, stacked
from widgets.services.field_sources import FieldSources

_PERSON, _WORKER = "person:", "worker:"


class RolesPart(Card):
    """A field for each who has a role, and one for a role that nobody has."""

    def __init__(self, texts: Texts, editor: WorkEditor, sources: FieldSources) -> None:
        super().__init__(section_label(texts.tr("Roles")), spacing=10)
        self._texts, self._editor, self._sources = texts, editor, sources
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        if editor.work.belongs == Belongs.GROUP:
            said = texts.tr("A group is kept by codes: write nobody's name of a participant.")
            self.column.addWidget(label(said, "caption", wrap=True))
        self.column.addLayout(self._rows)
        self._shown: list[tuple[str, int]] = []
        self._more: set[str] = set()
        self.lines: dict[tuple[str, int], Suggestions] = {}
        self.setVisible(bool(editor.template.roles))
        self.refresh()

    def refresh(self) -> None:
        wanted = [(role.id, n) for role in self._editor.template.roles for n in range(self._count(role))]
        if wanted != self._shown:
            self._build(wanted)
        for (role_id, number), box in self.lines.items():
            holders = self._editor.work.holders(role_id)
            line = box.lineEdit()
            if line is not None and not line.hasFocus():
                box.set_value(_key(holders[number]) if number < len(holders) else "")
            box.setEnabled(self._editor.work.is_open)

    def commit(self) -> None:
        for role in self._editor.template.roles:
            self._commit(role)

    def _count(self, role: Role) -> int:
        return max(1, len(self._editor.work.holders(role.id)) + (role.id in self._more))

    def _build(self, wanted: list[tuple[str, int]]) -> None:
        clear(self._rows)
        self._shown, self.lines = wanted, {}
        t = self._texts
        for role in self._editor.template.roles:
            name = t.words(role.name)
            parts: list[QWidget] = []
            for number in range(self._count(role)):
                box = self.lines[role.id, number] = Suggestions(self._offered())
                line = box.lineEdit()
                assert line is not None
                shown = name if not number else f"{name} {number + 1}"
                line.setAccessibleName(shown)
                line.editingFinished.connect(partial(self._commit, role))
                box.activated.connect(lambda _, one=role: self._commit(one))
                parts.append(named(shown, box, t.words(role.help) if role.help is not None and not number else ""))
            if self._editor.work.holders(role.id) and role.id not in self._more and self._editor.work.is_open:
                more = button(t.tr("One more"), partial(self._one_more, role), "quiet")
                more.setAccessibleName(t.tr("One more: {role}", role=name))
                parts.append(held(beside(more, None)))
            self._rows.addWidget(held(stacked(*parts, spacing=6)))

    def _offered(self) -> list[tuple[str, str]]:
        people = [(_PERSON + key, words) for key, words in self._sources.people()]
        return [*people, *((_WORKER + key, words) for key, words in self._sources.workers())]

    def _one_more(self, role: Role) -> None:
        self._more.add(role.id)
        self.refresh()
        last = max(n for key, n in self.lines if key == role.id)
        bring_in_sight(self.lines[role.id, last])

    def _commit(self, role: Role) -> None:
        said = [box.value() for (key, _), box in sorted(self.lines.items()) if key == role.id]
        held_now = self._editor.work.holders(role.id)
        new = tuple(_holder(role.id, text, held_now) for text in said if text)
        if new == held_now or not self._editor.work.is_open:
            return
        self._more.discard(role.id)
        self._editor.set_role(role.id, *new)


def _key(holder: RoleHolder) -> str:
    if holder.person_id:
        return _PERSON + holder.person_id
    return _WORKER + holder.worker_id if holder.worker_id else holder.who


def _holder(role_id: str, text: str, held_now: tuple[RoleHolder, ...]) -> RoleHolder:
    """Who is meant; what was noted of one who has the role already stays."""
    found = next((h for h in held_now if _key(h) == text), None)
    if found is not None:
        return found
    if text.startswith(_PERSON):
        return RoleHolder(role_id, person_id=text.removeprefix(_PERSON))
    if text.startswith(_WORKER):
        return RoleHolder(role_id, worker_id=text.removeprefix(_WORKER))
    return RoleHolder(role_id, who=text)
