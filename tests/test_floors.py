"""The floors of the house: every module stands on one, and each contract breaks when broken."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOP = {"app", "widgets", "video", "storage", "system", "resources", "tests"}


def modules() -> list[str]:
    found = []
    for top in sorted(TOP - {"tests"}):
        for path in (ROOT / top).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def test_the_tree_is_the_first_page_of_documentation() -> None:
    for top in sorted(TOP - {"tests"}):
        for folder in [ROOT / top, *(p.parent for p in (ROOT / top).rglob("*.py"))]:
            assert (folder / "__init__.py").read_text("utf-8").lstrip().startswith('"""'), folder


def qt_parts(path: Path) -> set[str]:
    """The Qt modules that a file imports, at whatever depth. The linter cannot look inside PySide6; this does."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
            found.add((node.module or "").split(".")[1])
        if isinstance(node, ast.Import):
            found |= {n.name.split(".")[1] for n in node.names if n.name.startswith("PySide6.")}
    return found


#: Qt per room: the face has it all, films sound and time, the application only what has no face
QT_ALLOWED = {
    "app": {"QtCore"},
    "storage": set(),
    "resources": set(),
    "video": {"QtCore", "QtMultimedia"},
    "system": {"QtCore", "QtDBus", "QtGui"},
}
QT_EXCEPTIONS = {
    "app/editing.py": {"QtGui"},
    "app/bootstrap.py": {"QtWidgets"},
    "system/line/addresses.py": {"QtNetwork"},
    "system/line/tcp_line.py": {"QtNetwork"},
}


def qt_trespassers(root: Path) -> list[str]:
    rows = []
    for top, allowed in QT_ALLOWED.items():
        for path in (root / top).rglob("*.py"):
            name = path.relative_to(root).as_posix()
            rows += [f"{name}: {part}" for part in qt_parts(path) - allowed - QT_EXCEPTIONS.get(name, set())]
    return rows


def test_only_the_face_sees_qt_widgets() -> None:
    assert not qt_trespassers(ROOT)


def test_a_trespasser_into_qt_is_found(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "coding.py").write_text("def f():\n    from PySide6.QtWidgets import QLabel\n", "utf-8")
    assert qt_trespassers(tmp_path) == ["app/coding.py: QtWidgets"]


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "misc", "common", "helpers", "manager"}
    assert not [m for m in modules() if drawers & set(m.split("."))]


#: one line that each contract must find
TRESPASSES = {
    "The floors of the application": ("app/errors.py", "import app.i18n"),
    "No circles at any depth": ("video/open/__init__.py", "import video.playing"),
    "Nothing stands on the roof": ("widgets/desk/__init__.py", "import app.bootstrap"),
    "Only the roof sees the outsides": ("app/clips/__init__.py", "import video.tools"),
    "The outsides never know each other": ("video/__init__.py", "import storage"),
    "Films, archive and system know only model, ports and errors": ("storage/__init__.py", "import app.i18n"),
    "The model is Python only": ("app/model/words.py", "import numpy"),
    "SQL lives in the archive": ("widgets/forms/__init__.py", "import sqlalchemy"),
    "Codecs live with the films": ("widgets/look/__init__.py", "import av"),
    "Pages are made in one place": ("video/demo/__init__.py", "import reportlab"),
    "One folder speaks with other computers": ("storage/packages/__init__.py", "import spake2"),
    "One folder speaks with cards": ("storage/vault/__init__.py", "import pkcs11"),
    "One folder knows how words are spelled": ("widgets/keys/__init__.py", "import hunspell"),
    "Numbers live in statistics and films": ("app/reports/__init__.py", "import numpy"),
}


def linted(folder: Path) -> tuple[set[str], dict[str, str], str]:
    """Names of the contracts that are kept, what is said of each that is broken, and all that was said."""
    lint = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [lint, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    kept = {row.split(" KEPT")[0] for row in run.stdout.splitlines() if " KEPT" in row}
    names = [row.split(" BROKEN")[0] for row in run.stdout.splitlines() if " BROKEN" in row]
    parts = {name: run.stdout.split(f"\n{name}\n{'-' * len(name)}\n")[-1].split("\n---")[0] for name in names}
    return kept, parts, run.stdout + run.stderr


def test_the_contracts_hold() -> None:
    kept, broken, said = linted(ROOT)
    assert not broken, said
    assert len(kept) == len(TRESPASSES), f"a contract without a trespass that it finds: {said}"


def test_each_contract_breaks_when_broken(tmp_path: Path) -> None:
    """All trespasses at once, so that the tree is read once: each of the contracts must name its own."""
    for top in TOP - {"tests"}:
        for path in (ROOT / top).rglob("*.py"):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for victim, line in TRESPASSES.values():
        with (tmp_path / victim).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    kept, broken, said = linted(tmp_path)
    assert not kept, said
    for contract, (victim, line) in TRESPASSES.items():
        name = victim.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
        told = next((words for title, words in broken.items() if title.startswith(contract)), "")
        arrow = f"{name} -> {line.split()[-1]}"
        # circles are told by the names below the folder in which they are
        assert arrow in told or arrow.replace("video.", ".") in told, f"{contract}: {said}"
