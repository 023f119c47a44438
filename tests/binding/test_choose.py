"""Which pack a document is for, told by its sections and labels; which of two forms; none."""

from __future__ import annotations

import pytest

from gklint.binding import bind
from gklint.documents import read
from gklint.documents.source import Source
from gklint.packs import builtin_packs
from gklint.packs.model import Pack
from tests.checks.farm import ACCOUNTS, BUSINESS, CROPS, DRAFT, HERDS, OVERVIEW, PLANTING, TITLE, draft, farm

FARM = farm()
OLD = farm(
    ("pack: farm\n", "pack: farm-old\n"),
    ("years: 2020..", "years: 2010..2019"),
    ("spring: 春播面积", "spring: 春播亩数"),
    ("oil: {label: 油料作物, accepts: [油料类作物]}", "oil: 经济作物品种"),
)
OTHER = farm(
    ("pack: farm\n", "pack: shop\n"),
    ("report: farm\n", "report: shop\n"),
    ("农场年报', years", "商店年报', years"),
    ("基本情况", "开业情况"),
    ("种植情况, accepts: [作物种植情况]", "进货情况"),
    ("养殖与经营情况", "销售情况"),
    ("春播面积", "食品类货物"),
    ("油料作物", "日用类货物"),
    ("all: 全部作物", "all: 全部货物"),
    ("产品销售", "门店销售"),
    ("本年出生", "本年进货"),
    ("本年出售", "本年卖出"),
    ("年末存栏", "年末库存"),
)
FORMS = [(OLD, FARM), (FARM, OLD)]


def chosen(text: str, *packs: Pack, form: str = "markdown") -> str | None:
    report = bind(read(Source.from_text(text, "draft"), form), list(packs))
    return report.pack.id if report is not None else None


@pytest.mark.parametrize(
    "text",
    [
        DRAFT,
        DRAFT.replace(TITLE, ""),
        DRAFT.replace("#", ""),
        OVERVIEW + PLANTING,
        draft((CROPS, "见附件。\n"), (f"{HERDS}\n{ACCOUNTS}", "见附件。\n")),
        CROPS + "\n" + HERDS + "\n" + ACCOUNTS,
        TITLE + BUSINESS,
        DRAFT.replace("种植情况", "种直情况").replace("油料作物", "油科作物"),
    ],
)
def test_a_report_and_most_parts_of_one(text: str) -> None:
    assert chosen(text, FARM) == "farm"
    assert chosen(text, OTHER, FARM) == "farm"
    assert chosen(text, FARM, OTHER) == "farm"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "青山的一年。\n",
        TITLE,
        "# 农场介绍\n\n基本情况良好，种植情况不错，养殖与经营情况也好。\n",
        "## 一、基本情况\n\n人员十二。\n\n## 二、财务\n\n无。\n",
        "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n",
        "# 青山2023年商店年报\n\n## 一、总结\n\n无。\n",
    ],
)
def test_other_documents(text: str) -> None:
    assert chosen(text, FARM) is None
    assert chosen(text, FARM, OLD, OTHER) is None


def test_without_packs_none() -> None:
    assert chosen(DRAFT) is None


@pytest.mark.parametrize("packs", FORMS)
def test_of_two_forms_the_one_whose_own_labels_are_there(packs: tuple[Pack, ...]) -> None:
    assert chosen(DRAFT, *packs) == "farm"
    old = DRAFT.replace("春播面积", "春播亩数").replace("油料作物", "经济作物品种")
    assert chosen(old.replace("2023年", "2015年"), *packs) == "farm-old"
    # Whatever the year says: the labels prove the form, and another check says that it is the wrong one.
    assert chosen(old, *packs) == "farm-old"


@pytest.mark.parametrize("packs", FORMS)
@pytest.mark.parametrize(("year", "pack"), [("2015", "farm-old"), ("2023", "farm")])
def test_of_two_forms_that_fit_alike_the_one_of_the_year(packs: tuple[Pack, ...], year: str, pack: str) -> None:
    text = draft((CROPS, "见附件。\n")).replace("2023", year)
    assert chosen(text, *packs) == pack
    # One label of each form proves neither.
    assert chosen(DRAFT.replace("春播面积", "春播亩数").replace("2023", year), *packs) == pack


def test_a_year_that_no_form_is_known_for() -> None:
    assert chosen(draft().replace("2023", "2001"), OLD, FARM) == "farm"


def test_the_form_that_the_year_asks_for_is_told() -> None:
    old = DRAFT.replace("春播面积", "春播亩数").replace("油料作物", "经济作物品种")
    report = bind(read(Source.from_text(old, "draft"), "markdown"), [FARM, OLD])
    assert report is not None
    assert report.right_pack is FARM
    assert report.foreign_labels == {"春播亩数", "经济作物品种"}
    alone = bind(read(Source.from_text(old, "draft"), "markdown"), [OLD])
    assert alone is not None
    assert alone.right_pack is None


def test_the_built_in_forms() -> None:
    packs = builtin_packs()
    for pack in packs:
        text = pack.examples[0].document
        assert chosen(text, *packs) == pack.id
        assert chosen(text, *reversed(packs)) == pack.id
        assert chosen(text.split("\n", 1)[1], *packs) == pack.id
        assert chosen(DRAFT, *packs) is None
        assert chosen(text, FARM) is None
