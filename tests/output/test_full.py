"""The format ``full``: exact output of known findings."""

from __future__ import annotations

from dataclasses import replace

from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Message, Related, Severity
from gklint.output.full import render
from tests.output.samples import BLANK, FINDINGS, PATH, SUM, context, finding

CHINESE = """\
报告/云山 2024.md:1:3: 提示 GK102[heading-style] 标题的写法
 1 │ # 云山县政府信息公开工作年度报告
   │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

报告/云山 2024.md:7:8: 错误 GK401[column-sum] [~] “自然人”列合计应为 73，写成 74
 7 │ | 合计 | 74 |  |
   │          ^^
   = 72 + 1 = 73 ≠ 74
 5: 本年新收 72
 6: 上年结转 1

报告/云山 2024.md:7:13: 警告 GK301[blank-zero] [*] 空格应填 0
 7 │ | 合计 | 74 |  |
   │               ^

查看某一代码的说明：gklint rule GK401
错误 1，警告 1，提示 1；检查了 1 个文件。--fix 可修正 1 处，--fix --unsafe-fixes 可再修正 1 处。
"""

ENGLISH = """\
报告/云山 2024.md:7:8: error GK401[column-sum] [~] column 自然人 comes to 73, not 74
 7 │ | 合计 | 74 |  |
   │          ^^
   = 72 + 1 = 73 ≠ 74
 5: received 72
 6: carried in 1

To read what a code means: gklint rule GK401
1 error in 1 file; 2 files skipped, as no pack applies. 1 fixable with --fix --unsafe-fixes.
"""


def test_findings_in_the_language_of_the_pack() -> None:
    assert "".join(render(FINDINGS, context())) == CHINESE


def test_findings_in_another_language() -> None:
    assert "".join(render([SUM], context([SUM], lang="en", skipped=2))) == ENGLISH


def test_no_findings() -> None:
    assert "".join(render([], context([]))) == "未发现问题；检查了 1 个文件。\n"
    assert "".join(render([], context([], quiet=True))) == ""


def test_quiet_prints_findings_only() -> None:
    assert "".join(render([BLANK], context([BLANK], quiet=True))).endswith("^\n\n")


def test_colours_are_the_only_difference() -> None:
    colored = "".join(render(FINDINGS, context(color=True)))
    assert "\x1b[1;31m错误\x1b[0m" in colored
    bare = colored
    for code in ("0", "1", "2", "1;31", "1;32", "1;33", "1;36"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert bare == CHINESE


def test_nothing_of_the_file_reaches_the_terminal_raw() -> None:
    text = "总计\x1b]0;x\x07\u202e 5"
    path = "a\x1b[2J\nb.md"
    odd = finding(path=path, line=1, column=1, end=12, text="值 \x1b[31m\n5")
    odd = replace(odd, related=(Related(Span(1, 1, 1, 2), Message("\x9b1m", "x")),), equation=Message("\x07", "x"))
    shown = "".join(render([odd], context([odd], sources={path: Source.from_text(text, path)}, quiet=True)))
    assert shown == (
        "a\\x1b[2J\\nb.md:1:1: 错误 GK301[blank-zero] 值 \\x1b[31m\\n5\n"
        " 1 │ 总计\\x1b]0;x\\x07\\u202e 5\n"
        "   │ ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   = \\x07\n"
        " 1: \\x9b1m\n\n"
    )


def test_a_finding_without_source_has_no_frame() -> None:
    bare = finding(path="x.md", text="无法读取")
    assert "".join(render([bare], context([bare], sources={}, quiet=True))) == (
        "x.md:1:1: 错误 GK301[blank-zero] 无法读取\n\n"
    )


def test_line_numbers_share_a_gutter() -> None:
    source = Source.from_text("a\n" * 120, PATH)
    wide = replace(
        finding(line=9, column=1, end=2, severity=Severity.WARNING),
        related=(Related(Span(118, 1, 1, 2), Message("b", "b")),),
    )
    assert "".join(render([wide], context([wide], sources={PATH: source}, quiet=True))).splitlines()[1:4] == [
        "   9 │ a",
        "     │ ^",
        " 118: b",
    ]


def test_each_of_several_sums_has_its_line() -> None:
    two = replace(SUM, equation=Message("1 + 1 ≠ 3\n2 + 2 ≠ 5", "x"), related=())
    lines = "".join(render([two], context([two], quiet=True))).splitlines()
    assert lines[3:5] == ["   = 1 + 1 ≠ 3", "   = 2 + 2 ≠ 5"]


def test_many_related_places_are_counted() -> None:
    many = replace(SUM, related=tuple(Related(Span(5, 10, 5, 12), Message(str(n), str(n))) for n in range(30)))
    lines = "".join(render([many], context([many], quiet=True))).splitlines()
    assert lines[-2].strip() == "另有 6 处"
    assert len(lines) == 4 + 24 + 2


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    long = replace(finding(), span=Span(5, 3, 6, 2))
    assert "".join(render([long], context([long], quiet=True))).splitlines()[2] == "   │   " + "^" * 20
