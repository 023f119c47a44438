"""What ``gklint check`` can do beside showing findings: list files, count findings, hold them against a baseline."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from gklint.discover import STDIN
from gklint.errors import Exit, UsageError
from gklint.findings import Finding, Message, Suppressed, sort_key
from gklint.output.cells import plain, plain_path

if TYPE_CHECKING:
    import argparse

    from gklint.discover import Discovery
    from gklint.output.context import Context
    from gklint.policy import LeftOut, Policy

_LEFT_OUT = Message("按 {reason} 的设置，{count} 个文件未检查", "{files} left out by {reason}")
_GONE = Message(
    "基线 {path} 中有 {count} 处问题已不存在；请运行 --update-baseline 更新",
    "{entries} of the baseline {path} {are} fixed; run --update-baseline",
)
_WRITTEN = Message(
    "已写入基线 {path}：共 {count} 处，新增 {new} 处，删去 {gone} 处。",
    "Wrote the baseline {path}: {entries}, {new} new, {gone} gone.",
)


def show_files(discovery: Discovery, name: str | None) -> Exit:
    """Print the files that would be checked, one a line."""
    paths = [found.path.replace("\\", "/") if "\\" in found.path else found.path for found in discovery.files]
    if name == "json":
        import json

        sys.stdout.write(json.dumps({"version": 1, "files": paths}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{plain_path(path)}\n" for path in paths))
    return Exit.CLEAN


def tell_left_out(left_out: Sequence[LeftOut], discovery: Discovery, context: Context, stream: TextIO) -> None:
    """Say how many files each setting leaves out, if nothing else is left to check; a gate must not be green by chance
    without a word."""
    if discovery.files:
        return
    for reason, count in Counter(entry.reason for entry in left_out).items():
        text = context.say(_LEFT_OUT).format(reason=reason, count=count, files=_count(count, "file"))
        print(f"gklint: {plain(text)}", file=stream)


def statistics(findings: Sequence[Finding], context: Context, name: str) -> Iterator[str]:
    """How many findings each code has, the most frequent first."""
    counts = Counter(finding.code for finding in findings)
    first = {finding.code: finding for finding in reversed(findings)}
    order = sorted(counts, key=lambda code: (-counts[code], code))
    if name == "json":
        import json

        listed = [
            {
                "code": code,
                "name": first[code].name,
                "severity": max(finding.severity for finding in findings if finding.code == code).label,
                "count": counts[code],
                "fixable": sum(
                    bool(finding.edits) and all(edit.safe for edit in finding.edits)
                    for finding in findings
                    if finding.code == code
                ),
            }
            for code in order
        ]
        summary = context.summary
        data = {
            "version": 1,
            "statistics": listed,
            "summary": {
                "errors": summary.errors,
                "warnings": summary.warnings,
                "infos": summary.infos,
                "files_checked": summary.checked,
                "files_skipped": summary.skipped,
                "suppressed": summary.suppressed,
            },
        }
        yield json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        return
    from gklint.output.style import Style

    style = Style(context.color)
    wide = max((len(str(count)) for count in counts.values()), default=0)
    for code in order:
        shown = style.severity(code, first[code].severity)
        yield f"{str(counts[code]).rjust(wide)}  {shown}  {plain(first[code].name)}\n"
    if name == "full" and not context.quiet:
        yield context.say(context.summary.sentence()) + "\n"


def against_baseline(
    path: str,
    options: argparse.Namespace,
    policy: Policy,
    discovery: Discovery,
    findings: list[Finding],
    context: Context,
) -> tuple[list[Finding], list[str]]:
    """The findings that are not in the baseline, and what is to be said of it; writes it if that is asked for.

    Those that are in it join the context's suppressed ones.  Raises `GklintError` for a damaged baseline.
    """
    import os

    from gklint.baseline import Baseline, read_baseline
    from gklint.output.fingerprint import fingerprints

    if any(found.path == STDIN for found in discovery.files) and options.stdin_filename is None:
        raise UsageError("a baseline goes by paths: say with --stdin-filename what standard input is called")
    marks = list(fingerprints(findings, context))
    looked_at = {
        os.path.abspath(options.stdin_filename if found.path == STDIN else found.path) for found in discovery.files
    }

    def checked(file: str, code: str) -> bool:
        return os.path.abspath(file) in looked_at and policy.settings(file).shows(code)

    old = Baseline(path)
    if not options.update_baseline or os.path.exists(path):
        old = read_baseline(path)
    shown = context.path(path)
    notes: list[str] = []
    if options.update_baseline:
        new = old.updated(findings, marks, checked)
        new.write()
        added, gone = new.entries - old.entries, old.entries - new.entries
        count = new.entries.total()
        text = context.say(_WRITTEN)
        notes.append(
            text.format(path=shown, count=count, entries=_count(count, "entry"), new=added.total(), gone=gone.total())
        )
        old = new
    matched = old.match(findings, marks, checked)
    if matched.gone:
        text = context.say(_GONE)
        are = "is" if matched.gone == 1 else "are"
        notes.append(text.format(path=shown, count=matched.gone, entries=_count(matched.gone, "entry"), are=are))
    everything: list[Suppressed] = [*context.suppressed, *matched.suppressed]
    context.suppressed = sorted(everything, key=lambda other: sort_key(other.finding))
    return matched.findings, [plain(note) for note in notes]


def _count(number: int, noun: str) -> str:
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
