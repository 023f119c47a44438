"""``gklint check``: lint reports."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from gklint.cli import options as common
from gklint.errors import Exit, UsageError
from gklint.output import FORMATS

if TYPE_CHECKING:
    from gklint.findings import Finding

FAIL_ON = ("error", "warning", "info", "never")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Lint reports. Folders are walked, but for what git ignores; files in them to which no pack applies are "
        "skipped and counted."
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", default=["."], help="a file, a folder, or - for standard input (default: .)"
    )
    parser.add_argument(
        "--output-format",
        metavar="FORMAT",
        choices=tuple(FORMATS),
        help="how findings are written (default: full on a terminal, concise elsewhere).",
    )
    parser.add_argument(
        "--select",
        metavar="CODES",
        action="append",
        default=[],
        help="show only these: codes, beginnings of codes (GK3) or names, separated by commas",
    )
    parser.add_argument(
        "--ignore", metavar="CODES", action="append", default=[], help="leave these out, of what --select lets through"
    )
    parser.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        choices=FAIL_ON,
        default="error",
        help="end with status 1 from this severity on (default: error)",
    )
    common.add_language(parser)
    common.add_rules(parser)
    parser.add_argument(
        "--skip-other",
        action="store_true",
        help="treat named files to which no pack applies like found ones",
    )
    parser.add_argument(
        "--stdin-filename", metavar="PATH", help="what standard input is called; its suffix says what it is"
    )
    common.add_color(parser)
    common.add_widths(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="print findings only, no summary")
    parser.add_argument("--no-progress", action="store_true", help="do not count files while a long run goes on")


def run(options: argparse.Namespace) -> int:
    """Lint what the options name and print the findings."""
    if options.stdin_filename is not None and "-" not in options.paths:
        raise UsageError("--stdin-filename says what standard input is called: name - as a path as well")
    from gklint.discover import discover

    # Whether the paths are right is known at once; loading packs may take longer.
    discovery = discover(options.paths)
    packs = common.load(options)
    from gklint.cli.progress import Progress
    from gklint.cli.rules import Selection, all_rules, names_by_code
    from gklint.runner import run as run_files

    wanted = None
    if options.select or options.ignore:
        wanted = Selection(options.select, options.ignore, names_by_code(packs))

    progress = Progress(sys.stderr) if not options.no_progress and sys.stderr.isatty() else None
    try:
        result = run_files(
            discovery,
            packs,
            skip_other=options.skip_other,
            stdin_name=options.stdin_filename,
            progress=progress,
        )
    finally:
        if progress is not None:
            progress.erase()
    findings = result.findings if wanted is None else [finding for finding in result.findings if finding in wanted]

    from pathlib import Path

    from gklint import __version__
    from gklint.output import renderer
    from gklint.output.context import Context, Summary

    name = options.output_format or ("full" if sys.stdout.isatty() else "concise")
    context = Context(
        version=__version__,
        cwd=str(Path.cwd()),
        summary=Summary.of(findings, result.checked, result.skipped),
        lang=options.lang,
        default_lang=common.run_language(options.lang, packs, result.applied),
        pack_langs={pack.id: pack.lang for pack in packs},
        sources=result.sources,
        rules=lambda: all_rules(packs),
        color=name in ("full", "concise") and common.use_color(options.color, sys.stdout),
        width=common.terminal_width(),
        ambiguous=options.ambiguous_width,
        quiet=options.quiet,
    )
    sys.stdout.write("".join(renderer(name)(findings, context)))
    sys.stdout.flush()
    if not options.quiet:
        if not discovery.files and not discovery.unreadable:
            print(f"gklint: no files found under {', '.join(options.paths)}", file=sys.stderr)
        elif name == "concise":
            print(context.say(context.summary.sentence()), file=sys.stderr)
    return _status(findings, options.fail_on)


def _status(findings: list[Finding], fail_on: str) -> Exit:
    from gklint.findings import Severity

    if fail_on == "never":
        return Exit.CLEAN
    limit = Severity[fail_on.upper()]
    return Exit.FINDINGS if any(finding.severity >= limit for finding in findings) else Exit.CLEAN
