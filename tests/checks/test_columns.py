# ruff: noqa: E501
"""GK207 to GK211: the columns of tables."""

from __future__ import annotations

from gklint.documents.source import Source
from gklint.linter import lint_source
from gklint.packs.loader import builtin_packs
from tests.checks.farm import ALL, CROPS, OIL, WHEAT, draft, expect, farm, inserted, lint, rowed, without
from tests.generator import Options, make_report, render

HTML = """\
<table>
<tr><th rowspan=2>作物名称</th><th rowspan=2>春播面积</th><th colspan=2>秋播面积</th><th rowspan=2>合计</th></tr>
<tr><th>早熟品种</th><th>晚熟品种</th></tr>
<tr><td colspan=5>粮食作物</td></tr>
<tr><td>1.小麦</td><td>12</td><td>3</td><td>4</td><td>19</td></tr>
<tr><td>2.水稻</td><td>5</td><td>0</td><td>7</td><td>12</td></tr>
<tr><td>油料作物</td><td>2</td><td>1</td><td>0</td><td>3</td></tr>
<tr><td>全部作物</td><td>19</td><td>4</td><td>11</td><td>34</td></tr>
</table>
"""


# --- GK207 ------------------------------------------------------------------------------------------------------------


def test_a_missing_column_is_told_on_the_next_and_gives_no_wrong_sum() -> None:
    expect(
        lint(draft(without("早熟品种"))),
        """
        11:17-21 GK207 column-missing error
          缺少“早熟品种”列
          missing column: “早熟品种”
        """,
    )


def test_a_missing_last_column_is_told_on_the_one_before() -> None:
    expect(
        lint(draft(without("合计"))),
        """
        11:24-28 GK207 column-missing error
          缺少“合计”列
          missing column: “合计”
        """,
    )


NARROW = """\
| 作物名称 | 春播面积 | 晚熟品种 | 合计 |
| --- | --- | --- | --- |
| 1.小麦 | 12 | 4 | 16 |
| 2.水稻 | 5 | 7 | 12 |
| 油料作物 | 2 | 0 | 2 |
| 全部作物 | 19 | 11 | 30 |
"""


def test_an_optional_column_that_is_left_out_counts_as_0() -> None:
    pack = farm(("early: 早熟品种", "early: {label: 早熟品种, optional: true}"))
    expect(lint(draft((CROPS, NARROW)), pack))
    expect(
        lint(draft((CROPS, NARROW.replace("| 12 | 4 | 16 |", "| 12 | 4 | 19 |"))), pack),
        """
        13:19-21 GK400 wrong-value error
          “1.小麦”行“合计”写的是 19，应为 16（像是写错了一位数字）；改后“1.小麦”的FM401（各季之和等于合计）、“合计”的FM402（各作物之和等于全部作物）均成立
          row “1.小麦”, column “合计” is 19 and should be 16 (one digit looks mistyped); then FM401 at “1.小麦” (the seasons add up), FM402 at “合计” (the crops add up) hold
          ~ 13:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 13:15-16 “1.小麦”行“晚熟品种”：4 | row “1.小麦”, column “晚熟品种”: 4
          ~ 16:20-22 “全部作物”行“合计”：30 | row “全部作物”, column “合计”: 30
          ~ 14:18-20 “2.水稻”行“合计”：12 | row “2.水稻”, column “合计”: 12
          ~ 15:18-19 “油料作物”行“合计”：2 | row “油料作物”, column “合计”: 2
          = 13:19-21 '16'
        """,
    )


def test_the_columns_of_an_optional_group_may_be_missing() -> None:
    pack = farm(("label: 秋播面积, columns", "label: 秋播面积, optional: true, columns"))
    expect(lint(draft((CROPS, NARROW)), pack))


# --- GK208 ------------------------------------------------------------------------------------------------------------


def test_an_unknown_column_and_its_values_are_left_out() -> None:
    expect(
        lint(draft(inserted("春播面积", "中熟品种", ("", "9", "9", "9", "9")))),
        """
        11:17-21 GK208 column-unknown warning
          “中熟品种”不是格式规定的列
          “中熟品种” is not a column of the form
        """,
    )


def test_an_unknown_last_column_of_notes() -> None:
    expect(
        lint(draft(inserted("合计", "备注", ("", "好", "", "略", "")))),
        """
        11:36-38 GK208 column-unknown warning
          “备注”不是格式规定的列
          “备注” is not a column of the form
        """,
    )


