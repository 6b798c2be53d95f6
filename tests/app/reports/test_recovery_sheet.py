"""The recovery code's sheet: one page, the code whole, and nothing left when it cannot be written."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from app.errors import AppError
from app.i18n import Texts
from app.reports.recovery_sheet import recovery_sheet, write_recovery_sheet
from tests.drivers import tag_tree

CODE = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789-K"
DAY = datetime(2026, 11, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_sheet_holds_the_code_and_how_to_keep_it(language: str) -> None:
    content = recovery_sheet(CODE, "Aino Esimerkki", Texts(language), DAY)
    tree = tag_tree.read(content).tree
    said = " ".join(tree.text().split())
    assert CODE.replace("-", " ") in said
    assert "Aino Esimerkki" in said
    assert Texts(language).date(DAY.date()) in said
    assert len(tree.all("LI")) == 5
    pdf = pypdfium2.PdfDocument(content)
    assert len(pdf) == 1
    pdf.close()


def test_the_sheet_is_written_whole_and_the_same(tmp_path: Path) -> None:
    path = tmp_path / "koodi.pdf"
    path.write_bytes(b"older")
    write_recovery_sheet(path, CODE, "Aino", Texts("fi"), DAY)
    assert path.read_bytes() == recovery_sheet(CODE, "Aino", Texts("fi"), DAY)
    assert [p.name for p in tmp_path.iterdir()] == ["koodi.pdf"]


def test_a_place_that_is_not_there_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        write_recovery_sheet(tmp_path / "nowhere" / "koodi.pdf", CODE, "Aino", Texts("fi"), DAY)
    assert caught.value.key == "cannot-write"


def test_a_full_disk_leaves_the_older_file_and_nothing_else(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "koodi.pdf"
    path.write_bytes(b"older")

    def full(_fd: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError):
        write_recovery_sheet(path, CODE, "Aino", Texts("fi"), DAY)
    assert path.read_bytes() == b"older"
    assert [p.name for p in tmp_path.iterdir()] == ["koodi.pdf"]
