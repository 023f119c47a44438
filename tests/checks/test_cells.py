# ruff: noqa: E501
"""GK301 to GK311: what stands in the cells."""

from __future__ import annotations

import pytest

from tests.checks.farm import (
    ALL,
    OIL,
    PACK,
    RICE,
    SALES,
    WAGES,
    WHEAT,
    draft,
    expect,
    farm,
    lint,
    rowed,
)

FREE = farm((PACK[PACK.index("identities:") :], "identities: []\n"))
"""The pack without identities: nothing tells what a blank must be."""
ROWS = farm((PACK[PACK.index("  - code: FM402") :], ""))
"""The pack with the sums of the rows alone."""


# --- GK301 ------------------------------------------------------------------------------------------------------------


def test_a_blank_that_the_identities_prove_to_be_0() -> None:
    expect(
        lint(draft(rowed(RICE, "5 |  | 7 | 12"))),
        """
        15:14-14 GK301 blank-zero warning
          “2.水稻”行“早熟品种”留空，应填 0（由恒等式推得为 0）
          row “2.水稻”, column “早熟品种” is blank and should be 0 (the identities prove it)
          =! 15:14-14 '0'
        """,
    )


def test_a_blank_that_the_form_expects_to_be_0() -> None:
    expect(
        lint(draft(rowed(RICE, "5 |  | 7 | 12")), FREE),
        """
        15:14-14 GK301 blank-zero warning
          “2.水稻”行“早熟品种”留空，应填 0（按填报要求，没有数据应填 0）
          row “2.水稻”, column “早熟品种” is blank and should be 0 (the form expects 0 where there is nothing to report)
          = 15:14-14 '0'
        """,
    )


def test_the_blanks_of_a_row_are_one_finding_on_the_first() -> None:
    expect(
        lint(draft(rowed(RICE, " |  | 7 | 12")), FREE),
        """
        15:10-10 GK301 blank-zero warning
          “2.水稻”行有2格留空，应填 0（按填报要求，没有数据应填 0）
          2 cells of row “2.水稻” are blank and should be 0 (the form expects 0 where there is nothing to report)
          ~ 15:13-13 空格：“早熟品种”应填 0 | blank: “早熟品种” should be 0
          = 15:10-10 '0'
          = 15:13-13 '0'
        """,
    )


def test_the_blanks_of_two_rows_are_two_findings() -> None:
    expect(
        lint(draft(rowed(RICE, "5 |  | 7 | 12"), rowed(OIL, "2 | 1 |  | 3"))),
        """
        15:14-14 GK301 blank-zero warning
          “2.水稻”行“早熟品种”留空，应填 0（由恒等式推得为 0）
          row “2.水稻”, column “早熟品种” is blank and should be 0 (the identities prove it)
          =! 15:14-14 '0'
        16:18-18 GK301 blank-zero warning
          “油料作物”行“晚熟品种”留空，应填 0（由恒等式推得为 0）
          row “油料作物”, column “晚熟品种” is blank and should be 0 (the identities prove it)
          =! 16:18-18 '0'
        """,
    )


def test_a_row_that_is_blank_throughout_is_told_on_its_label() -> None:
    expect(
        lint(draft(rowed(RICE, " |  |  | ")), FREE),
        """
        15:3-7 GK301 blank-zero warning
          “2.水稻”行有4格留空，应填 0（按填报要求，没有数据应填 0）
          4 cells of row “2.水稻” are blank and should be 0 (the form expects 0 where there is nothing to report)
          ~ 15:10-10 空格：“春播面积”应填 0 | blank: “春播面积” should be 0
          ~ 15:13-13 空格：“早熟品种”应填 0 | blank: “早熟品种” should be 0
          ~ 15:16-16 空格：“晚熟品种”应填 0 | blank: “晚熟品种” should be 0
          ~ 15:19-19 空格：“合计”应填 0 | blank: “合计” should be 0
          = 15:10-10 '0'
          = 15:13-13 '0'
          = 15:16-16 '0'
          = 15:19-19 '0'
        """,
    )


