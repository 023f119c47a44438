# ruff: noqa: E501
"""GK201 to GK206 and GK212: tables and their rows."""

from __future__ import annotations

import pytest

from gklint.packs.model import Pack
from tests.checks.farm import (
    ACCOUNTS,
    ALL,
    CROPS,
    GROUP,
    HERDS,
    OIL,
    RICE,
    WHEAT,
    draft,
    expect,
    farm,
    lint,
    rowed,
)

EXTRA = "| 花卉苗木 | 3 | 1 | 0 | 4 |"
EXTRA_ROWS = farm(("texts: [作物名称]", "texts: [作物名称]\n    extra_rows: allowed"))


# --- GK201 ------------------------------------------------------------------------------------------------------------


def test_a_missing_table_is_told_on_its_section() -> None:
    expect(
        lint(draft((CROPS, "见附件。\n"))),
        """
        9:4-10 GK201 table-missing error
          缺少表格“种植表”
          missing: “the table of crops”
        """,
    )


def test_a_missing_table_is_told_on_the_next_of_its_section() -> None:
    expect(
        lint(draft((HERDS, ""))),
        """
        22:3-7 GK201 table-missing error
          缺少表格“养殖表”
          missing: “the table of herds”
        """,
    )


def test_the_missing_tables_of_a_section_are_one_finding() -> None:
    expect(
        lint(draft((f"{HERDS}\n{ACCOUNTS}", "![表](a.png)\n"))),
        """
        19:4-13 GK201 table-missing error
          缺少表格“养殖表”、“经营表”
          missing: “the table of herds”, “the table of accounts”
        """,
    )


def test_an_optional_table_may_be_missing() -> None:
    expect(lint(draft((ACCOUNTS, "")), farm(("texts: [经营项目]", "texts: [经营项目]\n    optional: true"))))


def test_a_table_in_another_section_is_found() -> None:
    expect(lint(draft((CROPS, "见文末。\n")) + f"\n{CROPS}"))


# --- GK202 ------------------------------------------------------------------------------------------------------------


def test_a_missing_row_is_told_on_the_next_and_gives_no_wrong_sum() -> None:
    expect(
        lint(draft((f"{RICE}\n", ""))),
        """
        15:3-7 GK202 row-missing error
          缺少“2.水稻”行
          missing row: “2.水稻”
        """,
    )


def test_a_missing_last_row_is_told_on_the_one_before() -> None:
    expect(
        lint(draft((f"{ALL}\n", ""))),
        """
        16:3-7 GK202 row-missing error
          缺少“全部作物”行
          missing row: “全部作物”
        """,
    )


def test_rows_missing_in_a_run_are_one_finding_and_two_runs_are_two() -> None:
    expect(
        lint(draft((f"{RICE}\n{OIL}\n", ""))),
        """
        15:3-7 GK202 row-missing error
          缺少“2.水稻”、“油料作物”行
          missing rows: “2.水稻”, “油料作物”
        """,
    )
    expect(
        lint(draft((f"{WHEAT}\n", ""), (f"{OIL}\n", ""))),
        """
        14:3-7 GK202 row-missing error
          缺少“1.小麦”行
          missing row: “1.小麦”
        15:3-7 GK202 row-missing error
          缺少“油料作物”行
          missing row: “油料作物”
        """,
    )


def test_an_optional_row_may_be_there_or_not() -> None:
    maize = "| 3.玉米 | 1 | 0 | 0 | 1 |"
    expect(lint(draft((RICE, f"{RICE}\n{maize}"), rowed(ALL, "20 | 4 | 11 | 35"))))


def test_the_rows_of_an_optional_group_may_be_missing() -> None:
    pack = farm(("label: 粮食作物, rows", "label: 粮食作物, optional: true, rows"))
    expect(lint(draft((f"{GROUP}\n{WHEAT}\n{RICE}\n", ""), rowed(ALL, "2 | 1 | 0 | 3")), pack))


# --- GK203 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "line"), [(OIL, 16), (GROUP, 13), (ALL, 17)])
def test_an_unknown_row(before: str, line: int) -> None:
    wanted = f"""
        {line}:3-7 GK203 row-unknown warning
          “花卉苗木”不是格式规定的行
          “花卉苗木” is not a row of the form
        """
    expect(lint(draft((before, f"{EXTRA}\n{before}"))), wanted)


def test_an_unknown_row_at_the_end() -> None:
    expect(
        lint(draft((ALL, f"{ALL}\n{EXTRA}"))),
        """
        18:3-7 GK203 row-unknown warning
          “花卉苗木”不是格式规定的行
          “花卉苗木” is not a row of the form
        """,
    )


