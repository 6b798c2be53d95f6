"""A program killed while it makes a statement final leaves a draft or a whole final version, nothing between."""

import contextlib
import os
import random
import subprocess
from pathlib import Path

from app.door import Door
from app.model.final_statement import FinalStatement
from app.model.statement import Statement
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.final import pages_of
from storage.vault.film_vault import FilmVault
from tests.drivers.preloaded import child
from tests.material.archives import SqlArchive
from tests.material.house import Home
from tests.material.written import gone_through, whole

KILLS = int(os.environ.get("HAVAINTO_KILLS", "3"))


def killed(folder: Path, worker_id: str, statement_id: str, after_s: float) -> list[str]:
    """What the child told before it was killed, so many seconds after it began."""
    with child("final_child", str(folder), worker_id, statement_id) as ending:
        told = [ending.stdout.readline().strip()]
        with contextlib.suppress(subprocess.TimeoutExpired):
            ending.wait(timeout=after_s)
        ending.kill()
        return told + [line.strip() for line in ending.stdout.readlines()]


def approved(home: Home) -> str:
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    assert whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    partner = StatementEditor(home.b, home.texts, statement.id)
    assert partner.approve()
    gone_through(partner, home.a)
    return statement.id


def test_kill_while_becoming_final(qapp, tmp_path) -> None:
    (tmp_path / "media").mkdir()
    home = Home("fi", SqlArchive(tmp_path))
    home.compare()
    vault = FilmVault(tmp_path / "media", bytes(32))
    for _ in range(KILLS):
        statement_id = approved(home)
        told = killed(tmp_path, home.leena.id, statement_id, random.uniform(0, 0.6))
        kept = home.a.find(FinalStatement, statement_id=statement_id)
        is_final = home.a.get(Statement, statement_id).is_final
        assert is_final == bool(kept)
        assert is_final or "final" not in told, "what was told is so"
        for final in kept:
            assert pages_of(vault, final).startswith(b"%PDF")
        assert home.a.verify() == ()
        if not is_final:
            assert killed(tmp_path, home.leena.id, statement_id, 60)[-1] == "final", "the next try goes through"
    vault.close()
    home.held.close()
