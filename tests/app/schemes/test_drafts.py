"""Own schemes and instruments through their doors: copies, drafts, versions, files, permission, undo."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.meeting_file import meeting_file
from app.casework.pair import own_header
from app.coding.editor import CodingEditor
from app.errors import InputError, NotAllowed
from app.i18n import Texts, today
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Worker
from app.model.scheme_file import read_instrument, read_scheme
from app.model.stored import ContentDraft, ContentKind, StoredContent
from app.model.words import Words
from app.schemes import library
from app.schemes.drafts import ContentEditor, ContentShelf, read
from app.schemes.newer_version import in_words, newer_scheme, scheme_change
from tests.material.builders import words
from tests.material.house import Home
from tests.material.pressing import press
from tests.stand_ins.fakes import MemoryStore

SCHEME, INSTRUMENT = ContentKind.SCHEME, ContentKind.INSTRUMENT


@pytest.fixture
def home(qapp) -> Iterator[Home]:
    """Steps are let go of with their stacks: a caught error's frames would leave both to the garbage collector."""
    made = Home()
    made.opened = []
    yield made
    for one in made.opened:
        one.stack.clear()


def shelf(home: Home, kind=SCHEME, store=None) -> ContentShelf:
    made = ContentShelf(store or home.a, home.texts, kind)
    home.opened.append(made)
    made.refusals = []
    made.refused.connect(made.refusals.append)
    return made


def editor(home: Home, draft: ContentDraft, store=None) -> ContentEditor:
    made = ContentEditor(store or home.a, home.texts, draft)
    home.opened.append(made)
    made.refusals = []
    made.refused.connect(made.refusals.append)
    return made


def own_scheme(home: Home) -> ContentEditor:
    """A copy of the core scheme, not yet published."""
    made = shelf(home)
    draft = made.copy(made.row("perusrunko"))
    return editor(home, draft)


def own_instrument(home: Home, **terms) -> str:
    """A published own instrument, with these terms."""
    made = shelf(home, INSTRUMENT)
    work = editor(home, made.copy(made.row("ulottuvuuskooste-5")))
    if terms:
        work.edit(rights_holder="Oikeus Oy")
        work.agree(**terms)
    assert work.publish() == 1
    return work.value.id


# ── from nothing, in one language ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_scheme_of_ones_own_needs_one_language_and_begins_empty(home, language: str) -> None:
    home.texts = Texts(language)
    made = shelf(home)
    work = editor(home, made.new())
    (out,) = work.scheme.codes
    assert (out.id, work.scheme.languages, work.problems()) == (work.scheme.cannot_be_coded, (language,), ())
    number = work.add("codes")
    (problem,) = work.problems()
    assert (problem.is_unwritten, problem.field) == (True, f"name.{language}")
    assert problem.error().values["texts"] == "name code_when not_when", "one sentence for all that is not written"
    said = Words(**({"fi": "", "sv": "", "en": ""} | {language: "katsoo"}))
    work.edit_entry("codes", number, name=said, code_when=said, not_when=said)
    assert work.publish() == 1
    kept = home.a.find(StoredContent, content_id=work.value.id)[0].text
    assert read_scheme(kept).languages == (language,)
    for other in ("fi", "sv", "en"):
        assert Texts(other).words(said) == "katsoo"
    marked = {o: Texts(o, marks_other=True).words(said) for o in ("fi", "sv", "en")}
    assert marked.pop(language) == "katsoo"
    assert (
        marked
        == {
            "fi": {"sv": "katsoo (på finska)", "en": "katsoo (in Finnish)"},
            "sv": {"fi": "katsoo (ruotsiksi)", "en": "katsoo (in Swedish)"},
        }[language]
    )


