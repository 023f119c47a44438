"""GK107: the numbered headings within a section."""

from __future__ import annotations

import pytest

from tests.checks.farm import draft, expect, farm, lint, paragraphs


@pytest.mark.parametrize(
    "lines",
    [
        ("（一）甲。", "（二）乙。", "（三）丙。"),
        ("没有小标题。",),
        ("（一）甲。", "（1）子。", "（2）丑。", "（二）乙。", "（1）寅。", "（2）卯。"),
        ("种植。", "（一）甲。", "（二）乙。", "养殖。", "（一）丙。", "（二）丁。"),
        ("种植方面：", "（一）甲。", "养殖方面：", "（一）丙。", "（二）丁。"),
        ("(一) 甲。", "（二）乙。", "〔三〕丙。"),
        ("（一）甲。", *(f"（{number}）乙。" for number in "二三四五六七八九十"), "（十一）丙。"),
        (
            "（一）甲。",
            "依照前款规定的种类和数量，逐一登记造册并且按期报送上级主管部门的\n（四）项材料。",
            "（二）乙。",
        ),
        ("（一）甲。", "（三峡）移民。", "（二）乙。"),
        ("（一）甲。", "）", "（二）乙。"),
        ("（一）甲。", "（二）乙。", "）。"),
    ],
)
def test_right_numbers_and_what_is_no_number(lines: tuple[str, ...]) -> None:
    expect(lint(draft(paragraphs(*lines))))


def test_a_number_is_missing() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（二）乙。", "（四）丙。", "（五）丁。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题序号“（四）”不连续，前面缺少（三）
          the number （四） does not follow: （三） is missing before it
        """,
    )


def test_the_first_number_is_missing() -> None:
    expect(
        lint(draft(paragraphs("（二）甲。", "（三）乙。"))),
        """
        5:1-4 GK107 subsection-number error
          小标题序号“（二）”不连续，前面缺少（一）
          the number （二） does not follow: （一） is missing before it
        """,
    )


def test_many_numbers_are_missing() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（九）乙。"))),
        """
        7:1-4 GK107 subsection-number error
          小标题序号“（九）”不连续，前面缺少（二）（三）（四）（五）（六）
          the number （九） does not follow: （二）（三）（四）（五）（六） is missing before it
        """,
    )


def test_one_slip_that_the_next_number_shows() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（五）乙。", "（三）丙。"))),
        """
        7:1-4 GK107 subsection-number error
          小标题序号“（五）”不连续，应为“（二）”
          the number （五） does not follow: it should be （二）
          = 7:1-4 '（二）'
        """,
    )


def test_a_number_too_early_is_one_slip_and_no_repetition() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（二）乙。", "（四）丙。", "（四）丁。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题序号“（四）”不连续，应为“（三）”
          the number （四） does not follow: it should be （三）
          = 9:1-4 '（三）'
        """,
    )


def test_two_numbers_exchanged_are_one_finding() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（三）乙。", "（二）丙。", "（四）丁。"))),
        """
        7:1-4 GK107 subsection-number error
          小标题序号“（三）”与其后的“（二）”颠倒
          the number （三） is exchanged with （二） behind it
          ~ 9:1-4 应为“（三）” | should be （三）
          = 7:1-4 '（二）'
          = 9:1-4 '（三）'
        """,
    )


def test_a_number_twice_and_the_next_counts_on_without_it() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（二）乙。", "（二）丙。", "（四）丁。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题序号“（二）”重复，应为“（三）”
          the number （二） is there twice: this one should be （三）
          ~ 7:1-4 前一处 | the first one
          = 9:1-4 '（三）'
        """,
    )


def test_a_number_twice_and_the_next_counts_on_with_it() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（二）乙。", "（二）丙。", "（三）丁。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题序号“（二）”重复，应为“（三）”
          the number （二） is there twice: this one should be （三）
          ~ 7:1-4 前一处 | the first one
          = 9:1-4 '（三）'
        """,
    )


def test_each_repetition_has_its_own_number() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（一）乙。", "（一）丙。"))),
        """
        7:1-4 GK107 subsection-number error
          小标题序号“（一）”重复，应为“（二）”
          the number （一） is there twice: this one should be （二）
          ~ 5:1-4 前一处 | the first one
          = 7:1-4 '（二）'
        9:1-4 GK107 subsection-number error
          小标题序号“（一）”重复，应为“（三）”
          the number （一） is there twice: this one should be （三）
          ~ 5:1-4 前一处 | the first one
          = 9:1-4 '（三）'
        """,
    )


