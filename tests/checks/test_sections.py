# ruff: noqa: E501
"""GK101 to GK106 and GK108: the report's title and its sections."""

from __future__ import annotations

import pytest

from tests.checks.farm import (
    BUSINESS,
    CROPS,
    DRAFT,
    OVERVIEW,
    PLANTING,
    TEXT,
    TITLE,
    bound,
    draft,
    expect,
    farm,
    lint,
)


def sections(optional: str, keys: str) -> tuple[str, str]:
    """The change of the pack that gives a section further keys."""
    line = {
        "overview": "{number: 一, title: 基本情况}",
        "crops": "{number: 二, title: 种植情况, accepts: [作物种植情况]}",
        "business": "{number: 三, title: 养殖与经营情况}",
    }[optional]
    return line, f"{line[:-1]}, {keys}}}"


def test_the_report_has_no_mistake() -> None:
    expect(lint(DRAFT))


# --- GK101 ------------------------------------------------------------------------------------------------------------


def test_a_missing_section_is_told_on_the_next() -> None:
    expect(
        lint(TITLE + PLANTING + BUSINESS),
        """
        3:4-10 GK101 section-missing error
          缺少章节“一、基本情况”
          section “一、基本情况” is missing
        """,
    )


def test_numbers_that_stay_and_numbers_that_close_the_gap_are_both_right() -> None:
    expect(
        lint(TITLE + OVERVIEW + BUSINESS),
        """
        9:4-13 GK101 section-missing error
          缺少章节“二、种植情况”
          section “二、种植情况” is missing
        """,
    )
    expect(
        lint(TITLE + OVERVIEW + BUSINESS.replace("三、", "二、")),
        """
        9:4-13 GK101 section-missing error
          缺少章节“二、种植情况”
          section “二、种植情况” is missing
        """,
    )


def test_a_missing_last_section_is_told_on_the_last_line() -> None:
    expect(
        lint(TITLE + OVERVIEW + PLANTING + "\n\n"),
        """
        17:1-28 GK101 section-missing error
          缺少章节“三、养殖与经营情况”
          section “三、养殖与经营情况” is missing
        """,
    )


def test_two_missing_sections_are_two_findings_on_their_places() -> None:
    expect(
        lint(TITLE + PLANTING),
        """
        3:4-10 GK101 section-missing error
          缺少章节“一、基本情况”
          section “一、基本情况” is missing
        11:1-28 GK101 section-missing error
          缺少章节“三、养殖与经营情况”
          section “三、养殖与经营情况” is missing
        """,
    )


def test_an_optional_section_may_be_missing_and_its_number_with_it() -> None:
    pack = farm(sections("crops", "optional: true"))
    expect(lint(TITLE + OVERVIEW + BUSINESS, pack))
    expect(lint(TITLE + OVERVIEW + BUSINESS.replace("三、", "二、"), pack))
    expect(lint(DRAFT, pack))


def test_numbers_are_consecutive_without_a_required_section_although_an_optional_one_is_there() -> None:
    pack = farm(sections("business", "optional: true"))
    expect(
        lint(TITLE + PLANTING.replace("二、", "一、") + BUSINESS.replace("三、", "二、"), pack),
        """
        3:4-10 GK101 section-missing error
          缺少章节“一、基本情况”
          section “一、基本情况” is missing
        """,
    )


# --- GK102 ------------------------------------------------------------------------------------------------------------


def test_of_two_exchanged_sections_one_moves() -> None:
    expect(
        lint(TITLE + PLANTING + OVERVIEW + BUSINESS),
        r"""
        13:4-10 GK102 section-order error
          章节“一、基本情况”的位置不对，格式规定的顺序为：一、基本情况 二、种植情况 三、养殖与经营情况
          section “一、基本情况” is out of order; the form's order is: 一、基本情况 二、种植情况 三、养殖与经营情况
          = 13:1-19:1 ''
          = 3:1-1 '## 一、基本情况\n\n（一）土地。共有土地九十亩。\n\n（二）人员。共有农工十二人。\n\n'
        """,
    )


