"""What a kind of document is made of: its sections in order, those that it must fill, its own words (domain 4.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import InputError
from app.model.commission import DocumentKind
from app.model.service import Service, ServiceSection
from app.model.toml_table import Table, parsed
from app.model.words import Words

NOTHING = Words("", "", "")


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """One kind of document of one service.

    `answers`: the commission's numbered questions are answered in it, and page one tells the answers. `required` are
    the keys of sections without whose text it never is final. `meetings` are the kinds of meeting that it tells, all
    when there are none. `lead` stands under the title, `status` near the signatures; `about` tells a writer what it is.
    """

    kind: DocumentKind
    sections: tuple[ServiceSection, ...]
    required: tuple[str, ...] = ()
    answers: bool = False
    meetings: tuple[str, ...] = ()
    lead: Words = NOTHING
    status: Words = NOTHING
    about: Words = NOTHING

    def section(self, key: str) -> ServiceSection:
        """The section of a key; a key that it lacks is a bug (KeyError)."""
        return {s.key: s for s in self.sections}[key]

    def has_section(self, key: str) -> bool:
        return any(s.key == key for s in self.sections)

    def tells(self, meeting_kind: str) -> bool:
        """Whether meetings of a kind are told in it."""
        return not self.meetings or meeting_kind in self.meetings


@dataclass(frozen=True, slots=True)
class FormFile:
    """A kind as its file says it, of no service yet. Without `wanted` keys it has every section of the service.

    `titled` are sections of its own, and those of the service's that it calls otherwise; `form` has no sections.
    """

    form: DocumentForm
    wanted: tuple[str, ...]
    titled: tuple[ServiceSection, ...]

    def of_service(self, service: Service) -> DocumentForm:
        """With the sections that this service's document of the kind has, numbered from 1."""
        own = {s.key: s for s in self.titled}
        known = {s.key: s for s in service.sections} | own
        keys = [key for key in self.wanted or known if key in known]
        sections = tuple(replace(known[key], number=number) for number, key in enumerate(keys, start=1))
        required = tuple(key for key in self.form.required if key in keys)
        return replace(self.form, sections=sections, required=required)


def read_form(text: str) -> FormFile:
    """The kind that a TOML text says. Raises InputError with the place of the first thing that is wrong."""
    table = parsed(text)
    found = FormFile(_form(table), table.texts("sections"), table.rows("titles", _titled))
    table.end()
    for key in found.form.required:
        if found.wanted and key not in found.wanted:
            raise InputError("scheme-field-unknown", place="required", field=key)
    return found


def _form(table: Table) -> DocumentForm:
    kind = table.text("kind")
    if kind not in set(DocumentKind):
        raise InputError("scheme-wrong-kind", place="file", field="kind")
    return DocumentForm(
        DocumentKind(kind),
        (),
        table.texts("required"),
        table.truth("answers"),
        table.texts("meetings"),
        table.maybe_words("lead") or NOTHING,
        table.words("status"),
        table.words("about"),
    )


def _titled(table: Table) -> ServiceSection:
    return ServiceSection(table.text("key"), 0, table.words("title"), table.truth("interprets"))
