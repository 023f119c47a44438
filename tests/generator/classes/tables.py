"""Mistakes in tables, rows and columns."""

from __future__ import annotations

from copy import deepcopy

from ..draft import Node, Paragraph, Sheet, Value
from ..forms import TOTAL_ROW
from ..mistakes import Bench, Where, damaged, mistake, row_places


@mistake("table-missing", "GK2")
def _table_missing(bench: Bench) -> list[Where]:
    key = bench.rng.choice("三四")
    section = bench.draft.section(key)
    section.blocks = [Paragraph("有关数据另行公布。")]
    after = bench.draft.sections[bench.draft.sections.index(section) + 1]
    return [(("section", key), ("section", after.key))]


@mistake("table-item-missing", "GK2")
def _table_item_missing(bench: Bench) -> list[Where]:
    section = bench.draft.section("二")
    section.blocks.pop(bench.rng.choice((1, 2, 3)))
    return [(("section", "二"), ("section", "三"))]


def _neighbours(bench: Bench, sheet: Sheet, at: int) -> list[Where]:
    """The rows before and after the position of a row that is gone."""
    leaves = sheet.row_leaves()
    first, last = leaves[max(at - 1, 0)], leaves[min(at, len(leaves) - 1)]
    where = [*row_places(sheet, first), *row_places(sheet, last)]
    return [
        *where,
        *(("row", sheet.table, node.key) for top in sheet.rows for node in top.walk() if last in node.children),
    ]


def _list_of(sheet: Sheet, kind: str, node: Node) -> list[Node]:
    return next(nodes for nodes in sheet.siblings(kind) if any(node is one for one in nodes))


@mistake("row-missing", "GK2")
def _row_missing(bench: Bench) -> list[Where]:
    sheet = bench.sheet("three")
    leaves = sheet.row_leaves()
    at = bench.rng.randrange(len(leaves))
    nodes = _list_of(sheet, "rows", leaves[at])
    nodes.remove(leaves[at])
    return _near_row(bench, sheet, at)


def _near_row(bench: Bench, sheet: Sheet, at: int) -> list[Where]:
    if bench.layout == "markdown-flat" and bench.options.style % 4 in (1, 2):
        # A group's label is written with its rows or not at all: it has no place of its own to point at.
        leaves = sheet.row_leaves()
        near = [leaves[max(at - 1, 0)], leaves[min(at, len(leaves) - 1)]]
        return [place for row in near for place in row_places(sheet, row)]
    return _neighbours(bench, sheet, at)


@mistake("row-missing-item", "GK2")
def _row_missing_item(bench: Bench) -> list[Where]:
    sheet = bench.sheet("two-六")
    sheet.rows.pop(bench.rng.randrange(2))
    return [*row_places(sheet, sheet.rows[0]), *(("head", sheet.table, c.key) for c in sheet.head)]


@mistake("row-unknown", "GK2")
def _row_unknown(bench: Bench) -> list[Where]:
    sheet = bench.sheet("three")
    group = next(node for top in sheet.rows for node in top.walk() if node.key.endswith("（三）不予公开"))
    values = [Value(column.key, "0") for column in sheet.column_leaves()]
    row = Node("unknown", "9.属于尚未定稿的图纸", [], values)
    group.children.append(row)
    return row_places(sheet, row)


@mistake("row-doubled", "GK2")
def _row_doubled(bench: Bench) -> list[Where]:
    sheet = bench.sheet("three")
    row = bench.rng.choice([leaf for leaf in sheet.row_leaves() if leaf.key != TOTAL_ROW])
    nodes = _list_of(sheet, "rows", row)
    again = deepcopy(row)
    again.key += "#2"
    nodes.insert(nodes.index(row) + 1, again)
    return [*row_places(sheet, again), *row_places(sheet, row)]


@mistake("row-swapped", "GK2")
def _row_swapped(bench: Bench) -> list[Where]:
    sheet = bench.sheet("three")
    pairs = [
        (nodes, at)
        for nodes in sheet.siblings("rows")
        for at in range(len(nodes) - 1)
        if not nodes[at].children and not nodes[at + 1].children
    ]
    nodes, at = bench.rng.choice(pairs)
    nodes[at], nodes[at + 1] = nodes[at + 1], nodes[at]
    return [*row_places(sheet, nodes[at]), *row_places(sheet, nodes[at + 1])]


def _drift(bench: Bench, node: Node, least: int) -> bool:
    text = node.text
    start = max(text.find("."), text.find("）"), text.find(")"), text.find("、")) + 1 if len(text) > 9 else 0
    start = start if start < len(text) - 3 else 0
    body = text[start:]
    if "\n" in text or len(body) < least:
        return False
    node.text = text[:start] + damaged(bench.rng, body, bench.rng.choice(("wrong", "lost")))
    return True


@mistake("row-label-drift", "GK2")
def _row_label_drift(bench: Bench) -> list[Where]:
    sheet = bench.sheet("three")
    leaves = sheet.row_leaves()
    bench.rng.shuffle(leaves)
    row = next(leaf for leaf in leaves if _drift(bench, leaf, 6))
    return [("row", "three", row.key)]