def test_an_instrument_begins_empty_too(home) -> None:
    work = editor(home, shelf(home, INSTRUMENT).new())
    assert work.instrument.languages == ("en",)
    assert {p.key for p in work.problems()} == {"scheme-language-missing", "scheme-field-missing"}
    mine = Words("", "", "mine")
    work.edit(disclaimer=mine)
    work.edit_entry("anchors", work.add("anchors"), name=mine)
    work.edit_entry("anchors", work.add("anchors"), name=mine)
    work.edit_entry("items", work.add("items"), name=mine)
    assert work.publish() == 1


def test_a_language_that_is_left_out_is_asked_for_no_more(home) -> None:
    work = own_scheme(home)
    number = work.add("codes")
    only = Words("vain", "", "")
    work.edit_entry("codes", number, name=only, code_when=only, not_when=only)
    (problem,) = work.problems()
    texts = problem.error().values["texts"]
    assert texts == "name.sv name.en code_when.sv code_when.en not_when.sv not_when.en"
    assert work.edit(languages=("fi",))
    assert work.problems() == ()
    assert work.undo()
    assert work.problems() == (problem,)


# ── the shelf ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_programs_own_stand_first_and_cannot_be_edited(home) -> None:
    made = shelf(home)
    assert [(r.id, r.shipped, r.draft) for r in made.rows()] == [
        ("perusrunko", True, None), ("laaja-runko", True, None),
    ]  # fmt: skip
    assert made.begin(made.row("perusrunko")) is None


def test_a_copy_has_its_own_id_and_name_and_every_code(home) -> None:
    work = own_scheme(home)
    assert work.value.id == "perusrunko-kopio"
    assert work.value.name == Words("Perusrunko (kopio)", "Grundschema (kopia)", "Core scheme (copy)")
    assert (work.version, work.problems()) == (1, ())
    assert work.scheme.codes == library.scheme("perusrunko").codes
    again = own_scheme(home)
    assert again.value.id == "perusrunko-kopio-2"


def test_publish_fixes_a_version_and_the_next_goes_on_from_it(home) -> None:
    work = own_scheme(home)
    assert work.publish() == 1
    kept = home.b.get(StoredContent, "scheme/perusrunko-kopio/1")
    assert read_scheme(kept.text) == work.value
    assert home.a.find(ContentDraft) == ()
    made = shelf(home)
    second = editor(home, made.begin(made.row("perusrunko-kopio")))
    assert (second.version, second.draft.base_version) == (2, 1)
    number = next(n for n, c in enumerate(second.scheme.codes) if c.id == "AS")
    assert second.edit_entry("codes", number, key="w")
    assert second.publish() == 2
    assert home.a.get(StoredContent, "scheme/perusrunko-kopio/1") == kept
    assert [p.version for p in library.versions(home.a, SCHEME, "perusrunko-kopio")] == [1, 2]


def test_what_is_not_finished_is_not_published(home) -> None:
    work = own_scheme(home)
    work.edit_entry("codes", 0, key="")
    assert work.publish() == 0
    assert [e.key for e in work.refusals] == ["content-not-finished"]
    assert home.a.find(StoredContent, content_id="perusrunko-kopio") == ()


def test_a_published_draft_takes_no_more(home) -> None:
    work = own_scheme(home)
    work.publish()
    assert not work.edit(cannot_be_coded="DS1")
    assert work.value.cannot_be_coded == "DS0"


def test_two_who_work_on_one_draft_never_overwrite_each_other(home) -> None:
    mine = own_scheme(home)
    theirs = editor(home, mine.draft, home.b)
    assert theirs.edit_entry("codes", 0, key="w")
    assert not mine.edit_entry("codes", 0, key="e")
    assert [e.key for e in mine.refusals] == ["stale-change"]
    assert read(SCHEME, home.a.find(ContentDraft)[0].text).codes[0].key == "w"


def test_a_draft_deleted_comes_back_by_undo(home) -> None:
    work = own_scheme(home)
    work.agree(workers=(home.leena.id,))
    made = shelf(home)
    assert made.drop_draft(made.row("perusrunko-kopio"))
    assert made.row("perusrunko-kopio") is None
    assert made.undo()
    assert made.row("perusrunko-kopio").draft == work.draft
    assert made.row("perusrunko-kopio").terms == work.terms


