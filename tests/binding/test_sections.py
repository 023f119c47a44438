"""Which line is the heading of which section: exact, damaged, known by its number, listed in a table of contents."""

from __future__ import annotations

import pytest

from gklint.binding.model import BoundReport
from gklint.packs.loader import pack_from_bytes
from tests.checks.farm import at
from tests.checks.farm import bound as bind_to

PACK = pack_from_bytes(
    """
pack: report
title: 报告
applies: {title: 年报}
sections:
  one: {number: 一, title: 总体情况, accepts: [概述]}
  two: {number: 二, title: 收支情况}
  three: {number: 三, title: 存在的主要问题}
  four: {number: 四, title: 其他事项}
tables:
  sums:
    section: two
    columns: {amount: 收支金额}
    rows: {income: 全年收入, spent: 全年支出}
""".encode(),
    "report.yaml",
)

RIGHT = """\
某地年报

一、总体情况

甲。

二、收支情况

乙。

三、存在的主要问题

丙。

四、其他事项

丁。
"""


def bound(text: str, form: str = "text") -> BoundReport:
    return bind_to(text, PACK, form)


def places(report: BoundReport) -> list[int]:
    """The line of each section's heading, 0 for one that is missing."""
    return [section.heading.line if section.heading is not None else 0 for section in report.sections]


def faults(report: BoundReport) -> list[str]:
    """What is wrong with sections, in words."""
    words: list[str] = []
    for section in report.sections:
        wrong = {
            "missing": section.heading is None,
            "number": not section.number_right,
            "title": not section.title_right,
            "moved": section.moved,
            "empty": section.empty,
            "twice": bool(section.repeats),
        }
        words.extend(f"{section.spec.id} {name}" for name, is_so in wrong.items() if is_so)
    return words


def test_right_headings() -> None:
    report = bound(RIGHT)
    assert places(report) == [3, 7, 11, 15]
    assert faults(report) == []
    assert [section.number for section in report.sections] == ["一、", "二、", "三、", "四、"]
    assert [section.title.text for section in report.sections if section.title] == [
        "总体情况",
        "收支情况",
        "存在的主要问题",
        "其他事项",
    ]


@pytest.mark.parametrize("heading", ["一、概述", "一、 总 体 情 况", "一．总体情况：", "　一、总体情况"])
def test_accepted_and_otherwise_spaced(heading: str) -> None:
    report = bound(RIGHT.replace("一、总体情况", heading))
    assert places(report)[0] == 3
    assert [fault for fault in faults(report) if fault != "one number"] == []


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("二、收支清况", ["two title"]),
        ("2、收支清况", ["two number", "two title"]),
        ("收支清况", ["two number", "two title"]),
        ("二、支收情况", ["two title"]),
        ("二、收支", ["two title"]),
        # Nothing but the number is left.
        ("二、钱", ["two title"]),
        # Another style is no proof of a title that is not there.
        ("2、钱", ["two missing"]),
        ("二、钱都花在哪里了？没有人知道。", ["two missing"]),
        ("二、全年收入", ["two title"]),
        ("全年收入", ["two missing"]),
        ("另有收支情况说明", ["two missing"]),
        ("", ["two missing"]),
    ],
)
def test_a_damaged_heading(heading: str, wrong: list[str]) -> None:
    report = bound(RIGHT.replace("二、收支情况", heading))
    assert faults(report) == wrong
    assert places(report)[1] == (0 if wrong == ["two missing"] else 7)


def test_a_missing_section_should_stand_on_the_next_or_on_the_last_line() -> None:
    report = bound(RIGHT.replace("二、收支情况\n", ""))
    assert at(report.sections[1].place) == "10:1-10"
    report = bound(RIGHT.replace("四、其他事项\n", ""))
    assert at(report.sections[3].place) == "16:1-3"


def test_an_exact_heading_goes_before_a_damaged_one() -> None:
    report = bound(RIGHT.replace("甲。", "二、收支清况"))
    assert places(report) == [3, 7, 11, 15]
    assert faults(report) == []