def test_some_proven_some_expected() -> None:
    known = "- {code: FM410, name: same, holds: 'crops:grain.wheat[autumn.early] == crops:oil[autumn.late]'}"
    pack = farm((PACK[PACK.index("  - code: FM401") :], ""), identities=known)
    expect(
        lint(draft(rowed(WHEAT, "12 |  |  | 19")), pack),
        """
        14:15-15 GK301 blank-zero warning
          “1.小麦”行有2格留空，应填 0（其中1格由恒等式推得为 0，其余按填报要求应填 0）
          2 cells of row “1.小麦” are blank and should be 0 (the identities prove it for 1, the form expects it for the others)
          ~ 14:18-18 空格：“晚熟品种”应填 0 | blank: “晚熟品种” should be 0
          =! 14:15-15 '0'
          = 14:18-18 '0'
        """,
    )


def test_an_amount_has_the_decimals_of_its_column() -> None:
    expect(
        lint(draft(("| 8.2 |", "|  |"))),
        """
        29:10-10 GK301 blank-zero warning
          “雇工支出”行“金额（万元）”留空，应填 0（按填报要求，没有数据应填 0）
          row “雇工支出”, column “金额（万元）” is blank and should be 0 (the form expects 0 where there is nothing to report)
          = 29:10-10 '0.00'
        """,
    )
    expect(
        lint(draft(("| 8.2 |", "|  |"), ("36.50", "36"))),
        """
        29:10-10 GK301 blank-zero warning
          “雇工支出”行“金额（万元）”留空，应填 0（按填报要求，没有数据应填 0）
          row “雇工支出”, column “金额（万元）” is blank and should be 0 (the form expects 0 where there is nothing to report)
          = 29:10-10 '0'
        """,
    )


def test_blanks_that_are_allowed() -> None:
    expect(lint(draft(("| 4 | -1 |", "| 4 | |"))))
    expect(
        lint(draft(), farm(("blank: empty", "blank: zero"))),
        """
        29:21-21 GK301 blank-zero warning
          “雇工支出”行“人数增减”留空，应填 0（按填报要求，没有数据应填 0）
          row “雇工支出”, column “人数增减” is blank and should be 0 (the form expects 0 where there is nothing to report)
          = 29:21-21 '0 '
        """,
    )


def test_blanks_of_which_one_must_be_more_than_0_but_not_which() -> None:
    expect(
        lint(draft(rowed(WHEAT, "12 |  |  | 19")), ROWS),
        """
        14:15-15 GK301 blank-zero warning
          “1.小麦”行有2格留空，应填写数值：有关恒等式不成立，不能断定是否为 0
          2 cells of row “1.小麦” are blank and should be filled: a broken identity leaves open if with 0
          ~ 14:18-18 空格：“晚熟品种”应填何值不能断定 | blank: what “晚熟品种” should be cannot be told
        14:21-23 FM401 row-total error
          “1.小麦”合计19，各季之和12；可能有误的单元格：“1.小麦”行“早熟品种”（第14行）空格→7、“1.小麦”行“晚熟品种”（第14行）空格→7（有多种同样少的改动都能使其成立，不能断定）
          1.小麦: 19, the seasons are 12; candidates: row “1.小麦”, column “早熟品种” (line 14) blank → 7, row “1.小麦”, column “晚熟品种” (line 14) blank → 7 (several changes of so few cells would mend it, so it cannot be decided)
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 14:15-15 “1.小麦”行“早熟品种”：空格 | row “1.小麦”, column “早熟品种”: blank
          ~ 14:18-18 “1.小麦”行“晚熟品种”：空格 | row “1.小麦”, column “晚熟品种”: blank
        """,
    )


# --- GK302 ------------------------------------------------------------------------------------------------------------


def test_a_blank_whose_value_follows() -> None:
    expect(
        lint(draft(rowed(ALL, "19 | 4 | 11 | "))),
        """
        17:24-24 GK302 blank-value error
          “全部作物”行留空的单元格有确定的值：“合计”应为 34（由恒等式推得）
          blank cells of row “全部作物” have a value: “合计” should be 34 (by the identities)
          =! 17:24-24 '34'
        """,
    )