def test_a_retired_one_is_no_longer_offered_and_stays_in_use(home) -> None:
    own_scheme(home).publish()
    coding = home.editor()
    assert coding.use_scheme("perusrunko-kopio")
    made = shelf(home)
    assert made.retire(made.row("perusrunko-kopio"), on=True)
    assert [p.id for p in library.offered(home.a, SCHEME, today())] == ["perusrunko", "laaja-runko"]
    assert home.editor().scheme.id == "perusrunko-kopio"
    made.undo()
    assert "perusrunko-kopio" in [p.id for p in library.offered(home.a, SCHEME, today())]


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_goes_out_and_comes_into_another_archive(home) -> None:
    work = own_scheme(home)
    work.publish()
    made = shelf(home)
    text = made.file_text(made.row("perusrunko-kopio"))
    assert [e.act for e in home.a.audit_log("scheme/perusrunko-kopio/1")][-1] == "export"
    elsewhere = Home()
    elsewhere.opened = home.opened
    taken = shelf(elsewhere).take_in(text)
    assert (taken.content_id, taken.base_version) == ("perusrunko-kopio", 0)
    assert read_scheme(taken.text) == work.value


def test_a_file_of_an_own_content_becomes_its_next_version(home) -> None:
    work = own_scheme(home)
    work.publish()
    made = shelf(home)
    text = made.file_text(made.row("perusrunko-kopio")).replace('key = "q"', 'key = "w"', 1)
    taken = made.take_in(text)
    assert (taken.content_id, taken.base_version, read_scheme(taken.text).version) == ("perusrunko-kopio", 1, 2)
    with pytest.raises(InputError) as caught:
        made.take_in(text)
    assert caught.value.key == "content-draft-exists"