def test_a_title_in_a_sentence_or_a_table_is_no_heading() -> None:
    for line in ("关于收支情况，见下文。", "| 二、收支情况 |", "收支情况"):
        report = bound(RIGHT.replace("甲。", line))
        assert places(report) == [3, 7, 11, 15], line
        assert faults(report) == [], line


CONTENTS = "一、总体情况\n二、收支情况\n三、存在的主要问题\n四、其他事项\n"


@pytest.mark.parametrize(
    "text",
    [
        RIGHT.replace("一、", f"{CONTENTS}\n一、", 1),
        RIGHT.replace("一、", f"目录\n\n{CONTENTS}\n正文\n\n一、", 1),
        RIGHT.replace("一、", CONTENTS.replace("四、其他事项\n", "") + "\n一、", 1),
        RIGHT.replace("一、", CONTENTS.replace("、", "  ") + "\n一、", 1),
    ],
)
def test_a_table_of_contents(text: str) -> None:
    report = bound(text)
    assert faults(report) == []
    bodies = [section.heading.line for section in report.sections if section.heading is not None]
    lines = text.split("\n")
    assert [lines[line + 1] for line in bodies] == ["甲。", "乙。", "丙。", "丁。"]


def test_half_of_the_titles_make_a_table_of_contents_and_fewer_do_not() -> None:
    half = RIGHT.replace("一、", "一、总体情况\n二、收支情况\n\n一、", 1)
    assert faults(bound(half)) == []
    assert places(bound(half)) == [6, 10, 14, 18]
    fewer = bound(half.replace("二、收支情况\n\n", "\n", 1))
    assert faults(fewer) == ["one twice"]
    assert places(fewer) == [3, 9, 13, 17]


def test_a_heading_that_is_there_twice() -> None:
    report = bound(f"{RIGHT}\n二、收支情况\n\n戊。\n")
    assert faults(report) == ["two twice"]
    assert [at(repeat.span()) for repeat in report.sections[1].repeats] == ["19:1-7"]


def test_a_marked_heading_is_it_and_the_same_words_elsewhere_are_none() -> None:
    text = "# 某地年报\n\n总体情况\n\n" + RIGHT.partition("\n\n")[2]
    for number in "一二三四":
        text = text.replace(f"{number}、", f"## {number}、")
    report = bound(text, "markdown")
    assert places(report) == [5, 9, 13, 17]
    assert faults(report) == []


def test_the_fewest_sections_have_moved() -> None:
    parts = RIGHT.split("\n\n")
    order = [0, 7, 8, 1, 2, 3, 4, 5, 6]
    report = bound("\n\n".join(parts[index].strip() for index in order) + "\n")
    assert faults(report) == ["four moved"]
    assert places(report) == [7, 11, 15, 3]


def test_consecutive_numbers_are_right_where_a_section_is_missing_or_has_moved() -> None:
    text = RIGHT.replace("二、收支情况\n\n乙。\n\n", "").replace("三、", "二、").replace("四、", "三、")
    assert faults(bound(text)) == ["two missing"]
    assert faults(bound(text.replace("三、", "五、"))) == ["two missing", "four number"]


@pytest.mark.parametrize(
    ("heading", "empty"),
    [
        ("四、其他事项：无。", False),
        ("四、其他事项。无", False),
        ("四、其他事项，无。", False),
        ("四、其他事项 无", False),
        ("四、其他事项", True),
        ("四、其他事项：", True),
    ],
)
def test_text_may_follow_a_title_on_its_line(heading: str, empty: bool) -> None:
    report = bound(RIGHT.replace("四、其他事项\n\n丁。\n", f"{heading}\n"))
    assert faults(report) == ["four empty"] * empty


def test_text_behind_a_title_without_its_number_makes_no_heading_of_a_sentence() -> None:
    report = bound(RIGHT.replace("丁。", "其他事项：见附件。"))
    assert places(report) == [3, 7, 11, 15]
    assert faults(report) == []


def test_what_stands_under_a_heading() -> None:
    report = bound(RIGHT.replace("乙。", "（一）收入。\n\n（二）支出。"))
    assert [(head.text.text, head.number) for head in report.sections[1].subheadings] == [
        ("（一）收入。", 1),
        ("（二）支出。", 2),
    ]
    assert report.sections[0].subheadings == []
