"""Every format that the program reads from outside but films: a valid file of its own making, and who reads it.

Films have `film_fuzz`. What the program only writes (calendars, captions, PDF but for its signatures) is not here, nor
what lies within the archive under its key.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from tests.soak import mutations
from tests.soak.film_fuzz import mutated

Change = Callable[[bytes, random.Random], bytes]
#: reads one file; raises an AppError or nothing
Read = Callable[[bytes, Path], object]


@dataclass(frozen=True)
class Format:
    """Valid files of it, how one is damaged, and who reads it from a path or bytes."""

    valid: Callable[[Path], Sequence[bytes]]
    read: Read
    change: Change = mutations.text


def _bytes(content: bytes, chance: random.Random) -> bytes:
    return mutated(bytearray(content), chance)


def _at(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _decoded(content: bytes) -> str:
    """As the doors for files decode; what is no UTF-8 is refused there before any reader."""
    return content.decode("utf-8", "replace").removeprefix("\ufeff")


# ── tables and commands ──────────────────────────────────────────────────────────────────────────────────────────────


def _observations(_folder: Path) -> Sequence[bytes]:
    rows = ["person,code,start_s,end_s,Modifiers", "adult1,AS,3.4,,", 'dyad,DS1,0,12.5,"a, b"', "child1,CE,7,,loud"]
    semicolons = [row.replace(",", ";") for row in rows[:2]]
    return [
        "\n".join(rows).encode(),
        ("sep=;\r\n" + "\r\n".join(semicolons)).encode(),
        "\n".join(rows).replace(",", "\t").replace('"a\t b"', "a, b").encode(),
    ]


def _agreed(content: bytes, folder: Path) -> None:
    from app.commands import agreement
    from app.model.timecode import SECOND
    from tests.material.builders import small_scheme

    path = _at(folder, "a.csv", content)
    question = agreement.Question(path, path, 0, 60 * SECOND, SECOND, SECOND, 2 * SECOND)
    agreement.observations(question, small_scheme, as_json=False)


def _ratings(_folder: Path) -> Sequence[bytes]:
    return [b"target,value\ni1,4\ni2,\ni3,5.0\ni4,2\n"]


def _rated(content: bytes, folder: Path) -> None:
    from app.commands import agreement

    path = _at(folder, "r.csv", content)
    agreement.ratings([path, path], (1, 5), as_json=True)


def _arguments(_folder: Path) -> Sequence[bytes]:
    return [b"--from\n0\n--to\n60\n--unit\n0,5\n--state-tolerance\n1\n--scheme\nnone\n--scale\n1-5\n--json"]


def _typed(content: bytes, folder: Path) -> None:
    """A command line: what it says goes nowhere; it ends with 0 or 1."""
    from app.command_line import run

    table = str(_at(folder, "a.csv", _observations(folder)[0]))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        ended = run(["agreement", table, table, *_decoded(content).split("\n")])
    assert ended in (0, 1)
    assert ended == 0 or said.getvalue().strip(), "it says why"


# ── contents ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shipped(kind: str) -> Sequence[bytes]:
    from app.model.stored import ContentKind
    from app.schemes import library
    from app.services import templates

    of = {"scheme": library.scheme_text, "instrument": library.instrument_text, "template": templates.text}[kind]
    texts = [of(ident) for ident in library.shipped_ids(ContentKind(kind))]
    return [text.encode() for text in sorted(texts, key=len)[:2]]


def _content(kind: str, content: bytes, _folder: Path) -> None:
    """As the door takes it in, with all that is looked at after, and written again."""
    from app.errors import InputError
    from app.model.stored import ContentKind
    from app.model.toml_table import demand_plain
    from app.schemes import content_text

    text = _decoded(content)
    demand_plain(text)
    if content_text.kind_of_text(text) != ContentKind(kind):
        raise InputError("content-other-kind")
    value = content_text.read(ContentKind(kind), text)
    content_text.problems_of(value)
    again = content_text.read(ContentKind(kind), content_text.written(value))
    assert content_text.written(again) == content_text.written(value)


def _checked_scheme(content: bytes, _folder: Path) -> None:
    from app.model.scheme_file import read_scheme

    read_scheme(_decoded(content))


def _licensed(_folder: Path) -> Sequence[bytes]:
    from tests.material.licensed import PACKAGE

    return [PACKAGE.encode()]


def _package(content: bytes, _folder: Path) -> None:
    from app.casework.licensed import known_keys
    from app.model.licensed_file import read_package

    read_package(_decoded(content), known_keys())


# ── settings, tries, keys ────────────────────────────────────────────────────────────────────────────────────────────


def _settings(folder: Path) -> Sequence[bytes]:
    from app.settings import file
    from app.settings.values import FilmingPlace, Remembered, Settings

    made = folder / "made.json"
    rooms = replace(Settings(), rooms=(FilmingPlace("a"),))
    file.save(made, rooms, Remembered())
    first = json.dumps({"room_keys": ["Space\tCtrl+P"], "code_keys": ["a\tb"], "language": "sv"})
    return [made.read_bytes(), first.encode()]


def _set(content: bytes, folder: Path) -> None:
    from app.settings import file
    from app.settings.values import Remembered, Settings
    from app.shortcuts.own_keys import KeyMap

    kept = file.load(_at(folder, "settings.json", content))
    assert isinstance(kept.settings, Settings)
    assert isinstance(kept.remembered, Remembered)
    KeyMap(kept.settings.action_keys, kept.settings.code_keys).clashes()
    file.save(folder / "again.json", kept.settings, kept.remembered)


def _waited(content: bytes, folder: Path) -> None:
    from storage.tries import FILE_NAME, Tries

    _at(folder, FILE_NAME, content)
    Tries(folder).failed("other")
    Tries(folder).refuse_while_waiting("slot")


@cache
def _vault() -> bytes:
    from storage.vault import sign_ins, vault_format
    from storage.vault.keys import KdfCost

    made = sign_ins.create("Aino Esimerkki", "worker-a", "kolme sanaa riittää", cost=KdfCost.FLOOR)
    return vault_format.to_bytes(sign_ins.add_slot(made.vault, made.keys, "Leena Malli", "w-b", "toinen lause").vault)


def _key_line(content: bytes, chance: random.Random) -> bytes:
    """Its line changed and its checksum put right, so that what is behind the checksum is reached."""
    import hashlib

    if not chance.randrange(4):
        return mutated(bytearray(content), chance)
    line = mutations.tree(content.partition(b"\n")[0], chance)
    return line + b"\nsha256:" + hashlib.sha256(line).hexdigest().encode() + b"\n"


def _opened_keys(content: bytes, _folder: Path) -> None:
    from storage.vault import vault_format

    vault = vault_format.from_bytes(content)
    for slot in vault.slots:
        slot.cost.checked()
    assert vault_format.from_bytes(vault_format.to_bytes(vault)) == vault


def _receiving(_folder: Path) -> Sequence[bytes]:
    from storage.vault import receiving_keys

    return [f"Havainto: {receiving_keys.receiving_key(bytes(range(32)))}\n".encode()]


def _received_key(content: bytes, _folder: Path) -> None:
    from app.model.receiving_key import MOST_CHARACTERS, fingerprint, key_in

    fingerprint(key_in(content[:MOST_CHARACTERS].decode("utf-8", "replace")))


# ── packages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _packages(folder: Path):
    """Aino's keys, what opens packages for them, and a package, a coding and a key that she sealed for herself."""
    from datetime import UTC, datetime

    from app.model.exchange import CodingFile, Declaration, DeclaredFilm, FinishedCoding, SentCoding
    from app.model.identity import new_id
    from app.model.meeting import Segment
    from app.model.package import RECIPIENT, SENDER, MeetingPackage
    from app.model.people import Case, Person, Role
    from app.model.stored import ContentKind, StoredContent
    from storage.packages import coding_files, envelope, shut_coding
    from storage.packages.packages import SealedPackages
    from storage.vault import receiving_keys
    from storage.vault.film_vault import FilmVault
    from tests.material import builders
    from tests.material.archives import keys_of

    keys = keys_of("worker-a")
    own = keys.own()
    me = receiving_keys.receiving_key(own)
    vault = FilmVault(folder, bytes(range(32)))
    side = SealedPackages(keys, vault, threading.Lock(), str.encode)
    case = Case(new_id(), "Star 14", SENDER, RECIPIENT, datetime(2026, 11, 3, tzinfo=UTC).date())
    child, adult = (Person(new_id(), case.id, role, role.value) for role in (Role.CHILD, Role.BIRTH_PARENT))
    meeting = builders.meeting(case.id, adult.id, child.id, (case.lead, case.partner))
    tasks = tuple(Segment(new_id(), meeting.id, n, n * 10, n * 10 + 9) for n in (1, 2))
    at = datetime(2026, 11, 3, 8, tzinfo=UTC)
    kinds = {ContentKind.SCHEME: "s-1", ContentKind.INSTRUMENT: "i-1"}
    contents = tuple(StoredContent(key, kind, key, 1, "text") for kind, key in kinds.items())
    meeting = replace(meeting, scheme="s-1", instrument="i-1")
    taken = vault.take_in(_at(folder, "film", b"film" * 500), film_id := new_id(), lambda _: None, lambda: False)
    film = replace(
        builders.recording(meeting.id), id=film_id, sha256=taken.sha256, size=taken.size, chunks=taken.chunks
    )
    held = replace(film, container=taken.container, wrapped_key=taken.wrapped_key)
    bare = replace(film, container="", wrapped_key=b"")
    made = MeetingPackage(new_id(), at, case, (child, adult), meeting, tasks, (), contents, (bare,))
    path = side.make(made, (held,), me, folder, lambda _: None, lambda: False)
    package = envelope.opened(own, (path / "package.age").read_bytes(), {me})[2]
    scheme = builders.small_scheme()
    coding = builders.empty_coding(meeting.id)
    parts = tuple(builders.observation(coding, "AS", n, person="adult1") for n in range(3))
    finished = FinishedCoding(replace(coding.header, scheme_id=scheme.id), parts)
    file_id = new_id()
    inner = shut_coding.content_of(finished)
    file_keys = shut_coding.keys_of(bytes(32), file_id)
    commitment = shut_coding.commitment(file_keys, inner)
    declared = Declaration("s", "i", tasks, (DeclaredFilm(new_id(), "0" * 64, 0, 0.5),))
    file = CodingFile(file_id, meeting.id, coding.id, commitment, at, declared)
    body = coding_files.coding_body(file, b"shut")
    key = coding_files.key_body(
        SentCoding(file_id, meeting.id, coding.id, case.lead, commitment, at, None, "0" * 64), file_keys
    )
    return own, me, side, {"package": package, "coding": body, "key": key, "inner": inner, "file keys": file_keys}


