"""What filming says: reasons, failures, and what became of the films."""

from __future__ import annotations

from datetime import timedelta

from app.filming.stages import Failure
from app.i18n import Texts
from app.model import shortfall
from app.model.filmed import Filmed
from app.model.filming import INTERRUPTION_REASONS, SKIP_REASONS, FilmingEvent, Happening
from app.model.shortfall import Missing
from app.model.timecode import SECOND, Micros
from app.ports.recorder import Camera, DeviceKind, Devices, Microphone, Trouble


def device_name(texts: Texts, device: Camera | Microphone) -> str:
    """What the system calls it; the program's own example devices in the language of the screen."""
    if isinstance(device, Camera) and device.is_dark:
        return texts.tr("No picture, sound only")
    if not device.is_example:
        return device.name
    if isinstance(device, Microphone):
        return texts.tr("Example microphone")
    return texts.tr("Example camera {n}", n=device.id.rpartition(":")[2])


def search_words(t: Texts, devices: Devices) -> str:
    """What must be known of the search for devices; empty when all is found."""
    rows = [t.tr("Looking for devices…")] if devices.is_looking else []
    silent = devices.silent()
    if DeviceKind.CAMERAS in silent:
        rows.append(t.tr("The cameras' drivers do not answer. Pull the cameras out and plug them in again; they are "
                         "looked for again every 15 seconds."))  # fmt: skip
    if DeviceKind.MICROPHONES in silent:
        rows.append(t.tr("The microphones' drivers do not answer. Pull the microphone out and plug it in again; it is "
                         "looked for again every 15 seconds."))  # fmt: skip
    rows += [
        t.tr("Windows sees this camera, but Havainto cannot use it: {name}. Film with the camera's own program and "
             "bring the film in, or choose another camera.", name=name)
        for name in devices.unusable()
    ]  # fmt: skip
    return "\n".join(rows)


def interruption_words(t: Texts, reason: str) -> str:
    """A reason for leaving a task out, or of an interruption, as it is said on a button."""
    return dict(zip((*SKIP_REASONS, *INTERRUPTION_REASONS), _reasons(t), strict=True)).get(reason, reason)


def _reasons(t: Texts) -> tuple[str, ...]:
    return (
        t.tr("child does not want"),
        t.tr("safety"),
        t.tr("time"),
        t.tr("material missing"),
        t.tr("child left"),
        t.tr("adult left"),
        t.tr("worker in the room"),
        t.tr("technical fault"),
    )


