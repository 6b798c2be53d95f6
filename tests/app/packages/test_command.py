"""`havainto package` between two real archives: keys, a meeting out and in, as two people would type it."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.casework.case_editor import CaseEditor, new_case
from app.command_line import run
from app.door import Door
from app.i18n import Texts
from app.model.change import added
from app.model.consent import Purpose
from app.model.people import Worker
from app.model.recording import Recording
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material import two_computers
from tests.material.builders import recording

SECRET = "viisi pitkää sanaa peräkkäin"
FILM = b"film" * 50_000


@pytest.fixture
def folders(qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("HAVAINTO_PASSPHRASE", SECRET)
    for name in ("Aino", "Leena"):
        ArchiveDoorway(KdfCost.FLOOR).create(tmp_path / name, name, SECRET).archive.close()
    return tmp_path


def says(capsys, *argv: object) -> str:
    assert run(["package", *map(str, argv)]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def refuses(capsys, *argv: object) -> str:
    assert run(["package", *map(str, argv)]) == 1
    return capsys.readouterr().err


def exchange(capsys, folders) -> None:
    keys = {name: says(capsys, "key", "--archive", folders / name) for name in ("Aino", "Leena")}
    for name, other in (("Aino", "Leena"), ("Leena", "Aino")):
        (folders / f"{other}.txt").write_text(keys[other])
        digits = keys[other].split("digits: ")[1]
        wanted = ("trust", "--archive", folders / name, "--name", other, "--key", folders / f"{other}.txt", "--digits")
        assert "not those of this key" in refuses(capsys, *wanted, "11111 " * 6)
        assert says(capsys, *wanted, digits) == f"the key of {other} is in use\n"


def filmed(folder, tmp_path) -> None:
    """A meeting with its film that Aino codes with Leena."""
    opened = ArchiveDoorway().unlock(folder, "Aino", SECRET)
    store, texts = opened.store, Texts("en")
    editor = CaseEditor(store, texts, new_case(Door(store), texts, "Star 14").id)
    (leena,) = store.find(Worker, name="Leena")
    editor.edit(editor.file.case, partner=leena.id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, date(2020, 1, 1))
    meeting = editor.add_meeting(editor.file.adults[0], datetime(2026, 11, 3, 12, tzinfo=UTC))
    source = tmp_path / "film"
    source.write_bytes(FILM)
    row = recording(meeting.id)
    taken = opened.media.take_in(source, row.id, lambda _: None, lambda: False)
    film = replace(
        row, sha256=taken.sha256, size=taken.size, chunks=taken.chunks, container=taken.container,
        wrapped_key=taken.wrapped_key,
    )  # fmt: skip
    Door(store).write("film", [added(film)])
    opened.archive.close()


def test_two_archives_exchange_keys_and_a_meeting(folders, capsys) -> None:
    exchange(capsys, folders)
    filmed(folders / "Aino", folders)
    make = ("make", "--archive", folders / "Aino", "--case", "Star 14", "--to", folders)
    assert "2026-11-03" in refuses(capsys, *make, "--day", "2026-11-04")
    package = says(capsys, *make, "--day", "2026-11-03").split("package: ")[1].strip()
    take = ("take", "--archive", folders / "Leena", "--from", package)
    assert says(capsys, *take).startswith("films 1, rows added ")
    assert "this package was taken in before" in says(capsys, *take)
    assert "not open here" in refuses(capsys, "take", "--archive", folders / "Aino", "--from", package)
    opened = ArchiveDoorway().unlock(folders / "Leena", "Leena", SECRET)
    (film,) = opened.store.find(Recording)
    assert hashlib.sha256(opened.media.open(film).read()).hexdigest() == hashlib.sha256(FILM).hexdigest()
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()


def test_a_changed_key_is_told(folders, capsys) -> None:
    exchange(capsys, folders)
    ArchiveDoorway(KdfCost.FLOOR).create(folders / "new", "Leena", SECRET).archive.close()
    key = says(capsys, "key", "--archive", folders / "new")
    (folders / "new.txt").write_text(key)
    wanted = ("trust", "--archive", folders / "Aino", "--name", "Leena", "--key", folders / "new.txt", "--digits")
    assert "the key of Leena changed" in says(capsys, *wanted, key.split("digits: ")[1])


def test_the_codings_go_back_by_commands_alone(qapp, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("HAVAINTO_PASSPHRASE", two_computers.SECRET)
    two = two_computers.TwoComputers(tmp_path)
    of = {name: ("--archive", tmp_path / name, "--case", two_computers.CASE) for name in ("Aino", "Leena")}
    to = ("--to", two.post)
    says(capsys, "make", *of["Aino"], *to)
    assert says(capsys, "take", *of["Leena"][:2], "--from", two.post).startswith("films 1, rows added ")
    assert says(capsys, "state", *of["Leena"]) == "next: code the meeting and mark the coding as ready\n"
    assert "is not ready yet" in refuses(capsys, "code", *of["Leena"], *to)
    for name, second in (("Aino", 5), ("Leena", 6)):
        two.code(name, [("6", 0), ("q", second)])
        two.leave()
        assert says(capsys, "code", *of[name], *to).endswith("next: the partner's coding is waited for\n")
    assert "neither can read before both have sent" in refuses(capsys, "open", *of["Aino"], *to)
    assert says(capsys, "withdraw", *of["Leena"]) == "next: send your coding\n"
    assert "next: the partner's coding is waited for" in says(capsys, "code", *of["Leena"], *to)
    for name in ("Aino", "Leena"):
        came = says(capsys, "take", *of[name][:2], "--from", two.post)
        assert "coding of the partner: taken in" in came
        assert "next: send your key" in says(capsys, "state", *of[name])
    assert says(capsys, "open", *of["Aino"], *to).endswith("next: the partner's key is waited for\n")
    opened = says(capsys, "take", *of["Leena"][:2], "--from", two.post)
    assert "key of the partner: taken in\nobservations 2, ratings " in opened
    assert says(capsys, "open", *of["Leena"], *to).endswith("next: both codings are open\n")
    assert "both codings are open" in says(capsys, "take", *of["Aino"][:2], "--from", two.post)