def test_a_file_of_the_programs_own_becomes_a_new_one(home) -> None:
    taken = shelf(home).take_in(library.scheme_text("perusrunko"))
    assert taken.content_id == "perusrunko-2"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("codes = ", "scheme-not-toml"),
        (library.instrument_text("ulottuvuuskooste-5"), "content-other-kind"),
        (library.scheme_text("perusrunko").replace("[[groups]]", "[[bands]]"), "scheme-field-unknown"),
        ("#" * 2_000_001, "content-too-large"),
    ],
)
def test_a_file_that_cannot_be_read_takes_nothing_in(home, text: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        shelf(home).take_in(text)
    assert caught.value.key == key
    assert home.a.find(ContentDraft) == ()


def test_an_unfinished_file_comes_in_with_its_problems(home) -> None:
    text = library.scheme_text("perusrunko").replace('key = "q"', 'key = "ö"', 1)
    work = editor(home, shelf(home).take_in(text))
    assert [(p.key, p.place) for p in work.problems()] == [("scheme-key-reserved", "codes[AS]")]


# ── licensed content ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_licensed_texts_stay_in_the_archive_copies_too(home) -> None:
    ident = own_instrument(home, licensed=True, licence="L-1", workers=(home.aino.id,))
    made = shelf(home, INSTRUMENT)
    with pytest.raises(NotAllowed) as caught:
        made.file_text(made.row(ident))
    assert caught.value.key == "licensed-stays"
    copied = made.copy(made.row(ident))
    assert made.row(copied.content_id).terms.licensed
    with pytest.raises(NotAllowed):
        made.file_text(made.row(copied.content_id))


def test_a_licensed_file_comes_in_for_who_brought_it(home) -> None:
    made = shelf(home, INSTRUMENT)
    text = library.instrument_text("ulottuvuuskooste-5").replace('id = "ulottuvuuskooste-5"', 'id = "oma-mittari"')
    work = editor(home, made.take_in(text, licensed=True))
    assert work.terms.workers == (home.aino.id,)
    assert {p.key for p in work.problems()} == {"licence-holder-missing", "licence-number-missing"}
    work.edit(rights_holder="Oikeus Oy")
    work.agree(licence="L-2")
    assert work.publish() == 1
    theirs = shelf(home, INSTRUMENT, home.b)
    assert theirs.copy(theirs.row("oma-mittari")) is None
    assert theirs.begin(theirs.row("oma-mittari")) is None
    assert [e.key for e in theirs.refusals] == ["content-not-permitted"] * 2


@pytest.mark.parametrize(
    ("terms", "aino", "leena"),
    [
        ({}, True, True),
        ({"workers": "aino"}, True, False),
        ({"licensed": True, "licence": "L", "workers": "aino"}, True, False),
        ({"licensed": True, "licence": "L", "workers": ""}, False, False),
        ({"licensed": True, "licence": "L", "workers": "aino", "expires": 0}, True, False),
        ({"licensed": True, "licence": "L", "workers": "aino", "expires": -1}, False, False),
    ],
)
def test_the_permission_is_asked_per_person_and_instrument(home, terms, aino: bool, leena: bool) -> None:
    held = dict(terms)
    if "workers" in held:
        held["workers"] = (home.aino.id,) if held["workers"] else ()
    if "expires" in held:
        held["expires"] = today() + timedelta(days=held["expires"])
    ident = own_instrument(home, **held)
    for store, may in ((home.a, aino), (home.b, leena)):
        coding = home.editor(store)
        refusals = []
        coding.refused.connect(refusals.append)
        is_other = coding.instrument.id != ident  # the second one begins with what the first one took
        assert coding.use_instrument(ident) is (may and is_other)
        assert [e.key for e in refusals] == ([] if may else ["content-not-permitted"])
        assert (coding.instrument.id == ident) is may


def test_an_instrument_with_ratings_stays(home) -> None:
    ident = own_instrument(home)
    coding = home.editor()
    coding.rate("guiding", 3, "seen")
    assert not coding.use_instrument(ident)
    assert coding.instrument.id == "ulottuvuuskooste-5"


# ── what a coding used stays what it was ──────────────────────────────────────────────────────────────────────────────


def second_version(home: Home) -> None:
    made = shelf(home)
    work = editor(home, made.begin(made.row("perusrunko-kopio")))
    place = work.add("codes", 0)
    work.edit_entry("codes", place, id="NEW", name=words("new"), code_when=words("w"), not_when=words("n"))
    work.edit_entry("codes", 0, name=Words("eri", "annan", "other"))
    work.remove("codes", 2)
    assert work.publish() == 2, work.problems()


def test_a_coding_with_marks_goes_on_with_its_version(home) -> None:
    own_scheme(home).publish()
    coding = home.editor()
    coding.use_scheme("perusrunko-kopio")
    press(coding, "q", 1_000_000)
    before = coding.scheme
    second_version(home)
    again = home.editor()
    assert again.scheme == before
    assert not again.use_scheme("perusrunko-kopio")
    newer = newer_scheme(home.a, again.scheme)
    assert newer.version == 2
    change = scheme_change(again.scheme, newer)
    assert ([c.id for c in change.came], [c.id for c in change.gone], [c.id for c in change.changed]) == (
        ["NEW"], ["AE"], ["AS"],
    )  # fmt: skip
    assert in_words(home.texts, change) == (
        "New codes: new", "Codes that are gone: answers initiative", "Codes that say something else: other",
    )  # fmt: skip
    assert in_words(home.texts, scheme_change(newer, newer)) == ("The codes are the same.",)


def test_a_coding_without_marks_may_move_to_the_new_version(home) -> None:
    own_scheme(home).publish()
    home.editor().use_scheme("perusrunko-kopio")
    second_version(home)
    coding = home.editor()
    assert coding.scheme.version == 1
    assert coding.use_scheme("perusrunko-kopio")
    assert (coding.scheme.version, coding.coding.header.scheme_version) == (2, 2)
    assert coding.scheme.code("NEW") is not None
    assert not coding.use_scheme("perusrunko-kopio")
    assert newer_scheme(home.a, coding.scheme) is None


def test_what_was_in_use_is_read_although_it_would_not_be_published_now(home) -> None:
    """A check that came later never closes an older coding."""
    text = library.scheme_text("perusrunko").replace('key = "q"', 'key = "ö"', 1).replace('"perusrunko"', '"old"', 1)
    home.a.apply("x", [added(StoredContent("scheme/old/1", "scheme", "old", 1, text))])
    coding = home.editor()
    assert coding.use_scheme("old")
    assert CodingEditor(
        home.a, home.texts, meeting_file(home.a, home.meeting.id), own_header(home.a, home.meeting.id)
    ).scheme.id == "old"  # fmt: skip


# ── undo ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

acts = st.tuples(
    st.sampled_from(["add", "copy", "move", "remove", "key", "name", "undo", "redo", "agree"]),
    st.sampled_from(["codes", "dimensions", "groups", "layers"]),
    st.integers(0, 50),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=14))