def seconds_words(t: Texts, time: Micros) -> str:
    """*71 s*, from two minutes on *3 min 5 s*; a beginning second is one."""
    seconds = -(-time // SECOND)
    if seconds < 120:
        return t.tr("{n} s", n=seconds)
    return t.tr("{n} min {s} s", n=seconds // 60, s=seconds % 60)


def missing_words(t: Texts, missing: Missing) -> list[str]:
    """What of a film is missing, and whose it is: a sentence each; none when all is there."""
    rows = []
    if missing.late:
        rows.append(t.tr("{time} of pictures is missing: the computer did not keep up.",
                         time=seconds_words(t, missing.late)))  # fmt: skip
    if missing.absent:
        rows.append(t.tr("{time} of pictures is missing: the camera did not give them.",
                         time=seconds_words(t, missing.absent)))  # fmt: skip
    if missing.between:
        rows.append(t.tr("{time} is missing between the films: the camera was lost.",
                         time=seconds_words(t, missing.between)))  # fmt: skip
    if missing.silent:
        rows.append(t.tr("{time} of sound is missing.", time=seconds_words(t, missing.silent)))
    return rows


def sound_lost_too(t: Texts, failure: Failure) -> str:
    """The sound beside what is said already, which says what is safe."""
    return t.tr("The sound broke off at {time} too.", time=t.time(failure.at))


def failure_words(t: Texts, failure: Failure, cameras: int, *, is_recording: bool, missing: Missing) -> str:
    """One calm line: what happened and when, and what is safe. *Kamera 2 katkesi 14.07. Kamera 1 tallentaa*.

    `is_recording` is whether a film goes on in spite of it.
    """
    time = t.time(failure.at)
    lacks = seconds_words(t, missing.pictures)
    if failure.kind == Trouble.BEHIND and missing.pictures > 0:
        return t.tr("The computer does not keep up: {time} is missing. Close other programs.", time=lacks)
    if failure.kind == Trouble.FEW_PICTURES:
        return t.tr("Camera {n} gives too few pictures: {time} is missing. Check its cable and the light.",
                    n=failure.camera, time=lacks)  # fmt: skip
    if failure.kind == Trouble.CAMERA_LOST:
        stopped = t.tr("Camera {n} stopped at {time}.", n=failure.camera, time=time)
        other = 3 - failure.camera
        if cameras == 1 and is_recording:
            goes_on = t.tr("What was filmed is safe. Filming goes on by itself when the camera is back.")
            return f"{stopped} {goes_on}"
        if is_recording:
            safe = t.tr("Camera {n} is recording. Go on calmly.", n=other)
            return f"{stopped} {safe}"
        check = t.tr("What was filmed until then is safe. Check the cable, then go on.")
        return f"{stopped} {check}"
    words = {
        Trouble.SOUND_LOST: t.tr("The sound broke off at {time}. The picture is recorded. Go on calmly.", time=time),
        Trouble.SECOND_COPY_LOST: t.tr(
            "The second disk stopped at {time}. The film itself is recorded. Go on calmly.", time=time
        ),
        Trouble.DISK_FULL: t.tr("The disk became full at {time}. What was filmed until then is safe.", time=time),
        Trouble.WRITE_FAILED: t.tr(
            "The disk did not obey at {time}. What was filmed until then is safe. Go on with a new film.", time=time
        ),
        Trouble.BEHIND: t.tr("The computer is falling behind. Nothing is lost yet. Close other programs."),
        Trouble.NO_PICTURES: t.tr("No picture has come from camera {n} for 2 seconds. Check its cable.",
                                  n=failure.camera),
        Trouble.NOT_ON_DISK: t.tr(
            "For 2 seconds nothing of camera {n} got onto the disk. It waits in memory; nothing is lost yet.",
            n=failure.camera,
        ),
    }  # fmt: skip
    if is_recording:  # on the second disk
        words |= dict.fromkeys(
            (Trouble.DISK_FULL, Trouble.WRITE_FAILED),
            t.tr("The archive's disk stopped at {time}. The film is recorded on the second disk. Go on calmly.",
                 time=time),
        )  # fmt: skip
    return slept_words(t, failure) if failure.kind == Trouble.SLEPT else words.get(failure.kind, "")


def slept_words(t: Texts, failure: Failure) -> str:
    """The named gap, and what is done now."""
    since = t.time(failure.since if failure.since is not None else failure.at)
    slept = t.tr("The computer was asleep from {begin} to {end}; that time was not filmed.",
                 begin=since, end=t.time(failure.at))  # fmt: skip
    if failure.waits:
        then = t.tr("Nothing is filmed now: press Go on when those who are here may be filmed.")
    else:
        then = t.tr("Filming goes on in a new film.")
    return f"{slept} {then}"


def story(t: Texts, filmed: Filmed) -> list[str]:
    """What happened while filming, a sentence each, for the page after it and the meeting's films."""
    rows = []
    for number, reason in sorted(filmed.skipped.items()):
        name = t.words(filmed.meeting.plan[number - 1].name) if number <= len(filmed.meeting.plan) else ""
        rows.append(
            t.tr("{n} {task} was left out: {reason}", n=number, task=name, reason=interruption_words(t, reason))
        )
    away = filmed.of(Happening.INTERRUPTION)
    if away:
        reasons = ", ".join(dict.fromkeys(interruption_words(t, e.reason) for e in away))
        rows.append(t.trn("{n} interruption: {reasons}", "{n} interruptions: {reasons}", len(away), reasons=reasons))
    for event in filmed.of(Happening.CAMERA_LOST):
        at = t.short_clock(event.start)
        rows.append(t.tr("Camera {n} broke off at {time} of the film", n=event.number, time=at))
    rows += [_sleep_row(t, filmed, e) for e in filmed.of(Happening.SLEPT)]
    rows += [_sound_row(t, e) for e in filmed.of(Happening.SOUND_LOST)]
    for kind, words in (
        (Happening.SECOND_COPY_LOST, t.tr("The second copy broke off at {time} of the film")),
        (Happening.DISK_FULL, t.tr("The disk became full at {time} of the film")),
        (Happening.WRITE_FAILED, t.tr("The disk did not obey at {time} of the film")),
        (Happening.RESCUED, t.tr("The program ended at {time} of the film; what was filmed until then was rescued")),
    ):
        rows += [words.format(time=t.short_clock(e.start)) for e in filmed.of(kind)]
    for camera in shortfall.cameras(filmed):
        name = t.tr("Camera {n}", n=camera)
        rows += [f"{name}: {words}" for words in missing_words(t, shortfall.of_camera(filmed, camera))]
    lost = filmed.lost_pictures
    if lost:
        rows.append(t.trn("{n} picture was lost", "{n} pictures were lost", lost))
    return rows


def _sleep_row(t: Texts, filmed: Filmed, slept: FilmingEvent) -> str:
    """By the time of day, as the clock on the wall showed it to those who were there."""
    zero = filmed.meeting.clock_zero
    if zero is None or slept.end is None:
        return t.tr("The computer slept at {time} of the film", time=t.short_clock(slept.start))
    begin, end = (t.time(zero + timedelta(microseconds=at)) for at in (slept.start, slept.end))
    return t.tr("The computer was asleep from {begin} to {end}; that time was not filmed", begin=begin, end=end)


def _sound_row(t: Texts, lost: FilmingEvent) -> str:
    begin = t.short_clock(lost.start)
    if lost.end is None:
        return t.tr("The sound broke off at {time} of the film", time=begin)
    return t.tr("The film has no sound from {begin} to {end}", begin=begin, end=t.short_clock(lost.end))
