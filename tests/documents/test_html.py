"""The HTML reader: what a browser shows, in reading order, each character with its place."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gklint.documents.html import read, read_fragment
from gklint.documents.model import Cell, Document, Heading, Located, Paragraph, Table
from gklint.documents.source import Source
from tests.patience import seconds

Shown = list[object]


def document(html: str) -> Document:
    return read(Source.from_text(html, "report.html"))


def shown(html: str) -> Shown:
    """The blocks in short: ("h", level, text), a paragraph's lines, or a table's rows as tuples."""
    return [short(block) for block in document(html).blocks]


def short(block: Heading | Paragraph | Table) -> object:
    if isinstance(block, Heading):
        return ("h", block.level, block.text.text)
    if isinstance(block, Paragraph):
        return [line.text for line in block.lines]
    return tuple(tuple(None if cell is None else cell.text.text for cell in row) for row in block.rows)


def table(html: str) -> Table:
    (block,) = document(html).blocks
    assert isinstance(block, Table)
    return block


def cell(block: Table, row: int, column: int) -> Cell:
    found = block.rows[row][column]
    assert found is not None
    return found


def texts(doc: Document) -> Iterator[Located]:
    if doc.title is not None:
        yield doc.title
    for block in doc.blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield from block.lines
        else:
            yield from (cell.text for row in block.rows for cell in row if cell is not None)


def places(text: Located) -> list[tuple[int, int]]:
    return [text.span(offset, offset + 1)[:2] for offset in range(len(text.text))]


PAGE = """\
<!DOCTYPE html>
<html lang="zh"><head>
<meta charset="utf-8">
<title>某县2023年政府信息公开工作年度报告 - 某县人民政府</title>
<style>td { width: 1px } /* <p>no</p> */</style>
<script>document.write("<table><tr><td>1</td></tr></table>");</script>
</head>
<body>
<header><div>政务网</div></header>
<nav><ul><li><a href="/">首页</a></li></ul></nav>
<form><select><option>关键词<option>全文</select><button>搜索</button><input type="hidden" value="7"></form>
<main>
<h1>某县2023年<br>政府信息公开工作年度报告</h1>
<p style="text-indent:2em">本报告依据条例编制。</p>
<h2>一、总体情况</h2>
<p>&emsp;&emsp;全年受理<b>5</b>件，<br/>办结 5 件。</p>
<div style="display: none">草稿</div><p hidden>隐藏</p>
<table>
  <thead><tr><th>信息内容</th><th>本年制发件数</th></tr></thead>
  <tbody><tr><td>规章</td><td>0</td></tr></tbody>
</table>
<aside>相关链接</aside>
</main>
<footer><p>版权所有</p></footer>
<noscript>请启用脚本</noscript>
</body></html>
"""


def test_a_published_page_is_read_without_its_frame() -> None:
    doc = document(PAGE)
    assert doc.format == "html"
    assert doc.title is not None
    assert doc.title.text == "某县2023年政府信息公开工作年度报告 - 某县人民政府"
    assert (doc.title.line, doc.title.column) == (4, 8)
    assert shown(PAGE) == [
        ("h", 1, "某县2023年 政府信息公开工作年度报告"),
        ["本报告依据条例编制。"],
        ("h", 2, "一、总体情况"),
        ["全年受理5件，", "办结 5 件。"],
        (("信息内容", "本年制发件数"), ("规章", "0")),
    ]


def test_places_on_a_published_page() -> None:
    blocks = document(PAGE).blocks
    title, _, heading, paragraph, grid = blocks
    assert isinstance(title, Heading)
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert isinstance(grid, Table)
    assert title.text.span(7, 8) == (13, 12, 13, 16)  # the blank is the <br>
    assert heading.text.span() == (15, 5, 15, 11)
    assert paragraph.lines[0].span() == (16, 16, 16, 30)
    assert paragraph.lines[0].span(4, 5) == (16, 23, 16, 24)  # the 5 inside of <b>
    assert paragraph.lines[1].span() == (16, 35, 16, 42)
    assert grid.span == (18, 1, 21, 9)
    assert cell(grid, 1, 1).text.span() == (20, 29, 20, 30)
    assert cell(grid, 0, 0).header
    assert not cell(grid, 1, 0).header


def test_a_banner_with_the_heading_and_a_header_inside_the_text_are_read() -> None:
    assert shown("<header><h1>年度报告</h1></header><header>频道</header>") == [("h", 1, "年度报告")]
    assert shown("<article><header>导语</header></article><header>频道</header>") == [["导语"]]


FORM_HEAD = """\
<table border="1">
<tr><td rowspan="3" colspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>
<td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
<tr><td>商业<br>企业</td><td>科研&nbsp;机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>
<tr><td colspan="3">一、本年新收政府信息公开申请数量</td><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td>
<td>21</td></tr>
<tr><td rowspan="2">三、本年度办理结果</td><td rowspan="2">（三）不予公开</td><td>1.属于国家秘密</td><td>0</td><td></td>
  <td> </td><td>&nbsp;</td><td><p><span>&nbsp;</span></p></td><td>0</td><td>0</td></tr>
