"""``gklint show``: what was read of a file."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from gklint.cli import options as common
from gklint.errors import Exit, PathError

if TYPE_CHECKING:
    from gklint.binding.model import BoundReport
    from gklint.packs.model import Pack


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Print what was read of a file: the pack that applies and what was learnt of the report, its sections, each "
        "table with the values as read, and whether the identities hold, all with their lines."
    )
    parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    common.add_text_or_json(parser)
    parser.add_argument(
        "--stdin-filename", metavar="PATH", help="what standard input is called; its suffix says what it is"
    )
    common.add_language(parser)
    common.add_config(parser)
    common.add_rules(parser)
    common.add_color(parser)
    common.add_widths(parser)


def run(options: argparse.Namespace) -> int:
    """Print what was read; ends with 1 if no pack applies."""
    packs = common.load(options, options.stdin_filename or options.file)
    report = _read(options, packs)
    if report is None:
        from gklint.checks.run import no_pack

        message = no_pack(options.file, [pack.id for pack in packs]).message
        lang = common.run_language(options.lang, packs, set())
        print(f"gklint: {options.file}: {message.in_language(lang)}", file=sys.stderr)
        return Exit.FINDINGS
    if options.output_format == "json":
        from gklint.cli.show_json import render_json

        sys.stdout.write(render_json(report))
        return Exit.CLEAN
    from gklint.cli.show_text import render_text

    lang = options.lang or report.pack.lang
    color = common.use_color(options.color, sys.stdout)
    sys.stdout.write(render_text(report, lang, color=color, ambiguous=options.ambiguous_width))
    return Exit.CLEAN


def _read(options: argparse.Namespace, packs: list[Pack]) -> BoundReport | None:
    """The report as bound, None if no pack applies.  Raises `PathError` and `SourceError`."""
    import os

    from gklint.binding import bind
    from gklint.documents import read
    from gklint.documents.source import decode, read_source, read_stdin_bytes

    if options.file == "-":
        name = options.stdin_filename or "-"
        source = decode(read_stdin_bytes(name), name)
    else:
        if not os.path.lexists(options.file):
            raise PathError(f"no such file: {options.file!r}")
        source = read_source(options.file)
    return bind(read(source), packs)
