# ruff: noqa: E501
"""GK400 and the identities that a pack brings along."""

from __future__ import annotations

import pytest

from gklint.analysis import Analysis
from gklint.findings import Message
from gklint.identities import Status, instances, judge
from tests.checks.farm import (
    ALL,
    CROPS,
    GROUP,
    HERDS,
    OIL,
    PACK,
    RICE,
    WAGES,
    WHEAT,
    bound,
    draft,
    expect,
    farm,
    lint,
    rowed,
    without,
)

CATTLE = "| 肉用牛 | 8 | 3 | 40 |"
ACROSS = "| | 肉用牛 | 绵山羊 |\n| --- | --- | --- |\n| 本年出生 | 8 | 20 |\n| 本年出售 | 3 |\n| 年末存栏 | 40 | 61 |\n"
"""The table of herds turned, with a cell too few on line 24."""
KEPT = "code: FM403, name: herd-left, table: herds, each: row"


# --- GK400 ------------------------------------------------------------------------------------------------------------


def test_one_cell_that_breaks_two_sums_is_one_finding_on_it() -> None:
    expect(
        lint(draft(rowed(RICE, "8 | 0 | 7 | 12"))),
        """
        15:10-11 GK400 wrong-value error
          “2.水稻”行“春播面积”写的是 8，应为 5（像是写错了一位数字）；改后“2.水稻”的FM401（各季之和等于合计）、“春播面积”的FM402（各作物之和等于全部作物）均成立
          row “2.水稻”, column “春播面积” is 8 and should be 5 (one digit looks mistyped); then FM401 at “2.水稻” (the seasons add up), FM402 at “春播面积” (the crops add up) hold
          ~ 15:22-24 “2.水稻”行“合计”：12 | row “2.水稻”, column “合计”: 12
          ~ 15:14-15 “2.水稻”行“早熟品种”：0 | row “2.水稻”, column “早熟品种”: 0
          ~ 15:18-19 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          ~ 17:10-12 “全部作物”行“春播面积”：19 | row “全部作物”, column “春播面积”: 19
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          = 15:10-11 '5'
        """,
    )


def test_a_wrong_total_with_two_digits_swapped() -> None:
    expect(
        lint(draft(rowed(RICE, "5 | 0 | 7 | 21"))),
        """
        15:22-24 GK400 wrong-value error
          “2.水稻”行“合计”写的是 21，应为 12（像是相邻两位数字颠倒）；改后“2.水稻”的FM401（各季之和等于合计）、“合计”的FM402（各作物之和等于全部作物）均成立
          row “2.水稻”, column “合计” is 21 and should be 12 (two digits look swapped); then FM401 at “2.水稻” (the seasons add up), FM402 at “合计” (the crops add up) hold
          ~ 15:10-11 “2.水稻”行“春播面积”：5 | row “2.水稻”, column “春播面积”: 5
          ~ 15:14-15 “2.水稻”行“早熟品种”：0 | row “2.水稻”, column “早熟品种”: 0
          ~ 15:18-19 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          ~ 17:24-26 “全部作物”行“合计”：34 | row “全部作物”, column “合计”: 34
          ~ 14:23-25 “1.小麦”行“合计”：19 | row “1.小麦”, column “合计”: 19
          ~ 16:22-23 “油料作物”行“合计”：3 | row “油料作物”, column “合计”: 3
          = 15:22-24 '12'
        """,
    )


def test_two_wrong_cells_apart() -> None:
    expect(
        lint(draft(rowed(RICE, "8 | 0 | 7 | 12"), rowed(OIL, "2 | 1 | 1 | 3"))),
        """
        15:10-11 GK400 wrong-value error
          “2.水稻”行“春播面积”写的是 8，应为 5（像是写错了一位数字）；改后“2.水稻”的FM401（各季之和等于合计）、“春播面积”的FM402（各作物之和等于全部作物）均成立（须与同时报告的其他单元格一并修改）
          row “2.水稻”, column “春播面积” is 8 and should be 5 (one digit looks mistyped); then FM401 at “2.水稻” (the seasons add up), FM402 at “春播面积” (the crops add up) hold (together with the other cell reported)
          ~ 15:22-24 “2.水稻”行“合计”：12 | row “2.水稻”, column “合计”: 12
          ~ 15:14-15 “2.水稻”行“早熟品种”：0 | row “2.水稻”, column “早熟品种”: 0
          ~ 15:18-19 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          ~ 17:10-12 “全部作物”行“春播面积”：19 | row “全部作物”, column “春播面积”: 19
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          = 15:10-11 '5'
        16:18-19 GK400 wrong-value error
          “油料作物”行“晚熟品种”写的是 1，应为 0（像是写错了一位数字）；改后“油料作物”的FM401（各季之和等于合计）、“晚熟品种”的FM402（各作物之和等于全部作物）均成立（须与同时报告的其他单元格一并修改）
          row “油料作物”, column “晚熟品种” is 1 and should be 0 (one digit looks mistyped); then FM401 at “油料作物” (the seasons add up), FM402 at “晚熟品种” (the crops add up) hold (together with the other cell reported)
          ~ 16:22-23 “油料作物”行“合计”：3 | row “油料作物”, column “合计”: 3
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          ~ 16:14-15 “油料作物”行“早熟品种”：1 | row “油料作物”, column “早熟品种”: 1
          ~ 17:19-21 “全部作物”行“晚熟品种”：11 | row “全部作物”, column “晚熟品种”: 11
          ~ 14:19-20 “1.小麦”行“晚熟品种”：4 | row “1.小麦”, column “晚熟品种”: 4
          ~ 15:18-19 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          = 16:18-19 '0'
        """,
    )