def test_the_section_that_stands_alone_moves() -> None:
    expect(
        lint(TITLE + BUSINESS + "\n" + OVERVIEW + PLANTING),
        r"""
        3:4-13 GK102 section-order error
          章节“三、养殖与经营情况”的位置不对，格式规定的顺序为：一、基本情况 二、种植情况 三、养殖与经营情况
          section “三、养殖与经营情况” is out of order; the form's order is: 一、基本情况 二、种植情况 三、养殖与经营情况
          = 3:1-15:1 ''
          = 31:1-1 '## 三、养殖与经营情况\n\n| | 本年出生 | 本年出售 | 年末存栏 |\n| --- | --- | --- | --- |\n| 肉用牛 | 8 | 3 | 40 |\n| 绵山羊 | 20 | 25 | 61 |\n\n| 经营项目 | 金额（万元） | 参与人数 | 人数增减 |\n| --- | --- | --- | --- |\n| 产品销售 | 36.50 | 4 | -1 |\n| 雇工支出 | 8.2 | 12 | |\n'
        """,
    )


def test_numbers_that_follow_the_wrong_order_are_no_mistake_of_their_own() -> None:
    text = TITLE + PLANTING.replace("二、", "一、") + OVERVIEW.replace("一、", "二、") + BUSINESS
    expect(
        lint(text),
        r"""
        13:4-10 GK102 section-order error
          章节“二、基本情况”的位置不对，格式规定的顺序为：一、基本情况 二、种植情况 三、养殖与经营情况
          section “二、基本情况” is out of order; the form's order is: 一、基本情况 二、种植情况 三、养殖与经营情况
          = 13:1-19:1 ''
          = 3:1-1 '## 二、基本情况\n\n（一）土地。共有土地九十亩。\n\n（二）人员。共有农工十二人。\n\n'
        """,
    )


def test_nothing_is_moved_where_a_heading_is_damaged() -> None:
    text = TITLE + PLANTING.replace("种植", "种直") + OVERVIEW + BUSINESS
    expect(
        lint(text),
        """
        3:6-10 GK103 section-title error
          章节标题“种直情况”应为“种植情况”
          the title “种直情况” should be “种植情况”
          =! 3:6-10 '种植情况'
        13:4-10 GK102 section-order error
          章节“一、基本情况”的位置不对，格式规定的顺序为：一、基本情况 二、种植情况 三、养殖与经营情况
          section “一、基本情况” is out of order; the form's order is: 一、基本情况 二、种植情况 三、养殖与经营情况
        """,
    )


# --- GK103 ------------------------------------------------------------------------------------------------------------


def test_a_wrong_character_in_a_title() -> None:
    expect(
        lint(draft(("种植情况", "种殖情况"))),
        """
        9:6-10 GK103 section-title error
          章节标题“种殖情况”应为“种植情况”
          the title “种殖情况” should be “种植情况”
          =! 9:6-10 '种植情况'
        """,
    )


def test_another_title_under_the_right_number_is_no_safe_edit() -> None:
    expect(
        lint(draft(("种植情况", "庄稼"))),
        """
        9:6-8 GK103 section-title error
          章节标题“庄稼”应为“种植情况”
          the title “庄稼” should be “种植情况”
          = 9:6-8 '种植情况'
        """,
    )


@pytest.mark.parametrize("title", ["作物种植情况", "种 植 情 况", "种植情况：", "**种植情况**", "种植情况\u3000"])
def test_accepted_titles_and_other_punctuation(title: str) -> None:
    expect(lint(draft(("种植情况", title))))


