"""Before filming: what is as it should be, and a sentence for what is not. Pure checks over values.

A child who says no today stops the filming, and so do a consent that is missing and having no camera. All else is told,
can be gone past, and is then noted with the meeting.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.casework.case_file import CaseFile
from app.casework.consents import childs_word, permits
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.ports.recorder import SoundLevel
from app.ports.wakeful import NOT_TRIED, Held

#: quieter than this in whole is hard to code from, in decibels below full scale
QUIET_DB = -45.0
#: not even the noise that every microphone has: what is plugged out of a sound card, or turned off, gives this
NOTHING_DB = -90.0
#: how much longer than the meeting the disk must last, in hours
SPARE_HOURS = 0.5
#: levels that are looked back at: about five seconds at ten a second
LEVELS_HELD = 50
#: pictures that a test recording may lose: half a second of the usual thirty a second
LOST_IN_TEST = 15


class Check(StrEnum):
    """What is looked at before filming, in the order in which it is shown.

    What a hand answers comes first: what comes and goes by itself stands below, so that no button moves with it.
    """

    CHILD = "child"
    CONSENTS = "consents"
    TEST = "test"
    PICTURE = "picture"
    SOUND = "sound"
    DISK = "disk"
    POWER = "power"
    AWAKE = "awake"


#: what is answered by hand; the others are seen by the computer
BY_HAND = (Check.CHILD, Check.CONSENTS, Check.TEST)


class Verdict(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    STOPS = "stops"
    UNKNOWN = "unknown"  # this computer cannot tell; nothing is noted


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the preflight: `why` is the key of its sentence, empty when all is well."""

    check: Check
    verdict: Verdict = Verdict.GOOD
    why: str = ""
    names: tuple[str, ...] = ()
    number: float = 0.0
    of: int = 0


@dataclass
class Listening:
    """What was heard in the last seconds."""

    levels: deque[SoundLevel] = field(default_factory=lambda: deque(maxlen=LEVELS_HELD))
    is_lost: bool = False

    def hear(self, level: SoundLevel) -> None:
        self.is_lost = False
        self.levels.append(level)

    def lose(self) -> None:
        self.levels.clear()
        self.is_lost = True

    @property
    def clips(self) -> bool:
        return any(x.clipped for x in self.levels)

    @property
    def is_dead(self) -> bool:
        """Whether for seconds nothing at all has come, though the microphone gives: its plug may be out."""
        return len(self.levels) == LEVELS_HELD and all(x.peak_db <= NOTHING_DB for x in self.levels)

    @property
    def loudest_db(self) -> float | None:
        return max((x.peak_db for x in self.levels), default=None)


@dataclass(frozen=True)
class Situation:
    """Everything that the preflight looks at. `pictures` has a name per camera and whether it gives pictures now.

    `test_lost` is how many pictures were lost in the test recording; None when none was made.
    """

    meeting: Meeting
    case: CaseFile
    today: date
    pictures: tuple[tuple[str, bool], ...]
    has_microphone: bool
    listening: Listening
    test_lost: int | None
    free_bytes: int
    byte_rate: float
    on_battery: bool | None
    held: Held = NOT_TRIED


def rows(found: Situation) -> tuple[Row, ...]:
    """Every check with its verdict. In a session of supervision there is no child to be asked."""
    child = () if found.case.case.is_folder else (_child(childs_word(found.meeting, found.today)),)
    return (
        *child,
        _consents(found),
        _test(found.test_lost),
        _picture(found.pictures),
        _sound(found),
        _disk(found),
        _power(found.on_battery),
        _awake(found.held),
    )


def stopped_by(found: Sequence[Row]) -> Row | None:
    """What does not let filming begin."""
    return next((r for r in found if r.verdict == Verdict.STOPS), None)


def warnings(found: Sequence[Row]) -> tuple[str, ...]:
    """Keys of what is gone past when filming begins now; they are noted with the meeting."""
    return tuple(r.why for r in found if r.verdict == Verdict.WARNING)


def _test(lost: int | None) -> Row:
    if lost is None:
        return Row(Check.TEST, Verdict.WARNING, "test-not-done")
    return Row(Check.TEST) if lost < LOST_IN_TEST else Row(Check.TEST, Verdict.WARNING, "test-lost", number=lost)


def _picture(pictures: tuple[tuple[str, bool], ...]) -> Row:
    if not pictures:
        return Row(Check.PICTURE, Verdict.STOPS, "no-camera")
    dark = tuple(name for name, gives in pictures if not gives)
    if len(dark) == len(pictures):
        return Row(Check.PICTURE, Verdict.STOPS, "no-picture", dark)
    return Row(Check.PICTURE, Verdict.WARNING, "picture-missing", dark) if dark else Row(Check.PICTURE)


def _sound(found: Situation) -> Row:
    heard = found.listening
    if not found.has_microphone or heard.is_lost:
        return Row(Check.SOUND, Verdict.WARNING, "no-sound")
    if heard.loudest_db is None:
        return Row(Check.SOUND, Verdict.WARNING, "sound-not-heard")
    if heard.clips:
        return Row(Check.SOUND, Verdict.WARNING, "sound-clips")
    return Row(Check.SOUND, Verdict.WARNING, "sound-quiet") if heard.loudest_db < QUIET_DB else Row(Check.SOUND)


def _disk(found: Situation) -> Row:
    left = hours_left(found.free_bytes, found.byte_rate)
    if left < found.meeting.minutes / 60 + SPARE_HOURS:
        return Row(Check.DISK, Verdict.WARNING, "disk-short", number=left)
    return Row(Check.DISK, number=left)