def test_two_neighbours_exchanged() -> None:
    expect(
        lint(draft(rowed(RICE, "0 | 5 | 7 | 12"))),
        """
        15:10-11 GK400 wrong-value error
          “2.水稻”行“春播面积”写的是 0，很可能应为 5（像是填错了相邻的列）；改后“春播面积”的FM402（各作物之和等于全部作物）成立（须与同时报告的其他单元格一并修改）
          row “2.水稻”, column “春播面积” is 0 and should likely be 5 (it looks set in the neighbouring column); then FM402 at “春播面积” (the crops add up) holds (together with the other cell reported)
          ~ 17:10-12 “全部作物”行“春播面积”：19 | row “全部作物”, column “春播面积”: 19
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          = 15:10-11 '5'
        15:14-15 GK400 wrong-value error
          “2.水稻”行“早熟品种”写的是 5，很可能应为 0（像是填错了相邻的列）；改后“早熟品种”的FM402（各作物之和等于全部作物）成立（须与同时报告的其他单元格一并修改）
          row “2.水稻”, column “早熟品种” is 5 and should likely be 0 (it looks set in the neighbouring column); then FM402 at “早熟品种” (the crops add up) holds (together with the other cell reported)
          ~ 17:15-16 “全部作物”行“早熟品种”：4 | row “全部作物”, column “早熟品种”: 4
          ~ 14:15-16 “1.小麦”行“早熟品种”：3 | row “1.小麦”, column “早熟品种”: 3
          ~ 16:14-15 “油料作物”行“早熟品种”：1 | row “油料作物”, column “早熟品种”: 1
          = 15:14-15 '0'
        """,
    )


def test_markup_in_the_wrong_cell_stays_in_the_message_as_text_alone() -> None:
    expect(
        lint(draft(rowed(RICE, "**8** | 0 | 7 | 12"))),
        """
        15:12-13 GK400 wrong-value error
          “2.水稻”行“春播面积”写的是 8，应为 5（像是写错了一位数字）；改后“2.水稻”的FM401（各季之和等于合计）、“春播面积”的FM402（各作物之和等于全部作物）均成立
          row “2.水稻”, column “春播面积” is 8 and should be 5 (one digit looks mistyped); then FM401 at “2.水稻” (the seasons add up), FM402 at “春播面积” (the crops add up) hold
          ~ 15:26-28 “2.水稻”行“合计”：12 | row “2.水稻”, column “合计”: 12
          ~ 15:18-19 “2.水稻”行“早熟品种”：0 | row “2.水稻”, column “早熟品种”: 0
          ~ 15:22-23 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          ~ 17:10-12 “全部作物”行“春播面积”：19 | row “全部作物”, column “春播面积”: 19
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          = 15:12-13 '5'
        """,
    )


# --- a pack's identities ----------------------------------------------------------------------------------------------


def test_a_sum_of_which_no_cell_can_be_named_stands_on_its_total() -> None:
    rows = farm((PACK[PACK.index("  - code: FM402") :], ""))
    expect(
        lint(draft(rowed(OIL, "2 | 1 | 0 | 4")), rows),
        """
        16:22-23 FM401 row-total error
          “油料作物”合计4，各季之和3；可能有误的单元格：“油料作物”行“春播面积”（第16行）2→3、“油料作物”行“早熟品种”（第16行）1→2、“油料作物”行“晚熟品种”（第16行）0→1、“油料作物”行“合计”（第16行）4→3（有多种同样少的改动都能使其成立，不能断定）
          油料作物: 4, the seasons are 3; candidates: row “油料作物”, column “春播面积” (line 16) 2 → 3, row “油料作物”, column “早熟品种” (line 16) 1 → 2, row “油料作物”, column “晚熟品种” (line 16) 0 → 1, row “油料作物”, column “合计” (line 16) 4 → 3 (several changes of so few cells would mend it, so it cannot be decided)
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          ~ 16:14-15 “油料作物”行“早熟品种”：1 | row “油料作物”, column “早熟品种”: 1
          ~ 16:18-19 “油料作物”行“晚熟品种”：0 | row “油料作物”, column “晚熟品种”: 0
        """,
    )


