"""What meetings offer to rest a sentence on: that one was held, and what an adult or the child said right after it."""

from __future__ import annotations

from app.casework.places import place_of
from app.filming.talk_after import questions
from app.i18n import today
from app.model.identity import new_id
from app.model.statement import Evidence
from app.statement.evidence_offer import EvidenceOffer
from app.statement.material import Material
from app.statement.passages_of_meetings import answers, talks


def offers_of_meetings(m: Material) -> list[EvidenceOffer]:
    """The meetings in time order, then what was answered in each one's talks."""
    t, rows = m.texts, []
    for file in m.meetings:
        held = file.meeting
        words = t.tr("Meeting on {date}", date=m.day(held))
        about = " · ".join(x for x in (t.tr("meeting"), place_of(m.case, held, today())) if x)
        made = Evidence(new_id(), m.statement.id, "meeting", words, held.id)
        rows.append(EvidenceOffer(words, about, words[:1].lower() + words[1:], made))
    for file, talk in talks(m):
        who, said = m.called(m.case.person(talk.person_id)), answers(talk)
        for question in questions():
            if question.key in said:
                answer = said[question.key]
                made = Evidence(new_id(), m.statement.id, "talk", answer, file.meeting.id, (), (talk.id,))
                about = " · ".join((who, m.day(file.meeting), t.words(question.text)))
                rows.append(EvidenceOffer(answer, about, f"”{answer}”", made))
    return rows
