"""``gklint show``, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

from gklint.cli.show_text import render_text
from gklint.documents.source import Source
from gklint.linter import lint_source
from gklint.packs.model import Pack
from tests.checks.farm import CROPS, HERDS, draft, farm
from tests.checks.test_wrong_form import NEW, OLD, old
from tests.cli.command import CLEAN, OTHER, PACK, gklint, write

DRAFT = CLEAN.replace("| 5 |", "|  |").replace("| 42 |", "| 45 |").replace("## 一、概况\n\n风调雨顺。\n\n", "")


def test_text(tmp_path: Path) -> None:
    write(tmp_path, a=DRAFT)
    done = gklint("show", "a.md", "--lang", "en", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "file   a.md (markdown, utf-8)\n"
        "pack   harvest  Harvest report\n"
        "title  柳村2024年收成报告  (line 1)\n"
        "year   2024\n"
        "\n"
        "Sections\n"
        "     -  missing: 一 概况\n"
        "     3  二、收成数字\n"
        "\n"
        "Crops  (crops, line 5)\n"
        "                春季  秋季  合计\n"
        "     7  小麦      12    30    45\n"
        "     8  水稻       ·     8    13\n"
        "     9  总收成    17    38    55\n"
        "\n"
        "Identities\n"
        "  GK481 season-total [小麦]: broken (42 == 45)\n"
        "  GK481 season-total [水稻]: broken (8 == 13)\n"
        "  GK481 season-total [总收成]: holds\n"
        "  GK482 crop-total [春季]: broken (12 == 17)\n"
        "  GK482 crop-total [秋季]: holds\n"
        "  GK482 crop-total [合计]: broken (58 == 55)\n"
    )


def test_rows_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN.replace("| 水稻 | 5 | 8 | 13 |\n", "").replace("| 30 |", "| 约30 |"))
    text = gklint("show", "a.md", cwd=tmp_path).out
    assert "    11  小麦      12  ?约30    42\n" in text
    assert "     -  水稻    缺失\n" in text
    assert "GK481 season-total [小麦]: 无法判断 (“小麦”行“秋季”不是数：约30)\n" in text
    assert "GK482 crop-total [春季]: 无法判断 (缺少“水稻”行)\n" in text


def test_json(tmp_path: Path) -> None:
    write(tmp_path, a=DRAFT)
    shown = json.loads(gklint("show", "a.md", "--output-format", "json", cwd=tmp_path).out)
    assert (shown["version"], shown["path"], shown["pack"], shown["facts"]) == (1, "a.md", "harvest", {"year": "2024"})
    assert [section["heading"] and section["heading"]["line"] for section in shown["sections"]] == [None, 3]
    [table] = shown["tables"]
    assert [row["id"] for row in table["rows"]] == ["wheat", "rice", "all"]
    rice = table["rows"][1]["cells"]
    assert [(cell["id"], cell["state"], cell["value"]) for cell in rice] == [
        ("spring", "blank", None),
        ("autumn", "number", "8"),
        ("total", "number", "13"),
    ]
    assert [(cell["line"], cell["column"]) for cell in rice] == [(8, 8), (8, 11), (8, 15)]
    broken = [(one["code"], one["at"]) for one in shown["identities"] if one["status"] == "broken"]
    assert broken == [("GK481", "wheat"), ("GK481", "rice"), ("GK482", "spring"), ("GK482", "total")]


def test_standard_input(tmp_path: Path) -> None:
    done = gklint("show", "-", "--stdin-filename", "x.md", cwd=tmp_path, stdin=CLEAN.encode())
    assert done.status == 0
    assert "x.md (markdown, utf-8)" in done.out


def test_no_pack(tmp_path: Path) -> None:
    write(tmp_path, a=OTHER)
    done = gklint("show", "a.md", cwd=tmp_path)
    assert (done.status, done.out) == (1, "")
    assert done.err == "gklint: a.md: 没有适用于此文件的规则包，未作检查；已加载的规则包：harvest\n"


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    done = gklint("show", "a.md", cwd=tmp_path)
    assert (done.status, done.err) == (2, "gklint: error: no such file: 'a.md'\n")
    (tmp_path / "a.md").write_bytes(b"\x00\x01\x02")
    done = gklint("show", "a.md", cwd=tmp_path)
    assert done.status == 2
    assert done.err.startswith("gklint: error: a.md:1: is no text")


def test_a_missing_table_and_a_row_that_is_none_of_it(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN[: CLEAN.index("| 作物")] + "没有表。\n")
    shown = gklint("show", "a.md", "--lang", "en", cwd=tmp_path).out
    assert "\n\nCrops  missing\n\nIdentities\n" in shown
    assert shown.count(": cannot be evaluated (the table is missing)\n") == 6
    write(tmp_path, b=CLEAN.replace("| 总收成", "| 玉米 | 1 | 1 | 2 |\n| 总收成"))
    shown = gklint("show", "b.md", "--lang", "en", cwd=tmp_path).out
    assert "    14  总收成    17    38    55\n    13  玉米  no row of this table\n" in shown


def test_sums_with_fractions_and_a_pack_without_sums(tmp_path: Path) -> None:
    pack = PACK.read_text("utf-8")
    pack = pack[: pack.index("examples:")]
    write(tmp_path, a=CLEAN)
    (tmp_path / "third.yaml").write_text(pack.replace("wheat + rice == all", "wheat / 3 + rice == all"), "utf-8")
    words = ("show", "a.md", "--lang=en", "--no-builtin-rules")
    shown = gklint(*words, "--rules=third.yaml", cwd=tmp_path, rules=False).out
    assert "  GK482 crop-total [秋季]: broken (18 == 38)\n" in shown
    assert "  GK482 crop-total [合计]: broken (27 == 55)\n" in shown
    (tmp_path / "third.yaml").write_text(pack.replace("wheat + rice == all", "wheat / 7 + rice == all"), "utf-8")
    shown = gklint(*words, "--rules=third.yaml", cwd=tmp_path, rules=False).out
    assert "  GK482 crop-total [春季]: broken (6.71428571429 == 17)\n" in shown
    (tmp_path / "third.yaml").write_text(pack[: pack.index("identities:")], "utf-8")
    shown = gklint(*words, "--rules=third.yaml", cwd=tmp_path, rules=False).out
    assert shown.endswith("     9  总收成    17    38    55\n".replace("     9", "    13"))


def shown(text: str, lang: str, *packs: Pack) -> str:
    report = lint_source(Source.from_text(text, "a.md"), [*packs]).report
    assert report is not None
    return render_text(report, lang)


def test_the_form_that_it_should_be_is_told() -> None:
    assert shown(old("2023年"), "en", NEW, OLD).splitlines()[1:3] == [
        "pack       farm-old  The old report",
        "should be  farm",
    ]
    assert shown(old("2023年"), "zh", NEW, OLD).splitlines()[1:3] == ["规则包  farm-old  旧式年报", "应为    farm"]
    assert "should be" not in shown(old("2015年"), "en", NEW, OLD)


def test_a_report_without_a_title_has_none() -> None:
    text = draft()
    page = shown(text[text.index("## 一") :], "en", NEW)
    assert page.startswith(
        "file  a.md (markdown, utf-8)\npack  farm  Yearly report of a farm\n\nSections\n     1  一、"
    )


def test_parts_that_may_be_missing_are_not_called_missing() -> None:
    changes = (
        ("{number: 一, title: 基本情况}", "{number: 一, title: 基本情况, optional: true}"),
        ("{zh: 养殖表, en: the table of herds}", "{zh: 养殖表, en: the table of herds}\n    optional: true"),
    )
    text = draft((HERDS, ""))
    text = text[: text.index("## 一")] + text[text.index("## 二") :]
    page = shown(text, "en", farm(*changes))
    assert "基本情况" not in page
    assert "herds" not in page
    assert "3.玉米" not in page
    page = shown(text, "en", NEW)
    assert "     -  missing: 一 基本情况\n" in page
    assert "\n\nthe table of herds  missing\n\n" in page


def test_a_row_that_may_be_left_out_counts_as_nothing_in_the_sums() -> None:
    page = shown(draft(), "en", NEW)
    sums = [line for line in page[page.index("Identities") :].splitlines() if "FM40" in line]
    assert sums
    assert not [line for line in sums if "evaluated" in line]


def test_a_row_of_which_a_value_is_lost_shows_how_many_there_are() -> None:
    lines = [line.strip("| ").replace(" | ", "\n\n") for line in CROPS.splitlines() if "---" not in line]
    text = draft((CROPS, "\n\n".join(lines)))
    text = text.replace("2.水稻\n\n5\n\n0\n", "2.水稻\n\n5\n")
    assert "\n    33  2.水稻    cannot be read: 3 values, 4 wanted\n    41  油料作物 " in shown(text, "en", NEW)
    assert "\n    33  2.水稻    无法读取：有 3 个值，应为 4 个\n    41  油料作物 " in shown(text, "zh", NEW)
