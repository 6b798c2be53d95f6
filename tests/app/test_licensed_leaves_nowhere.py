"""No licensed word leaves the archive: every way out of it is walked with words planted that are nobody's.

Besides the walk two lists are kept: who comes to the words at all, and every module that writes a file. A new one of
either fails here until it is looked at.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.casework.agenda import agenda_days, event
from app.casework.calendar import entries
from app.casework.licensed import LicensedShelf
from app.casework.plans import PlanEditor
from app.comparing.comparison import closer_of, comparison
from app.comparing.figures.paper import agreement_paper
from app.comparing.quality.counting import look_at_quality
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, now, today
from app.model.change import Change
from app.model.meeting import Meeting
from app.model.sought import Sought
from app.model.statement import Paragraph, StatementText
from app.model.stored import ContentKind
from app.numbers.sheets.profile import rating_profile
from app.office.log_report import log_lines, object_in_words
from app.office.problem_report import report
from app.packages.handing_over import content_of
from app.schemes import library
from app.schemes.drafts import ContentShelf
from app.settings.values import Remembered, Settings
from app.statement.beginning import begin_statement
from app.statement.difference import difference
from app.statement.document import document_of
from app.statement.editor import read_statement
from app.statement.evidence import offers
from app.statement.passages import passages
from storage.packages.rows import to_json
from tests.material.house import Home, search_of
from tests.material.licensed import PACKAGE, PLANTED

ROOT = Path(__file__).parents[2]
T = Texts("fi")


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    """A meeting with a licensed task, rated with a licensed form, coded and compared; both may use the package."""
    made = Home("fi")
    text = PACKAGE.replace("expires", f'users = ["{made.leena.name}"]\nexpires')
    assert LicensedShelf(made.a, T).take_in(text)
    other = made.add_meeting(made.meeting.adult_id, day=5)
    plan = PlanEditor(made.a, T, other.id)
    assert plan.add(plan.card("tekaistu/A1"))
    after = replace(made.meeting, plan=(plan.meeting.plan[-1], *made.meeting.plan[1:]))
    after = replace(after, instrument="instrument/tekaistu-lomake/1")
    made.a.apply("plan", [Change(made.meeting, after)])
    made.meeting = after
    made.compare()
    assert made.editor().instrument.items[0].name.fi in PLANTED, "the words are there to be leaked"
    assert plan.shown()[-1].name.fi in PLANTED
    return made


def clean(said: object) -> bool:
    """Whether nothing planted is in what would leave; there is something at all."""
    text = said if isinstance(said, str) else repr(said)
    assert text
    found = [word for word in PLANTED if word.casefold() in text.casefold()]
    assert not found, text[max(text.casefold().index(found[0].casefold()) - 200, 0) :][:400]
    return True


def test_a_package_for_the_partner_has_ids_and_neutral_names(home: Home) -> None:
    meeting = home.a.get(Meeting, home.meeting.id)
    with pytest.raises(NotAllowed, match="content-licensed"):
        content_of(home.a, T, meeting, (home.film,))
    package = content_of(home.a, T, replace(meeting, instrument=f"instrument/{ulottuvuus(home)}/1"), (home.film,))
    rows = [package.case, package.meeting, *package.persons, *package.segments, *package.contents]
    assert clean([to_json(row) for row in rows])
    assert "Lisensoitu tehtävä A1" in str(to_json(package.meeting))


def ulottuvuus(home: Home) -> str:
    """The program's own form, kept as when a pair has used it."""
    from app.schemes.library import kept

    own = library.published(home.a, ContentKind.INSTRUMENT)[0]
    home.a.apply("kept", kept(home.a, own))
    return own.id


def test_a_statement_has_none_nor_what_is_offered_for_it(home: Home) -> None:
    statement = begin_statement(Door(home.a), T, home.case_id, "fi")
    made = passages(home.a, statement)
    told = [Paragraph("", "", p.section, "", p.runs, p.kind, p.source, cells=p.cells) for p in made]
    assert clean(told)
    assert clean([(o.words, o.text, o.about) for o in offers(home.a, statement)])
    assert clean(document_of(home.a, statement))
    text = read_statement(home.a, statement.id)
    unwritten = StatementText(text.statement, ())
    assert clean(difference(unwritten, text))


