"""A template (*pohja*): one service as data. Its phases, roles, forms, approvals and papers, and all their words.

What a piece of work by it holds is `app.model.service_work`; a template as text is `app.model.template_file`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.model.feedback_form import FeedbackFrom
from app.model.words import LANGUAGES, Words

#: who signs a paper besides roles: the workers of the work
WORKERS = "workers"


class Belongs(StrEnum):
    """Whose work it is. It decides what a work may hold and on which side of the wall it stands."""

    CASE = "case"  # of a client's case
    GROUP = "group"  # of a group kept by codes: no client document, nobody's name
    PROFESSIONAL = "professional"  # of professionals: on the supervision side of the wall, of no case


class FieldKind(StrEnum):
    """What a field of a form holds. What each is as text says `app.model.form_value`."""

    LINE = "line"
    TEXT = "text"  # of several lines
    CHOICE = "choice"  # one of the field's choices
    SEVERAL = "several"  # any of them
    TICK = "tick"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    SCALE = "scale"  # whole numbers from `least` to `most`
    MINUTES = "minutes"
    DELIVERY = "delivery"  # how people met, as meetings have it
    WORKER = "worker"  # of the office
    PERSON = "person"  # of the case
    CODE = "code"  # of a participant, in the place of a name
    PARTICIPANT = "participant"  # one row of the form that `of` names
    PRESENCE = "presence"  # of each row of the form that `of` names: there, late, away


#: kinds whose text anybody wrote, and in which the search looks
WRITTEN = (FieldKind.LINE, FieldKind.TEXT, FieldKind.CODE)
#: kinds that choose from the field's own choices
CHOSEN = (FieldKind.CHOICE, FieldKind.SEVERAL)
#: kinds that name rows of another form
OF_ROWS = (FieldKind.PARTICIPANT, FieldKind.PRESENCE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, or a line of a table that is there from the beginning."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    `of` is the id of the form whose rows are meant, of a participant's or of presence. `least` and `most` are the ends
    of a scale. `required`: the form is not whole without it. `help` stands beside it, of what is left unsaid too.
    """

    id: str
    kind: FieldKind
    name: Words
    help: Words | None = None
    choices: tuple[Choice, ...] = ()
    of: str = ""
    least: int | None = None
    most: int | None = None
    required: bool = False

    def choice(self, choice_id: str) -> Choice | None:
        return next((c for c in self.choices if c.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet, or the rows of a table.

    A table with `lines` has one row of each, and no others: five abilities, nine meetings. Of one without any rows are
    added. `about` is what the filler reads above it.
    """

    id: str
    name: Words
    fields: tuple[FormField, ...]
    table: bool = False
    lines: tuple[Choice, ...] = ()
    about: Words | None = None

    def field(self, field_id: str) -> FormField | None:
        return next((f for f in self.fields if f.id == field_id), None)

    def line(self, line_id: str) -> Choice | None:
        return next((c for c in self.lines if c.id == line_id), None)

    @property
    def required(self) -> tuple[FormField, ...]:
        return tuple(f for f in self.fields if f.required)


@dataclass(frozen=True, slots=True)
class Role:
    """A part that somebody has in the work: convener, child's helper, peer leader. `help` says who it can be."""

    id: str
    name: Words
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done in a phase.

    With a `form` it is done when that is filled, with an `approval` when that is given; else it is ticked by hand, and
    nothing but the tick is kept: so of the family's own time.
    """

    id: str
    name: Words
    form: str = ""
    approval: str = ""

    @property
    def by_hand(self) -> bool:
        return not self.form and not self.approval


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the work with its steps."""

    id: str
    name: Words
    steps: tuple[Step, ...] = ()
    about: Words | None = None


@dataclass(frozen=True, slots=True)
class ApprovalForm:
    """Something that somebody accepts, or not: the plan by the social worker, a report by the supervisor.

    `role` is the id of the role that says so; empty for the workers themselves.
    """

    id: str
    name: Words
    role: str = ""


class OutputKind(StrEnum):
    """A paper that comes of the work."""

    LETTER = "letter"
    PLAN = "plan"
    SUMMARY = "summary"
    RECORD = "record"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper: a form's rows, of its `fields` or of all; `title` in the place of the form's name."""

    form: str
    fields: tuple[str, ...] = ()
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One paper as PDF.

    `opening` stands before its parts and `closing` behind them, each empty line a new paragraph; the places in them are
    named in `app.works.paper_words`. `signers` are ids of roles, and `workers`. `per` is the id of a form: one paper
    for each of its rows, as a certificate for each participant. `confidential`: it has the marking of secrecy.
    """

    id: str
    kind: OutputKind
    name: Words
    parts: tuple[Part, ...] = ()
    opening: Words | None = None
    closing: Words | None = None
    signers: tuple[str, ...] = ()
    per: str = ""
    confidential: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """One service as data.

    `workers` is how many do it: of one there is no second coding and no second signature. `method` is the method as
    trainings name it, where the name may be used by the trained alone: the work is called `name` when each of its
    workers has proof of training, `name_unproven` otherwise, and `naming` tells a worker so (practice, decided 4).
    `rights` says whose a name is. `product` is what hours are counted for; empty for the template's own id.
    `feedback` is of whom the room asks how it was, by the forms of a case or, where it is of none, of participants.
    `languages` are those in which its words are complete.
    """

    id: str
    version: int
    belongs: Belongs
    name: Words
    about: Words
    workers: int = 1
    rights: Words | None = None
    method: str = ""
    name_unproven: Words | None = None
    naming: Words | None = None
    product: str = ""
    roles: tuple[Role, ...] = ()
    phases: tuple[Phase, ...] = ()
    forms: tuple[Form, ...] = ()
    approvals: tuple[ApprovalForm, ...] = ()
    outputs: tuple[Output, ...] = ()
    feedback: tuple[FeedbackFrom, ...] = ()
    languages: tuple[str, ...] = LANGUAGES

    def role(self, role_id: str) -> Role | None:
        return next((r for r in self.roles if r.id == role_id), None)

    def phase(self, phase_id: str) -> Phase | None:
        return next((p for p in self.phases if p.id == phase_id), None)

    def step(self, step_id: str) -> Step | None:
        return next((s for s in self.steps() if s.id == step_id), None)

    def form(self, form_id: str) -> Form | None:
        return next((f for f in self.forms if f.id == form_id), None)

    def approval(self, approval_id: str) -> ApprovalForm | None:
        return next((a for a in self.approvals if a.id == approval_id), None)

    def output(self, output_id: str) -> Output | None:
        return next((o for o in self.outputs if o.id == output_id), None)

    def steps(self) -> Iterator[Step]:
        """The steps of all its phases, in their order."""
        for phase in self.phases:
            yield from phase.steps

    def title(self, *, proven: bool) -> Words:
        """What the work is called; the less trained of its workers decides."""
        unproven = self.name_unproven
        return self.name if proven or not self.method or unproven is None else unproven

    @property
    def counted_as(self) -> str:
        """The product for which its hours are counted."""
        return self.product or self.id
