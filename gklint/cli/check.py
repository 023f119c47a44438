"""``gklint check``: lint reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gklint.cli import options as common
from gklint.cli.outputs import Output, add_outputs, check_files, outputs
from gklint.errors import Exit, UsageError
from gklint.records import dataclass

if TYPE_CHECKING:
    import argparse

    from gklint.changed import Changes
    from gklint.discover import Discovery
    from gklint.findings import Finding
    from gklint.packs.model import Pack
    from gklint.policy import LeftOut, Policy
    from gklint.runner import Fixing, RunResult
    from gklint.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.usage = "%(prog)s [OPTION ...] [PATH ...]"
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
    wanted.add_argument(
        "--diff-base",
        metavar="REF",
        help="show only findings about lines changed since this branch or commit",
    )
    wanted.add_argument(
        "--diff-scope",
        metavar="SCOPE",
        choices=("lines", "files"),
        help="with --diff-base: changed lines, or whole changed files (default: lines).",
    )
    fixing = parser.add_argument_group("fixing")
    fixing.add_argument(
        "--fix", action="store_true", help="apply the edits that are proven or purely formal, show what remains"
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
    files.add_argument(
        "--jobs",
        "-j",
        metavar="N",
        type=_number_of_jobs,
        help="processes at once (default: one a core, fewer for few files)",
    )
    files.add_argument("--no-cache", action="store_true", help="check unchanged files again as well")
    files.add_argument("--watch", action="store_true", help="go on, and check again whenever a file has changed")
    files.add_argument(
        "--watch-interval", metavar="SECONDS", type=_seconds, default=0.5, help="how often to look (default: 0.5)"
    )
    output = parser.add_argument_group("output")
    add_outputs(output)
    common.add_language(output)
    output.add_argument("--statistics", action="store_true", help="count the findings of each code instead")
    output.add_argument("--quiet", "-q", action="store_true", help="print findings only, no summary")
    output.add_argument("--no-progress", action="store_true", help="do not count files while a long run goes on")
    common.add_color(output)
    common.add_widths(output)


@dataclass(slots=True)
class Task:
    """What the options come to: the files to check, what holds for each, where findings go."""

    options: argparse.Namespace
    discovery: Discovery
    left_out: Sequence[LeftOut]
    policy: Policy
    packs: list[Pack]
    outputs: list[Output]
    changes: Changes | None = None

    @property
    def here(self) -> Settings:
        """What holds in the working folder."""
        return self.policy.settings("gklint.yaml")


def run(options: argparse.Namespace) -> int:
    """Lint what the options name and print the findings."""
    _check_usage(options)
    if options.watch:
        from gklint.cli.watch import watch

        return watch(options)
    task = prepare(options)
    if options.show_files:
        from gklint.cli.habits import show_files

        return show_files(task.discovery, options.output_format[-1].format if options.output_format else None)
    result = lint(task)
    if options.diff:
        return _show_diff(task, result)
    from gklint.cli.report import report

    return report(task, result)


def prepare(options: argparse.Namespace, policy: Policy | None = None) -> Task:
    """Find the files and read what holds for them, if that is not known yet; the packs last, as they take longest."""
    from gklint.discover import Discovery, discover

    discovery = discover(options.paths)
    policy = policy or common.policy(options)
    here = policy.settings("gklint.yaml")
    discovery, left_out = policy.scope(discovery, options.stdin_filename)
    asked = outputs(options, here["output-format"].value or "")
    task = Task(options, discovery, left_out, policy, [], asked)
    if options.show_files:
        return task
    check_files(asked, (found.path for found in discovery.files if found.path != "-"))
    if options.diff_base is not None:
        task.changes = changes = _changes(task)
        # What has not changed can show nothing.
        kept = [found for found in discovery.files if changes.has(found.path)]
        task.discovery = Discovery(kept, discovery.unreadable)
    task.packs = policy.prepare()
    return task


def lint(task: Task) -> RunResult:
    """Check the files, and fix them if that is asked for."""
    from gklint.cli.progress import Progress
    from gklint.runner import run as run_files

    options = task.options
    progress = Progress(sys.stderr) if not options.no_progress and sys.stderr.isatty() else None
    try:
        result = run_files(
            task.discovery,
            task.policy,
            skip_other=options.skip_other,
            stdin_name=options.stdin_filename,
            progress=progress,
            fixing=_fixing(task),
            jobs=options.jobs,
            cache=not options.no_cache,
        )
    finally:
        if progress is not None:
            progress.erase()
    if task.changes is not None and result.fixed and options.fix:
        # Fixing has moved lines.
        task.changes = _changes(task)
    return result


def _changes(task: Task) -> Changes:
    from gklint.changed import changed_since

    paths = [found.path for found in task.discovery.files]
    return changed_since(task.options.diff_base, paths, whole_files=task.options.diff_scope == "files")


def _number_of_jobs(text: str) -> int:
    """A number of processes, as an argument of the command line."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1024:
        return int(text)
    import argparse

    raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to 1024")


