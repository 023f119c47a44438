# ruff: noqa: E501
"""The identities of gklint's own packs: GK310 and GK401 to GK406; what is less bad in a report of 2019."""

from __future__ import annotations

from functools import cache

from gklint.findings import Finding
from gklint.packs import builtin_packs
from gklint.packs.model import Pack
from tests.checks.farm import Change, changed, expect
from tests.checks.farm import lint as lint_with


@cache
def packs() -> tuple[Pack, ...]:
    return tuple(builtin_packs())


def right(year: str) -> str:
    """The right report among the examples of the pack for a year."""
    return next(pack for pack in packs() if int(year) in pack.years).examples[0].document


def lint(year: str, *changes: Change) -> list[Finding]:
    """The findings about the right report of the form of a year, changed."""
    return lint_with(changed(right(year), changes), *packs())


def test_the_examples_are_right() -> None:
    expect(lint("2020"))
    expect(lint("2023"))


# --- GK310 ------------------------------------------------------------------------------------------------------------


def test_a_county_makes_no_rules() -> None:
    expect(
        lint("2023", ("| 规章 | 0 | 0 | 0 |", "| 规章 | 0 | 0 | 2 |")),
        """
        15:16-17 GK310 no-power warning
          “规章”行应全部填 0：县级及以下人民政府和各级部门没有规章制定权，请核对是否应填入下一行
          the row for rules (规章) must be all 0: governments of counties and below and local departments have no power to make them; check whether the numbers belong in the next row
          ~ 15:8-9 “规章”行“本年制发件数”：0 | row “规章”, column “本年制发件数”: 0
          ~ 15:12-13 “规章”行“本年废止件数”：0 | row “规章”, column “本年废止件数”: 0
        """,
    )


def test_the_office_of_a_town_and_a_department_make_none() -> None:
    rules = ("| 规章 | 0 | 0 | 0 |", "| 规章 | 1 | 0 | 1 |")
    for body in ("某镇人民政府", "某街道办事处", "某市财政局", "某省发展和改革委员会"):
        assert [finding.code for finding in lint("2023", rules, ("某县人民政府", body))] == ["GK310"], body


def test_who_may_make_rules_or_is_not_known_may_report_them() -> None:
    rules = ("| 规章 | 0 | 0 | 0 |", "| 规章 | 1 | 0 | 1 |")
    for body in ("某市人民政府", "某省人民政府办公厅", "某自治州人民政府", "国家税务总局", "某某"):
        expect(lint("2023", rules, ("某县人民政府", body)))


# --- GK401 to GK406 ---------------------------------------------------------------------------------------------------


def test_gk401_received_and_carried_in_are_handled_and_carried_out() -> None:
    end = "| 四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |"
    expect(
        lint("2023", (end, end.replace("2", "3"))),
        """
        69:11-13 GK401 application-flow error
          “自然人”列不满足勾稽关系：本年新收加上年结转为 15，办理结果总计加结转下年度继续办理为 16；可能有误的单元格：“一、本年新收政府信息公开申请数量”行“自然人”（第41行）14→15与“一、本年新收政府信息公开申请数量”行“总计”（第41行）15→16、“二、上年结转政府信息公开申请数量”行“自然人”（第42行）1→2与“二、上年结转政府信息公开申请数量”行“总计”（第42行）1→2、另有1种可能（有多种同样少的改动都能使其成立，不能断定）；另有1个恒等式同时不成立
          column 自然人: received plus carried in is 15, handled plus carried out is 16; candidates: row “一、本年新收政府信息公开申请数量”, column “自然人” (line 41) 14 → 15 with row “一、本年新收政府信息公开申请数量”, column “总计” (line 41) 15 → 16, row “二、上年结转政府信息公开申请数量”, column “自然人” (line 42) 1 → 2 with row “二、上年结转政府信息公开申请数量”, column “总计” (line 42) 1 → 2, 1 more (several changes of so few cells would mend it, so it cannot be decided); 1 more identity is broken with it
          ~ 41:22-24 “一、本年新收政府信息公开申请数量”行“自然人”：14 | row “一、本年新收政府信息公开申请数量”, column “自然人”: 14
          ~ 42:22-23 “二、上年结转政府信息公开申请数量”行“自然人”：1 | row “二、上年结转政府信息公开申请数量”, column “自然人”: 1
          ~ 70:17-18 “四、结转下年度继续办理”行“自然人”：3 | row “四、结转下年度继续办理”, column “自然人”: 3
          ~ 41:47-49 “一、本年新收政府信息公开申请数量”行“总计”：15 | row “一、本年新收政府信息公开申请数量”, column “总计”: 15
          ~ 42:46-47 “二、上年结转政府信息公开申请数量”行“总计”：1 | row “二、上年结转政府信息公开申请数量”, column “总计”: 1
          ~ 69:36-38 “（七）总计”行“总计”：14 | row “（七）总计”, column “总计”: 14
          ~ 70:41-42 “四、结转下年度继续办理”行“总计”：3 | row “四、结转下年度继续办理”, column “总计”: 3
        """,
    )


