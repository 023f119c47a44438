"""The command ``gklint``: which command was called, and what a run ends with."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gklint import __version__
from gklint.cli.options import terminal_width
from gklint.errors import ConfigError, Exit, GklintError, PackError

COMMANDS = {
    "check": "lint reports: files, folders, standard input",
    "rule": "explain a rule, or list them all",
    "show": "print what was read of a file: sections, tables, values, with their lines",
    "test": "run the examples that packs carry",
    "config": "print the settings in force for a file, and where each comes from",
    "init": "write a configuration, the commit hook and the CI job",
    "schema": "print the JSON Schema of packs or of gklint.yaml",
    "completion": "print the completion script of a shell",
}
"""Each command with what it does; its name is also the name of the module that is it."""

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports of a program that ended by SIGINT or SIGPIPE."""


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


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command line.

    With ``only``, the arguments of that one command are filled in and no other command is imported.
    """
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
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, allow_abbrev=False, formatter_class=_Help)
        if only is None or only == name:
            import_module(f"gklint.cli.{name}").configure(command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code, see `gklint.errors.Exit`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _use_utf8()
    try:
        return _run(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except PackError as error:
        for problem in error.problems:
            _complain(str(problem))
        count = len(error.problems)
        _complain(f"{count} mistake{'s' if count > 1 else ''} in the rules: nothing was checked")
        return error.exit_code
    except ConfigError as error:
        for problem in error.problems:
            _complain(str(problem))
        return error.exit_code
    except GklintError as error:
        _complain(str(error))
        return error.exit_code
    except Exception as error:
        _report(error)
        return Exit.FAILURE


def _run(words: list[str]) -> int:
    only = next((word for word in words if not word.startswith("-")), None)
    parser = build_parser(only if only in COMMANDS else "")
    if not words:
        parser.print_help(sys.stderr)
        return Exit.USAGE
    try:
        options = parser.parse_args(words)
    except SystemExit as end:
        # argparse has said what is wrong, or printed the help or the version.
        sys.stdout.flush()
        return int(end.code or 0)
    status: int = import_module(f"gklint.cli.{options.command}").run(options)
    sys.stdout.flush()
    return status


def _use_utf8() -> None:
    """Write UTF-8 whatever the console's code page, and escape what cannot be written rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(text: str) -> None:
    from gklint.output.cells import plain

    print(f"gklint: error: {plain(text)}", file=sys.stderr)


def _report(error: Exception) -> None:
    """Say that gklint itself failed, and what to write in a report."""
    notes = [*getattr(error, "__notes__", [])]
    where = f" ({'; '.join(notes)})" if notes else ""
    _complain(f"gklint failed{where}: {type(error).__name__}: {error}"[:1000])
    version = ".".join(map(str, sys.version_info[:3]))
    print(
        f"This is a mistake in gklint {__version__} (Python {version}, {sys.platform}), not in your report. "
        "Please report it, with the file if you can share it.",
        file=sys.stderr,
    )
    if os.environ.get("GKLINT_DEBUG"):
        import traceback

        traceback.print_exception(error)
    else:
        print("Run it again with GKLINT_DEBUG=1 in the environment to see where it failed.", file=sys.stderr)
