"""How a line of what was said is told: who spoke, in which language, and how sure the words are."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.languages import language_name
from app.casework.said import VOICES
from app.i18n import N_, Texts
from app.model.meeting import Meeting
from app.model.utterance import Heard, Utterance, Voice
from app.vocabulary import StatementTexts

_VOICES = {
    Voice.WORKER: N_("worker"),
    Voice.INTERPRETER: N_("interpreter"),
    Voice.OTHER: N_("somebody else"),
}
HEARD = {
    Heard.HEARD: N_("as heard"),
    Heard.INTERPRETED: N_("as interpreted"),
    Heard.TRANSLATED: N_("as translated"),
}


def speakers(t: Texts, case: CaseFile, meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Who may speak in a meeting: `(id or voice, what they are called)`, the adult and the child first."""
    found = [case.person(i) for i in dict.fromkeys((meeting.adult_id, meeting.child_id, *meeting.others))]
    words = StatementTexts(t.language)
    persons = tuple((p.id, words.called(p.called)) for p in found if p is not None)
    return (*persons, *((voice.value, t.tr(_VOICES[voice])) for voice in VOICES))


def called(t: Texts, case: CaseFile, line: Utterance) -> str:
    """Who speaks, as the family's people are called in the language of `t`: *äiti*, never a name's field."""
    person = case.person(line.speaker)
    return _voice(t, line.speaker) if person is None else StatementTexts(t.language).called(person.called)


def role(t: Texts, case: CaseFile, line: Utterance) -> str:
    """Who speaks, as a role alone: *syntymävanhempi*. What people are called was typed, and may be a name."""
    person = case.person(line.speaker)
    return _voice(t, line.speaker) if person is None else StatementTexts(t.language).role(person.role)


def _voice(t: Texts, speaker: str) -> str:
    known = speaker in (voice.value for voice in VOICES)
    return t.tr(_VOICES[Voice(speaker) if known else Voice.OTHER])


def more_of(t: Texts, line: Utterance) -> str:
    """What must be known of the words: *venäjä, käännös, epäselvä*; empty where there is nothing to tell."""
    language = language_name(t, line.language) if line.language else ""
    heard = t.tr(HEARD[line.heard]) if line.heard != Heard.HEARD else ""
    return ", ".join(x for x in (language, heard, t.tr("unclear") if line.unclear else "") if x)


def caption(t: Texts, case: CaseFile, line: Utterance) -> str:
    """*Äiti: Katso tätä*, over the picture: others may look at it, so private words are left out there too."""
    words = line.leaving
    if not words:
        return ""
    who, unclear = called(t, case, line), t.tr("unclear")
    return f"{who[:1].upper()}{who[1:]}: {words}" + (f" ({unclear})" if line.unclear else "")


def quoted(t: Texts, case: CaseFile, line: Utterance) -> str:
    """*äiti: ”Katso tätä” (venäjä, käännös) [00:32]*: a quote as it may leave; empty when nothing of it may."""
    words, more = line.leaving, more_of(t, line)
    if not words:
        return ""
    about = f" ({more})" if more else ""
    said = t.tr("“{words}”", words=words)
    return f"{called(t, case, line)}: {said}{about} [{t.short_clock(line.start)}]"
