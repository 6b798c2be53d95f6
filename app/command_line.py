"""The command line `havainto`: one function and one parser block per command. Loads no Qt before a command needs it.

A command is a function from parsed options to the text that it prints; it raises an AppError for expected trouble.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from app.errors import AppError, InputError

if TYPE_CHECKING:
    from app.model.scheme import Scheme
    from app.model.timecode import Micros


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and ends with 1, as every command does."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"{self.prog}: {message}\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line with its help."""
    parser = _Parser(
        prog="havainto",
        description="Havainto: from film to two compared codings and a written statement.",
        epilog="Without a command the program opens its window. Every command ends with 0, or with 1 and one line "
        "that says what is wrong.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_add_agreement,):
        add(commands)
    return parser


def run(argv: Sequence[str]) -> int:
    """Do what the words after `havainto` say. Gives the exit code: 0, or 1 after one line on stderr."""
    try:
        options = build_parser().parse_args(argv)
    except SystemExit as stop:
        return 1 if stop.code else 0
    try:
        _say(sys.stdout, options.command(options))
    except AppError as error:
        from app.error_texts import sentence
        from app.i18n import Texts

        _say(sys.stderr, f"havainto: {sentence(Texts('en'), error)}")
        return 1
    return 0


def _say(stream: TextIO, text: str) -> None:
    """Write whole lines; a letter that the stream's encoding lacks becomes a question mark instead of a crash."""
    encoding = stream.encoding or "utf-8"
    stream.write((text + "\n").encode(encoding, "replace").decode(encoding))


def _add_agreement(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "agreement",
        help="how far two codings, or two or more rating sheets, agree",
        usage="havainto agreement A.csv B.csv --from S --to S [options]\n"
        "       havainto agreement --ratings R1.csv R2.csv [R3.csv ...] --scale 1-5 [--json]",
        description="Agreement of two codings (columns person,code,start_s,end_s; an empty end is a point; person is "
        "adult1, adult2, child1 or dyad) or of rating sheets (columns target,value; an empty value is not observed). "
        "UTF-8, comma or semicolon.",
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
        default="perusrunko",
        metavar="SCHEME",
        help="perusrunko (the default), laaja-runko, or a scheme file; a code that it lacks counts on its own",
    )
    parser.add_argument("--ratings", nargs="+", type=Path, metavar="R.csv", help="two or more rating tables instead")
    parser.add_argument("--scale", type=_scale, metavar="1-5", help="the whole scale that the ratings were given on")
    parser.add_argument("--json", action="store_true", help="print JSON for scripts instead of text")
    parser.set_defaults(command=_agreement)


def _agreement(options: argparse.Namespace) -> str:
    from app.exchange import agreement_command as command

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
    """The scheme with that id among those shipped, else the one in the file of that name."""

    def load() -> Scheme:
        from app.content import SCHEMES, scheme
        from app.model.scheme_file import read_scheme

        if name in SCHEMES:
            return scheme(name)
        try:
            return read_scheme(Path(name).read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("scheme-unreadable") from error

    return load


def _seconds(text: str) -> Micros:
    from fractions import Fraction

    from app.exchange.tables import number_in
    from app.model.timecode import from_seconds

    number = number_in(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return from_seconds(Fraction(number))


def _scale(text: str) -> tuple[int, int]:
    low, dash, high = text.partition("-")
    if not (dash and low.isdecimal() and high.isdecimal() and int(low) < int(high) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale such as 1-5")
    return int(low), int(high)
