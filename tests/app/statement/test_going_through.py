"""Going through a statement with its readers: what each is shown, what changed since, and what can never happen."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.door import Door
from app.errors import AppError, NotAllowed
from app.model.change import Change, added
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Role
from app.model.reading import ReadingOutcome, Treatment
from app.model.signature import PaperSignature
from app.model.statement import Paragraph, ParagraphKind, Run, SoleSigner, Statement, StatementStage
from app.model.statement_stages import StatementAct
from app.statement.beginning import begin_statement, new_version
from app.statement.difference import Mark, changes_in, difference, earlier_texts, since
from app.statement.difference_paper import difference_pages
from app.statement.document import document_of
from app.statement.editor import Draft, StatementEditor, read_statement
from app.statement.export import statement_pdf
from app.statement.final import final_of, make_final, pages_of
from app.statement.going_through import answer, collect, go_through, name_signers, say_what_is_corrected
from app.statement.readers import readers, shown_to
from tests.drivers.pages import page_words
from tests.material.finals import delivery_of
from tests.material.house import Home
from tests.material.written import READ_ON, read_by, whole

S = StatementStage


@pytest.fixture
def home(qapp) -> Home:
    made = Home("fi")
    made.compare()
    return made


def written(text: str) -> Draft:
    return Draft(new_id(), ParagraphKind.BODY, (Run(text),))


def checked(home: Home, *said: str) -> StatementEditor:
    """A statement that both approved, as the partner has it open."""
    made = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    lead = whole(StatementEditor(home.a, home.texts, made.id))
    lead.write_section("recommendation", [written(words) for words in said])
    assert lead.ask_for_check()
    partner = StatementEditor(home.b, home.texts, made.id)
    assert partner.approve()
    return partner


def words_of(editor: StatementEditor, person_id: str) -> str:
    reading = next(r for r in editor.readings.values() if r.person_id == person_id)
    return "\n".join(p.text for s in shown_to(editor.store, editor.text, reading) for p in s.paragraphs)


def test_another_readers_words_are_not_shown(home) -> None:
    editor = checked(home, "Tuki jatkuu.")
    child = case_file(home.a, home.case_id).child
    assert go_through(editor)
    read_by(editor, home.meeting.adult_id, ("recommendation", "Ei näin."))
    assert collect(editor)
    assert go_through(editor)
    read_by(editor, child.id, ("feedback", "Kiva."), outcome=ReadingOutcome.TOLD, told="Kuvien avulla.")
    assert collect(editor)
    assert "Ei näin." in words_of(editor, home.meeting.adult_id)
    hers = words_of(editor, child.id)
    assert "Kiva." in hers
    assert "Ei näin." not in hers
    assert "Tuki jatkuu." in hers


def test_who_must_not_meet_the_adult_is_no_reader_and_stands_in_nobodys_version(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    father = people.add_person(Role.BIRTH_PARENT, "isä")
    people.edit(father, guardian=True)
    editor = checked(home, "Isän luona lapsi on rauhallinen.", "Tuki jatkuu.")
    assert go_through(editor)
    mother = people.file.person(home.meeting.adult_id)
    assert people.keep_apart(mother, people.file.person(father.id), apart=True)
    read_by_mother = next(p for p in readers(people.file, replace(editor.statement, adult=mother.id)) if p.is_adult)
    assert read_by_mother.id == mother.id
    assert readers(people.file, editor.statement) == (), "until it is said whose it is nobody reads it"
    read_by(editor, mother.id)
    shown = words_of(editor, mother.id)
    assert "Tuki jatkuu." in shown
    assert "Isän" not in shown
    with pytest.raises(AssertionError):
        read_by(editor, father.id)


def test_what_a_reader_said_is_printed_whole_with_what_the_workers_made_of_it(home) -> None:
    editor = checked(home, "Tuki jatkuu.")
    assert go_through(editor)
    long = "Ensimmäinen rivi.\n\nToinen rivi ”lainauksella”.\nKolmas."
    read_by(editor, home.meeting.adult_id, ("recommendation", long), ("", "Kiitos."), interpreter=True)
    assert collect(editor)
    (reading,) = editor.readings.values()
    assert answer(editor, reading.id, 0, Treatment.VIEW, "Pidämme suosituksen.")
    assert answer(editor, reading.id, 1, Treatment.COMMENT, "")
    section = next(s for s in document_of(home.a, editor.statement).sections if s.number == 14)
    assert [p.text for p in section.paragraphs] == [
        "Vanhempi luki asiakirjan 30.11.2026 yhdessä työntekijöiden kanssa (versio 1). Tulkki oli läsnä.",
        "Eriävä näkemys, osio 13 Suositus: ”Ensimmäinen rivi.",
        "Toinen rivi ”lainauksella”.",
        "Kolmas.”",
        "Työntekijät: Pidämme suosituksen.",
        "Kommentti: ”Kiitos.”",
    ]


def test_what_changed_since_an_approval_is_marked_and_printed_as_a_tagged_file(home) -> None:
    editor = checked(home, "Haastattelu kesti 60 minuuttia.", "Tuki jatkuu.")
    assert editor.back_to_draft()
    rows = [Draft(p.id, p.kind, p.runs) for p in editor.text.section("recommendation")]
    changed = replace(rows[0], runs=(Run("Haastattelu kesti 90 minuuttia."),))
    assert editor.write_section("recommendation", [changed, rows[1], written("Uusi virke.")])
    earlier = since(home.b, editor.statement)
    assert earlier.worker_id == home.leena.id, "the own approval, whoever approved later"
    (section,) = difference(earlier.text, editor.text)
    assert changes_in((section,)) == 2
    marks = [(p.text, p.mark) for p in section.passages[0].pieces if p.mark != Mark.SAME]
    assert marks == [("60", Mark.REMOVED), ("90", Mark.ADDED)]
    assert [p.mark for p in section.passages[1].pieces] == [Mark.ADDED]
    pages = difference_pages(Door(home.a), earlier, editor.text)
    printed = " ".join(" ".join(page_words(pages)).split())
    assert "Haastattelu kesti [− 60] [+ 90] minuuttia." in printed or "[− 60][+ 90]" in printed
    assert "Tuki jatkuu." not in printed


def test_a_version_can_be_held_against_those_before_it(home) -> None:
    editor = checked(home, "Tuki jatkuu.")
    assert go_through(editor)
    read_by(editor, home.meeting.adult_id, ("recommendation", "Ei jatku."))
    (reading,) = editor.readings.values()
    assert answer(editor, reading.id, 0, Treatment.FACT, "")
    second = new_version(Door(home.a), home.texts, editor.statement.id)
    found = earlier_texts(home.a, second)
    assert {e.version for e in found} == {1}
    assert found[-1].worker_id == ""
    sections = difference(found[-1].text, read_statement(home.a, second.id))
    assert [s.key for s in sections] == ["comments"]


# ── whatever is done in whatever order ────────────────────────────────────────────────────────────────────────────────

ACTS = (
    "write", "ask", "approve", "approve", "take-back", "go-through", "read", "read", "collect", "answer", "fact",
    "finalize", "finalize", "correct", "say", "alone", "both", "sign", "deliver",
)  # fmt: skip


class Work:
    """Two workers at one series of versions; what each approved is noted here, by nobody's word but the text's."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.id = begin_statement(Door(home.a), home.texts, home.case_id, "fi").id
        whole(self.editor(home.a))
        self.approved: dict[tuple[str, str], frozenset[Paragraph]] = {}  # by version and worker
        self.finals: dict[str, tuple[Statement, frozenset[Paragraph], bytes]] = {}
        self.count = 0

    def editor(self, store) -> StatementEditor:
        return StatementEditor(store, self.home.texts, self.id)

    def take(self, act: str, store) -> None:
        editor = self.editor(store)
        self.count += 1
        reading = next(iter(editor.readings.values()), None)
        with suppress(AppError):  # refused: nothing was done
            {
                "write": lambda: editor.write_section("feedback", [written(f"Teksti {self.count}.")]),
                "ask": lambda: self.approves(editor, editor.ask_for_check),
                "approve": lambda: self.approves(editor, editor.approve),
                "take-back": editor.back_to_draft,
                "go-through": lambda: go_through(editor),
                "read": lambda: self.read(editor),
                "collect": lambda: collect(editor),
                "answer": lambda: reading and self.answer(editor, reading, Treatment.VIEW),
                "fact": lambda: reading and self.answer(editor, reading, Treatment.FACT),
                "finalize": lambda: self.finalize(editor),
                "correct": self.correct,
                "say": lambda: say_what_is_corrected(editor, f"Luku {self.count}."),
                "alone": lambda: name_signers(editor, SoleSigner(store.me, "syy", "Eeva", READ_ON)),
                "both": lambda: name_signers(editor, None),
                "sign": lambda: self.stage(store, StatementAct.SIGN, S.SIGNED),
                "deliver": lambda: self.stage(store, StatementAct.DELIVER, S.DELIVERED),
            }[act]()

    def approves(self, editor: StatementEditor, act) -> None:
        shown = frozenset(editor.text.paragraphs)
        if act():
            self.approved[editor.statement.id, editor.store.me] = shown

    def read(self, editor: StatementEditor) -> None:
        if editor.may(StatementAct.NOTE_READING):
            read_by(editor, self.home.meeting.adult_id, ("feedback", f"Sanon {self.count}.\nJa vielä."))

    def answer(self, editor: StatementEditor, reading, treated: Treatment) -> None:
        if reading.comments:
            answer(editor, reading.id, 0, treated, "")

    def finalize(self, editor: StatementEditor) -> None:
        if make_final(editor, self.home.vault):
            statement = editor.statement
            final = final_of(Door(self.home.a), self.home.vault, self.home.texts, statement)
            self.finals[self.id] = statement, frozenset(editor.text.paragraphs), pages_of(self.home.vault, final)

    def correct(self) -> None:
        self.id = new_version(Door(self.home.a), self.home.texts, self.id).id

    def stage(self, store, act: StatementAct, stage: StatementStage) -> None:
        editor = self.editor(store)
        after = replace(editor.statement, stage=stage)
        if after == editor.statement:
            return
        is_allowed = editor.may(act)
        alone = after.alone
        signers = (alone.worker_id,) if alone is not None else (self.home.aino.id, self.home.leena.id)
        by_hand = [
            added(PaperSignature(new_id(), after.id, worker, READ_ON, store.me))
            for worker in signers
            if act == StatementAct.SIGN
        ]
        if act == StatementAct.DELIVER:
            by_hand.append(added(delivery_of(store, editor.statement)))
        try:
            store.apply("x", [Change(editor.statement, after), *by_hand])
        except NotAllowed:
            assert not is_allowed
        else:
            assert is_allowed

    def check(self) -> None:
        """What is final is what it was, and was approved word for word by everybody whose name stands under it."""
        home = self.home
        kept = {f.statement_id: f for f in home.a.find(FinalStatement)}
        finals = {s.id: s for s in home.a.find(Statement) if s.is_final}
        assert set(kept) == set(finals) == set(self.finals)
        for version, (was, text, pages) in self.finals.items():
            assert replace(finals[version], stage=was.stage) == was
            assert frozenset(home.a.find(Paragraph, statement_id=version)) == text
            assert pages_of(home.vault, kept[version]) == pages
            signers = (was.alone.worker_id,) if was.alone else (home.aino.id, home.leena.id)
            for worker in signers:
                assert self.approved[version, worker] == text
            printed = {p for s in kept[version].document.sections for p in s.paragraphs if not p.id.endswith("/name")}
            assert printed <= text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.booleans()), min_size=6, max_size=45))