def test_a_blank_whose_value_follows_and_one_that_is_0() -> None:
    expect(
        lint(draft(rowed(RICE, " |  | 7 | 12"))),
        """
        15:10-10 GK302 blank-value error
          “2.水稻”行留空的单元格有确定的值：“春播面积”应为 5（由恒等式推得；另有1格空白应填 0）
          blank cells of row “2.水稻” have a value: “春播面积” should be 5 (by the identities; 1 more blank cell should be 0)
          ~ 15:13-13 空格：“早熟品种”应填 0 | blank: “早熟品种” should be 0
          =! 15:10-10 '5'
          =! 15:13-13 '0'
        """,
    )


def test_a_finding_stands_on_the_first_blank_that_is_not_0() -> None:
    expect(
        lint(draft(rowed(OIL, "2 | 1 |  | "))),
        """
        16:21-21 GK302 blank-value error
          “油料作物”行留空的单元格有确定的值：“合计”应为 3（由恒等式推得；另有1格空白应填 0）
          blank cells of row “油料作物” have a value: “合计” should be 3 (by the identities; 1 more blank cell should be 0)
          ~ 16:18-18 空格 | blank
          =! 16:18-18 '0'
          =! 16:21-21 '3'
        """,
    )


def test_a_blank_row_whose_values_follow() -> None:
    expect(
        lint(draft(rowed(RICE, " |  |  | "))),
        """
        15:10-10 GK302 blank-value error
          “2.水稻”行留空的单元格有确定的值：“春播面积”应为 5、“晚熟品种”应为 7、“合计”应为 12（由恒等式推得；另有1格空白应填 0）
          blank cells of row “2.水稻” have a value: “春播面积” should be 5, “晚熟品种” should be 7, “合计” should be 12 (by the identities; 1 more blank cell should be 0)
          ~ 15:13-13 空格：“早熟品种”应填 0 | blank: “早熟品种” should be 0
          ~ 15:16-16 空格：“晚熟品种”应填 7 | blank: “晚熟品种” should be 7
          ~ 15:19-19 空格：“合计”应填 12 | blank: “合计” should be 12
          =! 15:10-10 '5'
          =! 15:13-13 '0'
          =! 15:16-16 '7'
          =! 15:19-19 '12'
        """,
    )


def test_values_that_follow_if_the_other_blanks_are_0() -> None:
    changes = rowed(WHEAT, "12 |  |  | 19"), rowed(OIL, "2 |  |  | 3"), rowed(ALL, "19 |  |  | 34")
    expect(
        lint(draft(*changes)),
        """
        14:18-18 GK302 blank-value error
          “1.小麦”行留空的单元格不能都是 0：“晚熟品种”应为 7（其余空格按 0 计，由恒等式推得；另有1格空白应填 0）
          blank cells of row “1.小麦” cannot all be 0: “晚熟品种” should be 7 (by the identities, the other blanks counting as 0; 1 more blank cell should be 0)
          ~ 14:15-15 空格 | blank
          = 14:15-15 '0'
          = 14:18-18 '7'
        16:17-17 GK302 blank-value error
          “油料作物”行留空的单元格不能都是 0：“晚熟品种”应为 1（其余空格按 0 计，由恒等式推得；另有1格空白应填 0）
          blank cells of row “油料作物” cannot all be 0: “晚熟品种” should be 1 (by the identities, the other blanks counting as 0; 1 more blank cell should be 0)
          ~ 16:14-14 空格 | blank
          = 16:14-14 '0'
          = 16:17-17 '1'
        17:18-18 GK302 blank-value error
          “全部作物”行留空的单元格不能都是 0：“晚熟品种”应为 15（其余空格按 0 计，由恒等式推得；另有1格空白应填 0）
          blank cells of row “全部作物” cannot all be 0: “晚熟品种” should be 15 (by the identities, the other blanks counting as 0; 1 more blank cell should be 0)
          ~ 17:15-15 空格 | blank
          = 17:15-15 '0'
          = 17:18-18 '15'
        """,
    )


