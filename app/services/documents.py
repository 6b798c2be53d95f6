"""The kinds of document that come with the program, and what the one of a statement is made of."""

from __future__ import annotations

from functools import cache

import resources
from app.model.commission import DocumentKind
from app.model.document_form import DocumentForm, FormFile, read_form
from app.model.service import Service
from app.model.statement import Statement
from app.services import library


def form_of(statement: Statement) -> DocumentForm:
    """What a statement is made of: its kind in its service. Raises InputError(`service-unknown`)."""
    return form(library.service(statement.service), statement.kind)


@cache
def form(service: Service, kind: DocumentKind) -> DocumentForm:
    """A kind of document in a service."""
    return _files()[kind].of_service(service)


@cache
def _files() -> dict[DocumentKind, FormFile]:
    files = sorted((resources.folder() / "documents").glob("*.toml"))
    found = (read_form(path.read_text("utf-8")) for path in files)
    return {one.form.kind: one for one in found}
