"""The whole command line for argparse: every command, its help, what is said of mistakes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from gklint.cli.options import terminal_width


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal.

    Left to itself, argparse imports much to learn that width, whether help is wanted or not.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_width() - 2)


class _Version(argparse.Action):
    """Prints what is known of the installation, which is gathered only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, default=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from gklint.cli.version import lines

        sys.stdout.write("".join(f"{line}\n" for line in lines()))
        parser.exit()


def build(names: Mapping[str, str], only: str | None) -> argparse.ArgumentParser:
    """The parser of the commands ``names``, each with what it does; see `gklint.cli.main.build_parser`."""
    parser = argparse.ArgumentParser(
        prog="gklint",
        description="Lint reports that follow a fixed form: sections, tables, and the sums that must add up.",
        epilog="Exit status: 0 nothing found, 1 findings, 2 wrong usage, a faulty pack or setting, 3 gklint failed.",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    parser.add_argument(
        "--version", "-V", action=_Version, help="print the version, and what a report of a mistake needs besides"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, prog=parser.prog)
    for name, words in names.items():
        command = commands.add_parser(name, help=words, allow_abbrev=False, formatter_class=_Help)
        if only is None or only == name:
            import_module(f"gklint.cli.{name}").configure(command)
    return parser
