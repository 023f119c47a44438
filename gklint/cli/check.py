"""``gklint check``: lint reports."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from gklint.cli import options as common
from gklint.errors import Exit, UsageError
from gklint.output import FORMATS

if TYPE_CHECKING:
    from gklint.cli.rules import Selection
    from gklint.findings import Finding
    from gklint.packs.model import Pack
    from gklint.runner import Fixing, RunResult

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
    parser.add_argument(
        "--fix", action="store_true", help="apply the edits that are proven or purely formal, then show what remains"
    )
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: the edits that are only likely as well"
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="show what --fix would change, write nothing, and end with status 1 if there is anything",
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
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes says which edits to apply: give it with --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--diff writes nothing and --fix does: give one of them")
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
            fixing=_fixing(options, wanted),
        )
    finally:
        if progress is not None:
            progress.erase()
    findings = result.findings if wanted is None else [finding for finding in result.findings if finding in wanted]
    if options.diff:
        return _show_diff(options, packs, result, findings)

    from pathlib import Path

    from gklint import __version__
    from gklint.output import renderer
    from gklint.output.context import Context, Summary

    # Standard input goes on as the fixed text; the findings make way for it.
    stream = sys.stdout if result.stdin is None else sys.stderr
    name = options.output_format or ("full" if stream.isatty() else "concise")
    context = Context(
        version=__version__,
        cwd=str(Path.cwd()),
        summary=Summary.of(findings, result.checked, result.skipped).after(
            sum(len(fixed.outcome.fixed) for fixed in result.fixed),
            sum(fixed.outcome.changed for fixed in result.fixed),
        ),
        lang=options.lang,
        default_lang=common.run_language(options.lang, packs, result.applied),
        pack_langs={pack.id: pack.lang for pack in packs},
        sources=result.sources,
        rules=lambda: all_rules(packs),
        color=name in ("full", "concise") and common.use_color(options.color, stream),
        width=common.terminal_width(),
        ambiguous=options.ambiguous_width,
        quiet=options.quiet,
    )
    if result.stdin is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(result.stdin)
        sys.stdout.buffer.flush()
    stream.write("".join(renderer(name)(findings, context)))
    stream.flush()
    if result.fixed or result.failures:
        from gklint.cli.fixed import tell

        tell(result, context, sys.stderr, quiet=options.quiet)
    if not options.quiet:
        if not discovery.files and not discovery.unreadable:
            print(f"gklint: no files found under {', '.join(options.paths)}", file=sys.stderr)
        elif name == "concise":
            print(context.say(context.summary.sentence()), file=sys.stderr)
    return Exit.USAGE if result.failures else _status(findings, options.fail_on)


def _fixing(options: argparse.Namespace, wanted: Selection | None) -> Fixing | None:
    from gklint.runner import Fixing

    if not options.fix and not options.diff:
        return None
    return Fixing(options.unsafe_fixes, options.fix, None if wanted is None else wanted.__contains__)


def _show_diff(options: argparse.Namespace, packs: list[Pack], result: RunResult, findings: list[Finding]) -> Exit:
    """Print what fixing would change, and say of the rest how much it is."""
    from pathlib import Path

    from gklint import __version__
    from gklint.cli.fixed import diff, tell
    from gklint.output.context import Context, Summary

    fixed = [entry for entry in result.fixed if entry.outcome.changed]
    context = Context(
        version=__version__,
        cwd=str(Path.cwd()),
        summary=Summary.of(findings, result.checked, result.skipped),
        lang=options.lang,
        default_lang=common.run_language(options.lang, packs, result.applied),
    )
    for entry in fixed:
        sys.stdout.write("".join(diff(entry, context)))
    sys.stdout.flush()
    tell(result, context, sys.stderr, quiet=options.quiet, would=True)
    if result.failures:
        return Exit.USAGE
    return Exit.FINDINGS if fixed else Exit.CLEAN


def _status(findings: list[Finding], fail_on: str) -> Exit:
    from gklint.findings import Severity

    if fail_on == "never":
        return Exit.CLEAN
    limit = Severity[fail_on.upper()]
    return Exit.FINDINGS if any(finding.severity >= limit for finding in findings) else Exit.CLEAN
