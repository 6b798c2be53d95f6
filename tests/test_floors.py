"""The floors of the house: every module stands on one, and each contract breaks when broken."""

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
        ("storage/__init__.py", "import PySide6.QtWidgets", "Only widgets and films"),
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
