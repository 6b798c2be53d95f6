"""The floors of the house: every module stands on one, and each contract breaks when broken."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOF = {"app.__main__", "app.bootstrap", "app.command_line"}
TOP = {"app", "widgets", "video", "storage", "resources", "tests"}


def contracts() -> list[dict]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def modules() -> list[str]:
    found = []
    for top in sorted(TOP - {"tests"}):
        for path in (ROOT / top).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def test_the_tree_is_the_first_page_of_documentation() -> None:
    for package in (
        "app",
        "app/model",
        "app/statistics",
        "app/reports",
        "app/exchange",
        *sorted(TOP - {"tests", "app"}),
    ):
        assert (ROOT / package / "__init__.py").read_text("utf-8").lstrip().startswith('"""'), package


def test_every_use_case_is_below_the_roof_and_forbidden_to_the_outsides() -> None:
    outside = next(c for c in contracts() if c["name"].startswith("Films and archive"))
    named = set(outside["forbidden_modules"]) | {"app", "app.model", "app.errors", "app.ports"} | ROOF
    standing = {".".join(m.split(".")[:2]) for m in modules() if m.split(".")[0] == "app"}
    assert standing <= named, f"without a floor: {sorted(standing - named)}"


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
QT_ALLOWED = {"app": {"QtCore"}, "storage": set(), "resources": set(), "video": {"QtCore", "QtMultimedia"}}
QT_EXCEPTIONS = {"app/editing.py": {"QtGui"}, "app/bootstrap.py": {"QtWidgets"}}


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


@pytest.mark.parametrize(
    ("victim", "line", "contract"),
    [
        ("app/errors.py", "import app.command_line", "The roof stands"),
        ("video/__init__.py", "import storage", "The outsides never"),
        ("storage/__init__.py", "import app.i18n", "Films and archive know"),
        ("app/model/words.py", "import numpy", "The model is Python"),
        ("widgets/__init__.py", "import sqlalchemy", "SQL lives"),
        ("widgets/__init__.py", "import av", "Codecs live"),
        ("video/__init__.py", "import reportlab", "Pages are made"),
        ("app/reports/__init__.py", "import numpy", "Numbers live"),
    ],
)
def test_each_contract_breaks_when_broken(tmp_path: Path, victim: str, line: str, contract: str) -> None:
    for top in TOP - {"tests"}:
        for path in (ROOT / top).rglob("*.py"):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    with (tmp_path / victim).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    lint = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [lint, "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = [row for row in run.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), run.stdout + run.stderr


def test_the_contracts_hold() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