<tr><td>2.其他</td><td>0</td></tr>
</table>
"""


def test_the_head_of_a_form_becomes_a_grid() -> None:
    grid = table(FORM_HEAD)
    assert [len(row) for row in grid.rows] == [10, 10, 10, 10, 10, 4]
    corner = cell(grid, 0, 0)
    assert all(grid.rows[row][column] is corner for row in range(3) for column in range(3))
    assert (corner.row, corner.column, corner.rowspan, corner.colspan) == (0, 0, 3, 3)
    natural = cell(grid, 1, 3)
    assert natural.text.text == "自然人"
    assert grid.rows[2][3] is natural
    assert [cell(grid, 2, column).text.text for column in range(3, 10)] == [
        "自然人", "商业 企业", "科研 机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip
    assert cell(grid, 5, 0) is cell(grid, 4, 0)
    assert cell(grid, 5, 1).text.text == "（三）不予公开"
    assert (cell(grid, 5, 2).row, cell(grid, 5, 2).column) == (5, 2)


def test_label_characters_keep_the_width_of_a_tag_and_of_an_entity() -> None:
    grid = table(FORM_HEAD)
    assert cell(grid, 2, 4).text.span(2, 3) == (5, 11, 5, 15)
    assert cell(grid, 2, 5).text.span(2, 3) == (5, 28, 5, 34)
    assert cell(grid, 2, 5).text.span(3) == (5, 34, 5, 36)


def test_an_empty_cell_stands_where_a_value_would_be_typed() -> None:
    lines = FORM_HEAD.splitlines()
    empty = [cell(table(FORM_HEAD), 4, column).text for column in range(4, 8)]
    assert [text.text for text in empty] == [""] * 4
    assert empty[0].span() == (8, len(lines[7]) - 4, 8, len(lines[7]) - 4)  # before its </td>
    assert empty[1].span()[:2] == (9, 7)
    assert empty[2].span()[:2] == (9, 17)
    assert lines[8][empty[3].column - 1 :].startswith("&nbsp;</span>")


@pytest.mark.parametrize(
    ("inside", "column"),
    [
        ("", 5),
        ("<p></p><p></p>", 8),
        ("<br>", 5),
        ("\n<b>&#160;</b>", None),
        ("<!-- <p> --><p><o:p>&nbsp;</o:p></p>", 25),
        ("<script>1</script>", 5),
    ],
)
def test_the_place_of_an_empty_cell(inside: str, column: int | None) -> None:
    text = cell(table(f"<table><tr>\n<td>{inside}<td>1</table>"), 0, 0).text
    assert text.text == ""
    assert text.span() == ((2, column) * 2 if column else (3, 4) * 2)


@pytest.mark.parametrize(
    ("written", "read_as", "runs"),
    [
        ("7<b>3</b>", "73", [(0, 8, 1), (1, 12, 1)]),
        ("a&nbsp;b", "a b", [(0, 8, 1), (1, 9, 6), (2, 15, 1)]),
        ("&ldquo;x&rdquo;", "“x”", [(0, 8, 7), (1, 15, 1), (2, 16, 7)]),
        ("1&#44;2&#x33;", "1,23", [(0, 8, 1), (1, 9, 5), (2, 14, 1), (3, 15, 6)]),
        ("&copy2", "©2", [(0, 8, 5), (1, 13, 1)]),
        ("a & b&c;", "a & b&c;", [(0, 8, 1)]),
        ("a   b", "a b", [(0, 8, 1), (1, 9, 3), (2, 12, 1)]),
        ("a<sup>2</sup>", "a2", [(0, 8, 1), (1, 14, 1)]),
        ("<p>a</p><p>b</p>", "a b", [(0, 11, 1), (1, 12, 4), (2, 19, 1)]),
        ("&nbsp;5&nbsp;", "5", [(0, 14, 1)]),
        ("&#x110000;&#0;&#99999999999999999999;", "\ufffd\ufffd\ufffd", [(0, 8, 10), (1, 18, 4), (2, 22, 23)]),
        ("&#55296;", "\ufffd", [(0, 8, 8)]),
    ],
)
def test_the_characters_of_a_cell(written: str, read_as: str, runs: list[tuple[int, int, int]]) -> None:
    text = cell(table(f"<table>\n<tr><td>{written}</td><td>x</td></tr></table>"), 0, 0).text
    assert text.text == read_as
    assert [(run.offset, run.column - 1, run.width) for run in text.runs] == runs
    assert {run.line for run in text.runs} == {2}


def test_white_space_is_collapsed_as_in_a_browser() -> None:
    assert shown("<p> a\n\t b <b> c</b> </p>") == [["a b c"]]
    assert shown("<p>\u3000\u3000甲\u3000\u3000乙&nbsp;&nbsp;丙\xa0</p>") == [["甲\u3000\u3000乙  丙"]]
    assert shown("<p><span>甲</span> <span>乙</span></p>\n<p>丙</p>") == [["甲 乙"], ["丙"]]


def test_lines_and_paragraphs() -> None:
    assert shown("零<p>一<br>二<BR/>三<br><br>四<div>五</div>六<ul><li>七<li>八</ul>") == [
        ["零"], ["一", "二", "三"], ["四"], ["五"], ["六"], ["七"], ["八"],
    ]  # fmt: skip


def test_preformatted_lines_stay_as_they_are() -> None:
    assert shown("<pre>\n一\t 5\n\t&lt;6&nbsp;7 \n\n  八</pre>") == [["一\t 5", "\t<6 7 "], ["  八"]]
    (first, _) = document("<pre>\n一\t 5\r\n\t&lt;6</pre>").blocks[0].lines  # type: ignore[union-attr]
    assert first.span() == (2, 1, 2, 5)


@pytest.mark.parametrize(
    ("html", "strong"),
    [
        ("<p><b>一、总体情况</b></p>", True),
        ("<p><b>一、</b><strong>总体</strong>&nbsp;</p>", True),
        ("<p><b>一、</b>总体</p>", False),
        ('<p><span style="font-size:1em; font-weight:700">一</span></p>', True),
        ('<p style="font-weight: bold">一</p>', True),
        ('<p><b style="font-weight:normal">一</b></p>', False),
        ("<b><p>一</p></b>", True),
        ("<b><table><tr><td>一</td></tr></table></b>", True),
        ("<p>一</p>", False),
    ],
)
def test_a_paragraph_is_strong_if_all_of_it_is(html: str, strong: bool) -> None:
    (paragraph,) = document(html).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.strong is strong


def test_bold_that_ends_in_another_block_ends_there() -> None:
    blocks = document("<p><b>一</p><div><b><p>二</b>三</p>四</div>").blocks
    assert [(short(block), block.strong) for block in blocks if isinstance(block, Paragraph)] == [
        (["一"], True),
        (["二三"], False),
        (["四"], False),
    ]


def test_line_ends_of_every_kind_count_as_lines() -> None:
    html = "<table>\n<tr><td>甲</td>\n<td>5\n6</td></tr></table>\n<p>末</p>"
    for end in ("\n", "\r\n", "\r"):
        doc = document(html.replace("\n", end))
        grid, last = doc.blocks
        assert isinstance(grid, Table)
        assert isinstance(last, Paragraph)
        assert cell(grid, 0, 0).text.span() == (2, 9, 2, 10)
        five = cell(grid, 0, 1).text
        assert five.text == "5 6"
        assert places(five) == [(3, 5), (3, 6), (4, 1)]
        assert five.span(1, 2) == (3, 6, 3, 6)
        assert last.lines[0].span() == (5, 4, 5, 5)


def test_tags_left_open_in_tables() -> None:
    assert shown("<TABLE><TR><TD>a<TD>1<TR><TH>b<TD>2<TBODY><TD>c<TD>3</TABLE>d") == [
        (("a", "1"), ("b", "2"), ("c", "3")),
        ["d"],
    ]
    assert shown("<p>x<table><tr><td>a<td>1<tr><td>b<td><b>2") == [["x"], (("a", "1"), ("b", "2"))]
    assert shown("<td>a</td><td>b</td>") == [["a"], ["b"]]


def test_a_row_keeps_its_own_length() -> None:
    assert shown("<table><tr><td>a<td>b<td>c<tr><td>d<tr><td>e<td>f<td>g<td>h</table>") == [
        (("a", "b", "c"), ("d",), ("e", "f", "g", "h"))
    ]


def test_a_position_that_no_cell_covers() -> None:
    html = "<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>"
    assert shown(html) == [(("a", "b", "c"), ("d", None, "c"))]


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<table><tr><td rowspan=9>a<td>1<tr><td>2</table>", (("a", "1"), ("a", "2"))),
        ("<table><tr><td rowspan=0>a<td>1<tr><td>2<tbody><tr><td>b<td>3</table>", (("a", "1"), ("a", "2"), ("b", "3"))),
        ("<table><tbody><tr><td rowspan=3>a<td>1<tbody><tr><td>b<td>3</table>", (("a", "1"), ("b", "3"))),
        ("<table><tr><td colspan=0>a<td colspan=x>1<tr><td colspan=' +2 '>b</table>", (("a", "1"), ("b", "b"))),
        ("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d</table>", (("a", "b"), ("c", "b", "d"))),
        ("<table><tfoot><tr><td>z<td>9<thead><tr><th>h<th>i<tbody><tr><td>a<td>1</table>",
         (("h", "i"), ("a", "1"), ("z", "9"))),
        ("<table><tr><td>a<td>1<tr></tr><tr style='display:none'><td>x<td>y<tr><td>b<td>2<td hidden>3</table>",
         (("a", "1"), ("b", "2"))),
    ],
)  # fmt: skip
def test_spans(html: str, rows: object) -> None:
    assert shown(html) == [rows]


def test_a_span_is_clipped_to_what_there_is() -> None:
    grid = table("<table><tr><td rowspan=9999999999>a<td colspan=9999999999>1<tr><td>2</table>")
    assert cell(grid, 0, 0).rowspan == 2
    assert cell(grid, 0, 1).colspan == 1000
    assert [len(row) for row in grid.rows] == [1001, 2]


@pytest.mark.unmeasured
def test_spans_cannot_fill_the_memory() -> None:
    grid = table("<table><tr>" + "<td rowspan=65534 colspan=1000>x" * 100 + "<tr>" * 50_000)
    assert 0 < sum(map(len, grid.rows)) <= 2_100_000


def test_a_caption_and_text_outside_of_cells_come_before_the_table() -> None:
    html = "<table><caption>表一</caption>单位：件<tr><td>a<td>1</tr>漏<tr><td>b<td>2</table>"
    assert shown(html) == [["表一"], ["单位：件漏"], (("a", "1"), ("b", "2"))]


INNER = "<table><tr><td>规章<td>0<tr><td>规范性文件<td>3</table>"
INNER_ROWS = (("规章", "0"), ("规范性文件", "3"))


def test_a_table_that_lays_out_the_page_is_read_through() -> None:
    html = f"<table><tr><td>导航<td><h2>二、主动公开</h2><p>说明</p>{INNER}<p>后文</p><tr><td>{INNER}</table>"
    assert shown(html) == [["导航"], ("h", 2, "二、主动公开"), ["说明"], INNER_ROWS, ["后文"], INNER_ROWS]
    assert shown(f"<table><tr><td><table><tr><td>{INNER}</table></table>") == [INNER_ROWS]


def test_a_table_of_one_column_is_text_if_it_holds_text() -> None:
    long = "本机关严格落实政府信息公开条例的各项规定，" * 5
    assert shown(f"<table><tr><td>标题<tr><td>{long}<br>续</table>") == [["标题"], [long, "续"]]
    assert shown("<table><tr><td><p>甲</p><p>乙</p></table>") == [["甲"], ["乙"]]
    assert shown("<table><tr><td>规章<tr><td>0</table>") == [(("规章",), ("0",))]


def test_a_cell_that_holds_a_whole_page_is_no_data() -> None:
    long = "本机关严格落实政府信息公开条例的各项规定，" * 10
    html = f"<table><tr><td>站名<td>日期<tr><td>栏目<td><p>{long}</p>"
    assert shown(html) == [(("站名", "日期"), ("栏目", long))]
    assert shown(html + f"<p>{long}</p>" * 4) == [["站名"], ["日期"], ["栏目"], *[[long]] * 5]
    assert shown(f"<table><tr><td>栏目<td><p>{long}</p>") == [["栏目"], [long]]


def test_a_data_table_with_a_small_table_inside_stays_one() -> None:
    small = "<table><tr><td>x<td>y</table>"
    html = f"<table><tr><td>a<td>1<td>2<tr><td>b{small}<td>3<td>4</table>"
    assert shown(html) == [(("a", "1", "2"), ("b", "3", "4")), (("x", "y"),)]


def test_headings_above_the_figures_of_one_table() -> None:
    html = (
        "<table><tr><td colspan=2><h3>表二</h3><tr><th>内容<th><h4>件数</h4><tr><td>规章<td>0<tr><td>其他<td>1</table>"
    )
    assert shown(html) == [("h", 3, "表二"), (("内容", "件数"), ("规章", "0"), ("其他", "1"))]


def test_a_blank_form_stays_a_table() -> None:
    assert shown("<table><tr><td><td><tr><td><td></table>") == [(("", ""), ("", ""))]


def test_headings() -> None:
    assert shown("<h1>a<h2> b\n c </h3>d<h3></h3><h4><div>e</div></h4><h2>f<p>g") == [
        ("h", 1, "a"), ("h", 2, "b c"), ["d"], ("h", 4, "e"), ("h", 2, "f"), ["g"],
    ]  # fmt: skip
    assert shown("<h3>" + "<p>一段文字</p>" * 100 + "</h3>") == [["一段文字"]] * 100


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<!-- <p>x</p> -->b<!-->c<!--->d<!-- e --!>f", [["abcdf"]]),
        ("a<!x>b</ 1>c<?php d ?>e<![if !vml]>f<![endif]>g</>h", [["abcefgh"]]),
        ("a<!-- b", [["a"]]),
        ("a < b <3 <自然人> 5>4", [["a < b <3 <自然人> 5>4"]]),
        ("<p title='>'>a</p><p title=x\">b</p>", [["a"], ["b"]]),
        ('a<p title="x>b', [["a"], ["b"]]),
        ("a<p class=x", [["a<p class=x"]]),
        ("a<script>if (a<b) '<p>c</p>'</SCRIPT >d", [["ad"]]),
        ("a<script>b", [["a"]]),
        ("a<textarea><p>b</textarea>c", [["ac"]]),
        ("a<textarea>b", [["ab"]]),
        ("a<title>b<p>c", [["ab"], ["c"]]),
        ("<nav>a<p>b", [["a"], ["b"]]),
        ("<nav>a<div>b</nav>c", [["c"]]),
        ("<div hidden><table><tr><td>a<td>b</table></div>c", [["c"]]),
        ("<table hidden><tr><td>a<td>b</table>c", [["c"]]),
        ('<div style="overflow:hidden" class="hidden">a</div>', [["a"]]),
        ('<?xml version="1.0"?><div style="display:none"/><p>a</p><script src="x"/><p>b</p>', [["a"], ["b"]]),
        ("<svg><title>x</title><text>y</text></svg>z", [["z"]]),
        ("a</p>b</div>c</body>d</table>e</td>f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("", []),
    ],
)  # fmt: skip
def test_markup_that_browsers_put_up_with(html: str, expected: Shown) -> None:
    assert shown(html) == expected


def test_the_title_is_the_first_that_is_read() -> None:
    title = document("<svg><title>x</title></svg><title> 年度\n报告&amp;附 </title>").title
    assert title is not None
    assert title.text == "年度 报告&附"
    assert document("<p>x").title is None


def test_a_fragment_has_the_places_of_the_whole_source() -> None:
    text = "# 标题\n\n<table><tr><td>甲</td><td>1</td></tr></table>\n\n<b>后</b>"
    source = Source.from_text(text, "report.md")
    start = text.index("<table")
    (grid,) = read_fragment(source, start, text.index("\n", start))
    assert isinstance(grid, Table)
    assert cell(grid, 0, 1).text.span() == (3, 26, 3, 27)
    assert read_fragment(source, start, start) == []
    (cut,) = read_fragment(source, start, text.index("</td><td>1"))
    assert short(cut) == ["甲"]


TAGS = """\
<table> </table> <tr> <td> <td\trowspan=2> <td\tcolspan='3'> <th> </td> </tr> <tbody> <tfoot> <caption> <p> </p> <div>
</div> <b> </b> <h2> </h2> <pre> </pre> <br> <nav> </nav> <p\thidden> <title> </title> <script> </script> <!-- --> <li>
<ul> </ul> <![CDATA[ ]]> <!x <?y </ &nbsp; &lt &#48; &#x; & < > " ' = <a\thref=" 0 12 甲 乙丙"""
PIECES = st.sampled_from([*re.split("[ \n]", TAGS), " ", "\n", "\r\n", "\r", "\t", "\xa0", "  \n ", "\u3000", "\u2028"])


