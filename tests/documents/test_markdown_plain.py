"""The quick way to read Markdown gives what markdown-it-py gives, or says that it cannot tell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gklint.documents.markdown import read
from gklint.documents.markdown_blocks import read_blocks
from gklint.documents.markdown_plain import NotPlainError, read_plain
from gklint.documents.model import Table
from gklint.documents.source import Source
from tests.fuzz.wellformed import content

PIECES = (
    *("# 一", "## 二、情况", "##三", "#四", "# 五 ##", "###### 六", "####### 七", "## {#id}", "#"),
    *("| 甲 | 乙 |", "|---|---|", "| 1 | -2.5 |", "甲 | 乙", "--- | ---", "|:-|", ":-:", "|", "| 甲 | <!-- 注 -->"),
    *("| a \\| b | `c|d` |", "| &amp; | **粗** |", "　", "|-", "-|", "- | -", "||", "|　|"),
    *(
        "正文一行。",
        "　　缩进的正文",
        "正文  ",
        "**全粗**",
        "*斜*",
        "__下划线__",
        "_a_b",
        "**",
        "* * *",
        "_ _ _",
        "***",
    ),
    *("1. 项", "1) 项", "1.项", "12", "3.5 万", "1234567890. 项", "- 项", "-项", "+ 项", "+5", "* 项", "-", "1."),
    *("> 引文", "    代码", "  两格", "```", "~~~", "<b>x</b>", "<!-- 注 -->", "===", "---", "a\tb", "\t", " ", ""),
)
lines = st.lists(st.sampled_from(PIECES) | st.text("#|-:* 1.甲_\\", max_size=6), max_size=9).map("\n".join)


def blocks_of(source: Source, *, plain: bool) -> list[object]:
    """Everything about a source's blocks, in a form that can be compared."""
    return [content(block) for block in (read_plain(source, 0) if plain else read_blocks(source, 0))]


@given(lines)
@example("| 甲 |\n|---|\n　\n| 1 |")
@example("正文\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n## 三")
def test_what_is_read_quickly_is_read_alike_by_the_library(text: str) -> None:
    source = Source.from_text(text, "a.md")
    try:
        quick = blocks_of(source, plain=True)
    except NotPlainError:
        return
    assert quick == blocks_of(source, plain=False)


@pytest.mark.parametrize(
    "text",
    [
        "# 题\n\n## 一、情况\n\n正文一行。\n续一行。\n\n**全粗**\n",
        "1.没有空格的不是列表\n12\n3.5 万",
        "## 一\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n## 二\n正文",
        "甲 | 乙\n--- | ---\n1 | 2\n\n正文\n|---|---|\n| 3 | 4 |",
        "---\ntitle: 题\n---\n\n正文",
    ],
)
def test_what_most_reports_hold_is_read_quickly(text: str) -> None:
    source = Source.from_text(text, "a.md")
    first = 3 if text.startswith("---") else 0
    assert [*map(content, read_plain(source, first))] == [*map(content, read_blocks(source, first))]


@pytest.mark.parametrize(
    "line",
    [
        "- 项",
        "1. 项",
        "> 引文",
        "```",
        "<p>",
        "    代码",
        "正文\n===",
        "正文\n---",
        "a\tb",
        "* * *",
        "#题",
        "| 甲 |\n#题",
    ],
)
def test_anything_else_is_left_to_the_library(line: str) -> None:
    with pytest.raises(NotPlainError):
        read_plain(Source.from_text(f"正文\n\n{line}\n", "a.md"), 0)


def test_a_row_of_white_space_that_is_no_blank_is_a_row_of_one_blank_cell() -> None:
    table = read(Source.from_text("| 甲 |\n|---|\n　\n| 1 |", "a.md")).blocks[0]
    assert isinstance(table, Table)
    assert [[cell.text.text for cell in row if cell] for row in table.rows] == [["甲"], [""], ["1"]]


def test_a_plain_report_is_read_without_loading_the_library(tmp_path: Path) -> None:
    report = tmp_path / "a.md"
    report.write_text("# 题\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", "utf-8")
    code = (
        "import sys\nfrom gklint.documents import read\nfrom gklint.documents.source import read_source\n"
        "print(len(read(read_source(sys.argv[1])).blocks), 'markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=True)
    assert done.stdout == "2 False\n"
