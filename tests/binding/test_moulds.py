"""What is bound by a mould is what would have been bound without one."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest

from gklint import binding
from gklint.binding import bind
from gklint.binding.casting import CastLines, CastTable
from gklint.binding.model import BoundReport, BoundTable
from gklint.binding.tables import Found, bind_tables
from gklint.checks import run_checks
from gklint.documents import read
from gklint.documents.source import Source, decode
from gklint.findings import Finding, sort_key
from gklint.identities import CellMap
from gklint.linter import lint_source
from gklint.packs.loader import pack_from_bytes
from gklint.packs.model import Pack
from tests.fresh import forget, fresh_packs
from tests.generator import LAYOUTS, MISTAKES, Options, UnsuitedError, make_report, put_in, render

# By turns: each mistake in each form in so many layouts.
TURNS = 3
CASES = [
    (form, [*LAYOUTS][(number * TURNS + turn) % len(LAYOUTS)], name)
    for number, (form, name) in enumerate(product(("2019", "2021"), sorted(MISTAKES)))
    for turn in range(TURNS)
]


packs = pytest.fixture(fresh_packs)


def _source(data: bytes, suffix: str) -> Source:
    return decode(data, f"report{suffix}")


def _findings(source: Source, packs: list[Pack]) -> list[Finding]:
    return lint_source(source, packs).findings


def _warm(form: str, layout: str, packs: list[Pack], **options: object) -> None:
    """Lint some other reports of the same looks, so that there are moulds."""
    for seed in range(90, 94):
        rendered = render(make_report(form, seed=seed), layout, Options(seed=seed, **options))  # type: ignore[arg-type]
        _findings(_source(rendered.data, rendered.suffix), packs)


def _cells(report: BoundReport) -> list[object]:
    return [
        (
            table.spec.id,
            table.shape,
            table.found,
            table.place,
            table.head_read,
            [(path, row.label and row.label.span(), row.drift, row.order, row.found, row.wanted)
             for path, row in table.rows.items()],
            [(path, column.label and column.label.span(), column.drift, column.order)
             for path, column in table.columns.items()],
            [(path, key, cell.text.text, cell.span, cell.state, cell.value, cell.slips)
             for path, row in table.rows.items() for key, cell in row.cells.items()],
            list(table.written()),
            [(row, column, Fraction(value)) for row, column, value in table.values()],
        )
        for table in report.tables
    ]  # fmt: skip


def _odd_cells(table: BoundTable) -> list[object]:
    return [
        cell.span for row in table.doubtful_rows() for cell in row.cells.values() if cell.value is None or cell.slips
    ]


def _bound(source: Source, packs: list[Pack]) -> BoundReport:
    report = bind(read(source), packs)
    assert report is not None
    return report


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_report_like_others_is_bound_as_it_would_be_alone(form: str, layout: str, packs: list[Pack]) -> None:
    for seed in range(3):
        rendered = render(make_report(form, seed=seed), layout, Options(seed=seed))
        source = _source(rendered.data, rendered.suffix)
        forget(packs)
        alone = _bound(source, packs)
        assert not any(isinstance(table, CastTable) for table in alone.tables)
        expected = _cells(alone)
        _findings(source, packs)
        among = _bound(source, packs)
        # Of some layouts nothing can be remembered of a table or two.
        cast = [isinstance(table, CastTable) for table in among.tables]
        assert all(cast) if not layout.startswith("text-") else any(cast)
        assert _cells(among) == expected
        assert [_odd_cells(table) for table in among.tables] == [_odd_cells(table) for table in alone.tables]
        assert {*CellMap(among)} == {*CellMap(alone)} == CellMap(among).present


@pytest.mark.unmeasured
@pytest.mark.parametrize(("form", "layout", "name"), CASES)
def test_every_mistake_is_found_among_reports_like_it(form: str, layout: str, name: str, packs: list[Pack]) -> None:
    report, options = make_report(form, seed=5), Options(seed=5)
    try:
        faulty = put_in(name, report, layout, options)
    except UnsuitedError:
        return
    source = _source(faulty.rendered.data, faulty.rendered.suffix)
    alone = _findings(source, packs)
    _warm(form, layout, packs)
    for _ in range(3):
        # Bound anew, then by a mould of its own.
        assert _findings(source, packs) == alone


def _report(table: str, prose: str = "") -> Source:
    return Source.from_text(
        f"# 石川县2023年政府信息公开工作年度报告\n\n## 四、政府信息公开行政复议、行政诉讼情况\n\n{prose}\n\n{table}\n",
        "a.md",
    )


HEAD = "| 行政复议 |  |  |  |  | 行政诉讼 |" + "  |" * 9 + "\n"
RULE = "|" + "---|" * 15 + "\n"
GROUPS = "|" + "  |" * 5 + " 未经复议直接起诉 |  |  |  |  | 复议后起诉 |  |  |  |  |\n"
LEAVES = GROUPS + "|" + "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |" * 3 + "\n"


def _four(*values: object, prose: str = "") -> Source:
    return _report(HEAD + RULE + LEAVES + "| " + " | ".join(map(str, values)) + " |", prose)


def _table(source: Source, packs: list[Pack]) -> BoundTable:
    return next(table for table in _bound(source, packs).tables if table.spec.id == "litigation")


ZEROS = (0,) * 15


def test_other_numbers_and_other_prose_share_a_mould(packs: list[Pack]) -> None:
    for value in (0, 7):
        assert not isinstance(_table(_four(value, *ZEROS[1:]), packs), CastTable)
    again = _table(_four(12, *ZEROS[1:13], "3.5", "+4", prose="本年度没有新收案件。"), packs)
    assert isinstance(again, CastTable)
    values = [str(cell.value) for row in again.rows.values() for cell in row.cells.values()]
    assert values == ["12", *["0"] * 12, "None", "4"]


@pytest.mark.parametrize("other", ["", "无", "/", "１", "0件", "约0"])
def test_a_cell_that_is_no_plain_number_is_looked_at_anew(other: str, packs: list[Pack]) -> None:
    for _ in range(3):
        _table(_four(*ZEROS), packs)
    source = _four(other, *ZEROS[1:])
    assert not isinstance(_table(source, packs), CastTable)
    forget(packs)
    alone = _cells(_bound(source, packs))
    for _ in range(3):
        assert _cells(_bound(source, packs)) == alone


def test_a_surplus_row_is_found_each_time(packs: list[Pack]) -> None:
    source = _report(HEAD + RULE + LEAVES + "| " + " | ".join(["0"] * 15) + " |\n| 备注 |\n")
    first = sorted(run_checks(_bound(source, packs)), key=sort_key)
    for _ in range(3):
        assert sorted(run_checks(_bound(source, packs)), key=sort_key) == first


def test_figures_in_the_labels_of_columns_are_not_passed_over() -> None:
    pack = pack_from_bytes(YEARS.encode(), "years.yaml")

    def lint(second: str) -> list[str]:
        table = f"| 作物 | 2023 | {second} |\n|---|---|---|\n| 小麦 | 3 | 4 |\n| 水稻 | 5 | 6 |\n"
        text = f"# 柳村收成报告\n\n## 一、收成\n\n{table}"
        return [finding.code for finding in _findings(Source.from_text(text, "a.md"), [pack])]

    assert [lint("2024") for _ in range(3)] == [[], [], []]
    assert "GK211" in lint("2025") or "GK207" in lint("2025")


YEARS = """
pack: harvest-years
title: {zh: 收成报告, en: Harvest report}
lang: zh
report: harvest
applies: {title: 收成报告}
sections:
  one: {number: 一, title: 收成}
