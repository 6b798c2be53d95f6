"""Small values for tests, made in one line each."""

from datetime import UTC, datetime

from app.model.coding import Coding, CodingHeader
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.plan import PlannedTask
from app.model.recording import FilmFacts, Recording
from app.model.scheme import Actor, Code, Dimension, Group, Kind, Scheme
from app.model.signature import Certified, Signature, SignatureLevel
from app.model.statement import Paragraph
from app.model.statement_document import DocumentSection, DocumentWords, Signer, StatementDocument
from app.model.timecode import SECOND
from app.model.words import Words
from app.services import library

A_DAY = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def words(text: str) -> Words:
    return Words(text, text, text)


def code(code_id: str, key: str, kind: Kind = Kind.POINT, actor: Actor = Actor.ADULT, group: str = "", **more) -> Code:
    return Code(code_id, key, kind, actor, words(code_id), words("when"), words("not"), group=group, **more)


def small_scheme() -> Scheme:
    """Two points and the four exclusive, exhaustive states."""
    states = [("DS1", "6"), ("DS2", "7"), ("DS3", "8"), ("DS0", "0")]
    return Scheme(
        "small",
        1,
        words("small"),
        (Dimension("S", words("structure")), Dimension("E", words("engagement"))),
        (Group("D", words("state"), exhaustive=True), Group("X", words("loose"), exhaustive=False)),
        (),
        (
            code("AS", "q", dimension="S"),
            code("CE", "h", actor=Actor.CHILD, dimension="E"),
            *(code(i, k, Kind.STATE, Actor.DYAD, "D") for i, k in states),
            code("XA", "x", Kind.STATE, Actor.ADULT, "X"),
            code("XB", "y", Kind.STATE, Actor.ADULT, "X"),
        ),
    )


def empty_coding(meeting_id: str = "m", coder: str = "a") -> Coding:
    return Coding(CodingHeader(new_id(), meeting_id, coder, "small", 1, "u", 1))


def observation(
    coding: Coding, code_id: str, start: float, end: float | None = None, person: str = "adult1"
) -> Observation:
    return Observation(
        new_id(), coding.id, code_id, person, round(start * SECOND), None if end is None else round(end * SECOND)
    )


def planned_task(number: int, *dimensions: str) -> PlannedTask:
    return PlannedTask(f"T{number:02d}", words(f"task {number}"), words(f"do {number}"), dimensions or ("S",))


def meeting(case_id: str, adult: str, child: str, coders: tuple[str, str], tasks: int = 3) -> Meeting:
    plan = tuple(planned_task(n) for n in range(1, tasks + 1))
    return Meeting(new_id(), case_id, A_DAY, adult, child, coders, library.first().meetings[0].key, plan=plan)


def facts(duration: int = 60 * SECOND) -> FilmFacts:
    return FilmFacts(duration // 40_000, duration, "constant", 25.0, 25.0, 25.0, 640, 360, 0, 10, "h264")


def recording(meeting_id: str, duration: int = 60 * SECOND) -> Recording:
    return Recording(
        new_id(), meeting_id, 1, "0" * 64, 1000, 1, "film.vau", facts(duration), wrapped_key=b"k", index=b"i"
    )


def signature_of(statement_id: str, worker_id: str, place: int = 1) -> Signature:
    """A signature with one of everything; no file lies behind it."""
    certified = Certified("Aino Esimerkki", "Esimerkkivarmentaja", A_DAY, A_DAY.replace(year=2030))
    return Signature(
        new_id(), statement_id, worker_id, A_DAY, place, True, SignatureLevel.LT, certified, "9" * 64, 11, 1,
        f"{new_id()}.vau", b"k" * 60,
    )  # fmt: skip


def final_of(statement_id: str, rows: tuple[Paragraph, ...] = ()) -> FinalStatement:
    """The kept document of a final version: small, with one of everything; `rows` are paragraphs of it."""
    document = StatementDocument(
        "fi", "Lausunto · Kuusi", "menetelmä", ("Esimerkki Oy",), (("Tilaaja", "alue"),),
        (DocumentSection("commission", 1, "Toimeksianto", rows), DocumentSection("family", 2, "Perhe")),
        (Signer("Aino", "vastuutyöntekijä", training=("koulutus",)),), ("SALASSA PIDETTÄVÄ",), "ei päätös",
        DocumentWords("LUONNOS", "Lopullinen", "{page}", "Versio 1", "Nimi", "Paikka", "koulutus"), True,
        A_DAY.date(), "3.11.2026", 1, "signatures", (("S", "jäsentäminen"),),
    )  # fmt: skip
    return FinalStatement(new_id(), statement_id, A_DAY, "0" * 64, 7, 1, f"{new_id()}.vau", b"k" * 60, document)
