"""What a film is and what it lacks, in words."""

from __future__ import annotations

from app.casework.places import stood_of
from app.erasing.originals import original_words
from app.i18n import N_, Texts, today
from app.model.erasure import Original
from app.model.recording import NOT_FILMED, SEAM, Damage, FilmFacts, Origin, Recording
from app.ports import Store

#: of a film's file that is empty from some place on, or cannot be read from there
UNWRITTEN, UNREAD = "empty", "unread"
#: what the check of a film can find, as it is said with its times
DAMAGES = {
    "broken": N_("Pictures are broken from {start} to {end}."),
    "broken-on": N_("Pictures are broken from about {start} on, up to the next keyframe at {end}."),
    "broken-sound": N_("The sound is broken from {start} to {end}."),
    "cut-off": N_("The film is cut off at {start}; it promises to go on until {end}."),
    "card-full": N_(
        "The film is cut off at {start}, because a file on the card can be no longer than 4 GB; it promises to go on "
        "until {end}. The camera likely went on in a next file."
    ),
    UNWRITTEN: N_("From {start} on the film's file is empty; it has room until about {end}."),
    UNREAD: N_("From {start} on nothing of the film's file could be read; it has room until about {end}."),
    "without-time": N_("From {start} to {end} there are pictures that have no time of their own; they are not shown."),
    "computed-times": N_("The film does not say the times of its pictures: they were computed, {fps} pictures/s."),
    "lost-within": N_(
        "At about {start} the file could not be read whole: pictures may be missing there, and later ones may be shown "
        "at a wrong time."
    ),
    "reshaped": N_(
        "From {start} to {end} the picture has other proportions than at the beginning. It is shown as at the "
        "beginning, so people look too broad or too narrow there."
    ),
    "turned": N_(
        "From {start} to {end} the picture is turned another way than at the beginning; it is not turned back."
    ),
    "no-sound": N_("Its sound could not be salvaged."),
    NOT_FILMED: N_("Not filmed from {start} to {end}: that time is in no figure."),
}


def about_words(t: Texts, film: Recording) -> list[str]:
    """How long, how fast, how large."""
    facts = film.facts
    about = [
        t.clock(facts.duration, digits=0),
        rate_words(t, facts),
        f"{facts.width} × {facts.height}",
        t.size(film.size),
    ]
    if not facts.sound_tracks:
        about.append(t.tr("no sound"))
    if film.offset != 0:
        about.append(t.tr("starts at {time}", time=t.short_clock(film.offset, digits=1)))
    if facts.hides_damage == "always":
        about.append(t.tr("damage inside pictures leaves no trace ({codec})", codec=facts.video_codec.upper()))
    return about


def stood_words(store: Store, t: Texts, film: Recording) -> list[str]:
    """Where its camera stood, while places may be told, and where the file lies that it was taken in from."""
    place = stood_of(store, film, today())
    told = [t.tr("Camera: {place}", place=place)] if place else []
    if film.is_from_outside and film.original != Original.UNKNOWN:
        told.append(t.tr("Original: {where}", where=original_words(t, film.original)))
    return [" · ".join(told)] if told else []


def told_words(t: Texts, film: Recording) -> list[str]:
    """What of it is not as it was filmed, a sentence each."""
    facts, told = film.facts, []
    if film.origin == Origin.SALVAGED:
        told.append(t.tr("Salvaged from a file that its camera never finished. The original was left alone."))
    told += [damage_words(t, damage, facts) for damage in facts.damage]
    if facts.is_damaged and facts.hides_damage:
        told.append(t.tr("Damage inside pictures of this kind ({codec}) often leaves no trace: more may be broken "
                         "than is told here.", codec=facts.video_codec.upper()))  # fmt: skip
    if film.origin == Origin.RESCUED:
        told.append(t.tr("Rescued: the program ended while this was filmed. What was filmed until then is here."))
    return told


def rate_words(t: Texts, facts: FilmFacts) -> str:
    """*tasainen 25 kuvaa/s*, or *vaihteleva 24–30 kuvaa/s*."""
    if facts.rate_kind == "constant":
        return t.tr("steady {fps} pictures/s", fps=_rate(t, facts.fps))
    return t.tr("varying {least}–{most} pictures/s", least=_rate(t, facts.min_fps), most=_rate(t, facts.max_fps))


def _rate(t: Texts, fps: float) -> str:
    digits = 0 if abs(fps - round(fps)) < 0.005 else 2
    return t.number(fps, digits)


def damage_words(t: Texts, damage: Damage, facts: FilmFacts) -> str:
    """Where a film is not whole."""
    if damage.what == SEAM:
        return _seam_words(t, damage)
    words = DAMAGES.get(damage.what, N_("The film is damaged from {start} to {end}."))
    start, end = t.short_clock(damage.start, digits=1), t.short_clock(damage.end, digits=1)
    return t.tr(words, start=start, end=end, fps=_rate(t, facts.fps))


def _seam_words(t: Texts, seam: Damage) -> str:
    """What is known of a place where a film's clock jumped."""
    at, jump = t.short_clock(seam.start, digits=1), t.short_clock(abs(seam.jump))
    if seam.jump > 0:
        words = N_(
            "At {time} the film's clock jumps {length} forward: filming was paused, or the clock went wrong. That "
            "time is not on the timeline."
        )
    elif seam.jump < 0:
        words = N_("At {time} the film's clock jumps {length} back. What was not filmed in between cannot be known.")
    else:
        words = N_("At {time} the film's clock jumps or begins anew. What was not filmed in between cannot be known.")
    return t.tr(words, time=at, length=jump)