@mistake("row-label-drift-item", "GK2")
def _row_label_drift_item(bench: Bench) -> list[Where]:
    sheet = bench.sheet("two-一")
    sheet.rows[0].text = "规范" if bench.rng.random() < 0.5 else "规张"
    return [("row", sheet.table, sheet.rows[0].key)]


def _columns(bench: Bench) -> tuple[Sheet, list[Node]]:
    """A sheet with a list of columns next to one another, its column of totals left out."""
    # Table four has no part in this: written as one row, one column of its sheet is three heads, and so three mistakes.
    sheet = bench.sheet(bench.rng.choice(("three", "two-一")))
    if sheet.table == "three":
        return sheet, sheet.head[1].children
    return sheet, sheet.head


@mistake("column-missing", "GK2")
def _column_missing(bench: Bench) -> list[Where]:
    sheet, columns = _columns(bench)
    at = bench.rng.randrange(1, len(columns) - 1)
    gone = columns.pop(at)
    for row in sheet.row_leaves():
        row.values = [value for value in row.values if value.column != gone.key]
    return [("head", sheet.table, column.key) for column in columns[at - 1 : at + 1]]


def _insert_column(sheet: Sheet, columns: list[Node], at: int, column: Node, like: str | None) -> None:
    before = columns[at - 1].key
    columns.insert(at, column)
    for row in sheet.row_leaves():
        index = next(number for number, value in enumerate(row.values) if value.column == before)
        text = next((value.text for value in row.values if value.column == like), "0")
        row.values.insert(index + 1, Value(column.key, text))


@mistake("column-unknown", "GK2")
def _column_unknown(bench: Bench) -> list[Where]:
    sheet, columns = _columns(bench)
    _insert_column(sheet, columns, bench.rng.randrange(1, len(columns)), Node("unknown", "境外游客"), None)
    return [("head", sheet.table, "unknown")]


@mistake("column-doubled", "GK2")
def _column_doubled(bench: Bench) -> list[Where]:
    sheet, columns = _columns(bench)
    at = bench.rng.randrange(len(columns) - 1)
    again = Node(columns[at].key + "#2", columns[at].text)
    _insert_column(sheet, columns, at + 1, again, columns[at].key)
    return [("head", sheet.table, again.key), ("head", sheet.table, columns[at].key)]


@mistake("column-swapped", "GK2")
def _column_swapped(bench: Bench) -> list[Where]:
    sheet, columns = _columns(bench)
    at = bench.rng.randrange(len(columns) - 1)
    first, second = columns[at].key, columns[at + 1].key
    columns[at], columns[at + 1] = columns[at + 1], columns[at]
    for row in sheet.row_leaves():
        keys = [value.column for value in row.values]
        one, two = keys.index(first), keys.index(second)
        row.values[one], row.values[two] = row.values[two], row.values[one]
    return [("head", sheet.table, first), ("head", sheet.table, second)]


@mistake("column-label-drift", "GK2")
def _column_label_drift(bench: Bench) -> list[Where]:
    sheet, columns = _columns(bench)
    choice = list(columns)
    bench.rng.shuffle(choice)
    column = next(column for column in choice if _drift(bench, column, 4))
    return [("head", sheet.table, column.key)]


def _ragged_row(bench: Bench) -> tuple[Sheet, Node]:
    sheet = bench.sheet("three")
    # In layout H the row of totals has one more cell than the others anyway.
    row = bench.rng.choice([leaf for leaf in sheet.row_leaves() if leaf.key != TOTAL_ROW])
    return sheet, row


@mistake("row-too-long", "GK2")
def _row_too_long(bench: Bench) -> list[Where]:
    sheet, row = _ragged_row(bench)
    # Layout H may print a spare 0 before a row's last cell: only a figure in that place is surely one too many.
    at = len(row.values) - 1 if bench.layout == "text-h" else bench.rng.randrange(1, len(row.values) + 1)
    row.values.insert(at, Value(None, "37"))
    return row_places(sheet, row)


_E_SHORT = "the pipes that fill up a row make a lost cell look like a blank last one"


@mistake("row-too-short", "GK2", not_in={"text-e": _E_SHORT})
def _row_too_short(bench: Bench) -> list[Where]:
    sheet, row = _ragged_row(bench)
    row.values.pop(bench.rng.randrange(len(row.values)))
    return row_places(sheet, row)


@mistake("litigation-too-short", "GK2")
def _litigation_too_short(bench: Bench) -> list[Where]:
    sheet = bench.sheet("four")
    # Fewer values than heads in the one row there is; in three rows, in one of them.
    row = bench.rng.choice(sheet.row_leaves())
    row.values.pop(bench.rng.randrange(len(row.values) - 1))
    if bench.options.four == "one-row" or bench.layout.startswith("text"):
        return [place for leaf in sheet.row_leaves() for place in row_places(sheet, leaf)]
    return [*row_places(sheet, row), ("row", "four", row.key)]
