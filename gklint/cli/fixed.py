"""What is said of fixing: the changes as a diff, conflicts, what was taken back, what could not be written."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from typing import TextIO

from gklint.documents.source import Source
from gklint.findings import Finding, Message
from gklint.output.cells import plain
from gklint.output.context import Context
from gklint.runner import Fixed, RunResult

_WOULD = Message("可修正 {count} 处（{files} 个文件）。", "Would fix {count} ({files}).")
_NOTHING = Message("没有可以修正之处。", "Nothing to fix.")
_CONFLICT = Message(
    "{path}: 未修正 {loser}（第 {line} 行）：与 {winner} 的修正冲突",
    "{path}: not fixed: {loser} of line {line}, in conflict with the fix of {winner}",
)
_REFUSED = Message(
    "{path}: 未修正 {code}（第 {line} 行）：改后会更糟（{reason}）",
    "{path}: not fixed: {code} of line {line}, it would make things worse: {reason}",
)


def diff(fixed: Fixed, context: Context) -> Iterator[str]:
    """The changes of one file as a unified diff, each line with its end as it is in the file."""
    path = plain(context.path(fixed.before.path))
    old, new = _lines(fixed.before), _lines(fixed.outcome.source)
    # The lines that are the same at both ends need no comparing.
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    start = max(same - 3, 0)
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    drop = max(tail - 3, 0)
    pieces = unified_diff(old[start : len(old) - drop], new[start : len(new) - drop], f"a/{path}", f"b/{path}")
    for line in pieces:
        if line.startswith("@@"):
            line = _moved(line, start)
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(source: Source) -> list[str]:
    """The lines with their ends, which for a diff must have a line feed in them."""
    lines = [
        line + (end if end.endswith("\n") else end + "\n")
        for line, end in ((line, source.line_end(number)) for number, line in enumerate(source.lines[:-1], 1))
    ]
    return [*lines, source.lines[-1]] if source.lines[-1] else lines


def _moved(header: str, lines: int) -> str:
    """A hunk's header with its line numbers moved by the lines left out in front."""
    words = header.split(" ")
    for index in (1, 2):
        sign, number = words[index][0], words[index][1:].split(",")
        number[0] = str(int(number[0]) + lines)
        words[index] = sign + ",".join(number)
    return " ".join(words)


def tell(result: RunResult, context: Context, stream: TextIO, *, quiet: bool, would: bool = False) -> None:
    """Say what was not fixed and why; of what is only shown (``would``), how much it is.  Failures are never quiet."""
    for failure in result.failures:
        print(f"gklint: error: {plain(context.path(failure.path or ''))}: {plain(failure.message)}", file=stream)
    if quiet:
        return
    for fixed in result.fixed:
        path = plain(context.path(fixed.before.path))
        for winner, loser in fixed.outcome.conflicts:
            text = context.say(_CONFLICT)
            print(text.format(path=path, loser=loser.code, line=loser.span.line, winner=_name(winner)), file=stream)
        for finding, reason in fixed.outcome.refused:
            text = context.say(_REFUSED)
            print(text.format(path=path, code=finding.code, line=finding.span.line, reason=plain(reason)), file=stream)
    if would:
        count = sum(len(fixed.outcome.fixed) for fixed in result.fixed)
        files = sum(fixed.outcome.changed for fixed in result.fixed)
        shown = f"{files} file{'' if files == 1 else 's'}" if context.say(Message("zh", "en")) == "en" else files
        print(context.say(_WOULD if count else _NOTHING).format(count=count, files=shown), file=stream)


def _name(finding: Finding) -> str:
    return f"{finding.code} ({finding.span.line}:{finding.span.column})"