def _seconds(text: str) -> float:
    """An interval in seconds, as an argument of the command line."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0.01 <= number <= 3600:
        import argparse

        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0.01 to 3600")
    return number


def _check_usage(options: argparse.Namespace) -> None:
    if options.stdin_filename is not None and "-" not in options.paths:
        raise UsageError("--stdin-filename says what standard input is called: name - as a path as well")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes says which edits to apply: give it with --fix or --diff")
    if options.fix and options.diff:
        raise UsageError("--diff writes nothing and --fix does: give one of them")
    if options.statistics:
        for name in (entry.format for entry in options.output_format or []):
            if name not in ("full", "concise", "json"):
                raise UsageError(f"--statistics is a text or JSON: it has no {name} form")
    if options.watch:
        for name in ("fix", "diff", "update_baseline", "show_files"):
            if vars(options)[name]:
                raise UsageError(f"--watch only looks at files: leave out --{name.replace('_', '-')}")
        if "-" in options.paths:
            raise UsageError("--watch looks at files, and standard input is none")
    if options.diff_scope is not None and options.diff_base is None:
        raise UsageError("--diff-scope says which findings of changed files to show: give it with --diff-base")
    if options.diff_base is not None:
        if "-" in options.paths:
            raise UsageError("--diff-base asks git what has changed, and git does not know standard input")
        if options.update_baseline:
            raise UsageError("--update-baseline takes in every finding, and --diff-base leaves some out: give one")


def _fixing(task: Task) -> Fixing | None:
    from gklint.runner import Fixing

    options = task.options
    if not options.fix and not options.diff:
        return None
    return Fixing(options.unsafe_fixes, options.fix, _wanted(task))


def _wanted(task: Task) -> Callable[[Finding], bool]:
    """Whether a finding is one to fix."""
    policy, changes = task.policy, task.changes
    if changes is None:
        return policy.wants
    # Fixing goes through a file several times and moves its lines; what counts is where the drafter has been.
    return lambda finding: changes.has(finding.path) and policy.wants(finding)


def _show_diff(task: Task, result: RunResult) -> Exit:
    """Print what fixing would change, and say of the rest how much it is."""
    from pathlib import Path

    from gklint import __version__
    from gklint.cli.fixed import diff, tell
    from gklint.output.context import Context, Summary

    options = task.options
    findings = task.policy.sift(result.findings)
    fixed = [entry for entry in result.fixed if entry.outcome.changed]
    context = Context(
        version=__version__,
        cwd=str(Path.cwd()),
        summary=Summary.of(findings, result.checked, result.skipped),
        lang=options.lang,
        default_lang=common.run_language(task.here["lang"].value, task.packs, result.applied),
    )
    for entry in fixed:
        sys.stdout.write("".join(diff(entry, context)))
    sys.stdout.flush()
    tell(result, context, sys.stderr, quiet=options.quiet, would=True)
    if result.failures:
        return Exit.USAGE
    return Exit.FINDINGS if fixed else Exit.CLEAN
