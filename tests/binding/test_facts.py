"""What a report says of itself: its title, whole or damaged, over one line or more; its year, its body, its level."""

from __future__ import annotations

import pytest

from tests.checks.farm import DRAFT, at, bound, farm

BODY = DRAFT.split("\n", 2)[2]


def headed(head: str) -> str:
    return f"{head}\n\n{BODY}"


@pytest.mark.parametrize(
    ("head", "title", "span"),
    [
        ("# 青山2023年农场年报", "青山2023年农场年报", "1:3-14"),
        ("青山2023年农场年报", "青山2023年农场年报", "1:1-12"),
        ("青山\n2023年\n农场年报", "青山2023年农场年报", "1:1-3:5"),
        ("青山\n\n2023年农场年报", "青山2023年农场年报", "1:1-3:10"),
        # A line with a blank or a mark is no name; one with a figure neither.
        ("首页 年报\n\n2023年农场年报", "2023年农场年报", "3:1-10"),
        ("发布机构：青山\n\n2023年农场年报", "2023年农场年报", "3:1-10"),
        ("第12期\n\n2023年农场年报", "2023年农场年报", "3:1-10"),
        ("首页 > 年报\n\n# 青山2023年农场年报", "青山2023年农场年报", "3:3-14"),
        ("**青山2023年 农场 年报**", "青山2023年 农场 年报", "1:3-16"),
    ],
)
def test_titles(head: str, title: str, span: str) -> None:
    report = bound(headed(head))
    assert report.title is not None
    assert (report.title.text, at(report.title.span()), report.title_right) == (title, span, True)
    assert (report.year, report.facts["year"]) == (2023, "2023")


@pytest.mark.parametrize(
    "title",
    ["青山2023年农场年抱", "青山2023年农场报年", "青山2023年农场年", "青山2023年农年度报告", "青山2023年\n农场年抱"],
)
def test_damaged_titles(title: str) -> None:
    report = bound(headed(title))
    assert report.title is not None
    assert report.title.text == title.replace("\n", "")
    assert not report.title_right


@pytest.mark.parametrize(
    "head", ["", "年终总结", "农场年抱", "青山2023年工作总结", "青山2023年牧场日志", f"{'长' * 90}2023年农场年报"]
)
def test_no_title(head: str) -> None:
    report = bound(headed(head))
    assert report.title is None
    assert report.title_right


def test_a_title_that_a_page_keeps_apart() -> None:
    html = "<html><head><title>青山2023年农场年报_网站</title></head><body>{}</body></html>"
    body = "<h2>一、基本情况</h2><p>甲</p><h2>二、种植情况</h2><p>乙</p><h2>三、养殖与经营情况</h2><p>丙</p>"
    report = bound(html.format(body), form="html")
    assert report.title is not None
    assert report.title.text == "青山2023年农场年报_网站"
    assert report.year == 2023


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("# 青山2023年农场年报", {"year": "2023", "farm": "青山", "land": "hill"}),
        ("# 青原2023年农场年报", {"year": "2023", "farm": "青原", "land": "plain"}),
        # The first case that is found is the value; unknown means: stop here.
        ("# 山原2023年农场年报", {"year": "2023", "farm": "山原", "land": "hill"}),
        ("# 某山2023年农场年报", {"year": "2023", "farm": "某山"}),
        ("# 青湖2023年农场年报", {"year": "2023", "farm": "青湖"}),
        ("# 2023年农场年报", {"year": "2023"}),
        ("", {}),
        # The text before the first section tells as well, the title first.
        ("这是青山2022年农场年报的说明。", {"year": "2022", "farm": "这是青山", "land": "hill"}),
        ("# 青山2023年农场年报\n\n上年见青原2022年农场年报。", {"year": "2023", "farm": "青山", "land": "hill"}),
    ],
)
def test_facts(head: str, facts: dict[str, str]) -> None:
    assert bound(headed(head)).facts == facts


def test_nothing_is_learnt_from_below_the_first_section() -> None:
    report = bound(headed("").replace("（一）土地。", "（一）青山2023年农场年报。"))
    assert report.title is None
    assert report.facts == {}
    assert report.year is None


def test_the_place_of_the_year() -> None:
    year = bound(DRAFT).year_span
    assert year is not None
    assert at(year) == "1:5-9"
    # Where it is found only without the white space, the whole text is its place.
    spaced = bound(headed("# 青山2023年农 场年报")).year_span
    assert spaced is not None
    assert at(spaced) == "1:3-15"


@pytest.mark.parametrize(("year", "wanted"), [("2023", 2023), ("23", None), ("二〇二三", None)])
def test_a_year_has_four_digits(year: str, wanted: int | None) -> None:
    pack = farm(("year: '(20\\d\\d)年农场年报'", "year: '青山(.+)年农场年报'"))
    assert bound(headed(f"# 青山{year}年农场年报"), pack).year == wanted


def test_a_fact_that_is_not_known_is_none_of_the_facts() -> None:
    facts = bound(headed("# 某山2023年农场年报")).facts
    assert dict(facts) == {"year": "2023", "farm": "某山"}
    assert (len(facts), "land" in facts, "weather" in facts) == (2, False, False)
    with pytest.raises(KeyError):
        facts["weather"]