# --- GK209 ------------------------------------------------------------------------------------------------------------


def test_a_column_that_is_there_twice_counts_once() -> None:
    expect(
        lint(draft(inserted("早熟品种", "早熟品种", ("", "9", "9", "9", "9")))),
        """
        11:24-28 GK209 column-duplicate error
          “早熟品种”列重复
          column “早熟品种” is there twice
          ~ 11:17-21 前一处 | the first one
        """,
    )


# --- GK210 ------------------------------------------------------------------------------------------------------------


def test_of_two_exchanged_columns_one_is_out_of_order_and_sums_go_by_labels() -> None:
    text = draft(
        ("春播面积 | 早熟品种", "早熟品种 | 春播面积"),
        rowed(WHEAT, "3 | 12 | 4 | 19"),
        rowed("| 2.水稻 | 5 | 0 | 7 | 12 |", "0 | 5 | 7 | 12"),
        rowed(OIL, "1 | 2 | 0 | 3"),
        rowed(ALL, "4 | 19 | 11 | 34"),
    )
    expect(
        lint(text),
        """
        11:10-14 GK210 column-order warning
          “早熟品种”列的位置与格式不符
          column “早熟品种” is not where the form has it
        """,
    )


# --- GK211 ------------------------------------------------------------------------------------------------------------


def test_a_lost_character_in_a_label() -> None:
    expect(
        lint(draft(("早熟品种", "早熟品"))),
        """
        11:17-20 GK211 column-label warning
          列名“早熟品”应为“早熟品种”
          the column label “早熟品” should be “早熟品种”
          =! 11:17-20 '早熟品种'
        """,
    )


def test_the_labels_of_a_head_are_one_finding() -> None:
    expect(
        lint(draft(("春播面积 | 早熟品种 | 晚熟品种", "春播 | 早熟品种 | 晚热品种"))),
        """
        11:10-12 GK211 column-label warning
          表头有2处列名与格式不符：“春播”→“春播面积”、“晚热品种”→“晚熟品种”
          2 column labels are not the form's: “春播”→“春播面积”、“晚热品种”→“晚熟品种”
          ~ 11:22-26 应为“晚熟品种” | should be “晚熟品种”
          = 11:10-12 '春播面积'
          =! 11:22-26 '晚熟品种'
        """,
    )


def test_the_only_column_left_in_its_place_is_meant_whatever_its_label() -> None:
    expect(
        lint(draft(("早熟品种", "头茬"))),
        """
        11:17-19 GK211 column-label warning
          列名“头茬”应为“早熟品种”
          the column label “头茬” should be “早熟品种”
          = 11:17-19 '早熟品种'
        """,
    )


def test_accepted_labels() -> None:
    pack = farm(("early: 早熟品种", "early: {label: 早熟品种, accepts: [头茬]}"))
    expect(lint(draft(("早熟品种", "头茬")), pack))
    expect(lint(draft(("早熟品种 |", "早熟 品种： |")), pack))


def test_a_label_behind_its_group_s_is_no_drift() -> None:
    expect(lint(draft(("早熟品种 | 晚熟品种", "秋播面积：早熟品种 | 秋播面积－晚熟品种"))))


def test_the_label_of_a_group() -> None:
    expect(lint(draft((CROPS, HTML))))
    expect(
        lint(draft((CROPS, HTML.replace("秋播面积", "秋播面枳")))),
        """
        12:65-69 GK211 column-label warning
          列名“秋播面枳”应为“秋播面积”
          the column label “秋播面枳” should be “秋播面积”
          =! 12:65-69 '秋播面积'
        """,
    )


def test_without_a_head_columns_go_by_their_order() -> None:
    head = CROPS.splitlines()[0]
    expect(lint(draft((head, "| | | | | |"))))


def test_a_surplus_label_that_two_tables_claim_is_one_finding() -> None:
    """Below a section's second heading, where the next section's heading is missing, two tables look for their rows."""
    rendered = render(make_report("2019", seed=1), "html", Options(seed=1))
    page = rendered.data.decode()
    third, fourth = page.index("<h2>三、"), page.index("<h2>四、")
    again = "</tr>".join([*page[third:fourth].split("</tr>")[:5], "</table>"])
    linted = lint_source(Source.from_text(f"{page[:fourth]}{again}</body></html>", "page.html"), builtin_packs())
    strays = [finding.span for finding in linted.findings if finding.code == "GK208"]
    assert strays
    assert len(strays) == len(set(strays))
