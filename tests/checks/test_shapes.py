# ruff: noqa: E501
"""Findings about a table whose rows stand across or all in one row: rows and columns are those of the form."""

from __future__ import annotations

import pytest

from tests.checks.farm import HERDS, Change, draft, expect, farm, lint

ACROSS = """\
| | 肉用牛 | 绵山羊 |
| --- | --- | --- |
| 本年出生 | 8 | 20 |
| 本年出售 | 3 | 25 |
| 年末存栏 | 40 | 61 |
"""
ONE_ROW = """\
| 肉用牛 | | | 绵山羊 | | |
| --- | --- | --- | --- | --- | --- |
| 本年出生 | 本年出售 | 年末存栏 | 本年出生 | 本年出售 | 年末存栏 |
| 8 | 3 | 40 | 20 | 25 | 61 |
"""
KEPT = farm(identities="- {code: FM403, name: herd-left, table: herds, each: row, holds: kept == born - sold + 35}")


def across(*changes: Change) -> str:
    """The report with the table of herds turned, and that changed."""
    text = ACROSS
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return draft((HERDS, text))


def in_one(*changes: Change) -> str:
    """The report with the table of herds in one row, and that changed."""
    text = ONE_ROW
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return draft((HERDS, text))


@pytest.mark.parametrize("table", [HERDS, ACROSS, ONE_ROW])
def test_each_shape_is_right(table: str) -> None:
    expect(lint(draft((HERDS, table))))


# --- rows across ------------------------------------------------------------------------------------------------------


def test_across_a_missing_row_of_the_form_is_a_column_of_the_table() -> None:
    text = across(
        (" 绵山羊 |", ""), ("| --- | --- | --- |", "| --- | --- |"), (" 20 |", ""), (" 25 |", ""), (" 61 |", "")
    )
    expect(
        lint(text),
        """
        21:5-8 GK202 row-missing error
          缺少“绵山羊”行
          missing row: “绵山羊”
        """,
    )


def test_across_a_missing_column_of_the_form_is_a_row_of_the_table() -> None:
    expect(
        lint(across(("| 本年出售 | 3 | 25 |\n", ""))),
        """
        24:3-7 GK207 column-missing error
          缺少“本年出售”列
          missing column: “本年出售”
        """,
    )


def test_across_a_moved_row_and_a_moved_column() -> None:
    expect(
        lint(across(("| 肉用牛 | 绵山羊 |", "| 绵山羊 | 肉用牛 |"))),
        """
        21:5-8 GK205 row-order warning
          “绵山羊”行的位置与格式不符
          row “绵山羊” is not where the form has it
        """,
    )
    born, sold = "| 本年出生 | 8 | 20 |\n", "| 本年出售 | 3 | 25 |\n"
    expect(
        lint(across((f"{born}{sold}", f"{sold}{born}"))),
        """
        23:3-7 GK210 column-order warning
          “本年出售”列的位置与格式不符
          column “本年出售” is not where the form has it
        """,
    )


def test_across_drifted_labels() -> None:
    expect(
        lint(across(("绵山羊", "绵山养"))),
        """
        21:11-14 GK206 row-label error
          行名“绵山养”应为“绵山羊”
          the row label “绵山养” should be “绵山羊”
          =! 21:11-14 '绵山羊'
        """,
    )
    expect(
        lint(across(("本年出售", "本年出卖"))),
        """
        24:3-7 GK211 column-label warning
          列名“本年出卖”应为“本年出售”
          the column label “本年出卖” should be “本年出售”
          =! 24:3-7 '本年出售'
        """,
    )


def test_across_unknown_and_repeated() -> None:
    kept = "| 年末存栏 | 40 | 61 |\n"
    expect(
        lint(across((kept, f"{kept}| 病死 | 1 | 2 |\n"))),
        """
        26:3-5 GK208 column-unknown warning
          “病死”不是格式规定的列
          “病死” is not a column of the form
        """,
    )
    expect(
        lint(across((kept, f"{kept}{kept}"))),
        """
        26:3-7 GK209 column-duplicate error
          “年末存栏”列重复
          column “年末存栏” is there twice
          ~ 25:3-7 前一处 | the first one
        """,
    )


def test_across_a_short_row_is_one_finding_and_the_others_are_read() -> None:
    expect(
        lint(across(("| 3 | 25 |", "| 3 |"), ("| 40 | 61 |", "| 40 | |"))),
        """
        24:3-7 GK212 row-cells error
          “本年出售”列有1个单元格，应有2个，无法读取
          column “本年出售” has 1 cell where 2 should be: it cannot be read
        25:15-15 GK301 blank-zero warning
          “绵山羊”行“年末存栏”留空，应填 0（按填报要求，没有数据应填 0）
          row “绵山羊”, column “年末存栏” is blank and should be 0 (the form expects 0 where there is nothing to report)
          = 25:15-15 '0 '
        """,
    )