def test_any_edits_undone_give_back_the_draft_and_redone_the_end(qapp, steps) -> None:
    me, texts = Worker(new_id(), "Aino"), Texts("en")
    store = MemoryStore(me.id)
    store.apply("me", [added(me)])
    made = ContentShelf(store, texts, SCHEME)
    work = ContentEditor(store, texts, made.copy(made.row("perusrunko")))
    begun = (work.draft, work.terms)
    for act, part, number in steps:
        count = len(getattr(work.value, part))
        if act == "add":
            work.add(part, number % (count + 1) - 1)
        elif act == "agree":
            work.agree(licence=str(number))
        elif act in ("undo", "redo"):
            getattr(work, act)()
        elif count:
            act_on(work, act, part, number % count)
        assert read(SCHEME, store.find(ContentDraft)[0].text) == work.value
    place, end = work.stack.index(), (work.draft, work.terms)
    while work.stack.canUndo():
        assert work.undo()
    assert (work.draft, work.terms) == begun
    while work.stack.index() < place:
        assert work.redo()
    assert (work.draft, work.terms) == end


def act_on(work: ContentEditor, act: str, part: str, number: int) -> None:
    if act == "move":
        work.move(part, number, 0)
    elif act == "remove":
        work.remove(part, number)
    elif act == "copy":
        work.copy(part, number)
    elif act == "name":
        work.edit_entry(part, number, name=words("other"))
    else:
        work.edit_entry(part, number, id=f"Z{number}")


def test_undone_and_redone_one_by_one(home) -> None:
    work = own_scheme(home)
    states = [work.value]
    for step in (
        lambda: work.edit_entry("codes", 0, key="w"),
        lambda: work.move("codes", 0, 3),
        lambda: work.remove("dimensions", 0),
        lambda: work.copy("codes", 1),
        lambda: work.edit(cannot_be_coded="DS1"),
    ):
        step()
        states.append(work.value)
    assert len(set(states)) == len(states)
    for earlier in reversed(states[:-1]):
        work.undo()
        assert work.value == earlier
    for later in states[1:]:
        work.redo()
        assert work.value == later
        assert read(SCHEME, home.b.find(ContentDraft)[0].text) == later


def test_steps_are_named(home) -> None:
    work = own_scheme(home)
    work.add("codes", 0)
    work.move("layers", 0, 1)
    work.edit(cannot_be_coded="DS1")
    assert [work.stack.text(n) for n in range(3)] == ["A code added", "Pass moved", "Details edited"]


def test_nothing_changed_is_no_step(home) -> None:
    work = own_scheme(home)
    assert work.edit(cannot_be_coded="DS0")
    assert work.edit_entry("codes", 0, key="q")
    assert work.agree(licence="")
    assert not work.move("codes", 0, 0)
    assert not work.move("codes", 0, 99)
    assert work.stack.count() == 0


def test_published_instruments_read_whole(home) -> None:
    ident = own_instrument(home)
    assert read_instrument(library.newest(home.a, INSTRUMENT, ident).text).id == ident
