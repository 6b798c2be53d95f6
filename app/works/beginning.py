"""What can be begun, and the beginning of a piece of work: it keeps the version that its template has today."""

from __future__ import annotations

from collections.abc import Sequence

from app.door import Door
from app.i18n import Texts, today
from app.model.change import added
from app.model.identity import new_id
from app.model.service_work import ServiceWork
from app.model.stored import ContentKind
from app.model.template import Belongs, Template
from app.ports import Store
from app.schemes import library


def offered(store: Store, belongs: Belongs | None = None) -> tuple[Template, ...]:
    """The newest version of each template that the signed-in worker may begin with, of one kind or of all."""
    found = (library.template_in(p.text) for p in library.offered(store, ContentKind.TEMPLATE, today()))
    return tuple(t for t in found if belongs in (None, t.belongs))


def begin(
    door: Door,
    texts: Texts,
    template_id: str,
    *,
    case_id: str | None = None,
    workers: Sequence[str] = (),
    called: str = "",
    customer: str = "",
    language: str = "",
) -> ServiceWork:
    """A new piece of work by the newest version of a template, opened today.

    `workers` are who do it, the signed-in one where nobody is named; `language` is that of its papers, the screen's
    where none is said. Raises NotAllowed `content-not-permitted` for a template that is not offered,
    `service-needs-case` and `service-without-case` where it is of another kind.
    """
    store = door.store
    found = library.permitted(store, ContentKind.TEMPLATE, template_id)
    template = library.template_in(found.text)
    work = ServiceWork(
        new_id(),
        template.id,
        template.version,
        template.belongs,
        case_id,
        tuple(workers) or (store.me,),
        called.strip(),
        customer.strip(),
        language or texts.language,
        today(),
    )
    door.write(texts.tr("Service begun"), [*library.kept(store, found), added(work)], act="create")
    return work