def _bodies(name: str, folder: Path) -> Sequence[bytes]:
    content: bytes = _packages(folder)[3][name]
    return [content]


def _coding_head(content: bytes, chance: random.Random) -> bytes:
    """The line before what is shut."""
    head, _, shut = content.partition(b"\n")
    return mutations.tree(head, chance) + b"\n" + shut


def _looked(kind: str, content: bytes, folder: Path) -> None:
    """Sealed as a known partner would, so that what is within is reached."""
    from storage.packages import envelope

    own, me, side, _ = _packages(folder)
    sealed = envelope.sealed(own, me, envelope.Format(kind), content)
    inside = folder / "looked"
    inside.mkdir(exist_ok=True)
    path = _at(inside, "package.age", sealed)
    side.look(inside if kind == envelope.Format.PACKAGE else path, {me})


def _sealed(folder: Path) -> Sequence[bytes]:
    from storage.packages import envelope

    own, me, _, made = _packages(folder)
    return [envelope.sealed(own, me, envelope.Format.KEY, made["key"])]


def _unsealed(content: bytes, folder: Path) -> None:
    _, me, side, _ = _packages(folder)
    side.look(_at(folder, "some.age", content), {me})


def _shut(content: bytes, folder: Path) -> None:
    from storage.packages import shut_coding

    keys = _packages(folder)[3]["file keys"]
    closed = shut_coding.shut(keys, content, "a", "b")
    shut_coding.opened(keys, shut_coding.commitment(keys, content), closed, "a", "b")


