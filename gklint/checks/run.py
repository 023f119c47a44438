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

UNUSED_SUPPRESSION = Rule(
    code="GK004",
    name="unused-suppression",
    severity=Severity.WARNING,
    summary=Message("忽略注释或设置没有可忽略的问题", "A suppression suppresses nothing"),
    explanation=Message(
        "注释 <!-- gklint: ignore … --> 或 gklint.yaml 中 per-file-ignores 的一项没有对应的问题：问题已经改正，"
        "或注释不在它所针对的内容之前。多余的忽略会掩盖以后出现的错误，请删去。",
        "A comment <!-- gklint: ignore … --> or an entry of per-file-ignores in gklint.yaml has no finding to leave "
        "out: what it was for has been mended, or it does not stand before that. A suppression left behind would hide "
        "the next mistake; remove it.",
    ),
    fixable="safe",
    example=Message(
        "<!-- gklint: ignore GK305 — 数字已改为半角 -->", "<!-- gklint: ignore GK305 — mended long ago -->"
    ),
)
UNKNOWN_SUPPRESSION = Rule(
    code="GK005",
    name="unknown-suppression",
    severity=Severity.WARNING,
    summary=Message(
        "忽略注释或设置写法有误，或所写规则不存在", "A suppression names no known rule or cannot be understood"
    ),
    explanation=Message(
        "写法为 <!-- gklint: ignore GK301, row-label — 理由 -->：代码、代码开头或名称，用逗号隔开，理由用“—”“--”或"
        "“:”引出，可以省略。ignore 针对下一段或下一张表，ignore-file 针对整个文件，ignore-start 与 ignore-end "
        "之间为一段范围。看不懂的注释不起作用，其中看得懂的代码照常起作用。",
        "The form is <!-- gklint: ignore GK301, row-label — reason -->: codes, beginnings of codes or names, "
        "separated by commas; the reason, which may be left out, after —, -- or a colon. ignore is about the next "
        "block or table, ignore-file about the file, ignore-start and ignore-end enclose a part. A comment that "
        "cannot be understood has no effect; of one that names an unknown rule, the others hold.",
    ),
    example=Message("<!-- gklint: ignore GK999 -->", "<!-- gklint: ignore GK999 -->"),
)

RULES = [UNREADABLE, NO_PACK, UNUSED_SUPPRESSION, UNKNOWN_SUPPRESSION]


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
