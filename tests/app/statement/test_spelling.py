"""Which words are spelled wrong: asked beside the window, each once; names, own words and sources are right."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from app.door import Door
from app.errors import NotAllowed
from app.jobs import Jobs
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.statement import ParagraphKind, Run
from app.model.writing_aids import OwnWord
from app.statement.beginning import begin_statement
from app.statement.editor import Draft, StatementEditor
from app.statement.spelling import Spelling, own_words, words_of
from tests.material.house import Home

SECTION = "parents-views"


class Dictionary:
    """Knows a few words; says in which threads it was asked, and of which words."""

    def __init__(self, *words: str) -> None:
        self.words, self.threads, self.asked = set(words), set(), []

    def of(self, _language):
        return self

    def is_right(self, word) -> bool:
        self.threads.add(threading.current_thread())
        self.asked.append(word)
        return word.casefold() in self.words

    def suggested(self, word):
        return tuple(sorted(self.words))


class Nothing:
    def of(self, _language):
        return None


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


@pytest.fixture
def editor(home) -> StatementEditor:
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    return StatementEditor(home.a, home.texts, made.id)


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


def write(editor, *runs: Run | str) -> None:
    rows = tuple(r if isinstance(r, Run) else Run(r) for r in runs)
    assert editor.write_section(SECTION, [Draft(new_id(), ParagraphKind.BODY, rows)])


def wrong(spelling, editor, qtbot) -> list[str]:
    spelling.ask_of(editor.text, [SECTION])
    qtbot.waitUntil(lambda: not spelling.is_asking, timeout=3000)
    held = {p.id: p.text for p in editor.text.paragraphs}
    return [held[p.paragraph][p.start : p.end] for p in spelling.places(editor.text, [SECTION])]


def test_words_are_asked_once_and_never_in_the_windows_thread(editor, jobs, qtbot) -> None:
    known = Dictionary("katse", "leikkii")
    spelling = Spelling(editor, known, jobs)
    write(editor, "Katse leikki, katse leikkii leikki.")
    assert wrong(spelling, editor, qtbot) == ["leikki", "leikki"]
    assert sorted(known.asked) == ["Katse", "katse", "leikki", "leikkii"]
    assert threading.main_thread() not in known.threads


def test_sources_questions_and_names_are_not_looked_at(home, editor, jobs, qtbot) -> None:
    name = home.a.worker.name.split()[0]
    write(editor, f"Zzyx {name} ", Run("qqqq [01:17]", evidence="e"))
    assert wrong(Spelling(editor, Dictionary(), jobs), editor, qtbot) == ["Zzyx"]


def test_an_own_word_is_right_until_it_is_taken_back(home, editor, jobs, qtbot) -> None:
    spelling = Spelling(editor, Dictionary(), jobs)
    write(editor, "mimmailu")
    assert wrong(spelling, editor, qtbot) == ["mimmailu"]
    with qtbot.waitSignal(spelling.learned):
        assert spelling.take("mimmailu", for_office=False)
    assert wrong(spelling, editor, qtbot) == []
    assert [w.worker_id for w in own_words(home.a, "fi")] == [home.a.worker.id]
    assert own_words(home.b, "fi") == (), "the other's own words are the other's"
    assert editor.undo()
    assert wrong(spelling, editor, qtbot) == ["mimmailu"]
    assert spelling.take("mimmailu", for_office=True)
    assert [w.word for w in own_words(home.b, "fi")] == ["mimmailu"]
    assert spelling.let_go("Mimmailu")
    assert own_words(home.b, "fi") == ()


def test_nobody_writes_anothers_own_word(home, editor) -> None:
    made = OwnWord(new_id(), "fi", "sana", home.a.worker.id)
    with pytest.raises(NotAllowed, match="own-word-anothers"):
        home.b.apply("x", [added(made)])
    home.a.apply("x", [added(made)])
    with pytest.raises(NotAllowed, match="own-word-anothers"):
        home.b.apply("x", [Change(made, replace(made, worker_id=""))])


def test_where_nothing_knows_the_language_it_is_said_once_and_nothing_is_wrong(editor, jobs, qtbot) -> None:
    spelling, said = Spelling(editor, Nothing(), jobs), []
    spelling.absent.connect(lambda: said.append(1))
    write(editor, "qqqq")
    assert wrong(spelling, editor, qtbot) == []
    write(editor, "zzzz")
    assert wrong(spelling, editor, qtbot) == []
    QCoreApplication.processEvents()
    assert said == [1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Äiti sanoi: ”hei”.", ["Äiti", "sanoi", "hei"]),
        ("MIM MIM:n EU:ssa MIM-runko", ["MIM-runko"]),
        ("a4 2.11. x", []),
        ("kirjoita osoitteeseen eka.toka@esim.fi", ["kirjoita", "osoitteeseen"]),
        ("linja-auto lapsen’kin don’t -viiva", ["linja-auto", "lapsen’kin", "don’t", "viiva"]),
    ],
)
def test_what_is_a_word(text, words) -> None:
    assert [w for _, w in words_of(text)] == words
    assert all(text[at : at + len(w)] == w for at, w in words_of(text))
