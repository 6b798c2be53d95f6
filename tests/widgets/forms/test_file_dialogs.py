"""A name without a suffix gets it, and nothing that nobody asked about is written over."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from widgets.forms.file_dialogs import PDF, FileDialogs


def test_a_suffix_is_added_where_it_harms_nothing(qtbot, tmp_path: Path, monkeypatch) -> None:
    parent, typed = QWidget(), []
    qtbot.addWidget(parent)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed[-1]), ""))

    def saved(name: str) -> Path | None:
        typed.append(name)
        return FileDialogs(parent).save("Save", "Log.pdf", PDF)

    assert saved("mine") == tmp_path / "mine.pdf"
    assert saved("mine.txt") == tmp_path / "mine.txt"
    (tmp_path / "there.pdf").touch()
    assert saved("there") == tmp_path / "there"


def test_the_next_dialog_begins_where_the_last_one_was(qtbot, tmp_path: Path, monkeypatch) -> None:
    parent, begun = QWidget(), []
    qtbot.addWidget(parent)
    (tmp_path / "one").mkdir()

    def chosen(_parent: QWidget, _title: str, place: str, *_more: str) -> tuple[str, str]:
        begun.append(place)
        return str(tmp_path / "one" / "a.toml"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    FileDialogs(parent).open("Open", "TOML (*.toml)")
    FileDialogs(parent).open("Open", "TOML (*.toml)")
    assert begun[1] == str(tmp_path / "one")


def test_a_folder_that_is_not_there_is_no_beginning(qtbot, tmp_path: Path, monkeypatch) -> None:
    parent, begun = QWidget(), []
    qtbot.addWidget(parent)
    monkeypatch.setattr(FileDialogs, "_last", None)
    monkeypatch.setattr("widgets.forms.file_dialogs.documents", lambda: tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda _p, _t, place, _k: (begun.append(place), ([], ""))[1])
    (tmp_path / "pictures").mkdir()
    for first in (tmp_path / "pictures", tmp_path / "none"):
        assert FileDialogs(parent).open_many("Open", "Pictures (*.png)", first) == ()
    assert begun == [str(tmp_path / "pictures"), str(tmp_path)]


def test_there_is_no_other_way_to_ask_for_a_file() -> None:
    widgets = Path(__file__).parents[3] / "widgets"
    asking = [
        p.relative_to(widgets).as_posix() for p in widgets.rglob("*.py") if "QFileDialog." in p.read_text("utf-8")
    ]
    assert asking == ["forms/file_dialogs.py"]
