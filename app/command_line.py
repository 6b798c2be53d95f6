"""The command line `havainto`: one function and one parser block per command. Loads no Qt before a command needs it.

A command is a function from parsed options to the text that it prints; it raises an AppError for expected trouble.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

from app.bounded_file import text_within
from app.errors import AppError, ArchiveError, Cancelled, FilmError, InputError
from app.model.hidden_signs import shown

if TYPE_CHECKING:
    from app.model.scheme import Scheme
    from app.model.timecode import Micros
    from app.ports import OpenedArchive


#: bytes of a scheme or a passphrase that is typed as a file's name
_LARGEST = 2_000_000


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and ends with 1, as every command does."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, shown(f"{self.prog}: {' '.join(message.splitlines())}\n"))


def build_parser() -> argparse.ArgumentParser:
    """The whole command line with its help."""
    parser = _Parser(
        prog="havainto",
        description="Havainto: from film to two compared codings and a written statement.",
        epilog="Without a command the program opens its window. Every command ends with 0, or with 1 and one line "
        "that says what is wrong.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _add_demo,
        _add_probe,
        _add_frame,
        _add_agreement,
        _add_statement,
        _add_signatures,
        _add_verify,
        _add_backup,
        _add_restore,
        _add_rescue,
        _add_package,
        _add_search,
        _add_statistics,
        _add_self_test,
    ):
        add(commands)
    return parser


def run(argv: Sequence[str]) -> int:
    """Do what the words after `havainto` say. Gives the exit code: 0, or 1 after one line on stderr."""
    from system import core_dumps

    core_dumps.leave_none()
    try:
        options = build_parser().parse_args(argv)
    except SystemExit as stop:
        return 1 if stop.code else 0
    try:
        said = options.command(options)
    except AppError as error:
        return _refuse(error)
    except KeyboardInterrupt:
        return _refuse(Cancelled())
    try:
        _say(sys.stdout, said)
    except OSError:  # the pipe was closed, or the disk that it goes to is full
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return _refuse(AppError("cannot-write"))
    return 0


def _refuse(error: AppError) -> int:
    from app.error_texts import sentence
    from app.i18n import Texts

    _say(sys.stderr, f"havainto: {sentence(Texts('en'), error)}")
    return 1


def _say(stream: TextIO | None, text: str) -> None:
    """Write whole lines; a letter that the stream's encoding lacks becomes a question mark instead of a crash.

    Names of files, labels and cells are others' words: a sign that would move a terminal or turn a line is told by its
    number. Python has no stream where the caller closed it: then nobody listens.
    """
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    stream.write((shown(text) + "\n").encode(encoding, "replace").decode(encoding))
    stream.flush()


def _add_agreement(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "agreement",
        help="how far two codings, or two or more rating sheets, agree",
        usage="havainto agreement A.csv B.csv --from S --to S [options]\n"
        "       havainto agreement --ratings R1.csv R2.csv [R3.csv ...] --scale 1-5 [--json]",
        description="Agreement of two codings (columns person,code,start_s,end_s; an empty end is a point; person is "
        "adult1, adult2, child1 or dyad) or of rating sheets (columns target,value; an empty value is not observed). "
        "UTF-8, with commas, semicolons or tabs.",
    )
    parser.add_argument("tables", nargs="*", type=Path, metavar="A.csv B.csv", help="two tables of observations")
    parser.add_argument("--from", dest="start", type=_seconds, metavar="S", help="where the window begins, seconds")
    parser.add_argument("--to", dest="end", type=_seconds, metavar="S", help="where it ends, seconds")
    parser.add_argument("--unit", type=_seconds, default=_seconds("1"), metavar="S", help="time unit, 0.1 to 5 (1)")
    parser.add_argument(
        "--state-tolerance", type=_seconds, default=_seconds("1"), metavar="S", help="tolerance of states, seconds (1)"
    )
    parser.add_argument(
        "--point-tolerance", type=_seconds, default=_seconds("2"), metavar="S", help="tolerance of points, seconds (2)"
    )
    parser.add_argument(
        "--scheme",
        default="",
        metavar="SCHEME",
        help="a scheme of the program by its id, or a scheme file (left out: the scheme that a coding begins with); a "
        "code that it lacks counts on its own",
    )
    parser.add_argument("--ratings", nargs="+", type=Path, metavar="R.csv", help="two or more rating tables instead")
    parser.add_argument("--scale", type=_scale, metavar="1-5", help="the whole scale that the ratings were given on")
    parser.add_argument("--json", action="store_true", help="print JSON for scripts instead of text")
    parser.set_defaults(command=_agreement)


def _add_demo(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "demo",
        help="make the demo archive, without a window",
        description="Make an archive of made-up material: a drawn film, two workers' codings, a draft statement, "
        "goals, a service, supervision and hours. Its workers "
        "Aino Esimerkki and Leena Malli both get the passphrase given.",
    )
    _add_archive(parser, user=False)
    parser.add_argument("--statement", type=Path, metavar="OUT.pdf", help="write the draft statement as PDF as well")
    parser.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="language of the material (fi)")
    parser.set_defaults(command=_demo)


def _demo(options: argparse.Namespace) -> str:
    from app.bootstrap import demo_makers
    from app.demo.making import DEMO_WORKER, make_demo
    from app.door import Door
    from app.i18n import Texts
    from app.statement.beginning import newest_statement
    from app.statement.export import export_statement

    passphrase, makers = _passphrase(options), demo_makers()
    case_id = make_demo(makers, options.archive, passphrase, Texts(options.language), lambda _: None, lambda: False)
    if options.statement is None:
        return f"demo archive made: {options.archive}"
    opened = makers.door.unlock(options.archive, DEMO_WORKER, passphrase)
    try:
        statement = newest_statement(opened.store, case_id)
        assert statement is not None, "the demo has a statement"
        export_statement(Door(opened.store), opened.media, statement.id, options.statement)
    finally:
        opened.archive.close()
    return f"demo archive made: {options.archive}\nstatement, version {statement.version}: {options.statement}"


def _add_probe(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "probe",
        help="what a film is: frames, rate, size, sound, damage",
        description="Decode a film once from end to end and say what it is and where it is damaged; of one whose clock "
        "jumps or begins anew, where its parts begin.",
    )
    parser.add_argument("film", type=Path, metavar="FILM")
    parser.add_argument("--json", action="store_true", help="print JSON for scripts instead of text")
    parser.set_defaults(command=_probe)


def _probe(options: argparse.Namespace) -> str:
    import json

    from video.open.probe import facts_document, probe

    try:
        document = facts_document(probe(options.film))
    except FilmError as error:
        if not error.values.get("begins"):
            raise
        return _parts(error, as_json=options.json)
    if options.json:
        return json.dumps(document, indent=2)
    rate, tracks = document["rate"], document["sound_tracks"]
    lines = [
        f"{document['frames']} frames, {document['duration_s']:.3f} s",
        f"{rate['kind']} {rate['fps']:.3f} fps ({rate['min_fps']:.3f}-{rate['max_fps']:.3f})",
        f"{document['width']}x{document['height']}, rotation {document['rotation']}",
        f"{document['video_codec']}, {document['keyframes']} keyframes",
        *(f"sound: {t['codec']}, {t['channels']} channels, {t['rate']} Hz" for t in tracks),
        *(_lacks(d) for d in document["damage"]),
    ]
    if hides := document["hides_damage"]:
        lines.append(f"damage inside pictures {hides} leaves no trace in {document['video_codec']}")
    return "\n".join(lines)


def _lacks(damage: dict[str, Any]) -> str:
    """A line of what a film lacks; time that nobody filmed is no damage."""
    from app.model.recording import NOT_FILMED

    between = f"{damage['from_s']:.3f}-{damage['to_s']:.3f} s"
    return f"not filmed {between}" if damage["what"] == NOT_FILMED else f"damage {between}: {damage['what']}"


def _parts(error: FilmError, *, as_json: bool) -> str:
    """A film whose clock jumps or begins anew holds several recordings; taken in, they become one film."""
    import json

    from app.model.timecode import SECOND

    begins, jumps = cast("tuple[int, ...]", error.values["begins"]), cast("tuple[int, ...]", error.values["jumps"])
    parts: list[dict[str, Any]] = [{"from_byte": 0, "jump_s": None}]
    parts += [{"from_byte": b, "jump_s": j / SECOND if j else None} for b, j in zip(begins, jumps, strict=True)]
    if as_json:
        return json.dumps({"parts": parts}, indent=2)
    lines = [f"{len(parts)} recordings: its clock jumps or begins anew; taken in, they become one film"]
    for part in parts[1:]:
        jump = "begins anew" if part["jump_s"] is None else f"jumps by {part['jump_s']:.3f} s"
        lines.append(f"from byte {part['from_byte']}: the clock {jump}")
    return "\n".join(lines)


def _add_frame(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "frame",
        help="write the picture shown at a time as PNG",
        description="The picture with the greatest timestamp at or before the time, counted from the first picture: "
        "full size, rotation and pixel shape applied. After the end: the last.",
    )
    parser.add_argument("film", type=Path, metavar="FILM")
    parser.add_argument("--at", type=float, required=True, metavar="SECONDS")
    parser.add_argument("--png", type=Path, required=True, metavar="OUT")
    parser.set_defaults(command=_frame)


def _frame(options: argparse.Namespace) -> str:
    from video.open.frames import frame_png

    frame_png(options.film, options.at, options.png)
    return f"{options.png}"


def _add_statement(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "statement",
        help="write a case's newest statement as PDF",
        description="Write the newest version of a case's statement as PDF and print its version.",
    )
    parser.add_argument("case", metavar="CASE", help="the case's code name or id")
    _add_archive(parser)
    parser.add_argument("--pdf", type=Path, required=True, metavar="OUT")
    parser.add_argument(
        "--adult",
        default="",
        metavar="WHO",
        help="whose statement, by what the adult is called in the case; needed where the adults are kept apart",
    )
    parser.set_defaults(command=_statement)


def _statement(options: argparse.Namespace) -> str:
    from app.door import Door
    from app.model.people import Case
    from app.statement.beginning import statement_to_print
    from app.statement.export import export_statement

    with _unlocked(options) as opened:
        cases = opened.store.find(Case)
        case = next((c for c in cases if options.case in (c.id, c.code_name)), None)
        if case is None:
            raise InputError("case-unknown")
        statement = statement_to_print(opened.store, case.id, options.adult)
        export_statement(Door(opened.store), opened.media, statement.id, options.pdf)
        return f"version {statement.version}"


def _add_signatures(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "signatures",
        help="whose signatures a PDF has, of when, and whether it was changed since",
        description="Tell of every signature in a PDF whose it is, when it was made, and whether the file was changed "
        "since. Nothing is asked of any other computer. Ends with 1 when a signature does not hold.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.pdf")
    parser.set_defaults(command=_signatures)


def _signatures(options: argparse.Namespace) -> str:
    from app.i18n import Texts
    from app.statement import signature_words

    return signature_words.told(Texts("en"), signature_words.seen_in(options.file))


def _add_verify(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "verify",
        help="is an archive whole",
        description="Check the database, every film's container and the chain of the access log.",
    )
    _add_archive(parser)
    parser.set_defaults(command=_verify)


def _verify(options: argparse.Namespace) -> str:
    with _unlocked(options) as opened:
        problems = opened.archive.verify(lambda _: None, lambda: False)
        left, size = opened.archive.unclaimed()
    if problems:
        raise ArchiveError("not-whole-where", where=", ".join(problems))
    whole = "database, films and log are whole"
    return f"{whole}; {left} files of films belong to nothing ({size} bytes): a cut-off taking in" if left else whole


def _add_backup(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "backup",
        help="make an encrypted backup and prove it",
        description="Make an encrypted backup below a folder and prove it by restoring it to a scratch place.",
    )
    _add_archive(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.set_defaults(command=_backup)


def _backup(options: argparse.Namespace) -> str:
    with _unlocked(options) as opened:
        return opened.archive.backup(options.to, lambda _: None, lambda: False)


def _add_restore(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "restore",
        help="restore a backup into an empty folder",
        description="Restore a backup into an empty folder and check it; the passphrase is one that was valid then.",
    )
    parser.add_argument("--from", dest="backup", type=Path, required=True, metavar="BACKUP")
    _add_archive(parser, user=False)
    parser.set_defaults(command=_restore)


def _restore(options: argparse.Namespace) -> str:
    from storage.archive import ArchiveDoorway

    passphrase = _passphrase(options)
    ArchiveDoorway().restore(options.backup, options.archive, passphrase, lambda _: None, lambda: False)
    return f"restored and whole: {options.archive}"


def _add_rescue(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "rescue",
        help="write all that can be read of a damaged archive into a new one",
        description="Read a damaged archive page by page, write every row and film that can be read into a new "
        "archive, and say by kind what is lost. The damaged archive is never written to. Without --to it is only "
        "looked at. The passphrase is that of anybody who can sign in, or a printed recovery code.",
    )
    _add_archive(parser, user=False)
    parser.add_argument("--to", type=Path, metavar="NEWFOLDER", help="the new archive's folder, empty or not there")
    parser.set_defaults(command=_rescue)


def _rescue(options: argparse.Namespace) -> str:
    from app.commands.rescue import told
    from storage.archive import ArchiveDoorway

    door, passphrase, percent = ArchiveDoorway(), _passphrase(options), _Percent("reading")
    if options.to is None:
        found = door.look(options.archive, passphrase, percent, lambda: False)
    else:
        found = door.rescue(options.archive, options.to, passphrase, percent, lambda: False)
    percent.end()
    return told(found, options.to)


def _add_package(commands: argparse._SubParsersAction[_Parser]) -> None:
    package = commands.add_parser(
        "package",
        help="a meeting for the partner on another computer, or from one",
        description="Two computers and no server: exchange keys once, hand a meeting over, code it at both, send the "
        "codings and then the keys to them, take in what the partner sent.",
    )
    parts = package.add_subparsers(title="commands", metavar="COMMAND", required=True)
    key = parts.add_parser("key", help="the own receiving key, and its digits to be read out by phone")
    trust = parts.add_parser("trust", help="take a partner's key into use, by the digits that the partner reads out")
    trust.add_argument("--name", required=True, metavar="NAME", help="whose key it is")
    trust.add_argument("--key", type=Path, required=True, metavar="FILE", help="a text in which the key stands")
    trust.add_argument("--digits", required=True, metavar="DIGITS", help="the digits as they were heard")
    make = parts.add_parser("make", help="hand a meeting over to its partner, in a new folder")
    code = parts.add_parser("code", help="send the own ready coding of a meeting to its partner, shut until both have")
    open_ = parts.add_parser("open", help="send the key of the own coding, once the partner's coding is here")
    back = parts.add_parser("withdraw", help="what was sent of the own coding counts no more, while nothing came")
    state = parts.add_parser("state", help="how far a meeting is, and what comes next")
    for parser in (make, code, open_, back, state):
        parser.add_argument("--case", required=True, metavar="CASE", help="its code name or id")
        parser.add_argument(
            "--day", type=_day, metavar="YYYY-MM-DD", help="which meeting, where there is more than one"
        )
    for parser in (make, code, open_):
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    take = parts.add_parser("take", help="take in what a partner sent: a package, a coding, a key, or a folder of them")
    take.add_argument("--from", dest="package", type=Path, required=True, metavar="PATH")
    commands_of = (key, _package_key), (trust, _package_trust), (make, _package_make), (take, _package_take)
    of_codings = (code, _package_code), (open_, _package_open), (back, _package_withdraw), (state, _package_state)
    for parser, command in (*commands_of, *of_codings):
        _add_archive(parser)
        parser.set_defaults(command=command)


def _package_key(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.own_key(opened.archive)


def _package_trust(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.trust(opened, options.name, options.key, options.digits)


def _package_make(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.make(opened, options.case, options.day, options.to)


def _package_take(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.take(opened, options.package)


def _package_code(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.code(opened, options.case, options.day, options.to)


def _package_open(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.open_to_partner(opened, options.case, options.day, options.to)


def _package_withdraw(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.take_back(opened, options.case, options.day)


def _package_state(options: argparse.Namespace) -> str:
    from app.packages import command

    with _unlocked(options) as opened:
        return command.state(opened, options.case, options.day)


def _add_search(commands: argparse._SubParsersAction[_Parser]) -> None:
    search = commands.add_parser(
        "search",
        help="the index of an archive's search",
        description="The search keeps an index within the archive, in step with every change.",
    )
    parts = search.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser = parts.add_parser(
        "rebuild",
        help="make the index anew of what the archive holds",
        description="Make the index of the search anew of what the archive holds, and print how many things can be "
        "found. In a terminal it tells how far it is; broken off with Ctrl+C, the index is as it was.",
    )
    _add_archive(parser)
    parser.set_defaults(command=_search_rebuild)


def _search_rebuild(options: argparse.Namespace) -> str:
    with _unlocked(options, told := _Percent("opening")) as opened:
        told.end()
        told = _Percent("index")
        try:
            count = opened.archive.search.rebuild(told, lambda: False)
        finally:
            told.end()
    return f"index of the search made anew: {count} things can be found"


def _add_statistics(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "statistics",
        help="a year of an archive's working hours in tables",
        description="Write a year of the office's working hours as tables: by service, customer, region office and "
        "delivery, waiting, and beside the year before, as far as it was closed in the program. What rests on fewer "
        "than five is hidden, also by difference; "
        "no client is named. The file is not encrypted.",
    )
    _add_archive(parser)
    parser.add_argument("--year", type=int, required=True, metavar="YYYY")
    parser.add_argument("--supervision", action="store_true", help="supervision and training instead of client work")
    parser.add_argument("--no-workers", action="store_true", help="leave out the hours of each worker")
    parser.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="language of the tables (fi)")
    files = parser.add_mutually_exclusive_group(required=True)
    files.add_argument("--csv", type=Path, metavar="OUT.csv", help="write for a spreadsheet (semicolons, UTF-8)")
    files.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="write as PDF")
    parser.set_defaults(command=_statistics)


def _statistics(options: argparse.Namespace) -> str:
    from app.errors import NotAllowed
    from app.hours.closing import closed
    from app.hours.papers import save_year_csv, save_year_pdf
    from app.i18n import Texts
    from app.model.sought import Side

    side, texts = Side.SUPERVISION if options.supervision else Side.CLIENTS, Texts(options.language)
    with _unlocked(options) as opened:
        store, found = opened.store, closed(opened.store, options.year, side)
        if found is None:
            raise NotAllowed("statistics-open")
        save, path = (save_year_csv, options.csv) if options.csv is not None else (save_year_pdf, options.pdf)
        save(store, texts, found, path, workers=not options.no_workers)
    return f"statistics {options.year}: {path}"


class _Percent:
    """How far long work is, in one line that is written over, where stderr is a terminal; elsewhere nothing."""

    def __init__(self, words: str) -> None:
        self._words, self._told = words, -1
        self._is_seen = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, share: float) -> None:
        percent = int(100 * share)
        if self._is_seen and percent != self._told:
            self._told = percent
            sys.stderr.write(f"\r{self._words} {percent} %")
            sys.stderr.flush()

    def end(self) -> None:
        """What follows begins a line."""
        if self._told >= 0:
            sys.stderr.write("\n")
        self._told = -1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-03") from error


def _add_archive(parser: argparse.ArgumentParser, *, user: bool = True) -> None:
    parser.add_argument("--archive", type=Path, required=True, metavar="DIR", help="the archive's folder")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="its first line; else HAVAINTO_PASSPHRASE is read, or asked",
    )
    if user:
        parser.add_argument("--user", metavar="NAME", help="who signs in, where there is more than one")


def _passphrase(options: argparse.Namespace) -> str:
    """From the file's first line, from the environment, or typed unseen; never an argument that others could see."""
    if options.passphrase_file is not None:
        try:
            lines = text_within(options.passphrase_file, _LARGEST, pipes=True).splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("passphrase-unreadable") from error
        if lines and lines[0]:
            return str(lines[0])
    if found := os.environ.get("HAVAINTO_PASSPHRASE"):
        try:
            found.encode()
        except UnicodeEncodeError as error:  # bytes that are no text come in as lone surrogates
            raise InputError("passphrase-unreadable") from error
        return found
    if sys.stdin is not None and sys.stdin.isatty():
        import getpass

        if typed := getpass.getpass("Passphrase: "):
            return typed
    raise InputError("passphrase-missing")