# ── containers, backups ──────────────────────────────────────────────────────────────────────────────────────────────


def _container(folder: Path) -> Sequence[bytes]:
    from storage.vault.container import ContainerWriter, new_header

    path = folder / "made.vau"
    path.unlink(missing_ok=True)
    writer = ContainerWriter(path, bytes(range(32)), new_header("80818283-8485-8687-8889-8a8b8c8d8e8f", 64))
    writer.write(b"film" * 100)
    writer.finish()
    return [path.read_bytes()]


def _contained(content: bytes, folder: Path) -> None:
    from storage.vault.container_reader import ContainerReader

    with ContainerReader(_at(folder, "one.vau", content), bytes(range(32))) as reader:
        reader.read()


def _manifest(folder: Path) -> Sequence[bytes]:
    from storage.backups.backup_format import Manifest, StoredFilm, write_manifest

    fields = {"archive_id": "a", "made": "2026-11-03T08:00:00+00:00", "rows": {"x": 3}, "audit_count": 4}
    film = StoredFilm(**dict.fromkeys(StoredFilm.__dataclass_fields__, "0"))
    made = Manifest(**fields, audit_head="00", files={"archive.db": "0" * 64}, films=(film,))
    write_manifest(folder, made, _vault_keys())
    return [(folder / "manifest.json").read_bytes()]


