"""Rows of a flattened table: which of their cells are values, what is left over, and which rows are unknown."""

from __future__ import annotations

from gklint.binding.model import BoundTable
from tests.checks.farm import CROPS, bound, draft, expect, farm, lint

HEAD = "作物名称 | | 春播面积 | 早熟品种 | 晚熟品种 | 合计"
WHEAT = "粮食作物 | 1.小麦 | 12 | 3 | 4 | 19"
RICE = "| 2.水稻 | 5 | 0 | 7 | 12"
OIL = "油料作物 | | 2 | 1 | 0 | 3"
ALL = "全部作物 | | 19 | 4 | 11 | 34"


def text(*rows: str) -> str:
    """The report as plain text with the table of crops flattened, its head on line 11."""
    return draft((CROPS, "\n".join(rows) + "\n")).replace("#", "")


def crops(*rows: str) -> BoundTable:
    table = bound(text(*rows), form="text").table("crops")
    assert table is not None
    return table


def cells(table: BoundTable, row: str) -> list[str]:
    """A row's values as ``text@line:column``."""
    return [f"{cell.text.text}@{cell.text.line}:{cell.text.column}" for cell in table.rows[row].cells.values()]


def test_a_blank_left_by_a_merged_label_is_no_value() -> None:
    table = crops(HEAD, WHEAT, RICE, OIL, ALL)
    assert cells(table, "grain.rice") == ["5@13:10", "0@13:14", "7@13:18", "12@13:22"]
    assert cells(table, "oil") == ["2@14:10", "1@14:14", "0@14:18", "3@14:22"]
    assert cells(table, "all") == ["19@15:10", "4@15:15", "11@15:19", "34@15:24"]
    assert all(row.readable and (row.found, row.wanted) == (4, 4) for row in table.rows.values())


def test_of_two_blanks_in_front_one_is_a_value() -> None:
    assert cells(crops(HEAD, WHEAT, RICE, "油料作物 | | | 1 | 0 | 3", ALL), "oil") == [
        "@14:10",
        "1@14:12",
        "0@14:16",
        "3@14:20",
    ]


def test_padding_behind_the_values_is_none() -> None:
    head, wheat = HEAD.replace("| | ", "| "), WHEAT.removeprefix("粮食作物 | ")
    table = crops(head, wheat, "2.水稻 | 5 | 0 | 7 | 12 | |", "油料作物 | 2 | 1 | 0 | 3", "全部作物 | 19 | 4 | 11 | 34")
    assert cells(table, "grain.rice") == ["5@13:8", "0@13:12", "7@13:16", "12@13:20"]


def test_padding_is_not_counted_among_the_cells_of_a_row_that_cannot_be_read() -> None:
    expect(
        lint(text(HEAD, WHEAT, "| 2.水稻 | 5 | 0 | 7 | 12 | 4 | | |", OIL, ALL), form="text"),
        """
        13:3-7 GK212 row-cells error
          “2.水稻”行有5个单元格，应有4个，无法读取
          row “2.水稻” has 5 cells where 4 should be: it cannot be read
        """,
    )


def test_an_unknown_row_goes_by_its_last_label() -> None:
    expect(
        lint(text(HEAD, WHEAT, RICE, OIL, "其他 | 花卉苗木 | 3 | 1 | 0 | 4", ALL), form="text"),
        """
        15:6-10 GK203 row-unknown warning
          “花卉苗木”不是格式规定的行
          “花卉苗木” is not a row of the form
        """,
    )


def test_a_label_of_several_groups_is_that_of_the_group_beside_it() -> None:
    pack = farm(
        ("rice: 2.水稻, maize: {label: 3.玉米, optional: true}", "rest: {label: 其他, optional: true}"),
        (
            "oil: {label: 油料作物, accepts: [油料类作物]}",
            "oil: {label: 油料作物, rows: {nuts: 1.花生, rest: {label: 其他, optional: true}}}",
        ),
        ("+ oil", "+ sum(oil.*)"),
    )
    # The groups have changed places: what follows in the form is the other group's.
    rows = ("油料作物 | 1.花生 | 2 | 1 | 0 | 3", WHEAT, "粮食作物 | 其他 | 5 | 0 | 7 | 12", ALL)
    table = bound(text(HEAD, *rows), pack, "text").table("crops")
    assert table is not None
    assert list(table.rows) == ["oil.nuts", "grain.wheat", "grain.rest", "all"]
    assert cells(table, "grain.rest") == ["5@14:13", "0@14:17", "7@14:21", "12@14:25"]


def test_a_row_and_a_column_may_have_one_label() -> None:
    pack = farm(("all: 全部作物", "all: 合计"))
    table = bound(text(HEAD, WHEAT, RICE, OIL, ALL.replace("全部作物", "合计")), pack, "text").table("crops")
    assert table is not None
    assert list(table.rows) == ["grain.wheat", "grain.rice", "oil", "all"]
    assert cells(table, "all") == ["19@15:8", "4@15:13", "11@15:17", "34@15:22"]


def test_rows_of_two_tables_of_a_section_may_have_one_label() -> None:
    pack = farm(("sheep: 绵山羊", "sheep: 合计"), ("wages: 雇工支出", "wages: 合计"))
    report = bound(draft(("绵山羊", "合计"), ("雇工支出", "合计")), pack)
    herds, accounts = report.table("herds"), report.table("accounts")
    assert herds is not None
    assert accounts is not None
    assert [list(table.rows) for table in (herds, accounts)] == [["cattle", "sheep"], ["sales", "wages"]]
    assert cells(herds, "sheep") == ["20@24:8", "25@24:13", "61@24:18"]
    assert cells(accounts, "wages") == ["8.2@29:8", "12@29:14", "@29:19"]