def test_markup_within_a_wrong_title_forbids_an_edit() -> None:
    expect(
        lint(draft(("养殖与经营情况", "养殖**和**经营情况"))),
        """
        19:6-17 GK103 section-title error
          章节标题“养殖和经营情况”应为“养殖与经营情况”
          the title “养殖和经营情况” should be “养殖与经营情况”
        """,
    )


def test_number_and_title_wrong_are_one_finding() -> None:
    expect(
        lint(draft(("二、种植情况", "2、种殖情况"))),
        """
        9:4-10 GK103 section-title error
          章节标题“2、种殖情况”应为“二、种植情况”
          the heading “2、种殖情况” should be “二、种植情况”
          =! 9:4-10 '二、种植情况'
        """,
    )


# --- GK104 ------------------------------------------------------------------------------------------------------------


def test_another_style_of_number() -> None:
    expect(
        lint(draft(("## 二、", "## 2. "))),
        """
        9:4-6 GK104 section-number error
          章节序号“2.”应为“二、”：二、种植情况
          the section's number 2. should be 二、: 二、种植情况
          =! 9:4-7 '二、'
        """,
    )
    expect(
        lint(draft(("## 二、", "## （二）"))),
        """
        9:4-7 GK104 section-number error
          章节序号“（二）”应为“二、”：二、种植情况
          the section's number （二） should be 二、: 二、种植情况
          =! 9:4-7 '二、'
        """,
    )


def test_another_number() -> None:
    expect(
        lint(draft(("## 二、", "## 四、"))),
        """
        9:4-6 GK104 section-number error
          章节序号“四、”应为“二、”：二、种植情况
          the section's number 四、 should be 二、: 二、种植情况
          =! 9:4-6 '二、'
        """,
    )


def test_a_number_twice_is_wrong_where_it_is_not_the_form_s() -> None:
    expect(
        lint(draft(("## 三、", "## 二、"))),
        """
        19:4-6 GK104 section-number error
          章节序号“二、”应为“三、”：三、养殖与经营情况
          the section's number 二、 should be 三、: 三、养殖与经营情况
          =! 19:4-6 '三、'
        """,
    )


def test_no_number() -> None:
    expect(
        lint(draft(("## 二、", "## "))),
        """
        9:4-5 GK104 section-number error
          章节标题“种植情况”缺少序号“二、”
          the heading “种植情况” lacks its number 二、
          =! 9:4-4 '二、'
        """,
    )


def test_a_space_behind_an_ascii_number() -> None:
    pack = farm(("number: 一", "number: I"), ("number: 二", "number: II"), ("number: 三", "number: III"))
    right = draft(("## 一、", "## I. "), ("## 二、", "## II. "), ("## 三、", "## III. "))
    expect(lint(right, pack))
    expect(
        lint(right.replace("II. 种", "种").replace("III.", "IV."), pack),
        """
        9:4-5 GK104 section-number error
          章节标题“种植情况”缺少序号“II.”
          the heading “种植情况” lacks its number II.
          =! 9:4-4 'II. '
        19:4-7 GK104 section-number error
          章节序号“IV.”应为“III.”：III. 养殖与经营情况
          the section's number IV. should be III.: III. 养殖与经营情况
          =! 19:4-8 'III. '
        """,
    )


# --- GK105 ------------------------------------------------------------------------------------------------------------


def test_nothing_under_a_heading() -> None:
    expect(
        lint(draft((TEXT, ""))),
        """
        3:4-10 GK105 section-empty error
          章节“一、基本情况”没有内容
          section “一、基本情况” has nothing under its heading
        """,
    )


def test_nothing_under_the_last_heading() -> None:
    expect(
        lint(TITLE + OVERVIEW + PLANTING + "## 三、养殖与经营情况\n"),
        """
        19:4-13 GK105 section-empty error
          章节“三、养殖与经营情况”没有内容
          section “三、养殖与经营情况” has nothing under its heading
        """,
    )