def test_the_likeliest_slip_is_the_first_candidate_and_what_a_fix_would_write() -> None:
    rows = farm((PACK[PACK.index("  - code: FM402") :], ""))
    findings = lint(draft(rowed(OIL, "21 | 1 | 0 | 13")), rows)
    expect(
        findings,
        """
        16:23-25 FM401 row-total error
          “油料作物”合计13，各季之和22；可能有误的单元格（最像笔误的在前）：“油料作物”行“春播面积”（第16行）21→12、“油料作物”行“合计”（第16行）13→22（有多种同样少的改动都能使其成立，不能断定）
          油料作物: 13, the seasons are 22; candidates, the likeliest slip first: row “油料作物”, column “春播面积” (line 16) 21 → 12, row “油料作物”, column “合计” (line 16) 13 → 22 (several changes of so few cells would mend it, so it cannot be decided)
          ~ 16:10-12 “油料作物”行“春播面积”：21 | row “油料作物”, column “春播面积”: 21
          ~ 16:15-16 “油料作物”行“早熟品种”：1 | row “油料作物”, column “早熟品种”: 1
          ~ 16:19-20 “油料作物”行“晚熟品种”：0 | row “油料作物”, column “晚熟品种”: 0
          = 16:10-12 '12'
        """,
    )
    assert findings[0].address == ("种植情况", "种植表", "油料作物", "合计")


def test_a_number_against_three_blanks_that_may_hold_another_is_not_accused() -> None:
    pack = farm(
        identities="""
        - {code: FM421, name: same-born, holds: 'herds:cattle[born] == herds:sheep[born] + 7'}
        - {code: FM422, name: same-sold, holds: 'herds:cattle[born] == herds:sheep[sold] + 7'}
        - {code: FM423, name: same-kept, holds: 'herds:cattle[born] == herds:sheep[kept] + 7'}
        """
    )
    findings = lint(draft((CATTLE, "| 肉用牛 | 16 | 3 | 40 |"), ("| 20 | 25 | 61 |", "| | | |")), pack)
    expect(
        findings,
        """
        23:9-11 FM421 same-born error
          勾稽关系不成立：16 ≠ 7 = 0 + 7；可能有误的单元格：“绵山羊”行“本年出生”（第24行）空格→9与“绵山羊”行“本年出售”（第24行）空格→9与“绵山羊”行“年末存栏”（第24行）空格→9、“肉用牛”行“本年出生”（第23行）16→7（空格可能另有数值，不能排除其他解释，不能断定）；另有2个恒等式同时不成立
          the identity does not hold: 16 ≠ 7 = 0 + 7; candidates: row “绵山羊”, column “本年出生” (line 24) blank → 9 with row “绵山羊”, column “本年出售” (line 24) blank → 9 with row “绵山羊”, column “年末存栏” (line 24) blank → 9, row “肉用牛”, column “本年出生” (line 23) 16 → 7 (blanks might hold values, so other explanations remain, so it cannot be decided); 2 more identities are broken with it
          ~ 24:9-9 “绵山羊”行“本年出生”：空格 | row “绵山羊”, column “本年出生”: blank
          ~ 24:11-11 “绵山羊”行“本年出售”：空格 | row “绵山羊”, column “本年出售”: blank
          ~ 24:13-13 “绵山羊”行“年末存栏”：空格 | row “绵山羊”, column “年末存栏”: blank
        24:3-6 GK301 blank-zero warning
          “绵山羊”行有3格留空，应填写数值：有关恒等式不成立，不能断定是否为 0
          3 cells of row “绵山羊” are blank and should be filled: a broken identity leaves open if with 0
          ~ 24:9-9 空格：“本年出生”应填何值不能断定 | blank: what “本年出生” should be cannot be told
          ~ 24:11-11 空格：“本年出售”应填何值不能断定 | blank: what “本年出售” should be cannot be told
          ~ 24:13-13 空格：“年末存栏”应填何值不能断定 | blank: what “年末存栏” should be cannot be told
        """,
    )


