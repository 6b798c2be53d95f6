"""README's table of services names what is there: templates that are shipped, tests that exist, and every service."""

import re
from pathlib import Path

from app.services import templates
from tests.app.services.test_templates import NAMED

ROOT = Path(__file__).parent.parent
SECTION = (ROOT / "README.md").read_text("utf-8").partition("## Services and orderers")[2].partition("\n## ")[0]


def test_every_shipped_template_stands_in_the_table_and_no_other() -> None:
    named = set(re.findall(r"`([a-z-]+)`", SECTION))
    assert named == set(templates.shipped_ids())
    assert set(NAMED.values()) - {"room"} == named


def test_each_row_is_walked_by_a_test_that_is_there() -> None:
    rows = [line for line in SECTION.splitlines() if line.startswith("| ") and not line.startswith("| named")]
    assert len(rows) > 25
    for row in rows:
        links = re.findall(r"\]\((tests/[^)]+)\)", row)
        assert links, row
        assert all("def test_" in (ROOT / link).read_text("utf-8") for link in links), row
