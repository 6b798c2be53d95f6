"""What the steps of a first case say: a short request, why, and the words of its one button."""

from __future__ import annotations

from app.i18n import N_, Texts
from app.office.beginning import Beginning, Stand, Step

_WORDS = {
    Step.CASE: (
        N_("Open the first case"),
        N_("It is known by a code name on the screen. Real names appear only where they are needed."),
        N_("New case"),
    ),
    Step.COLLEAGUE: (
        N_("Add your work partner to the archive"),
        N_("Two workers code each meeting, each alone. The partner types an own passphrase."),
        N_("Add a worker"),
    ),
    Step.PARTNER: (
        N_("Choose the work partner"),
        N_("A meeting can be added when the case has its pair."),
        N_("Choose"),
    ),
    Step.QUESTIONS: (
        N_("Write the commissioner's questions"),
        N_("Word for word: the statement answers exactly these."),
        N_("Write"),
    ),
    Step.CONSENTS: (
        N_("Record the consents to filming"),
        N_("For the child and the adult. Without them nothing is filmed or taken in."),
        N_("To the consents"),
    ),
    Step.MEETING: (
        N_("Add a meeting"),
        N_("One adult and the child at a time, with a day and a place."),
        N_("To the meetings"),
    ),
    Step.PLAN: (
        N_("Choose the tasks"),
        N_("Some from each dimension; the program tells what is lacking."),
        N_("Plan"),
    ),
    Step.FILM: (
        N_("Film, or take the film in"),
        N_("A film made elsewhere is taken in on the meeting's page."),
        N_("To filming"),
    ),
    Step.CODE: (
        N_("Do your own coding"),
        N_("Alone, with your eyes on the picture. Mark it as ready when all is covered."),
        N_("To coding"),
    ),
    Step.PARTNER_READY: (
        N_("Wait until comparing opens"),
        N_("It opens when both codings are ready and both of you have signed in since."),
        N_("How it stands"),
    ),
    Step.COMPARE: (
        N_("Go through where you differ"),
        N_("Together, before anything is written. From there you go on to the statement."),
        N_("Compare"),
    ),
    Step.STATEMENT: (
        N_("Write the statement and ask for a check"),
        N_("What is still missing is listed beside the text."),
        N_("To the statement"),
    ),
    Step.FINAL: (
        N_("Approve the statement and make it final"),
        N_("Both of you approve the same text; then it is kept as it is."),
        N_("To the statement"),
    ),
}
SIGNS = {Stand.DONE: "✓", Stand.NOW: "→", Stand.LATER: "·"}


def title(t: Texts, step: Step) -> str:
    return t.tr(_WORDS[step][0])


def why(t: Texts, step: Step) -> str:
    return t.tr(_WORDS[step][1])


def action(t: Texts, step: Step) -> str:
    return t.tr(_WORDS[step][2])


def how_far(t: Texts, found: Beginning) -> str:
    """*Star 14 · 4 / 13 steps done*."""
    words = t.tr("{done} / {all} steps done", done=found.done, all=len(found.steps))
    return f"{found.code_name} · {words}" if found.code_name else words


def as_page(t: Texts, found: Beginning) -> str:
    """Markdown for the manual: what is next with its link `step:NAME`, then every step with its sign."""
    now = found.now
    rows = [f"## {how_far(t, found)}", ""]
    if now is not None:
        head = t.tr("Next: {step}", step=title(t, now.step))
        rows += [f"**{head}.** {why(t, now.step)} [{action(t, now.step)}](step:{now.step})", ""]
    stands = {Stand.DONE: t.tr("done"), Stand.NOW: t.tr("now"), Stand.LATER: t.tr("later")}
    rows += [f"- {SIGNS[s.stand]} {title(t, s.step)} ({stands[s.stand]})" for s in found.steps]
    return "\n".join(rows)