# --- GK303 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["/", "-", "—", "——", "无", "／", "N/A", "*", "…"])
def test_a_mark_that_stands_for_0(mark: str) -> None:
    expect(
        lint(draft(rowed(RICE, f"5 | {mark} | 7 | 12"))),
        f"""
        15:14-{14 + len(mark)} GK303 cell-mark warning
          “2.水稻”行“早熟品种”以符号“{mark}”代替数字，应填 0
          row “2.水稻”, column “早熟品种”: a mark ({mark}) in place of a number; it should be 0
          =! 15:14-{14 + len(mark)} '0'
        """,
    )


def test_the_marks_of_a_row_are_one_finding() -> None:
    expect(
        lint(draft(rowed(RICE, "/ | / | 7 | 12")), FREE),
        """
        15:10-11 GK303 cell-mark warning
          “2.水稻”行有2格以符号“/”代替数字，应填 0
          2 cells of row “2.水稻”: a mark (/) in place of a number; they should be 0
          ~ 15:14-15 符号：“早熟品种”应填 0 | mark: “早熟品种” should be 0
          = 15:10-11 '0'
          = 15:14-15 '0'
        """,
    )


def test_a_mark_where_a_value_follows() -> None:
    expect(
        lint(draft(rowed(RICE, "/ | — | 7 | 12"))),
        """
        15:10-11 GK303 cell-mark warning
          “2.水稻”行有2格以符号“/—”代替数字，“春播面积”应为 5
          2 cells of row “2.水稻”: a mark (/—) in place of a number; “春播面积” should be 5
          ~ 15:14-15 符号：“早熟品种”应填 0 | mark: “早熟品种” should be 0
          =! 15:10-11 '5'
          =! 15:14-15 '0'
        """,
    )


def test_marks_and_blanks_of_a_row_are_two_findings() -> None:
    expect(
        lint(draft(rowed(RICE, "5 | / |  | 12"))),
        """
        15:14-15 GK303 cell-mark warning
          “2.水稻”行“早熟品种”以符号“/”代替数字，应填 0
          row “2.水稻”, column “早熟品种”: a mark (/) in place of a number; it should be 0
          =! 15:14-15 '0'
        15:18-18 GK302 blank-value error
          “2.水稻”行留空的单元格有确定的值：“晚熟品种”应为 7（由恒等式推得）
          blank cells of row “2.水稻” have a value: “晚熟品种” should be 7 (by the identities)
          =! 15:18-18 '7'
        """,
    )


def test_a_mark_where_a_blank_is_allowed_and_where_a_value_is_required() -> None:
    expect(
        lint(draft((WAGES, "| 雇工支出 | 8.2 | 12 | — |"))),
        """
        29:21-22 GK303 cell-mark warning
          “雇工支出”行“人数增减”以符号“—”代替数字，应填 0
          row “雇工支出”, column “人数增减”: a mark (—) in place of a number; it should be 0
          = 29:21-22 '0'
        """,
    )
    expect(
        lint(draft((WAGES, "| 雇工支出 | 8.2 | 无 | |"))),
        """
        29:16-17 GK303 cell-mark warning
          “雇工支出”行“参与人数”以符号“无”代替数字，应填数值
          row “雇工支出”, column “参与人数”: a mark (无) in place of a number; it should be a number
        """,
    )


# --- GK304 ------------------------------------------------------------------------------------------------------------


def test_words_in_place_of_a_number() -> None:
    expect(
        lint(draft(rowed(RICE, "约5 | 0 | 7 | 12")), FREE),
        """
        15:10-12 GK304 not-a-number error
          “2.水稻”行“春播面积”不是数字：“约5”
          row “2.水稻”, column “春播面积” is not a number: “约5”
        """,
    )


def test_words_in_place_of_a_number_that_follows_from_the_others() -> None:
    expect(
        lint(draft(rowed(RICE, "约5 | 0 | 7 | 12"))),
        """
        15:10-12 GK304 not-a-number error
          “2.水稻”行“春播面积”不是数字：“约5”；按恒等式应为 5
          row “2.水稻”, column “春播面积” is not a number: “约5”; by the identities it should be 5
          = 15:10-12 '5'
        """,
    )


