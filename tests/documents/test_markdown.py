"""The reader of Markdown: blocks, tables, positions, and hostile input."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gklint.documents import markdown
from gklint.documents.model import Block, Document, Heading, Located, Paragraph, Table
from gklint.documents.source import Source, read_source
from tests.patience import seconds

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def read(content: str) -> Document:
    return markdown.read(Source.from_text(content, "a.md"))


def shown(content: str) -> list[str]:
    """The blocks in short: their kind, and each text with its place."""
    result = []
    for block in read(content).blocks:
        if isinstance(block, Heading):
            result.append(f"h{block.level} {at(block.text)}")
        elif isinstance(block, Paragraph):
            result.append(("strong " if block.strong else "") + " / ".join(map(at, block.lines)))
        else:
            result.append("table " + " / ".join(row(cells) for cells in texts(block)))
    return result


def at(text: Located) -> str:
    return f"{text.text}@{text.line}:{text.column}"


def row(cells: list[str]) -> str:
    return "|".join(cells)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text.text if cell else "None" for cell in cells] for cells in table.rows]


def the_table(content: str) -> Table:
    (table,) = (block for block in read(content).blocks if isinstance(block, Table))
    return table


def located(document: Document) -> list[Located]:
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph):
            found.extend(block.lines)
        else:
            found.extend(cell.text for cells in block.rows for cell in cells if cell)
    return found


def check_places(document: Document) -> None:
    """Every text maps back to the source; where a character takes up just itself, it is that character."""
    source = document.source
    for text in located(document):
        start = text.span(0, 0)
        assert 1 <= start.line <= len(source.lines)
        assert 1 <= start.column <= len(source.lines[start.line - 1]) + 1
        bounds = [run.offset for run in text.runs[1:]] + [len(text.text)]
        for run, end in zip(text.runs, bounds, strict=True):
            if run.width == 1:
                line = source.lines[run.line - 1]
                piece = text.text[run.offset : end]
                there = line[run.column - 1 : run.column - 1 + len(piece)]
                assert len(there) == len(piece)
                # In HTML any white space is a space.
                assert all(a == b or (b == " " and a.isspace()) for a, b in zip(there, piece, strict=True))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# 总体情况", ["h1 总体情况@1:3"]),
        ("  ##  总体  ##  ", ["h2 总体@1:7"]),
        ("## 总体 # 情况#", ["h2 总体 # 情况#@1:4"]),
        ("### **一、总体情况** {#overview .x}", ["h3 一、总体情况@1:7"]),
        ("## __一__", ["h2 一@1:6"]),
        ("## *一*、*二*", ["h2 一、二@1:5"]),
        (r"## 1\. 总体", ["h2 1. 总体@1:4"]),
        ("##一、总体", ["h2 一、总体@1:3"]),
        ("#", ["h1 @1:2"]),
        ("#标签", ["#标签@1:1"]),
        ("####### 七", ["####### 七@1:1"]),
        ("标题\n===", ["h1 标题@1:1"]),
        ("甲区人民政府\n年度报告\n---\n后", ["h2 甲区人民政府年度报告@1:1", "后@4:1"]),
        ("one\ntwo\n---", ["h2 one two@1:1"]),
        ("> ## 引用", ["h2 引用@1:6"]),
        ("前\n## 中\n后", ["前@1:1", "h2 中@2:4", "后@3:1"]),
    ],
)
def test_headings(content: str, expected: list[str]) -> None:
    assert shown(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("甲\n乙\n\n丙", ["甲@1:1 / 乙@2:1", "丙@4:1"]),
        ("甲\r\n\r\n乙\r丙", ["甲@1:1", "乙@3:1 / 丙@4:1"]),
        ("1. 总体情况\n2. 主动公开", ["1. 总体情况@1:1", "2. 主动公开@2:1"]),
        ("  1) 总体\n     续", ["  1) 总体@1:1 /      续@2:1"]),
        ("- 甲\n* 乙\n+ 丙", ["甲@1:3", "乙@2:3", "丙@3:3"]),
        ("- - 甲\n- 1. 乙", ["甲@1:5", "1. 乙@2:3"]),
        ("> 甲\n> 乙\n丙", ["甲@1:3 / 乙@2:3 / 丙@3:1"]),
        ("> - 甲", ["甲@1:5"]),
        ("**一、总体情况**", ["strong 一、总体情况@1:3"]),
        ("***一***  ", ["strong 一  @1:4"]),
        ("*一*", ["一@1:2"]),
        ("**一、**总体", ["一、总体@1:3"]),
        ("一、**总体**", ["一、总体@1:1"]),
        ("**甲**乙**丙**", ["甲乙丙@1:3"]),
        ("**一、总体\n情况**", ["strong 一、总体@1:3 / 情况@2:1"]),
        ("**一**\n**二**", ["strong 一@1:3 / 二@2:3"]),
        ("**一**\n二", ["一@1:3 / 二@2:1"]),
        ("1. **一**", ["strong 1. 一@1:1"]),
        ("共____件，其中__件、__件", ["共____件，其中__件、__件@1:1"]),
        ("2 * 3 * 4", ["2 * 3 * 4@1:1"]),
        (r"1\. 甲\*乙", ["1. 甲*乙@1:1"]),
        ("`**甲**` &amp;&ensp;乙&bogus;", ["`**甲**` &\u2002乙&bogus;@1:1"]),
        ("甲<!-- 乙 -->丙", ["甲丙@1:1"]),
        ("甲<!-- 乙\n丙 -->丁", ["甲@1:1 / 丁@2:6"]),
        ("甲<u>乙</u><br>", ["甲乙@1:1"]),
        ("\t一、新收\n\t5\n\t\n\t\n\n\t二", ["\t一、新收@1:1 / \t5@2:1 / \t@3:1 / \t@4:1 / \t二@6:1"]),
        ("甲\n\t5\n\t\n\t\n\n乙", ["甲@1:1 / \t5@2:1", "\t@3:1", "\t@4:1", "乙@6:1"]),
        ("- |\n7 |", ["- |@1:1 / 7 |@2:1"]),
        ("甲\n\n-\n\n1.", ["甲@1:1", "-@3:1", "1.@5:1"]),
        ("\u3000\u3000甲", ["\u3000\u3000甲@1:1"]),
        ("```\n\t\n\n\t", []),
        ("甲\n|---|---|", ["甲@1:1 / |---|---|@2:1"]),
        ("- " * 40 + "甲", ["- " * 28 + "甲@1:25"]),
        ("甲\n2. 乙\n1. 丙\n-\n- 丁", ["甲@1:1 / 2. 乙@2:1", "1. 丙@3:1", "-@4:1", "丁@5:3"]),
        ("> > 甲\n\n乙", ["甲@1:5", "乙@3:1"]),
        ("1. 甲\n\n   乙\n\n丙", ["1. 甲@1:1", "   乙@3:1", "丙@5:1"]),
    ],
)
def test_paragraphs(content: str, expected: list[str]) -> None:
    assert shown(content) == expected


def test_places_behind_removed_markup() -> None:
    (block,) = read(r"一、**总体**情\*况&amp;甲").blocks
    assert isinstance(block, Paragraph)
    (line,) = block.lines
    assert line.text == "一、总体情*况&甲"
    spans = [line.span(index, index + 1)[1::2] for index in range(len(line.text))]
    assert spans == [(1, 2), (2, 3), (5, 6), (6, 7), (9, 10), (11, 12), (12, 13), (13, 18), (18, 19)]


@pytest.mark.parametrize(
    "content",
    ["```\n# 甲\n\n乙\n```\n", "~~~ x\n```\n甲\n~~~", "---\n标题: 甲\nb: 1\n---\n", "+++\na = 1\n+++", "---\n---",
     "<!-- 甲\n\n# 乙 -->", "<!-- gklint -->\n", "***\n---\n- - -", "", "\n\n", "</div>\n<br>", "<!-- 甲"],
)  # fmt: skip
def test_what_is_no_part_of_the_document(content: str) -> None:
    assert shown(content) == []


def test_front_matter() -> None:
    document = read("---\ndate: 2023-01-05\ntitle: '甲区年度报告' # 注\n---\n# 甲")
    assert document.title is not None
    assert at(document.title) == "甲区年度报告@3:9"
    assert [at(text) for text in located(document)] == ["甲@5:3"]
    # A rule at the top and one further down are no front matter, nor is a fence that nothing closes.
    assert shown("---\n一、总体\n\n---\n") == ["一、总体@2:1"]
    assert shown("---\na: 1\n") == ["a: 1@2:1"]


def test_table_places() -> None:
    table = the_table("前\n\n | 甲 |乙|\n|:--|--:|\n| **1** |  |\n||\t|\n")
    assert texts(table) == [["甲", "乙"], ["1", ""], ["", ""]]
    assert [[at(cell.text) for cell in cells if cell] for cells in table.rows] == [
        ["甲@3:4", "乙@3:7"],
        ["1@5:5", "@5:11"],
        ["@6:2", "@6:4"],
    ]
    assert table.span == (3, 2, 6, 5)
    assert table.markup == "gfm"
    assert [[cell.header for cell in cells if cell] for cells in table.rows] == [[True] * 2, [False] * 2, [False] * 2]
    assert [[(cell.row, cell.column) for cell in cells if cell] for cells in table.rows][2] == [(2, 0), (2, 1)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("甲|乙\n-|-\n1|2", ["甲|乙", "1|2"]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", ["甲|乙", "1", "1|2|3"]),
        ("| 甲 |\n|---|\n| 1 |", ["甲", "1"]),
        ("| 甲 | 乙 |\n|---|:-:|---|\n| 1 | 2 | 3 |", ["甲|乙", "1|2|3"]),
        ("|---|---|\n| 1 | 2 |", ["1|2"]),
        ("| 甲\\|乙 | `丙\\|丁` | `戊` |\n|-|-|-|", ["甲|乙|丙|丁|戊"]),
        ("| 甲 | 乙 |\n|-|-|\n| &nbsp; | a<br>b&#49; |", ["甲|乙", "|a\nb1"]),
        ("| 甲 | 乙 |\n|-|-|\n| <font color=red>1</font> | *2* | <!-- x -->", ["甲|乙", "1|2"]),
        ("> | 甲 |\n> |---|\n> | 1 |\n外", ["甲", "1"]),
        ("- | 甲 |\n  |---|\n  | 1 |", ["甲", "1"]),
        ("1. 表\n\n   | 甲 |\n   |---|\n   | 1 |", ["甲", "1"]),
        ("前一行\n| 甲 |\n|---|\n| 1 |\n# 后", ["甲", "1"]),
        ("| 甲 |\n|---|\n| 1 |\n\n| 2 |", ["甲", "1"]),
        ("|---|---|\n|---|", ["---"]),
        ("甲\n|---|---|\n| 1 | 2 |\n2) 乙", ["1|2"]),
    ],
)
def test_tables(content: str, expected: list[str]) -> None:
    assert [row(cells) for cells in texts(the_table(content))] == expected


@pytest.mark.parametrize("content", ["甲 |\n- |\n1 |", "甲 | 乙\n---\n", "7 |\n0 |\n7 | |||", "甲\n:-", "甲|乙\n--|x"])
def test_no_tables(content: str) -> None:
    assert not any(isinstance(block, Table) for block in read(content).blocks)


def kinds(blocks: list[Block]) -> list[str]:
    return ["Table" if isinstance(block, Table) else type(block).__name__ for block in blocks]


def test_html_blocks() -> None:
    content = (
        "前\n\n<table>\n<tr><td>甲</td><td>1</td></tr>\n\n    <tr><td>乙</td>\n\n<td>2</td></tr>\n</table>\n## 四、后\n"
        "<h2>五</h2>\n\n<div>\n<p>六</p>\n</div>\n"
    )
    for end in ("\n", "\r\n"):
        document = read(content.replace("\n", end))
        assert kinds(document.blocks) == ["Paragraph", "Table", "Heading", "Heading", "Paragraph"]
        table = document.blocks[1]
        assert isinstance(table, Table)
        assert texts(table) == [["甲", "1"], ["乙", "2"]]
        assert [at(text) for text in located(document)] == [
            "前@1:1", "甲@4:9", "1@4:19", "乙@6:13", "2@8:5", "四、后@10:4", "五@11:5", "六@14:4",
        ]  # fmt: skip


def test_an_indented_html_table_is_found() -> None:
    (table,) = read("甲\n\n    <table>\n\n      <tr><td>1</td><td>2</td></tr>\n    </table>\n").blocks[1:]
    assert isinstance(table, Table)
    assert texts(table) == [["1", "2"]]


def test_html_that_holds_tables_goes_on_to_the_last_of_them() -> None:
    rows = "<tr><td>{}</td><td>1</td></tr>\n\n"
    blocks = read(f"<div><table>{rows.format('甲')}</table><table>{rows.format('乙')}</table></div>\n丙\n\n丁").blocks
    assert kinds(blocks) == ["Table", "Table", "Paragraph", "Paragraph"]


def test_block_quotes_stay_whole_until_they_cost_too_much() -> None:
    """A block quote that ends early is looked through to its supposed end; only after many of those is it cut short."""
    few, many = ["> 甲\n乙\n> 丙\n\n", "> # 甲\n乙\n\n"], "> # 甲\n乙\n" * 30
    assert shown(few[0]) == ["甲@1:3 / 乙@2:1 / 丙@3:3"]
    assert shown(few[1] + few[0])[2:] == ["甲@4:3 / 乙@5:1 / 丙@6:3"]
    assert shown(many + "\n" + few[0])[-2:] == ["甲@62:3 / 乙@63:1", "丙@64:3"]


def test_an_unclosed_table_ends_at_a_blank_line() -> None:
    blocks = read("<table><tr><td>1</td><td>2</td></tr>\n\n# 后").blocks
    assert isinstance(blocks[0], Table)
    assert isinstance(blocks[-1], Heading)


ALPHABET = "一甲1 \t\n\r>-*+_#=|:.`~<>!\\&;/[]{}\u3000\u00a0\u2028\x0b\x00\ufeff"
PIECES = st.sampled_from(
    ["\n", "\n\n", "|", "|---|", "| a | b |\n", "|---|---|\n", "- ", "1. ", "> ", "    ", "\t", "# ", "**", "__",
     "```\n", "<!--", "-->", "<table>", "</table>", "<tr><td>", "<div>\n", "</div>", "<br>", "&nbsp;", "&amp;", "\\|",
     "---\n", "===\n", "+++\n", "甲", "一、总体", "12", "\r\n", "\r", "title: x\n", "`", "~~~\n", "<p>", "{#a}"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.text(ALPHABET, max_size=80) | st.lists(PIECES, max_size=30).map("".join) | st.text())
def test_any_text_is_read_and_maps_back(content: str) -> None:
    document = read(content)
    check_places(document)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert block.lines


BLOCKS = st.sampled_from(
    ["\n", "\n\n", "- ", "1. ", "2. ", "> ", "    ", "  ", "\t", "# ", "## x\n", "```\n", "---\n", "===\n", "甲",
     "甲\n", "~~~\n", "* * *\n", "-\n", " #\n", "a | b"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(BLOCKS, max_size=20).map("".join).filter(lambda content: not content.startswith("---")))
def test_headings_are_those_of_commonmark(content: str) -> None:
    """What is a heading depends on every other rule of blocks, so the library's own rules are the measure."""
    tokens = MarkdownIt("commonmark").disable("reference").parse(content)
    expected = [(token.tag, token.map[0] + 1) for token in tokens if token.type == "heading_open" and token.map]
    found = [(f"h{block.level}", block.text.line) for block in read(content).blocks if isinstance(block, Heading)]
    assert found == expected