def test_a_final_text_never_changes_and_nothing_printed_was_not_approved(qapp, steps) -> None:
    home = Home("fi")
    work = Work(home)
    for act, is_lead in steps:
        work.take(act, home.a if is_lead else home.b)
    work.check()


#: the way through, for what random steps seldom reach; between any two of them one more is drawn
WAY = (
    ("ask", True), ("approve", False), ("go-through", True), ("read", True), ("collect", False), ("answer", True),
    ("approve", True), ("approve", False), ("finalize", True), ("sign", True), ("correct", False), ("say", True),
    ("ask", True), ("approve", False), ("go-through", False), ("read", False), ("collect", True), ("answer", False),
    ("approve", False), ("approve", True), ("finalize", False),
)  # fmt: skip


@settings(
    max_examples=settings().max_examples // 4,  # each goes all the way twice, with both documents made
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(0, len(WAY)), st.sampled_from(ACTS), st.booleans()), max_size=4))
def test_nor_on_the_way_to_a_correction_with_anything_in_between(qapp, between) -> None:
    home = Home("fi")
    work = Work(home)
    for place, (act, is_lead) in enumerate((*WAY, ("write", True))):
        for at, more, who in between:
            if at == place:
                work.take(more, home.a if who else home.b)
        if place < len(WAY):
            work.take(act, home.a if is_lead else home.b)
    work.check()
    if not between:
        assert [s.version for s in home.a.find(Statement) if s.is_final] == [1, 2]
        first = next(s for s in home.a.find(Statement) if s.version == 1)
        assert statement_pdf(Door(home.a), home.vault, first.id) != work.finals[first.id][2], "it says it is superseded"