def test_unknown_rows_that_are_allowed() -> None:
    expect(lint(draft((OIL, f"{EXTRA}\n{OIL}")), EXTRA_ROWS))


def test_an_unknown_row_is_not_taken_for_an_optional_one_that_is_missing() -> None:
    expect(
        lint(draft((RICE, f"{RICE}\n{EXTRA}"))),
        """
        16:3-7 GK203 row-unknown warning
          “花卉苗木”不是格式规定的行
          “花卉苗木” is not a row of the form
        """,
    )


def test_a_row_of_words_alone_is_none() -> None:
    expect(lint(draft((OIL, f"| 其中： |  |  |  |  |\n{OIL}"))))


def test_each_surplus_row_of_a_very_long_table_is_told_with_its_own_label() -> None:
    shapes = [
        "| 苗木{} | 3 | 1 | 0 | 4 |",
        "|苗木{}| | 1 | 0 | 4 |",
        "| 苗\\|木{} | 3 | 1 |",
        "| | 苗木{} | 3 | 1 | 0 |",
    ]
    rows = [shapes[number % 7 % 4].format(number) for number in range(3000)]
    findings = [finding for finding in lint(draft((OIL, "\n".join([*rows, OIL])))) if finding.code == "GK203"]
    assert [finding.span.line for finding in findings] == list(
        range(findings[0].span.line, findings[0].span.line + 3000)
    )
    for number, (finding, row) in enumerate(zip(findings, rows, strict=True)):
        label = row[finding.span.column - 1 : finding.span.end_column - 1].replace("\\|", "|")
        assert label.endswith(f"木{number}")
        assert tuple(finding.message) == (f"“{label}”不是格式规定的行", f"“{label}” is not a row of the form")


# --- GK204 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", ["12 | 3 | 4 | 19", "9 | 9 | 9 | 99", "| | |"])
@pytest.mark.parametrize("pack", [farm(), EXTRA_ROWS])
def test_a_row_that_is_there_twice_counts_once(values: str, pack: Pack) -> None:
    expect(
        lint(draft((OIL, f"| 1.小麦 | {values} |\n{OIL}")), pack),
        """
        16:3-7 GK204 row-duplicate error
          “1.小麦”行重复，前一处在第14行
          row “1.小麦” is there twice, also on line 14
          ~ 14:3-7 前一处 | the first one
        """,
    )


# --- GK205 ------------------------------------------------------------------------------------------------------------


def test_of_two_exchanged_rows_one_is_out_of_order_and_sums_go_by_labels() -> None:
    expect(
        lint(draft((f"{WHEAT}\n{RICE}", f"{RICE}\n{WHEAT}"))),
        """
        14:3-7 GK205 row-order warning
          “2.水稻”行的位置与格式不符
          row “2.水稻” is not where the form has it
        """,
    )


def test_the_row_that_stands_alone_is_out_of_order() -> None:
    expect(
        lint(draft((f"{ALL}\n", ""), (GROUP, f"{ALL}\n{GROUP}"))),
        """
        13:3-7 GK205 row-order warning
          “全部作物”行的位置与格式不符
          row “全部作物” is not where the form has it
        """,
    )


# --- GK206 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [("| 油料作物", "| 油料类作物"), ("| 1.小麦", "| １、小 麦"), ("| 全部作物", "| **全部作物**")]
)
def test_accepted_labels_and_other_punctuation(change: tuple[str, str]) -> None:
    expect(lint(draft(change)))


def test_a_wrong_character_in_a_label() -> None:
    expect(
        lint(draft(("| 油料作物", "| 油科作物"))),
        """
        16:3-7 GK206 row-label error
          行名“油科作物”应为“油料作物”
          the row label “油科作物” should be “油料作物”
          =! 16:3-7 '油料作物'
        """,
    )


def test_a_lost_number_and_a_lost_half() -> None:
    expect(
        lint(draft(("| 1.小麦", "| 小麦"), ("| 全部作物", "| 全部"))),
        """
        14:3-5 GK206 row-label error
          行名“小麦”应为“1.小麦”
          the row label “小麦” should be “1.小麦”
          =! 14:3-5 '1.小麦'
        17:3-5 GK206 row-label error
          行名“全部”应为“全部作物”
          the row label “全部” should be “全部作物”
          = 17:3-5 '全部作物'
        """,
    )


