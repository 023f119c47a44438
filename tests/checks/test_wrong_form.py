"""GK213: the form of another year."""

from __future__ import annotations

import pytest

from gklint.packs.model import Pack
from tests.checks.farm import CROPS, HERDS, draft, expect, farm, lint

OLD = farm(
    ("pack: farm\n", "pack: farm-old\n"),
    ("{zh: 农场年报, en: Yearly report of a farm}", "{zh: 旧式年报, en: The old report}"),
    ("source: 农报〔2020〕1号", "source: 农报〔2010〕9号"),
    ("years: 2020..", "years: 2010..2019"),
    ("spring: 春播面积", "spring: 春播亩数"),
    ("oil: {label: 油料作物, accepts: [油料类作物]}", "oil: 经济作物品种"),
)
NEW = farm()
OLD_DRAFT = draft(("春播面积", "春播亩数"), ("| 油料作物", "| 经济作物品种"))


def old(year: str) -> str:
    """A report in the old form, with a title of that year."""
    return OLD_DRAFT.replace("2023年", year)


def test_each_form_in_its_year() -> None:
    expect(lint(draft(), OLD, NEW))
    expect(lint(old("2015年"), OLD, NEW))


@pytest.mark.parametrize("packs", [(OLD, NEW), (NEW, OLD)])
def test_the_old_form_in_a_new_year(packs: tuple[Pack, ...]) -> None:
    expect(
        lint(old("2023年"), *packs),
        """
        11:10-14 GK213 wrong-form error
          2023年度报告应使用《农场年报》（农报〔2020〕1号），此处使用的是《旧式年报》
          a report of 2023 must use the form “Yearly report of a farm”, this is “The old report”
          ~ 1:5-9 报告年度 | the report's year
        """,
    )


def test_the_new_form_in_an_old_year() -> None:
    expect(
        lint(draft(("2023年", "2015年")), OLD, NEW),
        """
        11:10-14 GK213 wrong-form error
          2015年度报告应使用《旧式年报》（农报〔2010〕9号），此处使用的是《农场年报》
          a report of 2015 must use the form “The old report”, this is “Yearly report of a farm”
          ~ 1:5-9 报告年度 | the report's year
        """,
    )


def test_a_year_that_no_form_is_known_for() -> None:
    expect(lint(old("2001年"), OLD, NEW))


def test_a_form_by_itself_is_never_the_wrong_one() -> None:
    expect(lint(old("2023年"), OLD))


def test_without_a_year_the_form_goes_by_its_labels() -> None:
    expect(lint(OLD_DRAFT.replace("# 青山2023年农场年报\n\n", ""), OLD, NEW))


def test_without_labels_of_its_own_the_year_decides() -> None:
    text = draft((CROPS, "见附件。\n"), (HERDS, "见附件。\n"), ("2023年", "2015年"))
    assert [(finding.code, finding.pack) for finding in lint(text, OLD, NEW)] == [
        ("GK201", "farm-old"),
        ("GK201", "farm-old"),
    ]


def test_all_other_findings_go_by_the_form_in_use() -> None:
    text = old("2023年").replace("经济作物品种", "经济作物种")
    assert [(finding.code, finding.pack) for finding in lint(text, OLD, NEW)] == [
        ("GK213", "farm-old"),
        ("GK206", "farm-old"),
    ]
