"""What is said at the end of a check: the findings in each format asked for, the summary, the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gklint import __version__
from gklint.cli import options as common
from gklint.cli.outputs import write, write_files
from gklint.errors import ConfigError, Exit, UsageError
from gklint.findings import Finding, Message, Rule, sort_key
from gklint.output.context import Context, Summary

if TYPE_CHECKING:
    from gklint.cli.check import Task
    from gklint.runner import RunResult
    from gklint.settings import Settings

_ELSEWHERE = Message(
    "只显示自 {ref}（{base}）以来改动之处；其余 {count} 处问题未显示。",
    "Only what has changed since {ref} ({base}) is shown; findings elsewhere: {count}.",
)
_UNCHANGED = Message(
    "自 {ref}（{base}）以来没有改动过要检查的文件。", "No file to check has changed since {ref} ({base})."
)


def report(task: Task, result: RunResult) -> Exit:
    """Write the findings of a run and what is to be said of it; how the run ends."""
    options, policy, here = task.options, task.policy, task.here
    findings = policy.sift(result.findings)
    idle, sources = policy.idle()
    findings = sorted([*findings, *idle], key=sort_key) if idle else findings
    result.sources.update(sources)
    # Standard input goes on as the fixed text; the findings make way for it.
    stream = sys.stdout if result.stdin is None else sys.stderr
    asked = [
        entry if entry.format else entry._replace(format="full" if stream.isatty() else "concise")
        for entry in task.outputs
    ]
    name = next((entry.format for entry in asked if entry.path is None), None)
    context = Context(
        version=__version__,
        cwd=str(Path.cwd()),
        summary=Summary(),
        lang=options.lang,
        default_lang=common.run_language(here["lang"].value, task.packs, result.applied),
        langs=policy.languages(findings),
        pack_langs={pack.id: pack.lang for pack in task.packs},
        sources=result.sources,
        rules=lambda: _rules(task),
        color=name in ("full", "concise") and common.use_color(options.color, stream),
        width=common.terminal_width(),
        ambiguous=options.ambiguous_width,
        quiet=options.quiet,
        suppressed=policy.held_back(result.suppressed),
        column_unit=options.column_unit,
        absolute=options.absolute_paths,
    )
    notes: list[str] = []
    baseline = here["baseline"]
    if baseline.value is not None:
        from gklint.cli.habits import against_baseline

        path = _baseline_path(here, baseline.value) if baseline.line is not None else baseline.value
        findings, notes = against_baseline(path, options, policy, task.discovery, findings, context)
    elif options.update_baseline:
        raise UsageError("--update-baseline writes a baseline: name its file with --baseline")
    if task.changes is not None:
        findings = _changed(task, findings, context, notes)
    context.summary = (
        Summary.of(findings, result.checked, result.skipped)
        .after(
            sum(len(fixed.outcome.fixed) for fixed in result.fixed),
            sum(fixed.outcome.changed for fixed in result.fixed),
        )
        .without(len(context.suppressed))
    )
    if result.stdin is not None:
        from gklint.cli.streams import write_bytes

        write_bytes(result.stdin)
    if options.statistics:
        from gklint.cli.habits import statistics

        stream.write("".join(statistics(findings, context, name or "concise")))
    elif name is not None:
        write(name, findings, context, stream)
    stream.flush()
    if not options.statistics:
        write_files(asked, findings, context)
    if result.fixed or result.failures:
        from gklint.cli.fixed import tell

        tell(result, context, sys.stderr, quiet=options.quiet)
    if not options.quiet:
        _tell(task, context, name, notes)
    if result.failures:
        return Exit.USAGE
    failed = not options.exit_zero and any(policy.fails(finding) for finding in findings)
    return Exit.FINDINGS if failed else Exit.CLEAN


def _baseline_path(here: Settings, word: str) -> str:
    """The path of the baseline that a configuration names.  Raises `ConfigError` if it is not the repository's own."""
    config = here.config
    path = config.resolve(word)
    if config.leads_out(path):
        message = f"{word!r} leads out of the repository; name a baseline elsewhere with --baseline"
        raise ConfigError([config.error(("baseline",), message)])
    return path


def _rules(task: Task) -> dict[str, Rule]:
    from gklint.cli.rules import all_rules

    return all_rules(task.packs)


def _changed(task: Task, findings: list[Finding], context: Context, notes: list[str]) -> list[Finding]:
    """The findings that changes have to do with; what is left out is counted in a note."""
    changes = task.changes
    assert changes is not None
    kept = [finding for finding in findings if changes.touches(finding, context.sources.get(finding.path))]
    words = {"ref": task.options.diff_base, "base": changes.base}
    if not task.discovery.files:
        notes.append(context.say(_UNCHANGED).format(**words))
    elif len(kept) < len(findings):
        notes.append(context.say(_ELSEWHERE).format(**words, count=len(findings) - len(kept)))
    return kept


def _tell(task: Task, context: Context, name: str | None, notes: Sequence[str]) -> None:
    """Say beside the findings what came of the run, as far as the format does not."""
    discovery = task.discovery
    if task.left_out:
        from gklint.cli.habits import tell_left_out

        tell_left_out(task.left_out, discovery, context, sys.stderr)
    if not discovery.files and not discovery.unreadable:
        if not task.left_out and task.changes is None:
            print(f"gklint: no files found under {', '.join(task.options.paths)}", file=sys.stderr)
    elif name in ("concise", "gnu", None):
        print(context.say(context.summary.sentence()), file=sys.stderr)
    for note in notes:
        print(note, file=sys.stderr)