def test_across_blanks_are_named_by_their_row() -> None:
    expect(
        lint(across(("| 3 | 25 |", "|  |  |"))),
        """
        24:10-10 GK301 blank-zero warning
          “本年出售”列有2格留空，应填 0（按填报要求，没有数据应填 0）
          2 cells of column “本年出售” are blank and should be 0 (the form expects 0 where there is nothing to report)
          ~ 24:13-13 空格：“绵山羊”应填 0 | blank: “绵山羊” should be 0
          = 24:10-10 '0'
          = 24:13-13 '0'
        """,
    )


def test_across_blanks_whose_values_follow() -> None:
    expect(
        lint(across(("| 40 | 61 |", "|  |  |")), KEPT),
        """
        25:10-10 GK302 blank-value error
          “年末存栏”列留空的单元格有确定的值：“肉用牛”应为 40、“绵山羊”应为 30（由恒等式推得）
          blank cells of column “年末存栏” have a value: “肉用牛” should be 40, “绵山羊” should be 30 (by the identities)
          ~ 25:13-13 空格：“绵山羊”应填 30 | blank: “绵山羊” should be 30
          =! 25:10-10 '40'
          =! 25:13-13 '30'
        """,
    )


# --- one row ----------------------------------------------------------------------------------------------------------


def test_in_one_row_blanks_are_named_by_row_and_column() -> None:
    expect(
        lint(in_one(("| 3 | 40 | 20 |", "|  | 40 |  |"))),
        """
        24:7-7 GK301 blank-zero warning
          “养殖表”有2格留空，应填 0（按填报要求，没有数据应填 0）
          2 cells of “the table of herds” are blank and should be 0 (the form expects 0 where there is nothing to report)
          ~ 24:15-15 空格：“绵山羊·本年出生”应填 0 | blank: “绵山羊·本年出生” should be 0
          = 24:7-7 '0'
          = 24:15-15 '0'
        """,
    )


def test_in_one_row_blanks_whose_values_follow() -> None:
    expect(
        lint(in_one(("| 3 | 40 |", "| 3 |  |"), ("| 61 |", "|  |")), KEPT),
        """
        24:11-11 GK302 blank-value error
          “养殖表”留空的单元格有确定的值：“肉用牛·年末存栏”应为 40、“绵山羊·年末存栏”应为 30（由恒等式推得）
          blank cells of “the table of herds” have a value: “肉用牛·年末存栏” should be 40, “绵山羊·年末存栏” should be 30 (by the identities)
          ~ 24:24-24 空格：“绵山羊·年末存栏”应填 30 | blank: “绵山羊·年末存栏” should be 30
          =! 24:11-11 '40'
          =! 24:24-24 '30'
        """,
    )


def test_in_one_row_an_optional_column_that_is_there_counts() -> None:
    pack = farm(
        ("sold: 本年出售", "sold: {label: 本年出售, optional: true}"),
        identities="- {code: FM403, name: herd-left, table: herds, each: row, over: cattle, holds: kept == born - sold + 35}",
    )
    expect(lint(in_one(), pack))
    assert [finding.span.column for finding in lint(in_one(("| 8 | 3 | 40 |", "| 8 | 4 | 40 |")), pack)] == [11]


def test_in_one_row_too_few_values() -> None:
    expect(
        lint(in_one(("| 3 | 40 | 20 |", "| 3 | 20 |"))),
        """
        24:3-4 GK212 row-cells error
          “养殖表”的数据行有5个单元格，应有6个，无法读取
          the row of values of “the table of herds” has 5 cells where 6 should be: it cannot be read
        """,
    )


def test_in_one_row_too_many_values() -> None:
    expect(
        lint(in_one(("| 3 | 40 | 20 |", "| 3 | 3 | 40 | 20 |"))),
        """
        24:3-4 GK212 row-cells error
          “养殖表”的数据行有7个单元格，应有6个，无法读取
          the row of values of “the table of herds” has 7 cells where 6 should be: it cannot be read
        """,
    )


def test_in_one_row_a_drifted_label() -> None:
    expect(
        lint(in_one(("本年出售 | 年末存栏 | 本年出生", "本年出卖 | 年末存栏 | 本年出生"))),
        """
        23:10-14 GK211 column-label warning
          列名“本年出卖”应为“本年出售”
          the column label “本年出卖” should be “本年出售”
          =! 23:10-14 '本年出售'
        """,
    )


def test_in_one_row_a_missing_column() -> None:
    text = in_one(
        ("| 肉用牛 | | | 绵山羊 | | |", "| 肉用牛 | | | 绵山羊 | |"),
        ("| --- | --- | --- | --- | --- | --- |", "| --- | --- | --- | --- | --- |"),
        ("本年出售 | 年末存栏 |\n", "本年出售 |\n"),
        (" 61 |", ""),
    )
    expect(
        lint(text),
        """
        23:31-35 GK207 column-missing error
          缺少“年末存栏”列
          missing column: “年末存栏”
        """,
    )


def test_in_one_row_no_values() -> None:
    expect(
        lint(in_one(("| 8 | 3 | 40 | 20 | 25 | 61 |\n", ""))),
        """
        21:3-6 GK202 row-missing error
          缺少“肉用牛”、“绵山羊”行
          missing rows: “肉用牛”, “绵山羊”
        """,
    )