def test_the_first_of_two_is_named_however_far_back() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（二）乙。", "（三）丙。", "（二）丁。"))),
        """
        11:1-4 GK107 subsection-number error
          小标题序号“（二）”重复，应为“（四）”
          the number （二） is there twice: this one should be （四）
          ~ 7:1-4 前一处 | the first one
          = 11:1-4 '（四）'
        """,
    )


def test_a_number_that_was_skipped_and_comes_late_is_not_called_a_repetition() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（三）乙。", "（四）丙。", "（二）丁。"))),
        """
        7:1-4 GK107 subsection-number error
          小标题序号“（三）”不连续，前面缺少（二）
          the number （三） does not follow: （二） is missing before it
        11:1-4 GK107 subsection-number error
          小标题序号“（二）”不连续，应为“（五）”
          the number （二） does not follow: it should be （五）
          = 11:1-4 '（五）'
        """,
    )


@pytest.mark.parametrize(("damaged", "end"), [("）乙。", 2), ("（）乙。", 3), ("（二乙。", 3), ("(二乙。", 3)])
def test_a_damaged_number(damaged: str, end: int) -> None:
    width = 7 + len(damaged)
    wanted = f"""
        7:1-{width - 6} GK107 subsection-number error
          小标题的序号残缺，应为“（二）”
          the number of this heading is damaged: it should be （二）
          = 7:1-{end} '{"(二)" if "(" in damaged else "（二）"}'
        """
    expect(lint(draft(paragraphs("（一）甲。", damaged, "（三）丙。"))), wanted)
    expect(lint(draft(paragraphs("（一）甲。", damaged))), wanted)


def test_two_damaged_numbers_in_a_row() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "）乙。", "（）丙。", "（四）丁。"))),
        """
        7:1-4 GK107 subsection-number error
          小标题的序号残缺，应为“（二）”
          the number of this heading is damaged: it should be （二）
          = 7:1-2 '（二）'
        9:1-5 GK107 subsection-number error
          小标题的序号残缺，应为“（三）”
          the number of this heading is damaged: it should be （三）
          = 9:1-3 '（三）'
        """,
    )


def test_a_damaged_number_before_a_new_list() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（二）乙。", "）丙。", "另外：", "（一）丁。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题的序号残缺，应为“（三）”
          the number of this heading is damaged: it should be （三）
          = 9:1-2 '（三）'
        """,
    )


def test_the_brackets_stay_as_wide_as_they_are() -> None:
    expect(
        lint(draft(paragraphs("(1)甲。", "(2)乙。", "(4)丙。", "(4)丁。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题序号“（4）”不连续，应为“（3）”
          the number （4） does not follow: it should be （3）
          = 9:1-4 '(3)'
        """,
    )


def test_each_style_has_its_own_count() -> None:
    expect(
        lint(draft(paragraphs("（一）甲。", "（1）子。", "（3）丑。", "（三）乙。"))),
        """
        9:1-4 GK107 subsection-number error
          小标题序号“（3）”不连续，前面缺少（2）
          the number （3） does not follow: （2） is missing before it
        11:1-4 GK107 subsection-number error
          小标题序号“（三）”不连续，前面缺少（二）
          the number （三） does not follow: （二） is missing before it
        """,
    )


def test_marked_headings_and_their_markup() -> None:
    expect(
        lint(draft(paragraphs("### （一）甲", "文。", "### **（一）** 乙", "文。"))),
        """
        9:7-10 GK107 subsection-number error
          小标题序号“（一）”重复，应为“（二）”
          the number （一） is there twice: this one should be （二）
          ~ 5:5-8 前一处 | the first one
          = 9:7-10 '（二）'
        """,
    )


def test_a_section_whose_numbers_are_not_checked() -> None:
    pack = farm(
        ("overview: {number: 一, title: 基本情况}", "overview: {number: 一, title: 基本情况, subheadings: false}")
    )
    expect(lint(draft(paragraphs("（一）甲。", "（三）乙。", "）丙。")), pack))


def test_each_section_begins_anew() -> None:
    expect(lint(draft(("## 三、", "（一）小麦。\n\n（二）水稻。\n\n## 三、"))))