@contextlib.contextmanager
def _unlocked(options: argparse.Namespace, told: Callable[[float], None] = lambda _: None) -> Iterator[OpenedArchive]:
    """The archive, opened as the worker named, or as the only one there is."""
    from storage.archive import ArchiveDoorway

    door = ArchiveDoorway()
    names = door.names(options.archive)
    if not names:
        raise ArchiveError("key-file-missing")
    if options.user is None and len(names) > 1:
        raise InputError("user-missing", names=", ".join(names))
    user = names[0] if options.user is None else options.user
    opened = door.unlock(options.archive, user, _passphrase(options), told)
    try:
        yield opened
    finally:
        opened.archive.close()


def _agreement(options: argparse.Namespace) -> str:
    from app.commands import agreement as command

    if options.ratings is not None:
        if options.tables or options.scale is None:
            raise InputError("agreement-tables")
        return command.ratings(options.ratings, options.scale, as_json=options.json)
    if len(options.tables) != 2 or options.start is None or options.end is None:
        raise InputError("agreement-tables")
    tolerances = (options.state_tolerance, options.point_tolerance)
    first, second = options.tables
    question = command.Question(first, second, options.start, options.end, options.unit, *tolerances)
    return command.observations(question, _scheme_named(options.scheme), as_json=options.json)