def test_agreement_quality_and_numbers_have_none(home: Home) -> None:
    found = comparison(home.a, home.meeting.id)
    assert clean(agreement_paper(home.a, T, found, closer_of(found), today()))
    quality = look_at_quality(home.a, lambda _: None, lambda: False)
    assert clean({key: form.instrument for key, form in quality.office.forms.items()})
    editor = home.editor()
    form = library.outside(home.a, editor.instrument)
    assert clean(form)
    sheet = rating_profile(T, editor.coding, form, editor.scheme, {}, {})
    assert sheet.table is not None
    assert clean(sheet.table.exported())
    assert clean([sheet.title, sheet.notes, *(picture.told for picture in sheet.pictures)])


def test_no_file_of_a_form_reports_logs_calendar_or_search(home: Home, tmp_path: Path) -> None:
    shelf = ContentShelf(home.a, T, ContentKind.INSTRUMENT)
    row = shelf.row("tekaistu-lomake")
    assert row is not None
    with pytest.raises(NotAllowed, match="licensed-stays"):
        shelf.save_file(row, tmp_path / "form.toml")
    assert list(tmp_path.iterdir()) == []
    assert clean(report(T, now(), Settings(), Remembered(), (), home.a))
    assert clean([object_in_words(T, line) for line in log_lines(home.a)])
    assert clean([entry for kept in home.a.find(Meeting) for entry in home.a.history(kept.id)])
    first, last = date(2026, 11, 1), date(2026, 12, 1)
    found = entries(home.a, T, first, last, first)
    assert clean([agenda_days(T, found), [event(entry) for entry in found]])
    for store in (home.a, home.b):
        for word in PLANTED:
            assert search_of(home.held, store).find(Sought(word), 9) == ()


# the two lists

#: who comes to licensed words: the plan's editor, for its screen and papers, and the settings' page of packages
READERS = {
    "app/casework/licensed.py",
    "app/casework/plans.py",
    "widgets/settings/licensed_card.py",
    "widgets/cases/exchange_panel.py",  # only the numbers of licensed tasks
}
#: every module that writes a file that leaves, and where it is walked above; what never knows a task or a form is said
WRITERS = {
    "app/casework/agenda.py": "calendar",
    "app/casework/plan_papers.py": "the papers where licensed words may be, each with its line",
    "app/casework/meeting_agenda.py": "the agenda, with the line where licensed words are",
    "app/schemes/drafts.py": "refused",
    "app/comparing/figures/paper.py": "agreement",
    "app/comparing/quality/paper.py": "quality",
    "app/numbers/sheets/export.py": "numbers",
    "app/office/goals_paper.py": "no task",
    "app/office/log_report.py": "logs",
    "app/office/client_log.py": "logs",
    "app/office/problem_report.py": "report",
    "app/statement/export.py": "statement",
    "app/statement/delivery.py": "statement",
    "app/statement/difference_paper.py": "statement",
    "app/statement/redacting.py": "statement",
    "app/casework/consent_paper.py": "no task",
    "app/casework/feedback_papers.py": "no task",
    "app/clips/leaving.py": "no task",
    "app/clips/note.py": "no task",
    "app/casework/said_leaving.py": "no task",
    "app/erasing/certificate.py": "no task",
    "app/reports/key_card.py": "no task",
    "app/reports/recovery_sheet.py": "no task",
    "app/settings/file.py": "no task",
    "app/works/papers.py": "no task",
    "app/supervising/papers.py": "no task",
    "app/hours/invoices.py": "no task",
    "app/hours/papers.py": "no task",
    "app/whole_file.py": "writes what the others make",
}


def sources(*folders: str) -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
    }


def test_who_comes_to_licensed_words_is_a_short_list() -> None:
    reads = re.compile(r"LicensedPackage|casework\.licensed|import licensed")
    found = {name for name, text in sources("app", "widgets", "video", "system").items() if reads.search(text)}
    assert found - {"app/model/licensed.py"} == READERS


def test_every_module_that_writes_a_file_is_walked() -> None:
    found = {name for name, text in sources("app").items() if "write_whole(" in text}
    assert found == set(WRITERS)
