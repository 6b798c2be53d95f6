"""The certificate on paper: what it names, in three languages, and that it says what it does not know."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.door import Door
from app.erasing.certificate import certificate_of, kept_under_words, write_certificate
from app.errors import AppError
from app.i18n import Texts
from app.model.change import added
from app.model.erasure import (
    Certificate,
    ErasedFilm,
    ErasedPages,
    ErasedRows,
    Erasure,
    Ground,
    LeftClip,
    MadeBackup,
    Original,
    SentPackage,
)
from app.reports.erasure_certificate import GROUNDS, ORIGINALS, ROWS, erasure_certificate
from storage.store.kinds import KINDS, NOTED, SUPERVISED
from tests.drivers import tag_tree
from tests.material.builders import A_DAY
from tests.material.house import Home, opened

FILM = ErasedFilm("film-id", "meeting-id", 2, "a1" * 32, 312_000_000, 724_000_000, 3, Original.CARD)
PAGES = ErasedPages("final-id", "statement-id", "b2" * 32, 123_456)
WHOLE = Certificate(
    Erasure(
        "erasure-id", A_DAY, "worker-id", Ground.OTHER, "Päätös 5/2026", "case-id", (FILM,), (PAGES,),
        (ErasedRows("observation", 812), ErasedRows("client_case", 1, ("case-id",))), ("one", "two"), (), A_DAY,
    ),
    "Aino Esimerkki",
    (
        MadeBackup("havainto-backup-1", A_DAY, "/media/usb"),
        MadeBackup("havainto-backup-2", A_DAY, "", gone=A_DAY + timedelta(days=2)),
    ),
)  # fmt: skip


def said(certificate: Certificate, language: str = "fi") -> str:
    return " ".join(tag_tree.read(erasure_certificate(certificate, Texts(language))).tree.text().split())


@pytest.mark.parametrize(
    ("language", "title", "here"),
    [
        ("fi", "Hävittämistodistus", "Hävitetty tästä arkistosta"),
        ("sv", "Förstöringsintyg", "Förstört ur det här arkivet"),
        ("en", "Certificate of erasure", "Erased from this archive"),
    ],
)
def test_it_names_who_what_when_and_why(language, title, here) -> None:
    words = said(WHOLE, language)
    for wanted in (title, here, "Aino Esimerkki", "Päätös 5/2026", "erasure-id", "case-id", "film-id",
                   "a1" * 32, "b2" * 32, "812", "havainto-backup-1", "/media/usb"):  # fmt: skip
        assert wanted in words, wanted
    assert Texts(language).date(A_DAY.date()) in words


def test_by_key_and_by_deletion_are_told_apart() -> None:
    words = said(WHOLE)
    by_key, by_deletion, backups = (words.index(w) for w in ("Hävitetty avaimella", "Hävitetty poistamalla", "Aiemmat"))
    assert by_key < words.index("a1" * 32) < by_deletion < words.index("812") < backups
    assert "Havainnot" in words
    only_film = replace(WHOLE, erasure=replace(WHOLE.erasure, rows=()))
    assert "Hävitetty poistamalla" not in said(only_film)
    only_rows = replace(WHOLE, erasure=replace(WHOLE.erasure, films=(), pages=()))
    assert "Hävitetty avaimella" not in said(only_rows)


def test_what_is_not_known_is_not_promised() -> None:
    words = said(WHOLE)
    assert "Niitä ei ole todettu hävitetyiksi." in words
    assert "havainto-backup-2, 3.11.2026 11.00 – todettu hävitetyksi 5.11.2026" in words.replace("\u00a0", " ") or (
        "todettu hävitetyksi 5.11.2026" in words
    )
    assert "kameran muistikortilla" in words
    gone = replace(WHOLE, backups=(WHOLE.backups[1],))
    assert "Kaikki aiemmat varmuuskopiot on todettu hävitetyiksi." in said(gone)
    assert "ei ole varmuuskopiota" in said(replace(WHOLE, backups=()))
    unfinished = replace(WHOLE, erasure=replace(WHOLE.erasure, finished=None))
    assert "kesken: tiedostoja on vielä poistamatta" in said(unfinished)
    filmed = replace(WHOLE, erasure=replace(WHOLE.erasure, films=(replace(FILM, original=Original.NONE, copies=0),)))
    assert "Alkuperäinen tiedosto" not in said(filmed)
    assert "siitä tehty" not in said(filmed)


def test_packages_that_went_to_others_are_named_with_when_and_to_whom() -> None:
    went = replace(WHOLE, packages=(SentPackage("package-id", A_DAY, "Leena Malli"),))
    for language, title, nothing in (
        ("fi", "Paketit toisille koneille", "ei ole tehty pakettia"),
        ("sv", "Paket till andra datorer", "inget paket"),
        ("en", "Packages to other computers", "No package"),
    ):
        words = said(went, language)
        there = words[words.index(title) :]
        assert f"Leena Malli, {Texts(language).date(A_DAY.date())}" in there.replace("\u00a0", " ")
        assert "package-id" in there
        assert nothing not in words
        assert nothing in said(WHOLE, language)
    only_rows = replace(WHOLE, erasure=replace(WHOLE.erasure, films=(), pages=()))
    assert "Paketit toisille" not in said(only_rows)
    assert went.words == ("Aino Esimerkki", "Päätös 5/2026", "/media/usb", "", "Leena Malli")


def test_moments_that_were_handed_out_are_named_with_what_for_and_under_what() -> None:
    sealed = LeftClip(A_DAY, "clip-id", "feedback", "passphrase", "c3" * 32, "person-id")
    bare = LeftClip(A_DAY, "clip-id", "commissioner", "nothing", "d4" * 32)
    went = replace(WHOLE, left=(sealed, bare))
    for language, title, how, nothing in (
        (
            "fi",
            "Luovutetut peitetyt katkelmat",
            ("palautetta varten", "salattu salalauseella", "ei salattu"),
            "Näistä t",
        ),
        (
            "sv",
            "Utlämnade maskerade klipp",
            ("för återkoppling", "krypterad med lösenfras", "inte krypterat"),
            "Inga k",
        ),
        ("en", "Covered moments handed out", ("for feedback", "with a passphrase", "not encrypted"), "No moment"),
    ):
        words = said(went, language)
        there = words[words.index(title) :]
        for wanted in (*how, "c3" * 32, "d4" * 32):
            assert wanted in there, wanted
        assert "person-id" not in words
        assert nothing not in words
        assert nothing in said(WHOLE, language)
    only_rows = replace(WHOLE, erasure=replace(WHOLE.erasure, films=(), pages=()))
    assert "Luovutetut peitetyt" not in said(only_rows)


def test_every_kind_ground_and_place_has_words() -> None:
    beyond = (*SUPERVISED, *NOTED)  # no case's: nothing of supervision goes with one
    of_cases = [kind for kind in KINDS if kind.entity not in beyond and (kind.parent or kind.name == "client_case")]
    assert {kind.name for kind in of_cases} - {
        "calibration",
        "partner_key",
        "training_result",
        "work_entry",
        "work_period",
    } <= set(ROWS)
    assert set(GROUNDS) == set(Ground)
    assert set(ORIGINALS) == set(Original) - {Original.NONE}


def test_it_is_read_from_the_archive_and_written_whole(qapp, tmp_path) -> None:
    home = Home("fi")
    home.a.apply("backup", [added(MadeBackup("havainto-backup-3", A_DAY + timedelta(days=900), "/media/usb"))])
    with opened(home) as room:
        home.erase(home.film)
        (erasure,) = home.a.find(Erasure)
        certificate = certificate_of(home.a, erasure.id)
        assert certificate.worker == "Aino Esimerkki"
        assert [b.id for b in certificate.backups] == ["havainto-backup-3"]
        path = tmp_path / "todistus.pdf"
        write_certificate(Door(home.a), room.archive, erasure.id, home.texts, path)
        under = kept_under_words(home.texts, certificate.erasure.under)
        assert path.read_bytes() == erasure_certificate(certificate, home.texts, under)
        assert [e.act for e in home.a.audit_log(erasure.id)] == ["export"]
        with pytest.raises(AppError, match="cannot-write"):
            write_certificate(Door(home.a), room.archive, erasure.id, home.texts, tmp_path / "no" / "x.pdf")
