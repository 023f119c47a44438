"""Long documents are read and bound by ways that keep less in memory: what is found stays the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from itertools import product

import pytest

from gklint.documents.source import Source, decode
from gklint.findings import Finding
from gklint.linter import lint_source
from gklint.packs.loader import load_pack
from gklint.packs.model import Pack
from tests.cli.command import PACK
from tests.fresh import forget, fresh_packs
from tests.fuzz.wellformed import as_long
from tests.generator import LAYOUTS, MISTAKES, Options, UnsuitedError, make_report, put_in, render

CASES = [
    (form, [*LAYOUTS][number % len(LAYOUTS)], name)
    for number, (form, name) in enumerate(product(("2019", "2021"), sorted(MISTAKES)))
]


packs = pytest.fixture(fresh_packs)


def _findings(data: bytes, suffix: str, packs: list[Pack], *, long: bool = False) -> list[Finding]:
    forget(packs)
    with as_long() if long else nullcontext():
        return lint_source(decode(data, f"report{suffix}"), packs).findings


@pytest.mark.parametrize(("form", "layout", "name"), CASES)
def test_a_report_read_as_a_long_one(form: str, layout: str, name: str, packs: list[Pack]) -> None:
    report, options = make_report(form, seed=7), Options(seed=7)
    rendered = render(report, layout, options)
    with suppress(UnsuitedError):
        rendered = put_in(name, report, layout, options).rendered
    short = _findings(rendered.data, rendered.suffix, packs)
    assert _findings(rendered.data, rendered.suffix, packs, long=True) == short


def _markdown(rows: list[list[str]]) -> str:
    head, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join(
        ["# 柳村2024年收成报告\n\n## 一、概况\n\n好。\n\n## 二、收成数字\n", head, "|---|---|---|---|", *others]
    )


def _html(rows: list[list[str]]) -> str:
    table = "\n".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    return f"<h1>柳村2024年收成报告</h1>\n<h2>一、概况</h2>好。\n<h2>二、收成数字</h2>\n<table>\n{table}\n</table>"


def _tabs(rows: list[list[str]]) -> str:
    return "柳村2024年收成报告\n\n一、概况\n\n好。\n\n二、收成数字\n\n" + "\n".join(map("\t".join, rows))


def _pipes(rows: list[list[str]]) -> str:
    return "柳村2024年收成报告\n\n一、概况\n\n好。\n\n二、收成数字\n\n" + "\n".join(f"{'|'.join(row)}|" for row in rows)


@pytest.mark.parametrize(
    ("write", "name", "first"),
    [(_markdown, "a.md", 9), (_html, "a.html", 5), (_tabs, "a.txt", 9), (_pipes, "a.txt", 9)],
)
def test_each_surplus_row_of_a_long_table_is_found(
    write: Callable[[list[list[str]]], str], name: str, first: int
) -> None:
    surplus = [[f"杂粮{number}", "1", "2", "3"] for number in range(1100)]
    # Beyond so many rows, those that look alike are kept together.
    surplus += [
        *(["小麦", str(number), "", "3"] for number in range(50)),
        *([f"豆{number}", "", "2", "3"] if number % 2 else ["水稻", "5", "8", "13"] for number in range(50)),
        *([f"**薯&lt;{number}**", "1", "2", "3"] for number in range(50)),
    ]
    rows = [["作物", "春季", "秋季", "合计"], ["小麦", "12", "30", "42"], ["水稻", "5", "8", "13"]]
    text = write([*rows, *surplus, ["总收成", "17", "38", "55"]])
    findings = lint_source(Source.from_text(text, name), [load_pack(PACK)]).findings
    below = first + len(rows) + (name == "a.md")
    wanted = [
        (below + number, "GK204" if row[0] in ("小麦", "水稻") else "GK203") for number, row in enumerate(surplus)
    ]
    assert [(finding.span.line, finding.code) for finding in findings] == wanted
    lines = text.split("\n")
    for finding, row in zip(findings, surplus, strict=True):
        label = lines[finding.span.line - 1][finding.span.column - 1 : finding.span.end_column - 1]
        assert label in row[0]
        shown = label.replace("&lt;", "<") if name != "a.txt" else label
        assert f"“{shown}”" in finding.message.zh