def test_gk402_the_results_add_up() -> None:
    granted = "| （一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |"
    expect(
        lint("2023", (granted, granted.replace("5", "7").replace("6", "8"))),
        """
        69:11-13 GK402 outcome-total error
          “自然人”列的“（七）总计”为 13，（一）至（六）各项之和为 15；可能有误的单元格：“（一）予以公开”行“自然人”（第44行）7→5与“（一）予以公开”行“总计”（第44行）8→6、“1.本机关不掌握相关政府信息”行“自然人”（第56行）3→1与“1.本机关不掌握相关政府信息”行“总计”（第56行）3→1、另有1种可能（有多种同样少的改动都能使其成立，不能断定）；另有1个恒等式同时不成立
          column 自然人: the total of the results is 13, results (1) to (6) add up to 15; candidates: row “（一）予以公开”, column “自然人” (line 44) 7 → 5 with row “（一）予以公开”, column “总计” (line 44) 8 → 6, row “1.本机关不掌握相关政府信息”, column “自然人” (line 56) 3 → 1 with row “1.本机关不掌握相关政府信息”, column “总计” (line 56) 3 → 1, 1 more (several changes of so few cells would mend it, so it cannot be decided); 1 more identity is broken with it
          ~ 44:13-14 “（一）予以公开”行“自然人”：7 | row “（一）予以公开”, column “自然人”: 7
          ~ 45:34-35 “（二）部分公开（区分处理的，只计这一情形，不计其他情形）”行“自然人”：2 | row “（二）部分公开（区分处理的，只计这一情形，不计其他情形）”, column “自然人”: 2
          ~ 52:17-18 “6.属于四类过程性信息”行“自然人”：1 | row “6.属于四类过程性信息”, column “自然人”: 1
          ~ 56:20-21 “1.本机关不掌握相关政府信息”行“自然人”：3 | row “1.本机关不掌握相关政府信息”, column “自然人”: 3
          ~ 60:17-18 “1.信访举报投诉类申请”行“自然人”：1 | row “1.信访举报投诉类申请”, column “自然人”: 1
          ~ 68:10-11 “3.其他”行“自然人”：1 | row “3.其他”, column “自然人”: 1
          ~ 69:36-38 “（七）总计”行“总计”：14 | row “（七）总计”, column “总计”: 14
          ~ 44:37-38 “（一）予以公开”行“总计”：8 | row “（一）予以公开”, column “总计”: 8
          ~ 45:58-59 “（二）部分公开（区分处理的，只计这一情形，不计其他情形）”行“总计”：2 | row “（二）部分公开（区分处理的，只计这一情形，不计其他情形）”, column “总计”: 2
          ~ 52:41-42 “6.属于四类过程性信息”行“总计”：1 | row “6.属于四类过程性信息”, column “总计”: 1
          ~ 56:44-45 “1.本机关不掌握相关政府信息”行“总计”：3 | row “1.本机关不掌握相关政府信息”, column “总计”: 3
          ~ 60:41-42 “1.信访举报投诉类申请”行“总计”：1 | row “1.信访举报投诉类申请”, column “总计”: 1
          ~ 68:34-35 “3.其他”行“总计”：1 | row “3.其他”, column “总计”: 1
        """,
    )