@settings(max_examples=200)
@given(st.lists(st.text("甲乙丙12，。 \t", max_size=6), max_size=12))
def test_no_line_of_plain_text_is_lost(lines: list[str]) -> None:
    """Words, numbers and white space make no markup: every line comes out as it is, tabs and all."""
    expected = [(number, line) for number, line in enumerate(lines, 1) if line.strip() or "\t" in line]
    assert [(text.line, text.text) for text in located(read("\n".join(lines)))] == expected


@given(st.lists(st.lists(st.sampled_from(["", " ", "1", "甲乙", " 12 ", r"a\|b", "**3**"]), min_size=2), min_size=1))
def test_rows_keep_their_number_of_cells(rows: list[list[str]]) -> None:
    lines = ["| 甲 | 乙 |", "|---|---|", *("|" + "|".join(cells) + "|" for cells in rows)]
    table = the_table("\n".join(lines))
    assert [len(cells) for cells in table.rows[1:]] == [len(cells) for cells in rows]
    plain = [[cell.strip().replace("\\|", "|").replace("*", "") for cell in cells] for cells in rows]
    assert texts(table)[1:] == plain


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "content",
    [
        ">" * 20_000 + "甲",
        "> " * 20_000 + "甲",
        "- " * 20_000 + "甲",
        "\n".join("  " * depth + "- 甲" for depth in range(2_000)),
        "\n".join("> " * 30 + "甲" for _ in range(3_000)),
        "|甲|乙|\n|-|-|\n" + "|1|2|\n" * 30_000,
        "*a " * 60_000,
        "**a" * 60_000,
        "_a*" * 60_000,
        "".join("`" * (n % 200 + 1) + "a*" for n in range(3_000)),
        "&" * 200_000,
        "<!--" * 40_000,
        "甲<!--\n" * 20_000,
        "<table>" * 20_000,
        "<table>\n\n" * 20_000,
        "<a " * 50_000,
        "\n".join(["<a " * 5_000] * 20),
        "|" * 200_000,
        "|-" * 100_000,
        "甲|乙\n---" + " " * 100_000 + "x",
        "# " + " #" * 100_000 + " x",
        "# 甲" + " " * 100_000 + "{",
        "-" * 100_000 + "x",
        "- " * 100_000 + "x",
        "甲" * 3_000_000,
        "1. 甲\n" * 10_000,
        "甲\n" * 50_000,
        "\t甲\n\t\n\n" * 10_000,
        "```\n" * 20_001,
        "[" * 50_000,
        "[甲]: 乙\n" * 20_000,
        "> # 甲\n乙\n" * 10_000,
        "- > # 甲\n  乙\n" * 10_000,
        "> - # 甲\n> 乙\n丙\n" * 7_000,
        "- > 1. " * 5_000 + "甲",
        "- 甲\n* 乙\n" * 7_000,
        "<br>\n" * 20_000,
        "</div>\n" * 20_000,
        "<table><tr><td>1</table>\n" * 5_000,
        "<table></table>甲<table></table>\n" * 5_000,
        "<div>\n" * 10_000 + "<table></table>",
        "* " * 1_000_000 + "x",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_hostile_input_takes_linear_time(content: str) -> None:
    start = time.process_time()
    read(content)
    assert time.process_time() - start < seconds(5)


def test_published_reports() -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"the published reports are not here: {SEEDS}")
    for path in sorted(SEEDS.glob("*.txt")):
        source = read_source(path)
        document = markdown.read(source)
        check_places(document)
        expected = [(number, line) for number, line in enumerate(source.lines, 1) if line.strip() or "\t" in line]
        assert [(text.line, text.text) for text in located(document)] == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("**甲**\\\n乙", ["甲@1:3 / 乙@2:1"]),
        ("甲<!-- 1\n2\n3 -->乙", ["甲@1:1 / 乙@3:6"]),
    ],
)
def test_breaks_and_comments_inside_a_paragraph(content: str, expected: list[str]) -> None:
    assert shown(content) == expected