def test_a_number_copied_from_the_first_column() -> None:
    [finding] = lint(draft(rowed(WHEAT, "12 | 12 | 4 | 19")))
    assert finding.message.en.startswith(
        "row “1.小麦”, column “早熟品种” is 12 and should be 3 (it is the neighbouring cell's number); then"
    )


def test_a_count_is_whole_and_an_amount_is_not_below_0() -> None:
    pay = "holds: 'accounts:sales[amount] + accounts:wages[amount] == herds:cattle[kept]'"
    pack = farm(identities=f"- {{code: FM415, name: pay, {pay}}}")
    [finding] = lint(draft(), pack)
    assert finding.message.en == (
        "the identity does not hold: 36.5 + 8.2 = 44.7 ≠ 40; candidates: "
        "row “产品销售”, column “金额（万元）” (line 28) 36.50 → 31.80, "
        "row “雇工支出”, column “金额（万元）” (line 29) 8.2 → 3.5 "
        "(several changes of so few cells would mend it, so it cannot be decided)"
    )
    # Neither amount can be taken down so far that four is their sum.
    [finding] = lint(draft(("| 8.2 | 12 |", "| 8.50 | 12 |"), (CATTLE, "| 肉用牛 | 8 | 3 | 4 |")), pack)
    assert finding.message.en == (
        "row “肉用牛”, column “年末存栏” is 4 and should be 45 (a digit looks dropped); then FM415 (pay) holds"
    )


def test_words_stand_for_no_number_at_all() -> None:
    words = draft(rowed(RICE, "若干 | 若干 | 7 | 12"), rowed(ALL, "若干 | 若干 | 11 | 34"))
    findings = lint(words)
    assert [(finding.code, finding.span.line, finding.span.column) for finding in findings] == [
        ("GK304", 15, 10),
        ("GK304", 15, 15),
        ("GK304", 17, 10),
        ("GK304", 17, 15),
    ]
    assert findings[0].message.en == "row “2.水稻”, column “春播面积” is not a number: “若干”"
    assert not any(finding.edits for finding in findings)


def test_what_no_number_can_mend() -> None:
    pack = farm(identities="- {code: FM413, name: never, holds: 'herds:cattle[kept] == herds:cattle[kept] + 1'}")
    findings = lint(draft(), pack)
    expect(
        findings,
        """
        23:17-19 FM413 never error
          勾稽关系不成立：40 ≠ 41 = 40 + 1（改动单元格也不能使其成立，不能断定）
          the identity does not hold: 40 ≠ 41 = 40 + 1 (no change of cells can mend it, so it cannot be decided)
        """,
    )
    assert findings[0].address == ("养殖与经营情况", "养殖表", "肉用牛", "年末存栏")


def test_a_row_and_a_column_are_those_of_the_identity_wherever_it_is_told() -> None:
    rest = (
        "holds: {} <= 39, at: 'crops:all[total]', severity: info, message: {{zh: '{{row}}·{{column}}', en: '{{cell}}'}}"
    )
    pack = farm(
        identities=f"""
        - {{{KEPT}, {rest.format("kept")}}}
        - {{code: FM414, name: few-cattle, table: herds, each: column, {rest.format("cattle")}}}
        """
    )
    expect(
        lint(draft(), pack),
        """
        17:24-26 FM403 herd-left info
          绵山羊·合计
          34
          ~ 24:19-21 “绵山羊”行“年末存栏”：61 | row “绵山羊”, column “年末存栏”: 61
        17:24-26 FM403 herd-left info
          肉用牛·合计
          34
          ~ 23:17-19 “肉用牛”行“年末存栏”：40 | row “肉用牛”, column “年末存栏”: 40
        17:24-26 FM414 few-cattle info
          全部作物·年末存栏
          34
          ~ 23:17-19 “肉用牛”行“年末存栏”：40 | row “肉用牛”, column “年末存栏”: 40
        """,
    )


def test_the_equations_and_the_address_of_a_wrong_cell() -> None:
    [finding] = lint(draft(rowed(RICE, "50 | 0 | 7 | 12")))
    shown = "12 ≠ 57 = 50 + 7\n19 ≠ 64 = 12 + 50 + 2"
    assert finding.equation == Message(shown, shown)
    assert finding.address == ("种植情况", "种植表", "2.水稻", "春播面积")