def test_the_only_row_left_in_its_place_is_meant_whatever_its_label() -> None:
    expect(
        lint(draft(("| 油料作物", "| 芝麻花生"))),
        """
        16:3-7 GK206 row-label error
          行名“芝麻花生”应为“油料作物”
          the row label “芝麻花生” should be “油料作物”
          = 16:3-7 '油料作物'
        """,
    )


def test_a_label_behind_its_group_s_is_no_drift() -> None:
    expect(lint(draft(("| 1.小麦", "| 粮食作物1.小麦"))))


def test_only_the_row_s_part_of_a_label_behind_its_group_s_is_mended() -> None:
    expect(
        lint(draft(("| 1.小麦", "| 粮食作物－1.小卖"))),
        """
        14:3-12 GK206 row-label error
          行名“粮食作物－1.小卖”应为“1.小麦”
          the row label “粮食作物－1.小卖” should be “1.小麦”
          =! 14:8-12 '1.小麦'
        """,
    )


def test_markup_within_a_drifted_label_forbids_an_edit() -> None:
    expect(
        lint(draft(("| 油料作物", "| 油**科**作物"))),
        """
        16:3-11 GK206 row-label error
          行名“油科作物”应为“油料作物”
          the row label “油科作物” should be “油料作物”
        """,
    )


# --- GK212 ------------------------------------------------------------------------------------------------------------


def test_too_few_cells() -> None:
    expect(
        lint(draft((RICE, "| 2.水稻 | 5 | 7 | 12"))),
        """
        15:3-7 GK212 row-cells error
          “2.水稻”行有3个单元格，应有4个，无法读取
          row “2.水稻” has 3 cells where 4 should be: it cannot be read
        """,
    )


def test_too_many_cells() -> None:
    expect(
        lint(draft((RICE, "| 2.水稻 | 5 | 0 | 0 | 7 | 12 |"))),
        """
        15:3-7 GK212 row-cells error
          “2.水稻”行有5个单元格，应有4个，无法读取
          row “2.水稻” has 5 cells where 4 should be: it cannot be read
        """,
    )


def test_an_unreadable_row_gives_no_wrong_sum() -> None:
    expect(
        lint(draft((RICE, "| 2.水稻 | 5 | 0 | 99 |"), rowed(OIL, "2 | 1 | 0 | 4"))),
        """
        15:3-7 GK212 row-cells error
          “2.水稻”行有3个单元格，应有4个，无法读取
          row “2.水稻” has 3 cells where 4 should be: it cannot be read
        16:22-23 FM401 row-total error
          “油料作物”合计4，各季之和3；可能有误的单元格：“油料作物”行“春播面积”（第16行）2→3、“油料作物”行“早熟品种”（第16行）1→2、“油料作物”行“晚熟品种”（第16行）0→1、“油料作物”行“合计”（第16行）4→3（有多种同样少的改动都能使其成立，不能断定）
          油料作物: 4, the seasons are 3; candidates: row “油料作物”, column “春播面积” (line 16) 2 → 3, row “油料作物”, column “早熟品种” (line 16) 1 → 2, row “油料作物”, column “晚熟品种” (line 16) 0 → 1, row “油料作物”, column “合计” (line 16) 4 → 3 (several changes of so few cells would mend it, so it cannot be decided)
          ~ 16:10-11 “油料作物”行“春播面积”：2 | row “油料作物”, column “春播面积”: 2
          ~ 16:14-15 “油料作物”行“早熟品种”：1 | row “油料作物”, column “早熟品种”: 1
          ~ 16:18-19 “油料作物”行“晚熟品种”：0 | row “油料作物”, column “晚熟品种”: 0
        """,
    )


def test_cells_too_many_in_the_total_row() -> None:
    expect(
        lint(draft((ALL, "| 全部作物 | 19 | 4 | 11 | 0 | 34 |"))),
        """
        17:3-7 GK212 row-cells error
          “全部作物”行有5个单元格，应有4个，无法读取
          row “全部作物” has 5 cells where 4 should be: it cannot be read
        """,
    )


# --- addresses --------------------------------------------------------------------------------------------------------


def test_addresses_say_section_table_row_and_column() -> None:
    [missing] = lint(draft((f"{RICE}\n", "")))
    assert missing.address == ("种植情况", "种植表", "2.水稻")
    [blank] = lint(draft(rowed(RICE, "5 |  | 7 | 12")))
    assert blank.address == ("种植情况", "种植表", "2.水稻", "早熟品种")
    [absent] = lint(draft((CROPS, "见附件。\n")))
    assert absent.address == ("种植情况", "种植表")