def _vault_keys():
    from tests.material.archives import keys_of

    return keys_of("worker-a")


def _listed(content: bytes, folder: Path) -> None:
    from storage.backups.backup_format import read_manifest

    _at(folder, "manifest.json", content)
    read_manifest(folder, _vault_keys())


# ── signatures, pictures, words ──────────────────────────────────────────────────────────────────────────────────────


@cache
def _key_file(kind: str) -> bytes:
    from tests.material.signing_keys import signer

    return signer("Aino Esimerkki", kind=kind).file()


def _key_files(_folder: Path) -> Sequence[bytes]:
    return [_key_file("ec"), _key_file("rsa")]


def _signing_key(content: bytes, folder: Path) -> None:
    from app.statement import signing_file
    from tests.material.signing_keys import PASSPHRASE

    signing_file.opened(signing_file.read_file(_at(folder, "key.p12", content)), PASSPHRASE)


def _issuers(_folder: Path) -> Sequence[bytes]:
    from cryptography.hazmat.primitives.serialization import Encoding

    from tests.material.signing_keys import authority

    made = authority().certificate
    return [made.public_bytes(Encoding.PEM), made.public_bytes(Encoding.DER)]


def _issued(content: bytes, _folder: Path) -> None:
    from app.reports.signing import certificates

    certificates(content)


@cache
def _signed() -> bytes:
    from app.reports.signing import Said, signed
    from app.reports.statement_pdf import render_statement
    from app.statement.signing_file import opened
    from tests.material.documents import a_statement
    from tests.material.signing_keys import PASSPHRASE

    document = a_statement(final=True, charts=0)
    signers = tuple(replace(s, worker_id=str(n)) for n, s in enumerate(document.signers))
    said = Said("2.12.2026 klo 9.20", "Allekirjoitettu", "Aino Esimerkki", "Esimerkki")
    return signed(
        render_statement(replace(document, signers=signers)), "signature-1", opened(_key_file("ec"), PASSPHRASE), said
    )


def _signed_file(content: bytes, _folder: Path) -> None:
    from app.reports.signature_check import signatures_of

    signatures_of(content)


def _pictures(_folder: Path) -> Sequence[bytes]:
    from tests.material import logos

    small = (48, 32)
    profiled = logos.jpeg(size=small, icc_profile=logos.profile())
    return [logos.png(size=small), logos.jpeg(size=small), logos.png("P", size=small), profiled]


def _logo(content: bytes, _folder: Path) -> None:
    from app.office.logo import read_logo

    read_logo(content)


def _photo(content: bytes, folder: Path) -> None:
    from widgets.cases.form_photo import read_photo

    read_photo(_at(folder, "photo", content))


