"""Everything that a key does, in one table. An action is its id; its keys are only what it is pressed by.

Keys are named as Qt writes them (`Ctrl+Right`, `PgDown`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.i18n import N_
from app.model.observation import FLAG_KEYS, MarkKind


class Where(StrEnum):
    """Where an action's key is listened to."""

    EVERYWHERE = "everywhere"
    FILMS = "films"  # wherever a film of a meeting is watched
    CODING = "coding"
    SAID = "said"  # in the coding room, also from the field in which what was said is written
    MARKING = "marking"  # marks that a letter sets, in filming and coding
    COMPARING = "comparing"
    FILMING = "filming"
    FEEDBACK = "feedback"  # where the moments of a feedback talk are chosen and arranged
    SHOWING = "showing"  # while they are shown, also from the field of the parent's words
    WRITING = "writing"  # in the statement's room, also from its text


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does. Settings and code name it by its `id`, which never changes; `name` is what is shown.

    `keys` are its usual ones, `also` others that always do it too. `typed`: matched by the text that the key types, in
    any case, as a code's key is. `repeats`: goes on as long as its key is held. `icon` is that of a place of the rail.
    """

    id: str
    name: str
    keys: str
    where: Where
    also: tuple[str, ...] = ()
    typed: bool = False
    repeats: bool = False
    icon: str = ""


def _in(where: Where, *rows: tuple[str, str, str]) -> tuple[Action, ...]:
    return tuple(Action(name_id, name, keys, where) for name_id, name, keys in rows)


#: the places of the rail; `place.desk` opens `desk`
PLACES = tuple(
    Action(f"place.{place}", name, keys, Where.EVERYWHERE, icon=icon)
    for place, name, icon, keys in (
        ("desk", N_("Desk"), "desk", "Alt+1"),
        ("cases", N_("Clients"), "cases", "Alt+2"),
        ("filming", N_("Filming"), "film", "Alt+3"),
        ("coding", N_("Coding"), "coding", "Alt+4"),
        ("comparing", N_("Comparing"), "comparing", "Alt+5"),
        ("feedback", N_("Feedback"), "feedback", "Alt+6"),
        ("statement", N_("Statement"), "statement", "Alt+7"),
        ("supervision", N_("Supervision"), "supervision", "Alt+8"),
        ("settings", N_("Settings"), "settings", "Alt+9"),
    )
)

#: what the window's menu offers, in its order
WINDOW = (
    *_in(
        Where.EVERYWHERE,
        ("cover", N_("Cover the screen"), "Ctrl+Shift+P"),
        ("lock", N_("Lock the program"), "Ctrl+Shift+L"),
        ("undo", N_("Undo"), "Ctrl+Z"),
    ),
    Action("redo", N_("Redo"), "Ctrl+Shift+Z", Where.EVERYWHERE, also=("Ctrl+Y",)),
    *_in(
        Where.EVERYWHERE,
        ("search", N_("Search everything"), "Ctrl+Shift+F"),
        ("backup", N_("Back up now"), ""),
        ("keys", N_("Keys"), "Shift+F1"),
        ("help", N_("Help"), "F1"),
        ("report", N_("Report a problem…"), ""),
        ("self-test", N_("Check the picture's time"), ""),
        ("about", N_("About"), ""),
        ("quit", N_("Quit"), "Ctrl+Q"),
    ),
)
#: what hides the screen: works while it is covered, and wherever a key is being chosen
PROTECTING = ("cover", "lock")
MENU = Action("menu", N_("Menu"), "F10", Where.EVERYWHERE)
#: goes to the search of the place that is open
FIND = Action("find", N_("Search"), "Ctrl+F", Where.EVERYWHERE)

FILMS = (
    *_in(Where.FILMS, ("film.play", N_("Play and pause"), "Space")),
    Action("film.frame-back", N_("One frame back"), "Left", Where.FILMS, repeats=True),
    Action("film.frame-on", N_("One frame on"), "Right", Where.FILMS, repeats=True),
    *_in(
        Where.FILMS,
        ("film.second-back", N_("One second back"), "Shift+Left"),
        ("film.second-on", N_("One second on"), "Shift+Right"),
        ("film.five-back", N_("Five seconds back"), "Ctrl+Left"),
        ("film.five-on", N_("Five seconds on"), "Ctrl+Right"),
        ("film.moment-back", N_("Previous observation"), "Alt+Left"),
        ("film.moment-on", N_("Next observation"), "Alt+Right"),
        ("film.task-back", N_("Previous task"), "PgUp"),
        ("film.task-on", N_("Next task"), "PgDown"),
        ("film.start", N_("Beginning of the film"), "Home"),
        ("film.end", N_("End of the film"), "End"),
        ("film.run-back", N_("Run backward, faster with each press"), "Ctrl+J"),
        ("film.stop", N_("Stop the film"), "Ctrl+K"),
        ("film.run-on", N_("Run forward, faster with each press"), "Ctrl+L"),
        ("film.faster", N_("Play faster"), "Ctrl+Up"),
        ("film.slower", N_("Play slower"), "Ctrl+Down"),
        ("film.loop-from", N_("The loop begins here"), "Ctrl+Shift+I"),
        ("film.loop-to", N_("The loop ends here"), "Ctrl+Shift+O"),
        ("film.loop", N_("Loop on or off"), "Ctrl+Shift+R"),
        ("film.louder", N_("Louder"), "Shift+Up"),
        ("film.quieter", N_("Quieter"), "Shift+Down"),
        ("film.mute", N_("Mute"), "Ctrl+Shift+M"),
        ("film.lead", N_("Another camera leads"), "Ctrl+T"),
        ("film.layout", N_("Another layout of the cameras"), "Ctrl+Shift+T"),
        ("film.hear", N_("Hear another camera"), "Ctrl+Shift+H"),
        ("film.closer", N_("Closer"), "Ctrl++"),
        ("film.farther", N_("Farther"), "Ctrl+-"),
        ("film.whole", N_("Whole picture"), "Ctrl+0"),
        ("film.pan-left", N_("Look farther left"), "Ctrl+Shift+Left"),
        ("film.pan-right", N_("Look farther right"), "Ctrl+Shift+Right"),
        ("film.pan-up", N_("Look farther up"), "Ctrl+Shift+Up"),
        ("film.pan-down", N_("Look farther down"), "Ctrl+Shift+Down"),
        ("film.screen", N_("Picture over the whole screen"), "F11"),
        ("film.second", N_("Picture on the second screen"), "Ctrl+F11"),
        ("film.more", N_("Picture and sound"), "Ctrl+Shift+V"),
        ("film.captions", N_("What is said, on the picture"), "Ctrl+Shift+C"),
        ("film.clip", N_("Moment for feedback"), "Ctrl+Ä"),
    ),
)

CODING = _in(
    Where.CODING,
    ("coding.take-back", N_("Take back the last mark"), "Backspace"),
    ("coding.next-task", N_("Task ends here, the next starts"), "Ctrl+PgDown"),
    ("coding.cover", N_("Task covered"), "Ctrl+Return"),
    ("coding.next-pass", N_("Next pass"), "F4"),
    ("coding.note", N_("Note at this moment"), "Ctrl+M"),
    ("coding.bookmark", N_("Bookmark"), "Ctrl+B"),
    ("coding.link", N_("Link to the rating"), "Ctrl+E"),
    ("coding.split", N_("Split the state here"), "Ctrl+Shift+S"),
    ("coding.find", N_("Find this place in the table"), "Ctrl+G"),
    ("coding.go-to", N_("Go to what is chosen"), "Ctrl+Shift+G"),
    ("coding.menu", N_("Menu of what is chosen"), "Shift+F10"),
    ("coding.begin-here", N_("Begins at this picture"), "Ctrl+I"),
    ("coding.end-here", N_("Ends at this picture"), "Ctrl+O"),
    ("coding.copy", N_("Copy what is chosen"), "Ctrl+C"),
    ("coding.paste", N_("Paste at this picture"), "Ctrl+V"),
    ("coding.edit", N_("Edit what is chosen"), "Return"),
    ("coding.remove", N_("Remove what is chosen"), "Del"),
    ("coding.remove-task", N_("Remove this task's limits"), "Ctrl+Del"),
    ("coding.safety", N_("Safety"), "Ctrl+Ö"),
    ("coding.ratings", N_("Ratings"), "Ctrl+1"),
    ("coding.observations", N_("Observations"), "Ctrl+2"),
    ("coding.numbers", N_("Numbers"), "Ctrl+3"),
    ("coding.own-notes", N_("Own notes"), "Ctrl+4"),
    ("coding.history", N_("History"), "Ctrl+5"),
    ("coding.marks", N_("Flags and notes"), "Ctrl+6"),
    ("coding.said", N_("Said on film"), "Ctrl+7"),
    ("coding.pad", N_("Back to the keys"), "Esc"),
    ("coding.explain", N_("What a code means"), "Ctrl+F1"),
)

#: keys that no field types with, so that both hands stay where the words are written
SAID = (
    *_in(Where.SAID, ("said.play", N_("Play and pause, on from a second before"), "F5")),
    Action("said.back", N_("Three seconds back"), "F6", Where.SAID, repeats=True),
    Action("said.on", N_("Three seconds on"), "F7", Where.SAID, repeats=True),
    *_in(
        Where.SAID,
        ("said.slower", N_("Play slower"), "F8"),
        ("said.faster", N_("Play faster"), "F9"),
        ("said.new", N_("New line at this picture"), "Ctrl+N"),
        ("said.speaker", N_("Another one speaks"), "Ctrl+Shift+A"),
        ("said.private", N_("Private words"), "Ctrl+P"),
        ("said.unclear", N_("Unclear"), "Ctrl+Shift+E"),
    ),
)

_FLAG_NAMES = {
    MarkKind.IMPORTANT: N_("Important moment"),
    MarkKind.CLIP: N_("Clip candidate"),
    MarkKind.ASK: N_("Ask the work partner"),
}
#: `flag.clip` sets the mark `clip`
MARKING = tuple(
    Action(f"flag.{kind}", _FLAG_NAMES[kind], key, Where.MARKING, typed=True) for key, kind in FLAG_KEYS.items()
)

COMPARING = (
    *_in(
        Where.COMPARING,
        ("comparing.play", N_("Play the disagreement"), "Return"),
        ("comparing.next", N_("Next disagreement"), "Down"),
        ("comparing.previous", N_("Previous disagreement"), "Up"),
        ("comparing.reopen", N_("Take the decision back"), "Backspace"),
        ("comparing.common", N_("Common view, and back"), "F4"),
    ),
    *(
        Action(f"comparing.{name_id}", name, key, Where.COMPARING, typed=True)
        for name_id, name, key in (
            ("a", N_("Decide: as the first coder"), "A"),
            ("b", N_("Decide: as the second coder"), "B"),
            ("both", N_("Decide: both"), "M"),
            ("neither", N_("Decide: neither"), "K"),
            ("new", N_("Decide: a new one"), "U"),
            ("differently", N_("Decide: we see it differently"), "E"),
            ("reason", N_("Write the reason"), "P"),
            ("next-open", N_("Next undecided"), "J"),
        )
    ),
)

FILMING = _in(
    Where.FILMING,
    ("filming.next", N_("Next task"), "PgDown"),
    ("filming.previous", N_("Back to the previous task"), "PgUp"),
    ("filming.interruption", N_("Interruption, and on from it"), "F6"),
    ("filming.pause", N_("Pause, and on from it"), "F7"),
    ("filming.skip", N_("Leave a task out"), "F8"),
    ("filming.end", N_("End filming"), "F9"),
    ("filming.note", N_("Note at this moment"), "Ctrl+M"),
    ("filming.at-once", N_("End at once"), "Ctrl+End"),
)

FEEDBACK = (
    *(
        Action(f"feedback.{name_id}", name, key, Where.FEEDBACK, typed=True)
        for name_id, name, key in (
            ("play", N_("Play the moment, over and over"), "K"),
            ("begin-here", N_("Begins at this picture"), "A"),
            ("end-here", N_("Ends at this picture"), "L"),
            ("begin-back", N_("Begins one picture earlier"), "Q"),
            ("begin-on", N_("Begins one picture later"), "W"),
            ("end-back", N_("Ends one picture earlier"), "O"),
            ("end-on", N_("Ends one picture later"), "P"),
            ("still", N_("Only the picture on the screen"), "S"),
            ("pre-roll", N_("Begins two seconds earlier"), "E"),
            ("pause", N_("Ends at the next pause of the sound"), "T"),
            ("take-out", N_("Take out of the talk"), "X"),
        )
    ),
    *_in(
        Where.FEEDBACK,
        ("feedback.earlier", N_("Earlier in the talk"), "Alt+Shift+Up"),
        ("feedback.later", N_("Later in the talk"), "Alt+Shift+Down"),
    ),
)

#: keys that no text field types with
SHOWING = _in(
    Where.SHOWING,
    ("showing.play", N_("Play and pause"), "F2"),
    ("showing.slow", N_("Slower, and as it was"), "F3"),
    ("showing.still", N_("Hold the picture"), "F4"),
    ("showing.again", N_("Play it again"), "F5"),
    ("showing.point", N_("Point at the picture"), "F6"),
    ("showing.loop", N_("Over and over"), "F7"),
    ("showing.black", N_("Black at once"), "Esc"),
    ("showing.next", N_("Next moment"), "PgDown"),
    ("showing.previous", N_("Previous moment"), "PgUp"),
)

#: keys that no text field types with
WRITING = _in(
    Where.WRITING,
    ("statement.replace", N_("Find and replace"), "Ctrl+H"),
    ("statement.next-place", N_("Next place"), "F3"),
    ("statement.previous-place", N_("Previous place"), "Shift+F3"),
    ("statement.next-section", N_("Next section"), "Ctrl+PgDown"),
    ("statement.previous-section", N_("Previous section"), "Ctrl+PgUp"),
    ("statement.done", N_("Section is done, or open again"), "Ctrl+Shift+D"),
    ("statement.source", N_("Put a source into the text"), "Ctrl+E"),
    ("statement.block", N_("Put a text block into the text"), "Ctrl+T"),
    ("statement.comment", N_("Comment in the margin"), "Ctrl+M"),
    ("statement.spelling", N_("Next word that is spelled wrong"), "F7"),
    ("statement.play", N_("Play the moment of the source at the cursor"), "Ctrl+Return"),
    ("statement.page", N_("The page beside the text, or the sources"), "Ctrl+Shift+E"),
)

ACTIONS = (
    *PLACES,
    *WINDOW,
    MENU,
    FIND,
    *FILMING,
    *FILMS,
    *CODING,
    *SAID,
    *MARKING,
    *COMPARING,
    *FEEDBACK,
    *SHOWING,
    *WRITING,
)
_BY_ID = {action.id: action for action in ACTIONS}

#: the parts of the program by what listens there at the same time: within one, no two actions have the same keys
ROOMS = (
    frozenset({Where.EVERYWHERE, Where.FILMS, Where.CODING, Where.SAID, Where.MARKING}),
    frozenset({Where.EVERYWHERE, Where.FILMS, Where.COMPARING}),
    frozenset({Where.EVERYWHERE, Where.FILMING, Where.MARKING}),
    frozenset({Where.EVERYWHERE, Where.FILMS, Where.FEEDBACK}),
    frozenset({Where.EVERYWHERE, Where.SHOWING}),
    frozenset({Where.EVERYWHERE, Where.WRITING}),
)
CODING_ROOM = ROOMS[0]


def action(action_id: str) -> Action:
    """The action of an id. Raises KeyError for one that is none."""
    return _BY_ID[action_id]


def meet(one: Action, other: Action) -> bool:
    """Whether both are listened to in one room."""
    return any({one.where, other.where} <= room for room in ROOMS)


def in_coding_room() -> Iterable[Action]:
    return (a for a in ACTIONS if a.where in CODING_ROOM)


def bare_keys() -> dict[str, str]:
    """The usual keys that are pressed alone while coding, case-folded, with what they do: none can be a code's.

    Also under the signs that people know them by. Keys of flags are not among them: they are known to the model.
    """
    signs = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn"}
    alone = {a.keys: a.name for a in in_coding_room() if a.keys and "+" not in a.keys and not a.typed}
    alone |= {signs[keys]: name for keys, name in alone.items() if keys in signs}
    return {keys.casefold(): name for keys, name in alone.items()}
