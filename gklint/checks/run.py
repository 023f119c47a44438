"""Findings about the run itself: a file that cannot be read, a file to which no pack applies."""

from __future__ import annotations

from collections.abc import Sequence

from gklint.documents.model import Span
from gklint.errors import SourceError
from gklint.findings import Finding, Message, Rule, Severity

UNREADABLE = Rule(
    code="GK001",
    name="unreadable-file",
    severity=Severity.ERROR,
    summary=Message("文件无法读取或解码", "A file cannot be read or decoded"),
    explanation=Message(
        "没有读取权限、文件不是文本，或其编码既不是 UTF-8、带 BOM 的 UTF-16，也不是 GB18030。"
        "该文件未被检查，其他文件照常检查。请另存为 UTF-8 文本后重新运行。",
        "The file may not be read, is no text, or is neither UTF-8, nor UTF-16 with a byte order mark, nor GB18030. It "
        "was not checked; the other files were. Save it as UTF-8 text and run gklint again.",
    ),
)
NO_PACK = Rule(
    code="GK002",
    name="no-pack",
    severity=Severity.ERROR,
    summary=Message("没有适用于所指定文件的规则包", "No pack applies to a file that was named"),
    explanation=Message(
        "命令行点名要检查这个文件，但从它的标题、各部分标题和表格中认不出任何规则包所描述的报告，因此什么也没有检查。"
        "请确认文件是否正确，或用 --rules 加上自己的规则包；在提交钩子中可用 --skip-other 跳过这类文件。"
        "在文件夹中找到的这类文件只计数，不报告。",
        "The file was named on the command line, but neither its title nor its sections nor its tables are those of a "
        "report that a pack describes, so nothing in it was checked. See whether it is the right file, or add a pack "
        "of your own with --rules; in a commit hook, --skip-other passes over such files. Those that are only found in "
        "a folder are counted and not reported.",
    ),
)

RULES = [UNREADABLE, NO_PACK]


def unreadable(path: str, error: SourceError) -> Finding:
    """The finding for a file that cannot be read."""
    return _finding(UNREADABLE, path, error.line or 1, Message(f"文件{error.zh}", f"file {error.message}"))


def unwalkable(path: str, reason: str) -> Finding:
    """The finding for a folder, found below one that was named, that cannot be looked into."""
    return _finding(UNREADABLE, path, 1, Message(f"文件夹无法读取：{reason}", f"folder cannot be read: {reason}"))


def no_pack(path: str, packs: Sequence[str]) -> Finding:
    """The finding for a named file to which none of ``packs`` (their ids) applies."""
    known = ", ".join(packs) or "—"
    return _finding(
        NO_PACK,
        path,
        1,
        Message(
            f"没有适用于此文件的规则包，未作检查；已加载的规则包：{known}",
            f"no pack applies to this file, nothing was checked; packs loaded: {known}",
        ),
    )


def _finding(rule: Rule, path: str, line: int, message: Message) -> Finding:
    return Finding(rule.code, rule.name, rule.severity, path, Span(line, 1, line, 1), message)