def _power(on_battery: bool | None) -> Row:
    if on_battery is None:
        return Row(Check.POWER, Verdict.UNKNOWN, "power-unknown")
    return Row(Check.POWER, Verdict.WARNING, "on-battery") if on_battery else Row(Check.POWER)


def _awake(held: Held) -> Row:
    """A lid that cannot be held off is only told: a computer may have none."""
    if held.sleep is None:
        return Row(Check.AWAKE, Verdict.UNKNOWN, "awake-unknown")
    if not held.sleep:
        return Row(Check.AWAKE, Verdict.WARNING, "not-kept-awake")
    return Row(Check.AWAKE) if held.lid else Row(Check.AWAKE, Verdict.UNKNOWN, "lid-not-held")


def _consents(found: Situation) -> Row:
    """As the door of filming sees it; the child's own word has a row of its own."""
    standing = permits(found.case, found.meeting, Purpose.FILMING, found.today)
    for persons, verdict, why in (
        (standing.withdrawn, Verdict.STOPS, "consent-withdrawn"),
        (standing.lacking, Verdict.STOPS, "consent-missing"),
        (standing.decided, Verdict.WARNING, "consent-decided"),
    ):
        if persons:
            names = tuple(p.called for p in persons)
            return Row(Check.CONSENTS, verdict, why, names, standing.granted, standing.persons)
    return Row(Check.CONSENTS, number=standing.granted, of=standing.persons)


def _child(said: str) -> Row:
    if said == "no":
        return Row(Check.CHILD, Verdict.STOPS, "child-said-no")
    return Row(Check.CHILD) if said == "yes" else Row(Check.CHILD, Verdict.WARNING, "child-not-asked")


def hours_left(free_bytes: int, byte_rate: float) -> float:
    """How long filming can go on with the room that there is; the last gigabyte is the archive's own."""
    return max(free_bytes - 1_000_000_000, 0) / max(byte_rate, 1.0) / 3600


# words


def check_name(t: Texts, check: Check) -> str:
    return {
        Check.PICTURE: t.tr("Picture"),
        Check.SOUND: t.tr("Sound"),
        Check.TEST: t.tr("Test recording"),
        Check.DISK: t.tr("Room on the disk"),
        Check.POWER: t.tr("Power"),
        Check.AWAKE: t.tr("Staying awake"),
        Check.CONSENTS: t.tr("Consents"),
        Check.CHILD: t.tr("Child today"),
    }[check]


def check_sentence(t: Texts, row: Row) -> str:
    """What is the matter, and what helps; what is well in one word or a figure."""
    names = ", ".join(row.names)
    if not row.why:
        return {
            Check.DISK: span_words(t, row.number),
            Check.POWER: t.tr("Mains"),
            Check.AWAKE: t.tr("while filming"),
            Check.CONSENTS: f"{round(row.number)}/{row.of}",
            Check.CHILD: t.tr("said yes"),
        }.get(row.check, "")
    return {
        "no-camera": t.tr("No camera is chosen. Connect a camera and choose it below."),
        "no-picture": t.tr("No picture comes from {camera}. Check its cable and that no other program uses it.",
                           camera=names),
        "picture-missing": t.tr("No picture comes from {camera}. The other camera works.", camera=names),
        "no-sound": t.tr("No microphone. The film would be silent."),
        "sound-not-heard": t.tr("Nothing has been heard yet. Say something in the room."),
        "sound-clips": t.tr("The sound is too loud and breaks. Turn the microphone down or move it away."),
        "sound-quiet": t.tr("Very quiet. Move the microphone nearer, and say something in the room."),
        "test-not-done": t.tr("Not made yet. Ten seconds show that everything works."),
        "test-lost": t.tr("{n} pictures were lost in ten seconds: the computer is too busy. Close other programs, or "
                          "film smaller pictures, and make a new test.", n=round(row.number)),
        "disk-short": t.tr("Room for {time} only. Make room on the disk.", time=span_words(t, row.number)),
        "on-battery": t.tr("The computer runs on its battery. Connect the charger."),
        "awake-unknown": t.tr("It is not known whether this computer stays awake. Turn its sleep off while you film."),
        "not-kept-awake": t.tr("This computer may fall asleep by itself. Turn its sleep off while you film."),
        "lid-not-held": t.tr("Keep a laptop's lid open: closing it puts the computer to sleep."),
        "power-unknown": t.tr("Check that the charger is connected."),
        "consent-missing": t.tr("{given}/{all}. Consent to filming is missing: {who}", given=round(row.number),
                                all=row.of, who=names),
        "consent-withdrawn": t.tr("{who}: has withdrawn the consent to filming, so there is no filming.", who=names),
        "consent-decided": t.tr("{given}/{all}. By the controller's decision: {who}", given=round(row.number),
                                all=row.of, who=names),
        "child-not-asked": t.tr("Ask the child in today's words. What did the child say?"),
        "child-said-no": t.tr("The child says no today, so there is no filming. It is all right."),
    }[row.why]  # fmt: skip


def span_words(t: Texts, hours: float) -> str:
    """*7 h 10 min*."""
    minutes = int(hours * 60)
    if minutes < 60:
        return t.tr("{n} min", n=minutes)
    whole, rest = divmod(minutes, 60)
    return t.tr("{h} h {min} min", h=t.number(whole), min=rest)


def consent_line(t: Texts, case: CaseFile, meeting: Meeting, day: date) -> str:
    """*Suostumukset 3/3 · lapsi tänään ✓*."""
    standing = permits(case, meeting, Purpose.FILMING, day)
    if case.case.is_folder:
        return f"{standing.granted}/{standing.persons}"
    child = {"yes": "✓", "no": t.tr("no"), "": "–"}[childs_word(meeting, day)]
    return t.tr("{given}/{all} · child today {sign}", given=standing.granted, all=standing.persons, sign=child)