def test_two_sums_broken_by_one_change_of_two_cells_are_one_finding() -> None:
    expect(
        lint(draft(rowed(WHEAT, "12 | 3 | 4 | 20"), rowed(ALL, "19 | 4 | 11 | 35"))),
        """
        14:23-25 FM401 row-total error
          “1.小麦”合计20，各季之和19；可能有误的单元格：“1.小麦”行“早熟品种”（第14行）3→4与“全部作物”行“早熟品种”（第17行）4→5、“1.小麦”行“晚熟品种”（第14行）4→5与“全部作物”行“晚熟品种”（第17行）11→12、另有2种可能（有多种同样少的改动都能使其成立，不能断定）；另有1个恒等式同时不成立
          1.小麦: 20, the seasons are 19; candidates: row “1.小麦”, column “早熟品种” (line 14) 3 → 4 with row “全部作物”, column “早熟品种” (line 17) 4 → 5, row “1.小麦”, column “晚熟品种” (line 14) 4 → 5 with row “全部作物”, column “晚熟品种” (line 17) 11 → 12, 2 more (several changes of so few cells would mend it, so it cannot be decided); 1 more identity is broken with it
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 14:15-16 “1.小麦”行“早熟品种”：3 | row “1.小麦”, column “早熟品种”: 3
          ~ 14:19-20 “1.小麦”行“晚熟品种”：4 | row “1.小麦”, column “晚熟品种”: 4
          ~ 17:24-26 “全部作物”行“合计”：35 | row “全部作物”, column “合计”: 35
          ~ 17:10-12 “全部作物”行“春播面积”：19 | row “全部作物”, column “春播面积”: 19
          ~ 17:15-16 “全部作物”行“早熟品种”：4 | row “全部作物”, column “早熟品种”: 4
          ~ 17:19-21 “全部作物”行“晚熟品种”：11 | row “全部作物”, column “晚熟品种”: 11
        """,
    )


@pytest.mark.parametrize("holds", ["kept >= born - sold", "kept <= 61", "sold > 2", "born < 21", "born != sold"])
def test_comparisons_that_hold(holds: str) -> None:
    expect(lint(draft(), farm(identities=f"- {{{KEPT}, holds: {holds}}}")))


def test_a_broken_inequality_of_a_warning() -> None:
    message = "message: {zh: '“{row}”存栏{left}少于{right}', en: '{row}: {left} are fewer than {right}'}"
    pack = farm(identities=f"- {{{KEPT}, holds: kept >= born - sold, severity: warning, {message}}}")
    expect(
        lint(draft(("| 8 | 3 | 40 |", "| 8 | 3 | 4 |")), pack),
        """
        23:17-18 FM403 herd-left warning
          “肉用牛”存栏4少于5
          肉用牛: 4 are fewer than 5
          ~ 23:9-10 “肉用牛”行“本年出生”：8 | row “肉用牛”, column “本年出生”: 8
          ~ 23:13-14 “肉用牛”行“本年出售”：3 | row “肉用牛”, column “本年出售”: 3
        """,
    )


def test_a_broken_inequality_of_an_error_names_no_cell() -> None:
    pack = farm(identities=f"- {{{KEPT}, holds: kept >= born - sold}}")
    expect(
        lint(draft(("| 8 | 3 | 40 |", "| 8 | 3 | 4 |")), pack),
        """
        23:17-18 FM403 herd-left error
          勾稽关系不成立：4 < 5 = 8 - 3；可能有误的单元格：“肉用牛”行“本年出生”（第23行）8→?、“肉用牛”行“本年出售”（第23行）3→?、“肉用牛”行“年末存栏”（第23行）4→?（有多种同样少的改动都能使其成立，不能断定）
          the identity does not hold: 4 < 5 = 8 - 3; candidates: row “肉用牛”, column “本年出生” (line 23) 8 → ?, row “肉用牛”, column “本年出售” (line 23) 3 → ?, row “肉用牛”, column “年末存栏” (line 23) 4 → ? (several changes of so few cells would mend it, so it cannot be decided)
          ~ 23:9-10 “肉用牛”行“本年出生”：8 | row “肉用牛”, column “本年出生”: 8
          ~ 23:13-14 “肉用牛”行“本年出售”：3 | row “肉用牛”, column “本年出售”: 3
        """,
    )


def test_strict_comparisons_and_inequality_are_told_as_they_are_broken() -> None:
    pack = farm(identities=f"- {{{KEPT}, holds: born > sold, severity: info}}")
    expect(
        lint(draft(), pack),
        """
        24:9-11 FM403 herd-left info
          勾稽关系不成立：20 ≤ 25
          the identity does not hold: 20 ≤ 25
          ~ 24:14-16 “绵山羊”行“本年出售”：25 | row “绵山羊”, column “本年出售”: 25
        """,
    )
    pack = farm(identities=f"- {{{KEPT}, over: cattle, holds: sold != born - 5, severity: warning}}")
    expect(
        lint(draft(), pack),
        """
        23:13-14 FM403 herd-left warning
          勾稽关系不成立：3 = 3 = 8 - 5
          the identity does not hold: 3 = 3 = 8 - 5
          ~ 23:9-10 “肉用牛”行“本年出生”：8 | row “肉用牛”, column “本年出生”: 8
        """,
    )


