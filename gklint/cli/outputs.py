"""Where findings are written, and how: several formats at once, to standard output and to files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from gklint.errors import UsageError, WriteError
from gklint.output import FORMATS, renderer
from gklint.records import replace

if TYPE_CHECKING:
    import argparse

    from gklint.findings import Finding
    from gklint.output.context import Context


_AT_ONCE = 1000
"""Findings, about, that are put together to be written."""
UNITS = ("characters", "utf16", "bytes")
"""What a column can count, see `gklint.output.words.column_in`."""


class Output(NamedTuple):
    """A format with the file that it goes to; None is standard output."""

    format: str
    path: str | None = None


class _Formats(tuple[str, ...]):
    """The names of the formats, for the help and for completion; `output` has said already what is none."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return isinstance(word, Output) or super().__contains__(word)


def add_outputs(parser: argparse._ActionsContainer) -> None:
    """The options about formats and files."""
    parser.add_argument(
        "--output-format",
        metavar="FORMAT[=PATH]",
        type=output,
        choices=_Formats(FORMATS),
        action="append",
        help="how findings are written, and to which file; may be repeated (default: full on a terminal, concise "
        "elsewhere).",
    )
    parser.add_argument(
        "--output-file", metavar="PATH", help="the file for the format that has none; - is standard output"
    )
    parser.add_argument("--absolute-paths", action="store_true", help="show whole paths, for editors that need them")
    parser.add_argument(
        "--column-unit",
        metavar="UNIT",
        choices=UNITS,
        default="characters",
        help="what columns count in concise and gnu (default: characters).",
    )


def output(word: str) -> Output:
    """``FORMAT`` or ``FORMAT=PATH``, as an argument of the command line."""
    name, equals, path = word.partition("=")
    if name not in FORMATS:
        import argparse

        raise argparse.ArgumentTypeError(f"invalid choice: {name!r} (choose from {', '.join(FORMATS)})")
    if equals and not path:
        import argparse

        raise argparse.ArgumentTypeError(f"{word!r} names no file after the =")
    return Output(name, None if path in ("", "-") else path)


def outputs(options: argparse.Namespace, default: str) -> list[Output]:
    """What the options ask for; ``default`` is the format where they name none.

    Raises `UsageError` where two formats would get mixed up.
    """
    asked = list(options.output_format or [])
    file = None if options.output_file == "-" else options.output_file
    bare = [entry for entry in asked if entry.path is None]
    if file is not None:
        if len(bare) > 1:
            raise UsageError(
                f"--output-file is one file, for {_listed(bare)}: write --output-format FORMAT=PATH for each"
            )
        if asked and not bare:
            raise UsageError("--output-file: every --output-format has a file of its own already")
        asked = [entry for entry in asked if entry.path is not None] + [
            Output(bare[0].format if bare else default, file)
        ]
    elif len(bare) > 1:
        raise UsageError(
            f"{_listed(bare)} would be mixed up on standard output: write --output-format FORMAT=PATH for all but one"
        )
    return asked or [Output(default)]


def _listed(entries: Iterable[Output]) -> str:
    return " and ".join(entry.format for entry in entries)


def check_files(asked: Sequence[Output], inputs: Iterable[str]) -> None:
    """Raise `UsageError` if a file would be written twice or over a report that is being checked."""
    import os

    files = [entry.path for entry in asked if entry.path is not None]
    if not files:
        return
    seen: dict[str, str] = {}
    for path in files:
        real = os.path.realpath(path)
        if real in seen:
            raise UsageError(f"two formats would be written to {path!r}: give each a file of its own")
        if os.path.isdir(real):
            raise UsageError(f"{path!r} is a folder: name a file to write to")
        seen[real] = path
    for name in inputs:
        real = os.path.realpath(name)
        if real in seen:
            raise UsageError(f"{seen[real]!r} is one of the files to check and would be written over")


def write_files(asked: Iterable[Output], findings: Sequence[Finding], context: Context) -> None:
    """Write what goes to files, without colours.  Raises `WriteError`."""
    from pathlib import Path

    plain = replace(context, color=False)
    for entry in asked:
        if entry.path is None:
            continue
        path = Path(entry.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.writelines(renderer(entry.format)(findings, plain))
        except OSError as error:
            raise WriteError(f"cannot be written: {error.strerror or error}", entry.path) from error


def write(name: str, findings: Sequence[Finding], context: Context, stream: TextIO) -> None:
    """Write the one format that goes to a stream."""
    parts = iter(renderer(name)(findings, context))
    while some := "".join(islice(parts, _AT_ONCE)):
        stream.write(some)
