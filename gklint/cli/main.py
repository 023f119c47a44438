"""The command ``gklint``: which command was called, and what a run ends with."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, cast

from gklint import __version__
from gklint.errors import ConfigError, Exit, GklintError, PackError, PathError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

COMMANDS = {
    "check": "lint reports: files, folders, standard input",
    "rule": "explain a rule, or list them all",
    "show": "print what was read of a file: sections, tables, values, with their lines",
    "test": "run the examples that packs carry",
    "config": "print the settings in force for a file, and where each comes from",
    "init": "write a configuration, the commit hook and the CI job",
    "clean": "delete what gklint keeps in its cache",
    "schema": "print the JSON Schema of packs or of gklint.yaml",
    "completion": "print the completion script of a shell",
}
"""Each command with what it does; its name is also the name of the module that is it."""

_LONGEST = 4000
"""Characters of a message."""
INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports of a program that ended by SIGINT or SIGPIPE."""


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command line.

    With ``only``, the arguments of that one command are filled in and no other command is imported.
    """
    from gklint.cli.parser import build

    return build(COMMANDS, only)


def command() -> NoReturn:
    """The command of a shell: run it, and end the process without taking it apart, which would take a while."""
    import atexit
    import gc

    from gklint.cli.streams import take_streams

    take_streams()
    # Nearly all that a run makes goes without a search for circles; what remains of them is looked for now and then.
    gc.set_threshold(100_000, 20, 20)
    status = main()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    atexit._run_exitfuncs()
    os._exit(status)  # pragma: no cover - what measures has written its figures one line above


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code, see `gklint.errors.Exit`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _use_utf8()
    try:
        _check_place()
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
    except MemoryError:
        _complain("there is not enough memory; check fewer files at once, or with --jobs 1")
        return Exit.FAILURE
    except Exception as error:
        _report(error)
        return Exit.FAILURE


def _run(words: list[str]) -> int:
    if words[:1] == ["check"]:
        from gklint.cli import check
        from gklint.cli.quick import QuickParser

        quick = QuickParser()
        check.configure(cast("argparse.ArgumentParser", quick))
        plain = quick.parse(words[1:])
        if plain is not None:
            done = check.run(plain)
            sys.stdout.flush()
            return done
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


def _check_place() -> None:
    """Raise `PathError` where paths are relative to nothing."""
    try:
        os.path.realpath(".")
    except OSError as error:
        reason = error.strerror or str(error)
        raise PathError(f"the working folder cannot be found, it may have been deleted: {reason}") from None


def _use_utf8() -> None:
    """Write UTF-8 whatever the console's code page, and escape what cannot be written rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(text: str) -> None:
    from gklint.output.cells import plain

    if len(text) > _LONGEST:
        # A name may be as long as the file that it stands in.
        text = f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"
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