def test_a_tolerance() -> None:
    identity = "- {{code: FM404, name: income, severity: warning, holds: 'accounts:sales[amount] == 36 within {}'}}"
    expect(lint(draft(), farm(identities=identity.format("0.5"))))
    expect(
        lint(draft(), farm(identities=identity.format("0.49"))),
        """
        28:10-15 FM404 income warning
          勾稽关系不成立：36.5 ≠ 36
          the identity does not hold: 36.5 ≠ 36
        """,
    )


def test_an_identity_between_tables_accuses_the_table_whose_sums_do_not_hold_it() -> None:
    pack = farm(identities="- {code: FM405, name: between, holds: 'crops:all[total] == herds:cattle[kept] - 6'}")
    expect(lint(draft(), pack))
    expect(
        lint(draft(("| 8 | 3 | 40 |", "| 8 | 3 | 49 |")), pack),
        """
        23:17-19 GK400 wrong-value error
          “肉用牛”行“年末存栏”写的是 49，应为 40（像是写错了一位数字）；改后FM405（between）成立
          row “肉用牛”, column “年末存栏” is 49 and should be 40 (one digit looks mistyped); then FM405 (between) holds
          ~ 17:24-26 “全部作物”行“合计”：34 | row “全部作物”, column “合计”: 34
          = 23:17-19 '40'
        """,
    )


def test_the_placeholders_of_a_message() -> None:
    holds = "holds: 'crops:all[total] <= accounts:sales[amount] * 0.5', at: 'crops:all[total]', severity: info"
    words = "{table}·{row}·{column}·{cell}·{value}·{left}·{right}·{difference}·{equation}"
    pack = farm(identities=f"- {{code: FM405, name: between, {holds}, message: {{zh: '{words}', en: '{words}'}}}}")
    expect(
        lint(draft(), pack),
        """
        17:24-26 FM405 between info
          种植表·全部作物·合计·34·34·34·18.25·15.75·34 > 18.25 = 0.5 × 36.5
          the table of crops·全部作物·合计·34·34·34·18.25·15.75·34 > 18.25 = 0.5 × 36.5
          ~ 28:10-15 “产品销售”行“金额（万元）”：36.50 | row “产品销售”, column “金额（万元）”: 36.50
        """,
    )


def test_a_quotient() -> None:
    identity = "- {{code: FM406, name: share, holds: 'accounts:sales[amount] / accounts:sales[hands] <= {}'}}"
    expect(lint(draft(), farm(identities=identity.format("9.125"))))
    expect(
        lint(draft(), farm(identities=identity.format("9"))),
        """
        28:18-19 FM406 share error
          勾稽关系不成立：9.125 > 9
          the identity does not hold: 9.125 > 9
          ~ 28:10-15 “产品销售”行“金额（万元）”：36.50 | row “产品销售”, column “金额（万元）”: 36.50
        """,
    )


def test_a_quotient_by_0_cannot_be_evaluated_and_is_no_finding() -> None:
    pack = farm(identities="- {code: FM406, name: share, holds: 'accounts:sales[amount] / accounts:sales[hands] <= 9'}")
    expect(lint(draft(("| 36.50 | 4 |", "| 36.50 | 0 |")), pack))


def test_a_product() -> None:
    holds = "holds: 'herds:cattle[born] * herds:sheep[born] == {}', at: 'herds:sheep[born]'"
    expect(lint(draft(), farm(identities=f"- {{code: FM407, name: product, {holds.format(160)}}}")))
    expect(
        lint(draft(), farm(identities=f"- {{code: FM407, name: product, {holds.format(161)}}}")),
        """
        24:9-11 FM407 product error
          勾稽关系不成立：160 ≠ 161
          the identity does not hold: 160 ≠ 161
          ~ 23:9-10 “肉用牛”行“本年出生”：8 | row “肉用牛”, column “本年出生”: 8
        """,
    )