def test_gk403_the_applicants_add_up() -> None:
    received = "| 一、本年新收政府信息公开申请数量 | 14 | 1 | 0 | 0 | 0 | 0 | 15 |"
    end = "| 四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |"
    expect(
        lint("2023", (received, received.replace("15 |", "16 |")), (end, end.replace("0 | 2 |", "0 | 3 |"))),
        """
        41:47-49 GK403 applicant-total error
          “一、本年新收政府信息公开申请数量”行的总计为 16，自然人与各类法人或其他组织之和为 15；可能有误的单元格：“一、本年新收政府信息公开申请数量”行“自然人”（第41行）14→15与“四、结转下年度继续办理”行“自然人”（第70行）2→3、“一、本年新收政府信息公开申请数量”行“商业企业”（第41行）1→2与“四、结转下年度继续办理”行“商业企业”（第70行）0→1、另有5种可能（有多种同样少的改动都能使其成立，不能断定）；另有1个恒等式同时不成立
          row 一、本年新收政府信息公开申请数量: the total is 16, natural persons and organisations add up to 15; candidates: row “一、本年新收政府信息公开申请数量”, column “自然人” (line 41) 14 → 15 with row “四、结转下年度继续办理”, column “自然人” (line 70) 2 → 3, row “一、本年新收政府信息公开申请数量”, column “商业企业” (line 41) 1 → 2 with row “四、结转下年度继续办理”, column “商业企业” (line 70) 0 → 1, 5 more (several changes of so few cells would mend it, so it cannot be decided); 1 more identity is broken with it
          ~ 41:22-24 “一、本年新收政府信息公开申请数量”行“自然人”：14 | row “一、本年新收政府信息公开申请数量”, column “自然人”: 14
          ~ 41:27-28 “一、本年新收政府信息公开申请数量”行“商业企业”：1 | row “一、本年新收政府信息公开申请数量”, column “商业企业”: 1
          ~ 70:41-42 “四、结转下年度继续办理”行“总计”：3 | row “四、结转下年度继续办理”, column “总计”: 3
          ~ 70:17-18 “四、结转下年度继续办理”行“自然人”：2 | row “四、结转下年度继续办理”, column “自然人”: 2
        """,
    )


def test_gk404_reviews_and_lawsuits_add_up() -> None:
    expect(
        lint("2023", ("| 行政复议 | 1 | 0 | 0 | 1 | 2 |", "| 行政复议 | 1 | 0 | 0 | 1 | 3 |")),
        """
        76:26-27 GK404 case-total error
          “行政复议”的总计为 3，结果维持、结果纠正、其他结果与尚未审结之和为 2；可能有误的单元格：“行政复议”行“结果维持”（第76行）1→2、“行政复议”行“结果纠正”（第76行）0→1、“行政复议”行“其他结果”（第76行）0→1、“行政复议”行“尚未审结”（第76行）1→2、“行政复议”行“总计”（第76行）3→2（有多种同样少的改动都能使其成立，不能断定）
          行政复议: the total is 3, upheld, corrected, other and pending add up to 2; candidates: row “行政复议”, column “结果维持” (line 76) 1 → 2, row “行政复议”, column “结果纠正” (line 76) 0 → 1, row “行政复议”, column “其他结果” (line 76) 0 → 1, row “行政复议”, column “尚未审结” (line 76) 1 → 2, row “行政复议”, column “总计” (line 76) 3 → 2 (several changes of so few cells would mend it, so it cannot be decided)
          ~ 76:10-11 “行政复议”行“结果维持”：1 | row “行政复议”, column “结果维持”: 1
          ~ 76:14-15 “行政复议”行“结果纠正”：0 | row “行政复议”, column “结果纠正”: 0
          ~ 76:18-19 “行政复议”行“其他结果”：0 | row “行政复议”, column “其他结果”: 0
          ~ 76:22-23 “行政复议”行“尚未审结”：1 | row “行政复议”, column “尚未审结”: 1
        """,
    )