def _scheme_named(name: str) -> Callable[[], Scheme]:
    """The scheme with that id among those shipped (the first without a name), else the one in the file of that name."""

    def load() -> Scheme:
        from app.model.scheme_file import read_scheme
        from app.model.stored import ContentKind
        from app.schemes.library import scheme, shipped_ids

        known = shipped_ids(ContentKind.SCHEME)
        if not name or name in known:
            return scheme(name or known[0])
        try:
            return read_scheme(text_within(Path(name), _LARGEST, pipes=True))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("scheme-unreadable", known=", ".join(known)) from error

    return load


def _seconds(text: str) -> Micros:
    from fractions import Fraction

    from app.exchange.tables import number_in
    from app.model.timecode import from_seconds

    number = number_in(text, comma=True)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return from_seconds(Fraction(number))


def _scale(text: str) -> tuple[int, int]:
    low, dash, high = text.partition("-")
    if not (dash and low.isdecimal() and high.isdecimal() and int(low) < int(high) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale such as 1-5")
    return int(low), int(high)


def _add_self_test(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "self-test",
        help="does this installation work: films, archive, statement, sound, fonts",
        description="Do with made-up material, in a folder that goes afterward, what the program does: open its first "
        "window, show a film's pictures at their moments, make an encrypted archive with a film and prove it, decode "
        "sound, write a statement, know words. Each part is told as it is found; half a minute or so. "
        "Ends with 1 when a part does not work.",
    )
    parser.set_defaults(command=_self_test)


def _self_test(_: argparse.Namespace) -> str:
    from app.bootstrap import demo_makers, film_tools, first_window, spellers
    from app.demo.self_test import Outsides, self_test

    installed = bool(getattr(sys, "frozen", False))
    outsides = Outsides(demo_makers(), film_tools(), pictures_at, spellers(), first_window, installed)
    wrong = 0
    for found in self_test(outsides):
        _say(sys.stdout, f"{found.part}: {'' if found.holds else 'DOES NOT WORK: '}{found.words}")
        wrong += not found.holds
    if wrong:
        raise AppError("self-test-failed", count=wrong)
    return "everything works"


def pictures_at(film: Path, index: bytes, times: Sequence[Micros]) -> list[Any]:
    """What a film with this packed index shows at each of these times of its own, pictures of the port."""
    from video.open.frame_index import unpack
    from video.open.frames import FrameSource

    source = FrameSource(film, unpack(index))
    try:
        return [source.picture_at(time) for time in times]
    finally:
        source.close()