def test_a_warning_that_a_named_cell_explains_is_not_told_again() -> None:
    pack = farm(
        identities="- {code: FM411, name: most, table: crops, each: row, holds: spring <= 20, severity: warning}"
    )
    expect(
        lint(draft(rowed(RICE, "50 | 0 | 7 | 12")), pack),
        """
        15:10-12 GK400 wrong-value error
          “2.水稻”行“春播面积”写的是 50，应为 5（像是单位或小数点有误）；改后“2.水稻”的FM401（各季之和等于合计）、“春播面积”的FM402（各作物之和等于全部作物）均成立
          row “2.水稻”, column “春播面积” is 50 and should be 5 (the unit or decimal point looks wrong); then FM401 at “2.水稻” (the seasons add up), FM402 at “春播面积” (the crops add up) hold
          ~ 15:23-25 “2.水稻”行“合计”：12 | row “2.水稻”, column “合计”: 12
          ~ 15:15-16 “2.水稻”行“早熟品种”：0 | row “2.水稻”, column “早熟品种”: 0
          ~ 15:19-20 “2.水稻”行“晚熟品种”：7 | row “2.水稻”, column “晚熟品种”: 7
          ~ 17:10-12 “全部作物”行“春播面积”：19 | row “全部作物”, column “春播面积”: 19
          ~ 14:10-12 “1.小麦”行“春播面积”：12 | row “1.小麦”, column “春播面积”: 12
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          = 15:10-12 '5'
        """,
    )


def test_what_a_named_cell_does_not_explain_is_told_beside_it() -> None:
    pack = farm(
        identities=f"""
        - {{code: FM411, name: most, table: crops, each: row, holds: spring <= 20, severity: warning}}
        - {{{KEPT}, over: cattle, holds: kept <= 39, severity: warning}}
        """
    )
    findings = lint(draft(rowed(RICE, "50 | 0 | 7 | 12")), pack)
    assert [(finding.code, finding.span.line) for finding in findings] == [("GK400", 15), ("FM403", 23)]


def test_a_row_that_a_later_table_leaves_out_counts_as_0() -> None:
    pack = farm(
        (", maize: {label: 3.玉米, optional: true}", ""),
        ("sheep: 绵山羊}", "sheep: 绵山羊, goats: {label: 黑山羊, optional: true}}"),
        identities="- {code: FM417, name: all-kept, holds: 'sum(herds:*[kept]) == 100', severity: warning}",
    )
    [finding] = lint(draft((f"{GROUP}\n", "")), pack)
    assert (finding.code, finding.span.line) == ("FM417", 22)
    assert finding.equation == Message("40 + 61 = 101 ≠ 100", "40 + 61 = 101 ≠ 100")


def test_what_has_no_value_breaks_nothing() -> None:
    pack = farm(identities="- {code: FM412, name: hands, holds: 'accounts:sales[hands] >= 100'}")
    text = draft(("| 36.50 | 4 |", "| 36.50 | 若干 |"))
    assert [finding.code for finding in lint(text, pack)] == ["GK304"]
    text = draft(("| 36.50 | 4 |", "| 36.50 | |"))
    assert [finding.code for finding in lint(text, pack)] == ["GK311"]


@pytest.mark.parametrize(
    ("text", "row", "zh", "en"),
    [
        (draft((CROPS, "见附件。\n")), "oil", "表格缺失", "the table is missing"),
        (draft((f"{RICE}\n", "")), "grain.rice", "缺少“2.水稻”行", "row “2.水稻” is missing"),
        (draft((RICE, f"{RICE} 1 |")), "grain.rice", "“2.水稻”行无法读取", "row “2.水稻” cannot be read"),
        (draft(without("晚熟品种")), "oil", "缺少“晚熟品种”列", "column “晚熟品种” is missing"),
        (
            draft(rowed(RICE, "5 | | 7 | 12")),
            "grain.rice",
            "“2.水稻”行“早熟品种”为空",
            "row “2.水稻”, column “早熟品种” is blank",
        ),
        (
            draft(rowed(RICE, "5 | 一二三四五六七八九十一二三四五六七八九十一 | 7 | 12")),
            "grain.rice",
            "“2.水稻”行“早熟品种”不是数：一二三四五六七八九十一二三四五六七八九十",
            "row “2.水稻”, column “早熟品种” is not a number: 一二三四五六七八九十一二三四五六七八九十",
        ),
    ],
)
def test_why_a_sum_cannot_be_told(text: str, row: str, zh: str, en: str) -> None:
    report = bound(text)
    [outcome] = [
        judge(instance, Analysis(report).values, report)
        for instance in instances(report.pack)
        if instance.node is not None and instance.node.path == row
    ]
    assert (outcome.status, outcome.reason) == (Status.UNKNOWN, Message(zh, en))


