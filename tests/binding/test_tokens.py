"""Rows of tokens from grids and from what is left of them, layout by layout: cells, bounds, and where blanks stand."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gklint.binding.tokens import MAX_BLANKS, Strip, Token, block_rows, flat_rows, paragraph_lines
from gklint.documents import read
from gklint.documents.model import Gap, Located, Run
from gklint.documents.source import Source


def lines_of(text: str) -> list[Located]:
    """A text's lines as the text reader leaves them: those without anything but line ends are known by their gap."""
    return [Located(line, number, 1) for number, line in enumerate(text.split("\n"), 1) if line.strip() or "\t" in line]


def flat(text: str) -> Strip:
    """The tokens of a text, at whose end the stretch ends."""
    return flat_rows(lines_of(text), text.count("\n") + 1)


def shown(token: Token) -> str:
    """A token's text, or for a blank its place; ``~`` says that it may go on."""
    return (token.text.text or f"@{token.text.line}:{token.text.column}") + "~" * token.continues


def rows(strip: Strip) -> list[str]:
    """The rows of a strip, one a string."""
    return [" ".join(shown(token) for token in row.tokens) for row in strip.rows]


def check(text: str, bounded: bool, *wanted: str) -> None:
    strip = flat(text)
    assert rows(strip) == list(wanted)
    assert strip.bounded is bounded
    for row in strip.rows:
        for token in row.tokens:
            assert token.column == -1
            # Each token stands where its text stands in the source.
            line = text.split("\n")[token.text.line - 1] if token.text.text else ""
            assert token.text.text in line


def test_layout_a_one_cell_a_line_behind_a_tab_a_blank_line_ends_the_row() -> None:
    text = "表头\n\n\t小麦\n\t12\n\t\n\t \n\t4\n\n\t水稻\n\t5\n\t7\n"
    check(text, True, "表头", "小麦 12 @5:2 @6:2 4", "水稻 5 7")


def test_layout_b_one_cell_a_line_k_blanks_are_k_and_1_blank_lines() -> None:
    check("小麦\n\n12\n\n\n\n\n4\n\n水稻\n\n5\n\n\n\n7\n", False, "小麦~ 12~ @5:1 @6:1 @7:1 4~ 水稻~ 5~ @14:1 @15:1 7~")


def test_layout_b_blanks_at_the_end_of_the_stretch() -> None:
    check("小麦\n\n12\n\n4\n\n5\n\n\n\n", False, "小麦~ 12~ 4~ 5~ @9:1 @10:1")


def test_bare_lines_have_no_gap_to_be_a_blank() -> None:
    check("小麦\n12\n3\n水稻\n5\n\n7", False, "小麦~ 12~ 3~ 水稻~ 5~ @6:1 7~")


def test_more_blank_lines_than_any_row_has_cells_are_no_cells() -> None:
    most = "小麦\n12" + "\n" * (MAX_BLANKS + 2) + "7"
    assert len(next(iter(flat(most).rows)).tokens) == MAX_BLANKS + 3
    assert len(next(iter(flat(most.replace("7", "\n7")).rows)).tokens) == 3


def test_layout_c_a_pipe_behind_each_cell_surplus_pipes_end_the_row() -> None:
    text = "春播\n面积 |\n合计 | ||\n小麦 |\n12 |\n|\n19 | ||\n水稻 |\n5 | ||"
    check(text, False, "春播~ 面积 合计", "小麦 12 @6:1 19", "水稻 5")


def test_layout_c_surplus_pipes_on_a_line_of_their_own() -> None:
    check("小麦 |\n12 |\n7 |\n||\n水稻 |\n5 |\n8 |\n||", False, "小麦 12 7", "水稻 5 8")


def test_layout_c_surplus_pipes_behind_two_cells_of_a_line() -> None:
    text = "小麦 |\n12 |\n3 |\n7 | 19 ||\n水稻 |\n5 |\n|\n8 |\n13 | ||"
    check(text, False, "小麦 12 3 7 19", "水稻 5 @7:1 8 13")


def test_layout_d_cells_and_pipes_on_lines_of_their_own() -> None:
    check("小麦\n|\n12\n|\n7\n||\n水稻\n|\n|\n8\n||", False, "小麦 12 7", "水稻 @9:1 8")


def test_layout_e_a_row_a_line_with_a_pipe_at_the_end() -> None:
    check("小麦 | 12 | 7 |\n水稻 | 5 | |\n油料 | | 3 |", True, "小麦 12 7", "水稻 5 @2:10", "油料 @3:6 3")


def test_layout_f_merged_cells_dropped() -> None:
    check("粮食 | 1.小麦 | 12\n2.水稻 | 5\n油料 | 3", True, "粮食 1.小麦 12", "2.水稻 5", "油料 3")


def test_layout_g_pipes_at_both_ends_and_a_rule() -> None:
    text = "| | 1.小麦 | 12 |\n| --- | :-: | --- |\n| 粮食 | 2.水稻 | |\n| 油料 || 3"
    check(text, True, "@1:3 1.小麦 12", "粮食 2.水稻 @3:15", "油料 @4:7 3")


def test_layout_h_tabs_between_cells() -> None:
    strip = flat("\t小麦\t\t12\n合计\t\t\t17\t0\t24\n\t水稻\t5")
    assert rows(strip) == ["@1:1 小麦 @1:5 12", "合计 @2:4 @2:5 17 0 24", "@3:1 水稻 5"]
    assert [row.width for row in strip.rows] == [4, 6, 3]
    assert all(row.tabbed for row in strip.rows)


