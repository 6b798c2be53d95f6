"""The agreement that is signed, and the year that the payer is told: as agreed, line by line, and never a note."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Texts
from app.model.supervision import PayerLine, Presence
from app.model.supervision_course import EvaluationKind, GoalRating, Phase, SupervisionEvaluation
from app.reports.supervision_pdf import SupervisionPaper, supervision_pdf
from app.supervising import own_notes, papers, sessions
from app.supervising.papers import Year, agreement_paper, year_paper
from tests.app.supervising.test_agreement import FIRST, HANDS, Group
from tests.material.supervision import agreement, signed

NOTE, AGREED, TAKEN = "kanarialintu", "varpunen", "tilhi"
#: what each line alone lets through, made up so that nothing else says it
ONLY: dict[PayerLine, tuple[str, ...]] = {
    PayerLine.NAMES: ("Ohjattava 2",),
    PayerLine.THEMES: ("kuormittavat kotikäynnit",),
    PayerLine.GOALS: (),
    PayerLine.COURSE: ("Tavoitteiden kulku",),
    PayerLine.EVALUATION: ("hyvässä vauhdissa",),
    PayerLine.CANCELLED: ("peruttu 21 vrk ennen",),
}


def year(lines: tuple[PayerLine, ...]) -> Year:
    made = signed(agreement("a", payer_sees=lines, start=date(2026, 2, 1)))
    made = replace(made, supervisees=(*made.supervisees[:2], replace(made.supervisees[2], called="Ohjattava 3")))
    first, second, third, *_ = sessions.series(made, FIRST)
    held = sessions.held(made, first, {"o1": Presence.LATE})
    held = replace(held, themes=("kuormittavat kotikäynnit",), agreed=AGREED, takeaways=(TAKEN,), question=NOTE)
    gone = sessions.cancelled(made, second, second.at.astimezone().date().replace(day=1), "tilaaja", NOTE)
    gone = replace(gone, cancelled_on=date.fromordinal(second.at.astimezone().date().toordinal() - 21), invoiced=0)
    rated = [GoalRating(f"r{n}", made.id, "g1", f"o{n}", Phase.START, n, date(2026, 2, 10), "a") for n in (1, 2, 3)]
    said = SupervisionEvaluation("e", made.id, EvaluationKind.MIDWAY, date(2026, 6, 2), "hyvässä vauhdissa")
    return Year(made, (held, gone, third), tuple(rated), (said,), date(2026, 1, 1), date(2026, 12, 31))


def words_of(paper: SupervisionPaper) -> str:
    found = [paper.title, paper.subtitle]
    for part in paper.parts:
        if not part.is_empty:
            found += [part.title, *part.lines, *part.items]
            found += [text for row in (*part.facts, *part.rows) for text in row]
    return "\n".join(found)


@given(lines=st.sets(st.sampled_from([*PayerLine])), language=st.sampled_from(["fi", "sv", "en"]))
def test_the_payer_is_told_what_was_agreed_and_nothing_else(lines, language) -> None:
    told = words_of(year_paper(Texts(language), year(tuple(lines)), "Aino Esimerkki"))
    assert not [secret for secret in (NOTE, AGREED, TAKEN) if secret in told]
    finnish = words_of(year_paper(Texts("fi"), year(tuple(lines)), "Aino Esimerkki"))
    for line, only in ONLY.items():
        for words in only:
            assert (words in finnish) == (line in lines), (line, words)
    goals = {PayerLine.GOALS, PayerLine.COURSE} & lines
    assert ("Pysymme lapsen tahdissa" in finnish) == bool(goals)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


def test_a_payer_is_told_no_rating_that_is_one_supervisees_own() -> None:
    """Three of the group rated at the start, and one alone mid-way: the middle of one is that one's number."""
    made = year((PayerLine.COURSE,))
    own = GoalRating("own", made.agreement.id, "g1", "o2", Phase.MIDWAY, 5, date(2026, 6, 1), "a")

    def course(of: Year) -> tuple[tuple[str, ...], str]:
        part = next(p for p in year_paper(Texts("en"), of, "").parts if p.title == "How the goals went")
        return part.rows[1][1:], " ".join(part.lines)

    middles, said = course(replace(made, ratings=(*made.ratings, own)))
    assert middles == ("2", "–", "–")
    assert "at least 3" in said
    assert course(made) == (("2", "–", "–"), "")
    alone = replace(made.agreement, supervisees=made.agreement.supervisees[1:2])
    middles, said = course(replace(made, agreement=alone, ratings=(own,)))
    assert (middles, said) == (("–", "5", "–"), ""), "who is supervised alone agreed to that line"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_agreement_has_a_line_for_each_who_signs_and_the_limits_of_confidentiality(language) -> None:
    texts = Texts(language)
    made = agreement("a", price=12_000, vat="25,5 %", place="Huone 2", start=date(2026, 2, 1))
    paper = agreement_paper(texts, made, "Aino Esimerkki")
    assert len(paper.signers) == 6, "the supervisor, three supervisees, who orders and who pays"
    assert "ilmoitusvelvollisuus" in words_of(paper)
    content = supervision_pdf(paper, texts, date(2026, 2, 3))
    said = text_of(content)
    for words in ("Perhetyön tiimi", "Aino Esimerkki", "Ohjattava 3", "ilmoitusvelvollisuus", "Huone 2", "25,5 %"):
        assert words in said, words
    after = agreement_paper(texts, signed(made), "Aino Esimerkki")
    assert after.signers == ()
    assert "Malli Päällikkö" in words_of(after)


def test_both_are_written_and_logged_and_a_note_is_in_neither(qapp, tmp_path) -> None:
    group = Group()
    group.sign()
    assert group.editor.plan(FIRST)
    first = group.editor.sessions[0]
    assert group.editor.hold(first)
    assert group.editor.edit_session(group.editor.sessions[0], agreed=AGREED, themes=("lapsen aloitteet",))
    own_notes.write(group.door, group.home.texts, group.made.id, NOTE, first.id)
    store, texts = group.home.a, group.home.texts
    papers.save_agreement(store, texts, group.made.id, tmp_path / "sopimus.pdf")
    papers.save_year(store, texts, group.made.id, FIRST.year, tmp_path / "vuosi.pdf")
    said = [text_of((tmp_path / name).read_bytes()) for name in ("sopimus.pdf", "vuosi.pdf")]
    assert not [secret for secret in (NOTE, AGREED) if any(secret in one for one in said)]
    assert HANDS[0].name in said[0]
    assert "1,5" in said[1]
    assert "2,0" in said[1]
    assert [e.detail for e in store.audit_log(group.made.id, acts=("export",))] == ["agreement", "year=2026"]
    assert datetime(2026, 2, 10, 11, tzinfo=UTC) == FIRST
