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
    from gklint.packs.model import Pack
    from gklint.policy import Policy
    from gklint.runner import Fixing, RunResult


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Lint reports. Folders are walked, but for what git ignores; files in them to which no pack applies are "
        "skipped and counted."
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", default=["."], help="a file, a folder, or - for standard input (default: .)"
    )
    wanted = parser.add_argument_group("what is shown")
    common.add_selection(wanted)
    wanted.add_argument("--exit-zero", action="store_true", help="end with status 0 whatever is found")
    wanted.add_argument("--baseline", metavar="FILE", help="do not show the findings that this file lists")
    wanted.add_argument(
        "--update-baseline", action="store_true", help="write the findings of this run to the baseline instead"
    )
    fixing = parser.add_argument_group("fixing")
    fixing.add_argument(
        "--fix", action="store_true", help="apply the edits that are proven or purely formal, then show what remains"
    )
    fixing.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: the edits that are only likely as well"
    )
    fixing.add_argument(
        "--diff",
        action="store_true",
        help="show what --fix would change, write nothing, and end with status 1 if there is anything",
    )
    rules = parser.add_argument_group("configuration and rules")
    common.add_config(rules)
    common.add_rules(rules)
    files = parser.add_argument_group("files")
    files.add_argument(
        "--skip-other",
        action="store_true",
        help="treat named files to which no pack applies like found ones",
    )
    files.add_argument(
        "--stdin-filename", metavar="PATH", help="what standard input is called; its suffix says what it is"
    )
    files.add_argument("--show-files", action="store_true", help="list the files that would be checked, and do no more")
    output = parser.add_argument_group("output")
    output.add_argument(
        "--output-format",
        metavar="FORMAT",
        choices=tuple(FORMATS),
        help="how findings are written (default: full on a terminal, concise elsewhere).",
    )
    common.add_language(output)
    output.add_argument("--statistics", action="store_true", help="count the findings of each code instead")
    output.add_argument("--quiet", "-q", action="store_true", help="print findings only, no summary")
    output.add_argument("--no-progress", action="store_true", help="do not count files while a long run goes on")
    common.add_color(output)
    common.add_widths(output)


def run(options: argparse.Namespace) -> int:
    """Lint what the options name and print the findings."""
    _check_usage(options)
    from gklint.discover import discover

    # Whether the paths are right is known at once; loading packs may take longer.
    discovery = discover(options.paths)
    policy = common.policy(options)
    here = policy.settings("gklint.yaml")
    discovery, left_out = policy.scope(discovery, options.stdin_filename)
    if options.show_files:
        from gklint.cli.habits import show_files

        return show_files(discovery, options.output_format)
    packs = policy.prepare()
    from gklint.cli.progress import Progress
    from gklint.cli.rules import all_rules
    from gklint.runner import run as run_files

    progress = Progress(sys.stderr) if not options.no_progress and sys.stderr.isatty() else None
    try:
        result = run_files(
            discovery,
            policy,
            skip_other=options.skip_other,
            stdin_name=options.stdin_filename,
            progress=progress,
            fixing=_fixing(options, policy),
        )
    finally:
        if progress is not None:
            progress.erase()
    findings = policy.sift(result.findings)
    if options.diff:
        return _show_diff(options, packs, result, findings, here["lang"].value)
    idle, sources = policy.idle()
    findings.extend(idle)
    result.sources.update(sources)

    from pathlib import Path

    from gklint import __version__
    from gklint.output import renderer
    from gklint.output.context import Context, Summary

    # Standard input goes on as the fixed text; the findings make way for it.
    stream = sys.stdout if result.stdin is None else sys.stderr
    name = options.output_format or here["output-format"].value or ("full" if stream.isatty() else "concise")
    context = Context(
        version=__version__,
        cwd=str(Path.cwd()),
        summary=Summary(),
        lang=options.lang,
        default_lang=common.run_language(here["lang"].value, packs, result.applied),
        langs=policy.languages(findings),
        pack_langs={pack.id: pack.lang for pack in packs},
        sources=result.sources,
        rules=lambda: all_rules(packs),
        color=name in ("full", "concise") and common.use_color(options.color, stream),
        width=common.terminal_width(),
        ambiguous=options.ambiguous_width,
        quiet=options.quiet,
        suppressed=policy.held_back(result.suppressed),
    )
    notes: list[str] = []
    baseline = here["baseline"]
    if baseline.value is not None:
        from gklint.cli.habits import against_baseline

        path = here.config.resolve(baseline.value) if baseline.line is not None else baseline.value
        findings, notes = against_baseline(path, options, policy, discovery, findings, context)
    elif options.update_baseline:
        raise UsageError("--update-baseline writes a baseline: name its file with --baseline")
    context.summary = (
        Summary.of(findings, result.checked, result.skipped)
        .after(
            sum(len(fixed.outcome.fixed) for fixed in result.fixed),
            sum(fixed.outcome.changed for fixed in result.fixed),
        )
        .without(len(context.suppressed))
    )
    if result.stdin is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(result.stdin)
        sys.stdout.buffer.flush()
    if options.statistics:
        from gklint.cli.habits import statistics

        stream.write("".join(statistics(findings, context, name)))
    else:
        stream.write("".join(renderer(name)(findings, context)))
    stream.flush()
    if result.fixed or result.failures:
        from gklint.cli.fixed import tell

        tell(result, context, sys.stderr, quiet=options.quiet)
    if not options.quiet:
        if left_out:
            from gklint.cli.habits import tell_left_out

            tell_left_out(left_out, discovery, context, sys.stderr)
        if not discovery.files and not discovery.unreadable:
            if not left_out:
                print(f"gklint: no files found under {', '.join(options.paths)}", file=sys.stderr)
        elif name == "concise":
            print(context.say(context.summary.sentence()), file=sys.stderr)
        for note in notes:
            print(note, file=sys.stderr)
    if result.failures:
        return Exit.USAGE
    failed = not options.exit_zero and any(policy.fails(finding) for finding in findings)
    return Exit.FINDINGS if failed else Exit.CLEAN


def _check_usage(options: argparse.Namespace) -> None:
    if options.stdin_filename is not None and "-" not in options.paths:
        raise UsageError("--stdin-filename says what standard input is called: name - as a path as well")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes says which edits to apply: give it with --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--diff writes nothing and --fix does: give one of them")
    if options.statistics and options.output_format in ("sarif", "github"):
        raise UsageError(f"--statistics is a text or JSON: it has no {options.output_format} form")


def _fixing(options: argparse.Namespace, policy: Policy) -> Fixing | None:
    from gklint.runner import Fixing

    if not options.fix and not options.diff:
        return None
    return Fixing(options.unsafe_fixes, options.fix, policy.wants)


def _show_diff(
    options: argparse.Namespace, packs: list[Pack], result: RunResult, findings: list[Finding], lang: str | None
) -> Exit:
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
        default_lang=common.run_language(lang, packs, result.applied),
    )
    for entry in fixed:
        sys.stdout.write("".join(diff(entry, context)))
    sys.stdout.flush()
    tell(result, context, sys.stderr, quiet=options.quiet, would=True)
    if result.failures:
        return Exit.USAGE
    return Exit.FINDINGS if fixed else Exit.CLEAN