def test_words_are_nothing_to_add_up() -> None:
    expect(
        lint(draft(rowed(RICE, "若干 | 0 | 7 | 99"), rowed(ALL, "22 | 4 | 11 | 37"))),
        """
        15:10-12 GK304 not-a-number error
          “2.水稻”行“春播面积”不是数字：“若干”
          row “2.水稻”, column “春播面积” is not a number: “若干”
        15:23-25 GK400 wrong-value error
          “2.水稻”行“合计”写的是 99，很可能应为 15；改后“2.水稻”的FM401（各季之和等于合计）、“合计”的FM402（各作物之和等于全部作物）均成立
          row “2.水稻”, column “合计” is 99 and should likely be 15; then FM401 at “2.水稻” (the seasons add up), FM402 at “合计” (the crops add up) hold
          ~ 15:10-12 “2.水稻”行“春播面积”：? | row “2.水稻”, column “春播面积”: ?
          ~ 15:15-16 “2.水稻”行“早熟品种”：0 | row “2.水稻”, column “早熟品种”: 0
          ~ 15:19-20 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          ~ 17:24-26 “全部作物”行“合计”：37 | row “全部作物”, column “合计”: 37
          ~ 14:23-25 “1.小麦”行“合计”：19 | row “1.小麦”, column “合计”: 19
          ~ 16:22-23 “油料作物”行“合计”：3 | row “油料作物”, column “合计”: 3
          = 15:23-25 '15'
        """,
    )


def test_a_long_text_is_cut_in_the_message_and_marked_whole() -> None:
    expect(
        lint(draft(rowed(RICE, f"{'很' * 30} | 0 | 7 | 12")), FREE),
        """
        15:10-40 GK304 not-a-number error
          “2.水稻”行“春播面积”不是数字：“很很很很很很很很很很很很很很很很很很很很很很很…”
          row “2.水稻”, column “春播面积” is not a number: “很很很很很很很很很很很很很很很很很很很很很很很…”
        """,
    )


@pytest.mark.parametrize(
    "text", ["5亩", "12,36.50", "3.5.1", "5+7", "1e3", "+-5", "3.", ".5", "五", "-", "36.50亿元", "9" * 41, "1/2"]
)
def test_what_is_no_amount(text: str) -> None:
    code = "GK303" if text == "-" else "GK304"
    assert [finding.code for finding in lint(draft(("36.50", text)))] == [code]


# --- GK305 and GK306 --------------------------------------------------------------------------------------------------


def test_full_width_digits() -> None:
    expect(
        lint(draft(rowed(RICE, "５ | 0 | 7 | 1２"))),
        """
        15:10-11 GK305 full-width-digits warning
          “2.水稻”行“春播面积”“５”含全角字符，应为 5
          row “2.水稻”, column “春播面积”: “５” has full-width characters; it should be 5
          =! 15:10-11 '5'
        15:22-24 GK305 full-width-digits warning
          “2.水稻”行“合计”“1２”含全角字符，应为 12
          row “2.水稻”, column “合计”: “1２” has full-width characters; it should be 12
          =! 15:22-24 '12'
        """,
    )


def test_separators_of_thousands() -> None:
    expect(
        lint(draft(("36.50", "1,236.50"))),
        """
        28:10-18 GK306 thousands-separator warning
          “产品销售”行“金额（万元）”“1,236.50”含千位分隔符，应为 1236.50
          row “产品销售”, column “金额（万元）”: “1,236.50” has thousands separators; it should be 1236.50
          =! 28:10-18 '1236.50'
        """,
    )
    expect(
        lint(draft(("36.50", "1 236 000.50"))),
        """
        28:10-22 GK306 thousands-separator warning
          “产品销售”行“金额（万元）”“1 236 000.50”含千位分隔符，应为 1236000.50
          row “产品销售”, column “金额（万元）”: “1 236 000.50” has thousands separators; it should be 1236000.50
          =! 28:10-22 '1236000.50'
        """,
    )
    expect(
        lint(draft(("36.50", "１，２３６"))),
        """
        28:10-15 GK306 thousands-separator warning
          “产品销售”行“金额（万元）”“１，２３６”含千位分隔符，应为 1236
          row “产品销售”, column “金额（万元）”: “１，２３６” has thousands separators; it should be 1236
          =! 28:10-15 '1236'
        """,
    )