def check_places(source: Source) -> None:
    for text in texts(read(source)):
        assert text.runs[0].offset == 0
        assert [run.offset for run in text.runs] == sorted(run.offset for run in text.runs)
        ends = [run.offset for run in text.runs[1:]] + [len(text.text)]
        before = (0, 0)
        for run, end in zip(text.runs, ends, strict=True):
            line = source.lines[run.line - 1]
            assert before <= (run.line, run.column)
            before = (run.line, run.column)
            length = (end - run.offset) * run.width
            assert 1 <= run.column <= run.column + length <= len(line) + 1
            if run.width == 1:
                written = line[run.column - 1 : run.column - 1 + length].replace("\xa0", " ")
                assert written.replace("\t", " ").replace("\f", " ") == text.text[run.offset : end].replace(
                    "\t", " "
                ).replace("\f", " ")


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_markup_is_read_and_every_character_has_its_place(pieces: list[str]) -> None:
    check_places(Source.from_text("".join(pieces), "x.html"))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    check_places(Source.from_text(text, "x.html"))


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "unit",
    [
        "<div>", "<b>", "<table>", "<table><tr><td>", "<a ", '<a b="', "<a b='\"", "<!--", "<!x", "<![CDATA[", "<", "&",
        "&#", "<title>", "<textarea>", "<script/>", "<header>", "<nav>", "<h2>", "<h2><br>", "<ul><b><li>", "<p><b>",
        "<b><p></b>", "<td hidden>", "</p>", "<dt>", "<a b=\"<a b='", "<option>", "<style></style>",
    ],
)  # fmt: skip
def test_the_time_grows_with_the_size_only(unit: str) -> None:
    source = Source.from_text(unit * 60_000 + ">", "x.html")
    began = time.perf_counter()
    read(source)
    # A quarter of a second or so; a cost that grows with the square would take minutes.
    assert time.perf_counter() - began < seconds(10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲<hr>乙", [["甲"], ["乙"]]),
        ("甲</br>乙", [["甲", "乙"]]),
        ("甲&#32;&#10;乙", [["甲 乙"]]),
        ('<p title="x>甲</p>乙', [["甲"], ["乙"]]),
        ('<p a="b>甲</p>' * 101, [["甲"]] * 51),
        ("<table><colgroup><col></colgroup></col><tr><td>1<td>2</table>", [(("1", "2"),)]),
        ("<table><caption>丙<hr>丁</caption><tr><td>1<td>2</table>", [["丙"], ["丁"], (("1", "2"),)]),
    ],
)
def test_rules_breaks_and_quotes_left_open(text: str, expected: Shown) -> None:
    assert shown(text) == expected


def test_quotes_left_open_again_and_again_are_read_on_the_plain_way() -> None:
    text = "<p>" + "<b a='>甲" * 300 + "</p>乙>"
    assert "甲" in "".join(line for block in shown(text) if isinstance(block, list) for line in map(str, block))