def test_gk405_newly_published_is_within_the_total() -> None:
    expect(
        lint("2020", ("| 规范性文件 | 4 | 4 | 30 |", "| 规范性文件 | 4 | 40 | 30 |")),
        """
        16:15-17 GK405 published-within-total warning
          “规范性文件”的本年新公开数量 40 大于对外公开总数量 30
          规范性文件: 40 newly published is more than the published total of 30
          ~ 16:20-22 “规范性文件”行“对外公开总数量”：30 | row “规范性文件”, column “对外公开总数量”: 30
        """,
    )


def test_gk406_in_force_is_at_least_issued_minus_repealed() -> None:
    expect(
        lint("2023", ("| 行政规范性文件 | 3 | 1 | 25 |", "| 行政规范性文件 | 30 | 1 | 25 |")),
        """
        16:22-24 GK406 in-force-floor warning
          “行政规范性文件”的现行有效件数为 25，少于本年制发件数减本年废止件数（29）
          行政规范性文件: 25 are in force, fewer than issued minus repealed (29)
          ~ 16:13-15 “行政规范性文件”行“本年制发件数”：30 | row “行政规范性文件”, column “本年制发件数”: 30
          ~ 16:18-19 “行政规范性文件”行“本年废止件数”：1 | row “行政规范性文件”, column “本年废止件数”: 1
        """,
    )


def test_one_wrong_cell_is_one_finding_and_no_sum() -> None:
    granted = "| （一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |"
    expect(
        lint("2023", (granted, granted.replace("5", "8"))),
        """
        44:13-14 GK400 wrong-value error
          “（一）予以公开”行“自然人”写的是 8，应为 5（像是写错了一位数字）；改后“自然人”的GK402（办理结果各项之和等于（七）总计）、“（一）予以公开”的GK403（各类申请人之和等于总计）均成立
          row “（一）予以公开”, column “自然人” is 8 and should be 5 (one digit looks mistyped); then GK402 at “自然人” (the results add up to their total), GK403 at “（一）予以公开” (the applicants add up to the total of the row) hold
          ~ 69:11-13 “（七）总计”行“自然人”：13 | row “（七）总计”, column “自然人”: 13
          ~ 45:34-35 “（二）部分公开（区分处理的，只计这一情形，不计其他情形）”行“自然人”：2 | row “（二）部分公开（区分处理的，只计这一情形，不计其他情形）”, column “自然人”: 2
          ~ 52:17-18 “6.属于四类过程性信息”行“自然人”：1 | row “6.属于四类过程性信息”, column “自然人”: 1
          ~ 56:20-21 “1.本机关不掌握相关政府信息”行“自然人”：3 | row “1.本机关不掌握相关政府信息”, column “自然人”: 3
          ~ 60:17-18 “1.信访举报投诉类申请”行“自然人”：1 | row “1.信访举报投诉类申请”, column “自然人”: 1
          ~ 68:10-11 “3.其他”行“自然人”：1 | row “3.其他”, column “自然人”: 1
          ~ 44:37-38 “（一）予以公开”行“总计”：6 | row “（一）予以公开”, column “总计”: 6
          ~ 44:17-18 “（一）予以公开”行“商业企业”：1 | row “（一）予以公开”, column “商业企业”: 1
          = 44:13-14 '5'
        """,
    )


# --- 2019 -------------------------------------------------------------------------------------------------------------


def test_in_2019_the_form_was_encouraged_and_no_more() -> None:
    other = right("2020")[right("2020").index("## 六、") :]
    for year, severity in (("2019", "warning"), ("2020", "error")):
        [finding] = lint("2020", (other, ""), ("2020年", f"{year}年"))
        assert (finding.code, finding.severity.label) == ("GK101", severity)
    [finding] = lint("2020", ("其他需要报告", "其他需求报告"), ("2020年", "2019年"))
    assert (finding.code, finding.severity.label) == ("GK103", "error")