# --- GK307 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["-", "+", "－", "−", "＋"])
def test_a_sign_of_a_count_and_its_magnitude_in_the_sums(sign: str) -> None:
    expect(
        lint(draft(rowed(RICE, f"{sign}5 | 0 | 7 | 12"))),
        f"""
        15:10-12 GK307 cell-sign error
          “2.水稻”行“春播面积”“{sign}5”不应带正负号，应为 5
          row “2.水稻”, column “春播面积”: “{sign}5” has a sign where none may be; it should be 5
          = 15:10-12 '5'
        """,
    )


def test_a_sign_of_an_amount() -> None:
    expect(
        lint(draft(("36.50", "-36.50"))),
        """
        28:10-16 GK307 cell-sign error
          “产品销售”行“金额（万元）”“-36.50”不应带正负号，应为 36.50
          row “产品销售”, column “金额（万元）”: “-36.50” has a sign where none may be; it should be 36.50
          = 28:10-16 '36.50'
        """,
    )


def test_signs_that_may_be() -> None:
    negative = farm(("decimals: 2", "decimals: 2, negative: true"))
    expect(lint(draft(("36.50", "-36.50")), negative))
    expect(lint(draft(("| 4 | -1 |", "| 4 | +1 |"))))
    expect(lint(draft(("| 4 | -1 |", "| 4 | －1 |"))))
    expect(
        lint(draft(("36.50", "+36.50")), negative),
        """
        28:10-16 GK307 cell-sign error
          “产品销售”行“金额（万元）”“+36.50”不应带正负号，应为 36.50
          row “产品销售”, column “金额（万元）”: “+36.50” has a sign where none may be; it should be 36.50
          = 28:10-16 '36.50'
        """,
    )


def test_a_plus_stays_where_it_may_be() -> None:
    expect(
        lint(draft(("| 4 | -1 |", "| 4 | ＋１ |"))),
        """
        28:22-24 GK305 full-width-digits warning
          “产品销售”行“人数增减”“＋１”含全角字符，应为 +1
          row “产品销售”, column “人数增减”: “＋１” has full-width characters; it should be +1
          =! 28:22-24 '+1'
        """,
    )


# --- GK308 ------------------------------------------------------------------------------------------------------------


def test_a_count_with_decimals() -> None:
    expect(
        lint(draft(("| 8.2 | 12 |", "| 8.2 | 12.5 |"))),
        """
        29:16-20 GK308 cell-decimals error
          “雇工支出”行“参与人数”应为整数，写的是“12.5”
          row “雇工支出”, column “参与人数” should be a whole number, it is “12.5”
        """,
    )
    expect(
        lint(draft(("| 8.2 | 12 |", "| 8.2 | 12.0 |"))),
        """
        29:16-20 GK308 cell-decimals error
          “雇工支出”行“参与人数”“12.0”的小数位数不符合要求
          row “雇工支出”, column “参与人数”: “12.0” has more decimals than the form allows
        """,
    )
    expect(
        lint(draft(("| 4 | -1 |", "| 4 | -1.5 |"))),
        """
        28:22-26 GK308 cell-decimals error
          “产品销售”行“人数增减”应为整数，写的是“-1.5”
          row “产品销售”, column “人数增减” should be a whole number, it is “-1.5”
        """,
    )


def test_a_count_with_decimals_that_the_identities_know_better() -> None:
    expect(
        lint(draft(rowed(RICE, "5.5 | 0 | 7 | 12"))),
        """
        15:10-13 GK308 cell-decimals error
          “2.水稻”行“春播面积”应为整数，写的是“5.5”；按恒等式应为 5
          row “2.水稻”, column “春播面积” should be a whole number, it is “5.5”; by the identities it should be 5
          = 15:10-13 '5'
        """,
    )