def _messages(_folder: Path) -> Sequence[bytes]:
    from datetime import UTC, datetime

    from app.comparing.led.messages import Hello, Proposed, Seen, Whole, packed
    from app.comparing.led.values import Pointer, Ruling, Subject, View
    from app.model.decision import NewMark, Verdict

    marks = (NewMark("AS", "adult1", 1_000_000, 2_000_000),)
    at = datetime(2026, 11, 3, 8, tzinfo=UTC)
    ruling = Ruling(Verdict.NEW, "reason", new_marks=marks, by=1, at=at)
    made = [
        Hello(Subject("m", "a" * 64, "b" * 64, "d"), 0, 1, 1),
        Whole(1, {"a" * 64: ruling}),
        Proposed({"b" * 64: Ruling()}),
        Seen(View("f", 10, playing=True, rate=1.0, chosen="", pointer=Pointer("f", 0.5, 0.5))),
    ]
    return [packed(one) for one in made]


def _heard(content: bytes, _folder: Path) -> None:
    from app.comparing.led.messages import unpacked

    unpacked(content)


def _pages(_folder: Path) -> Sequence[bytes]:
    made = (
        b"<html><head><style>p {color: red}</style></head><body><!--StartFragment--><h2>Havainnot <b>kotona</b></h2>"
        b"<p>Tapaaminen&nbsp;oli <i>hyv&auml;</i></p><ul><li>katsoo<br>lasta</li><li><p>odottaa</p></li></ul>"
        b"<table><tr><td>a</td></tr></table><![if !supportLists]>x<![endif]><!--EndFragment--></body></html>"
    )
    return [made]


def _pasted(content: bytes, _folder: Path) -> None:
    from app.statement.pasted import from_page, from_words

    from_page(_decoded(content))
    from_words(_decoded(content))


def _carried(_folder: Path) -> Sequence[bytes]:
    return [json.dumps([["body", [["words", True, False, "e"]]], ["item", [["x", False, False, ""]]]]).encode()]


def _taken(content: bytes, _folder: Path) -> None:
    from PySide6.QtCore import QByteArray, QMimeData

    from widgets.statement.carried import taken

    held = QMimeData()
    held.setData("application/x-havainto-paragraphs", QByteArray(content))
    taken(held, lambda _: True)


FORMATS: Mapping[str, Format] = {
    "observations": Format(_observations, _agreed),
    "ratings": Format(_ratings, _rated),
    "command line": Format(_arguments, _typed),
    "scheme": Format(lambda _: _shipped("scheme"), partial(_content, "scheme"), mutations.table),
    "scheme of a command": Format(lambda _: _shipped("scheme"), _checked_scheme, mutations.table),
    "instrument": Format(lambda _: _shipped("instrument"), partial(_content, "instrument"), mutations.table),
    "template": Format(lambda _: _shipped("template"), partial(_content, "template"), mutations.table),
    "licensed package": Format(_licensed, _package, mutations.table),
    "settings": Format(_settings, _set, mutations.tree),
    "wrong tries": Format(lambda _: [b'{"slot":[1,1.0]}'], _waited, mutations.tree),
    "key file": Format(lambda _: [_vault()], _opened_keys, _key_line),
    "receiving key": Format(_receiving, _received_key),
    "sealed file": Format(_sealed, _unsealed, _bytes),
    "package": Format(partial(_bodies, "package"), partial(_looked, "havainto-package"), mutations.tree),
    "coding file": Format(partial(_bodies, "coding"), partial(_looked, "havainto-coding"), _coding_head),
    "coding key": Format(partial(_bodies, "key"), partial(_looked, "havainto-coding-key"), mutations.tree),
    "shut coding": Format(partial(_bodies, "inner"), _shut, mutations.tree),
    "container": Format(_container, _contained, _bytes),
    "backup's list": Format(_manifest, _listed, mutations.tree),
    "signing key": Format(_key_files, _signing_key, _bytes),
    "issuers": Format(_issuers, _issued, _bytes),
    "signed file": Format(lambda _: [_signed()], _signed_file, _bytes),
    "logo": Format(_pictures, _logo, _bytes),
    "photo": Format(_pictures, _photo, _bytes),
    "message of a line": Format(_messages, _heard, mutations.tree),
    "pasted page": Format(_pages, _pasted),
    "pasted paragraphs": Format(_carried, _taken, mutations.tree),
}