tables:
  harvest:
    title: {zh: 收成, en: Harvest}
    section: one
    columns:
      before: "2023"
      after: "2024"
    rows:
      wheat: 小麦
      rice: 水稻
"""


def test_a_label_cut_in_two_is_put_together_again(packs: list[Pack]) -> None:
    """In lines that nothing separates, the pieces of one label are found each time."""
    rendered = render(make_report("2021", seed=3), "text-b", Options(seed=3))
    text = rendered.data.decode().replace("未经复议直接起诉", "未经复议\n直接起诉")
    assert "未经复议\n直接起诉" in text
    source = Source.from_text(text, "a.txt")
    alone = _cells(_bound(source, packs))
    for _ in range(3):
        assert _cells(_bound(source, packs)) == alone


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_bound_by_a_mould_takes_up_the_same_lines(layout: str, packs: list[Pack]) -> None:
    taken: list[tuple[str, Collection[int]]] = []

    def watched(*arguments: Any) -> list[Found]:
        found = bind_tables(*arguments)
        taken.extend((table.spec.id, lines) for table, lines in found if table.found)
        return found

    rendered = render(make_report("2021", seed=5), layout, Options(seed=5))
    source = _source(rendered.data, rendered.suffix)
    with patch.object(binding, "bind_tables", watched):
        _bound(source, packs)
        alone = [(name, set(lines)) for name, lines in taken]
        _warm("2021", layout, packs)
        taken.clear()
        _bound(source, packs)
    assert [name for name, _ in taken] == [name for name, _ in alone]
    for (_, lines), (_, wanted) in zip(taken, alone, strict=True):
        # The row of dashes below a head holds no text.
        assert len(set(lines) ^ wanted) <= layout.startswith("markdown")
    for _, lines in taken:
        if isinstance(lines, CastLines):
            assert all(line in lines.within and line in lines for line in lines)
            assert len(lines) == len(set(lines))