def test_an_amount_with_too_many_decimals() -> None:
    expect(
        lint(draft(("36.50", "36.501"))),
        """
        28:10-16 GK308 cell-decimals error
          “产品销售”行“金额（万元）”“36.501”的小数位数不符合要求
          row “产品销售”, column “金额（万元）”: “36.501” has more decimals than the form allows
        """,
    )
    expect(lint(draft(("36.50", "36.501")), farm((", decimals: 2", ""))))


# --- GK309 ------------------------------------------------------------------------------------------------------------


def test_another_unit() -> None:
    expect(
        lint(draft(("36.50", "365000元"))),
        """
        28:10-17 GK309 cell-unit warning
          “产品销售”行“金额（万元）”“365000元”的单位与表头不一致，应为 36.5
          row “产品销售”, column “金额（万元）”: “365000元” is in another unit than the head asks for; it should be 36.5
          = 28:10-17 '36.5'
        """,
    )


def test_another_unit_and_thousands_are_one_finding() -> None:
    expect(
        lint(draft(("36.50", "365,000元"))),
        """
        28:10-18 GK309 cell-unit warning
          “产品销售”行“金额（万元）”“365,000元”的单位与表头不一致，应为 36.5
          row “产品销售”, column “金额（万元）”: “365,000元” is in another unit than the head asks for; it should be 36.5
          = 28:10-18 '36.5'
        """,
    )


def test_what_would_have_too_many_decimals_in_the_right_unit_gives_no_edit() -> None:
    expect(
        lint(draft(("36.50", "365001元"))),
        """
        28:10-17 GK309 cell-unit warning
          “产品销售”行“金额（万元）”“365001元”的单位与表头不一致
          row “产品销售”, column “金额（万元）”: “365001元” is in another unit than the head asks for
        """,
    )


def test_the_unit_of_the_head_may_stand_in_the_cell() -> None:
    expect(lint(draft(("36.50", "36.50万元"))))


# --- GK311 ------------------------------------------------------------------------------------------------------------


def test_a_blank_that_must_be_filled() -> None:
    expect(
        lint(draft((WAGES, "| 雇工支出 | 8.2 |  | |"))),
        """
        29:16-16 GK311 blank-required error
          “雇工支出”行“参与人数”必须填写
          row “雇工支出”, column “参与人数” must be filled
        """,
    )


def test_a_blank_that_must_be_filled_beside_one_that_is_0() -> None:
    expect(
        lint(draft((SALES, "| 产品销售 |  |  | -1 |"))),
        """
        28:10-10 GK301 blank-zero warning
          “产品销售”行“金额（万元）”留空，应填 0（按填报要求，没有数据应填 0）
          row “产品销售”, column “金额（万元）” is blank and should be 0 (the form expects 0 where there is nothing to report)
          = 28:10-10 '0.0'
        28:13-13 GK311 blank-required error
          “产品销售”行“参与人数”必须填写
          row “产品销售”, column “参与人数” must be filled
        """,
    )


def test_two_blanks_that_must_be_filled_are_one_finding() -> None:
    pack = farm(("blank: empty", "blank: required"))
    expect(
        lint(draft((SALES, "| 产品销售 | 36.50 |  |  |"), (WAGES, "| 雇工支出 | 8.2 | 12 | 0 |")), pack),
        """
        28:18-18 GK311 blank-required error
          “产品销售”行有2格必须填写
          2 cells of row “产品销售” must be filled
          ~ 28:21-21 空格：“产品销售”行“人数增减” | blank: row “产品销售”, column “人数增减”
        """,
    )


def test_a_blank_that_must_be_filled_and_follows_from_the_others() -> None:
    pack = farm(identities="- {code: FM409, name: hands, holds: 'accounts:sales[hands] == accounts:wages[hands] - 8'}")
    expect(
        lint(draft((SALES, "| 产品销售 | 36.50 |  | -1 |")), pack),
        """
        28:18-18 GK302 blank-value error
          “产品销售”行留空的单元格有确定的值：“参与人数”应为 4（由恒等式推得）
          blank cells of row “产品销售” have a value: “参与人数” should be 4 (by the identities)
          =! 28:18-18 '4'
        """,
    )