def test_why_a_sum_over_an_unreadable_column_cannot_be_told() -> None:
    report = bound(draft((HERDS, ACROSS)), farm(identities=f"- {{{KEPT}, holds: kept == born - sold}}"))
    told = [
        judge(instance, Analysis(report).values, report).reason
        for instance in instances(report.pack)
        if instance.identity.table == "herds"
    ]
    assert told == [Message("“本年出售”列无法读取", "column “本年出售” cannot be read")] * 2


def test_a_zero_is_shown_in_a_sum_of_two() -> None:
    pack = farm(identities=f"- {{{KEPT}, over: cattle, holds: born + sold == kept, severity: warning}}")
    [finding] = lint(draft(rowed(CATTLE, "8 | 0 | 40")), pack)
    assert finding.equation == Message("8 + 0 = 8 ≠ 40", "8 + 0 = 8 ≠ 40")
    [finding] = lint(draft(rowed(CATTLE, "0 | 8 | 40")), pack)
    assert finding.equation == Message("0 + 8 = 8 ≠ 40", "0 + 8 = 8 ≠ 40")


@pytest.mark.parametrize(("more", "zeros"), [("", ["“2.水稻”行“早熟品种”：0"]), (", herds:cattle[born]", [])])
def test_of_more_than_eight_other_cells_the_zeros_are_left_out(more: str, zeros: list[str]) -> None:
    cells = f"sum(crops:grain.wheat[**], crops:grain.rice[**]{more})"
    pack = farm(identities=f"- {{code: FM406, name: both, severity: warning, holds: 'crops:all[total] == {cells}'}}")
    [finding] = lint(draft(), pack)
    assert len(finding.related) == 8
    assert [other.message.zh for other in finding.related if other.message.zh.endswith("：0")] == zeros


def test_a_factor_counts() -> None:
    pack = farm(identities=f"- {{{KEPT}, over: cattle, holds: kept - 2 * sold == born, severity: warning}}")
    expect(lint(draft(rowed(CATTLE, "34 | 3 | 40")), pack))
    [finding] = lint(draft(rowed(CATTLE, "37 | 3 | 40")), pack)
    assert finding.equation == Message("40 - 2 × 3 = 34 ≠ 37", "40 - 2 × 3 = 34 ≠ 37")


def test_a_right_side_that_is_no_sum() -> None:
    pack = farm(identities=f"- {{{KEPT}, over: cattle, holds: 'kept <= max(born, sold)'}}")
    expect(lint(draft(rowed(CATTLE, "40 | 3 | 40")), pack))
    expect(
        lint(draft(), pack),
        """
        23:17-19 FM403 herd-left error
          勾稽关系不成立：40 > 8
          the identity does not hold: 40 > 8
          ~ 23:9-10 “肉用牛”行“本年出生”：8 | row “肉用牛”, column “本年出生”: 8
          ~ 23:13-14 “肉用牛”行“本年出售”：3 | row “肉用牛”, column “本年出售”: 3
        """,
    )


def test_what_is_no_sum_is_judged_in_every_report_of_a_kind() -> None:
    # Of reports that are as the form wants them, the second and all others are judged by their numbers alone.
    pack = farm(
        (", maize: {label: 3.玉米, optional: true}", ""),
        identities="- {code: FM407, name: few-sold, holds: 'herds:cattle[kept] / herds:cattle[sold] <= 14'}",
    )
    right = draft((f"{GROUP}\n", ""), (WAGES, f"{WAGES.removesuffix(' |')} 0 |"))
    for _ in range(3):
        expect(lint(right, pack))
    assert all(table.as_form and table.numbers() is not None for table in bound(right, pack).tables)
    expect(
        lint(right.replace("| 8 | 3 | 40 |", "| 8 | 2 | 40 |"), pack),
        """
        22:13-14 FM407 few-sold error
          勾稽关系不成立：20 > 14
          the identity does not hold: 20 > 14
          ~ 22:17-19 “肉用牛”行“年末存栏”：40 | row “肉用牛”, column “年末存栏”: 40
        """,
    )


def test_only_some_rows() -> None:
    pack = farm(identities=f"- {{{KEPT}, over: cattle, holds: kept == 61, severity: warning}}")
    assert [finding.span.line for finding in lint(draft(), pack)] == [23]


def test_a_code_in_several_tables() -> None:
    pack = farm(
        identities=f"""
        - {{{KEPT}, over: cattle, holds: kept == 0, severity: warning}}
        - {{code: FM403, name: herd-left, holds: 'crops:all[total] == 0', severity: info}}
        """
    )
    assert [(finding.code, finding.name, finding.severity.label) for finding in lint(draft(), pack)] == [
        ("FM403", "herd-left", "info"),
        ("FM403", "herd-left", "warning"),
    ]