def test_a_blank_between_tabs_stands_behind_one_space_of_several() -> None:
    assert rows(flat("小麦\t \t  \t   \t12\n水稻\t5\t6\t7\t8\n油料\t5\t6\t7\t8"))[0] == "小麦 @1:4 @1:7 @1:10 12"


@pytest.mark.parametrize("pipe", "|｜│┃")
def test_pipes_of_all_kinds(pipe: str) -> None:
    check(f"小麦{pipe}12{pipe}7\n水稻{pipe}{pipe}5\n油料{pipe}3{pipe}4", True, "小麦 12 7", "水稻 @2:4 5", "油料 3 4")


def test_values_between_blanks_on_one_line() -> None:
    check(
        "结果 维持\n小麦 12 3 4\n油料 1,234 -1 +2.5\n0 0 0", False, "结果 维持~ 小麦~ 12 3 4 油料~ 1,234 -1 +2.5 0 0 0"
    )


def test_two_numbers_on_a_line_may_be_one_text() -> None:
    check("第 12 条 3\n\n共 5 7", False, "第 12 条 3~ 共 5 7~")


def test_two_pipes_or_tabs_in_prose_make_no_table() -> None:
    check("甲 | 乙\n丙 | 丁\n戊", False, "甲 | 乙~ 丙 | 丁~ 戊~")


def test_nothing() -> None:
    strip = flat_rows([], 5)
    assert strip.rows == []


@pytest.mark.parametrize(
    ("text", "number", "writing"),
    [
        # A blank written between pipes keeps one blank of padding at either side if there is any.
        ("小麦 | 12 |  |\n水稻 | 5 | 7 |\n油料 | 3 | 4 |", 2, ((1, 11, 1, 11), "0")),
        ("小麦 | 12 | |\n水稻 | 5 | 7 |\n油料 | 3 | 4 |", 2, ((1, 11, 1, 11), "0 ")),
        ("小麦|12||\n水稻|5|7|\n油料|3|4|", 2, ((1, 7, 1, 7), "0")),
        ("小麦 | 12 |     |\n水稻 | 5 | 7 |\n油料 | 3 | 4 |", 2, ((1, 11, 1, 12), "0")),
        # A blank that is a line is written with what stands behind each value.
        ("小麦\n\n12\n\n\n\n7\n", 2, ((5, 1, 5, 1), "0\n")),
        ("小麦 |\n12 |\n|\n7 | ||", 2, ((3, 1, 3, 1), "0 ")),
        ("小麦\n|\n12\n|\n|\n7\n||", 2, ((5, 1, 5, 1), "0\n")),
    ],
)
def test_what_is_written_into_a_blank(text: str, number: int, writing: tuple[tuple[int, ...], str]) -> None:
    blank = next(iter(flat(text).rows)).tokens[number].text
    assert isinstance(blank, Gap)
    span, value = blank.writing("0")
    assert (tuple(span), value) == writing


def test_a_grid_has_its_rows_and_a_line_between_grids_is_a_row_of_its_own() -> None:
    html = """\
        <table>
        <tr><th rowspan=2>作物</th><th colspan=2>面积</th></tr>
        <tr><th>春播</th><th>秋播</th></tr>
        <tr><td>小麦</td><td>12</td><td></td></tr>
        </table>
        <p>注：
        另表。</p>
        <table><tr><td>水稻</td><td>5</td></tr></table>
        """
    strip = block_rows(read(Source.from_text(dedent(html), "x.html"), "html").blocks)
    assert rows(strip) == ["作物 面积", "春播 秋播", "小麦 12 @4:31", "注： 另表。", "水稻 5"]
    assert [row.grid for row in strip.rows] == [0, 0, 0, -1, 1]
    assert [[token.column for token in row.tokens] for row in strip.rows] == [[0, 1], [1, 2], [0, 1, 2], [-1], [0, 1]]
    assert [row.width for row in strip.rows] == [3, 3, 3, 1, 2]
    first, second, *_ = strip.rows
    assert [token.header for token in second.tokens] == [True, True]
    assert first.grid_row[1] is first.grid_row[2]
    assert strip.bounded


def test_the_lines_of_paragraphs_and_headings() -> None:
    document = read(Source.from_text("# 甲\n\n乙\n丙\n\n| 丁 |\n|---|\n", "x.md"), "markdown")
    assert [line.text for line in paragraph_lines(document.blocks)] == ["甲", "乙", "丙"]


PIECES = st.sampled_from(
    [
        *("|", "|", " | ", "||", "｜", "│", "\t", "\t", "\n", "\n", " ", "\u3000", "-", "---", ":"),
        "小麦",
        "12",
        "1 2 3",
        "乙 ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_lines_with_markup_in_them_are_told_apart_like_those_without(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = lines_of(text)
    # The same places, as if there had been something to read between the characters.
    broken = [
        Located.of_runs(line.text, [Run(number, line.line, line.column + number) for number in range(len(line.text))])
        for line in lines
    ]
    assert places(flat_rows(broken, text.count("\n") + 1)) == places(flat(text))


def places(strip: Strip) -> list[object]:
    """The rows of a strip with the places of all texts."""
    return [
        (row.width, row.tabbed, [(token.text.text, token.text.span(), token.continues) for token in row.tokens])
        for row in strip.rows
    ]
