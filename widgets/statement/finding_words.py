"""What a finding of the checks is called: one line of the panel and of the question before *final*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.i18n import Texts
from app.model.checks import Finding, Lack
from app.model.document_form import DocumentForm
from app.reports.letters import named

MOST_WORDS, LONGEST_WORD = 2, 12  # of one finding, and letters of one


@dataclass(frozen=True, slots=True)
class FindingWords:
    """Words for the screen's language; `titles` of sections by key, `names` of workers and persons by id."""

    texts: Texts
    form: DocumentForm
    titles: Mapping[str, str]
    names: Mapping[str, str]

    def line(self, finding: Finding) -> str:
        t, title = self.texts, self.titles.get(finding.section, "")
        of_one = {
            Lack.QUESTION_UNANSWERED: lambda: t.tr("Question {n} without an answer", n=finding.number),
            Lack.CONCLUSION_WITHOUT_OBSERVATION: lambda: self._ungrounded(finding),
            Lack.CHILDS_VIEW_MISSING: lambda: t.tr("The child's view"),
            Lack.APPROVAL_MISSING: lambda: t.tr("Approval: {name}", name=self.names.get(finding.worker_id, "")),
            Lack.ADULT_NOT_CHOSEN: lambda: t.tr("Whose statement this is: the adults are kept apart"),
            Lack.PLACE_TOLD: lambda: t.tr("Tells a place that may not be told: {section}", section=title),
            Lack.OTHER_ADULT_NAMED: lambda: t.tr("Names the other adult: {section}", section=title),
            Lack.CONSENT_GONE: lambda: t.tr("Rests on a film without a consent in force: {section}", section=title),
            Lack.READING_MISSING: lambda: t.tr(
                "Not gone through with: {name}", name=self.names.get(finding.person_id, "")
            ),
            Lack.CHILD_NOT_TOLD: lambda: t.tr("The child has not been told"),
            Lack.COMMENT_UNANSWERED: lambda: t.tr("What a comment is"),
            Lack.FACT_UNCORRECTED: lambda: t.tr("A fact that a new version corrects"),
            Lack.CORRECTION_UNSAID: lambda: t.tr("What this version corrects"),
            Lack.SIGNERS_UNSAID: lambda: t.tr("Why one worker signs"),
            Lack.SUPERIOR_MISSING: lambda: t.tr("The superior's confirmation of one signer"),
            Lack.LETTERS_WITHOUT_FONT: lambda: t.tr(
                "Section {n}: no font for {letters}", n=self._number(finding), letters=named(finding.letters, most=1)
            ),
            Lack.SECTION_EMPTY: lambda: t.tr("Nothing written: {section}", section=title),
            Lack.MANDATE_UNSAID: lambda: t.tr("Not in the commission: {words}", words=", ".join(finding.words)),
            Lack.PLACEHOLDER: lambda: t.tr(
                "Section {n}: not filled in: {words}", n=self._number(finding), words=_few(finding.words)
            ),
            Lack.OBSERVATION_WITHOUT_SOURCE: lambda: t.tr(
                "Section {n}: observation without a source", n=self._number(finding)
            ),
            Lack.ADULTS_IN_NUMBERS: lambda: t.tr("Section {n}: two adults in numbers", n=self._number(finding)),
            Lack.CHILD_IN_NUMBERS: lambda: t.tr("Section {n}: the child rated in numbers", n=self._number(finding)),
        }
        if finding.lack in of_one:
            return of_one[finding.lack]()
        return t.tr("Section {n}: {words}", n=self._number(finding), words=_few(finding.words))

    def _number(self, finding: Finding) -> int:
        return self.form.section(finding.section).number

    def _ungrounded(self, finding: Finding) -> str:
        if finding.number:
            return self.texts.tr("Answer {n} without an observation", n=finding.number)
        return self.texts.tr("Conclusion without an observation")


def look_captions(t: Texts) -> dict[Lack, str]:
    """What stands above the findings that are only worth another look, the heaviest first."""
    return {
        Lack.DIAGNOSIS: t.tr("A diagnosis without the paper that it is from"),
        Lack.THEORY_ONLY: t.tr("A word of the theory. What was seen?"),
        Lack.OTHERS_NAME: t.tr("Somebody else's name? The program cannot tell a person from a place."),
        Lack.PRIVATE_DATA: t.tr("Private data. Does the reader need it?"),
        Lack.MEETING_UNTOLD: t.tr("Not in the table of meetings: nobody has said whether they were held"),
    }


def _few(words: Sequence[str]) -> str:
    """As many of a finding's words as a line of the panel holds."""
    shown = [w if len(w) <= LONGEST_WORD else f"{w[: LONGEST_WORD - 1]}…" for w in words[:MOST_WORDS]]
    return ", ".join([*shown, *(["…"] if len(words) > MOST_WORDS else [])])