def test_a_section_without_its_table_and_text_is_empty_and_nothing_else() -> None:
    expect(
        lint(draft((CROPS, ""))),
        """
        9:4-10 GK105 section-empty error
          章节“二、种植情况”没有内容
          section “二、种植情况” has nothing under its heading
        """,
    )


def test_an_optional_body() -> None:
    expect(lint(draft((TEXT, "")), farm(sections("overview", "body: optional"))))


@pytest.mark.parametrize("body", ["无。", "无", "1. 略", "> 略", "![图](a.png)"])
def test_anything_is_a_body(body: str) -> None:
    expect(lint(draft((TEXT, body + "\n\n"))))


# --- GK106 ------------------------------------------------------------------------------------------------------------


def test_headings_that_are_there_again() -> None:
    text = DRAFT + "\n## 一、基本情况\n\n又写一遍。\n\n## 一、基本情况\n\n再写一遍。\n"
    expect(
        lint(text),
        """
        31:4-10 GK106 section-duplicate error
          章节“一、基本情况”重复出现，另一处在第3行
          section “一、基本情况” is there twice, also on line 3
          ~ 3:4-10 另一处 | the other one
        35:4-10 GK106 section-duplicate error
          章节“一、基本情况”重复出现，另一处在第3行
          section “一、基本情况” is there twice, also on line 3
          ~ 3:4-10 另一处 | the other one
        """,
    )


def test_the_better_heading_is_the_section_even_if_it_comes_second() -> None:
    expect(
        lint(draft(("## 一、", "## 基本情况\n\n略。\n\n## 一、"))),
        """
        3:4-8 GK106 section-duplicate error
          章节“一、基本情况”重复出现，另一处在第7行
          section “一、基本情况” is there twice, also on line 7
          ~ 7:4-10 另一处 | the other one
        """,
    )


def test_a_table_of_contents_is_no_repetition() -> None:
    contents = "一、基本情况\n\n二、种植情况\n\n三、养殖与经营情况\n\n"
    expect(lint(draft(("## 一、", f"{contents}## 一、"))))


def test_a_title_in_running_text_is_no_repetition() -> None:
    expect(lint(draft((TEXT, f"{TEXT}基本情况\n\n"))))


# --- GK108 ------------------------------------------------------------------------------------------------------------


def test_a_damaged_title() -> None:
    expect(
        lint(draft(("农场年报", "农场年抱"))),
        """
        1:3-14 GK108 report-title warning
          报告标题“青山2023年农场年抱”有误，应为“……农场年报”
          the report's title “青山2023年农场年抱” is damaged: it should end in “农场年报”
        """,
    )
    expect(
        lint(draft(("2023年农场年报", "2023年农场报年"))),
        """
        1:3-14 GK108 report-title warning
          报告标题“青山2023年农场报年”有误，应为“……农场年报”
          the report's title “青山2023年农场报年” is damaged: it should end in “农场年报”
        """,
    )


def test_a_damaged_title_over_two_lines() -> None:
    expect(
        lint(draft(("# 青山2023年农场年报", "青山2023年\n农场年抱"))),
        """
        1:1-8 GK108 report-title warning
          报告标题“青山2023年农场年抱”有误，应为“……农场年报”
          the report's title “青山2023年农场年抱” is damaged: it should end in “农场年报”
        """,
    )


@pytest.mark.parametrize(
    "title", ["# 青山2023年农场年报", "# 青山2023年 农场年报", "青山2023年农\n场年报", "# 某厂总结", "# 2023年", ""]
)
def test_right_titles_other_titles_and_none(title: str) -> None:
    expect(lint(draft(("# 青山2023年农场年报", title))))


def test_findings_say_where_they_are_in_words_of_the_report() -> None:
    [finding] = lint(draft(("## 二、", "## ")))
    assert finding.address == ("二、种植情况",)
    assert finding.pack == "farm"
    assert [section.title_right for section in bound(DRAFT).sections] == [True, True, True]
