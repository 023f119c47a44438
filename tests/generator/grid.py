"""Sheets as grids of cells with spans, from which the layouts write."""

from __future__ import annotations

from dataclasses import dataclass

from .draft import Node, Sheet
from .writer import PlaceKey


@dataclass(slots=True)
class Slot:
    """One cell at the position of its upper left corner."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    key: PlaceKey | None = None
    header: bool = False


@dataclass(slots=True)
class Grid:
    """Cells by row, left to right; ``width`` is the number of positions of a whole row."""

    rows: list[list[Slot]]
    width: int

    def positions(self) -> list[list[Slot | None]]:
        """Every position of each row: its cell at the cell's own place, None where a span continues."""
        taken: set[tuple[int, int]] = set()
        result: list[list[Slot | None]] = []
        for slots in self.rows:
            line: dict[int, Slot | None] = {}
            for slot in slots:
                line[slot.column] = slot
                for down in range(slot.rowspan):
                    for right in range(slot.colspan):
                        taken.add((slot.row + down, slot.column + right))
            row = len(result)
            end = 1 + max([column for at, column in taken if at == row], default=-1)
            result.append([line.get(column) for column in range(end)])
        return result

    def chunks(self) -> list[list[Slot | None]]:
        """As `positions`, each cell or continuation of a span once whatever its width."""
        covers: dict[tuple[int, int], Slot] = {}
        result: list[list[Slot | None]] = []
        for row, slots in enumerate(self.rows):
            for slot in slots:
                for down in range(slot.rowspan):
                    for right in range(slot.colspan):
                        covers[slot.row + down, slot.column + right] = slot
            line: list[Slot | None] = []
            column = 0
            while (row, column) in covers:
                slot = covers[row, column]
                line.append(slot if slot.row == row else None)
                column = slot.column + slot.colspan
            result.append(line)
        return result


def grid(sheet: Sheet) -> Grid:
    """A table with its own head: tables three and four as the form prints them, or one item of table two."""
    depth = max((row.depth() for row in sheet.rows), default=1) if sheet.corner else 0
    rows = _head(sheet, depth)
    _body(sheet.rows, sheet.table, depth, rows)
    width = depth + len(sheet.column_leaves())
    return Grid(rows, width)


def combined(sheets: list[Sheet], captions: bool = True) -> Grid:
    """Table two in one grid: each item's caption across it, the last cell of a short row as wide as the rest."""
    parts = [grid(sheet) for sheet in sheets]
    width = max(part.width for part in parts)
    rows: list[list[Slot]] = []
    for sheet, part in zip(sheets, parts, strict=True):
        if captions and sheet.caption:
            rows.append([Slot(sheet.caption, len(rows), 0, 1, width, ("caption", sheet.table))])
        for slots in part.rows:
            for slot in slots:
                slot.row = len(rows)
            if len(slots) == part.width < width:
                slots[-1].colspan = width - slots[-1].column
            rows.append(slots)
    return Grid(rows, width)


def four_in_three(sheet: Sheet) -> Grid:
    """Table four with its groups as rows and its results as columns."""
    groups = sheet.rows
    depth = max(row.depth() for row in groups)
    turned = Sheet(sheet.table, None, "类别", sheet.head, groups)
    rows = _head(turned, depth)
    _body(groups, sheet.table, depth, rows)
    return Grid(rows, depth + len(sheet.column_leaves()))


def four_in_one(sheet: Sheet) -> Grid:
    """Table four as the form prints it: its groups across the head, one row of values."""

    def turn(node: Node) -> Node:
        if node.children:
            return Node(node.key, node.text, [turn(child) for child in node.children])
        leaves = [Node(f"{node.key}|{column.key}", column.text) for column in sheet.column_leaves()]
        return Node(node.key, node.text, leaves)

    head = [turn(row) for row in sheet.rows]
    turned = Sheet(sheet.table, None, None, head, [])
    rows = _head(turned, 0)
    for slots in rows:
        for slot in slots:
            if slot.key is None:
                continue
            name = slot.key[2]
            slot.key = ("head", "four", name) if "|" in name else ("row", "four", name)
    number = len(rows)
    values: list[Slot] = []
    for leaf in sheet.row_leaves():
        for value in leaf.values:
            key = ("cell", sheet.table, leaf.key, value.column) if value.column else None
            values.append(Slot(value.text, number, len(values), key=key))
    rows.append(values)
    return Grid(rows, sum(len(list(node.leaves())) for node in head))


def whole(sheet: Sheet, four: str = "one-row") -> Grid:
    """A table three or four, or one item of table two without its caption."""
    if sheet.table == "four":
        return four_in_one(sheet) if four == "one-row" else four_in_three(sheet)
    return grid(sheet)


def _head(sheet: Sheet, depth: int) -> list[list[Slot]]:
    """The head's rows; ``depth`` is the number of label columns to its left."""
    top = [Node("", sheet.over, sheet.head)] if sheet.over else sheet.head
    height = max((node.depth() for node in top), default=1)
    rows: list[list[Slot]] = [[] for _ in range(height)]
    if sheet.corner is not None and depth:
        rows[0].append(Slot(sheet.corner, 0, 0, height, depth, ("corner", sheet.table), True))

    def place(node: Node, row: int, column: int) -> int:
        width = len(list(node.leaves()))
        tall = 1 if node.children else height - row
        key: PlaceKey | None = ("head", sheet.table, node.key) if node.key else ("over", sheet.table)
        rows[row].append(Slot(node.text, row, column, tall, width, key, True))
        for child in node.children:
            column = place(child, row + 1, column)
        return column if node.children else column + 1

    column = depth
    for node in top:
        column = place(node, 0, column)
    return rows


def _body(nodes: list[Node], table: str, depth: int, rows: list[list[Slot]]) -> None:
    """Add the rows of a tree of rows, groups spanning theirs, leaves the label columns left to them."""
    pending: list[tuple[Slot, int]] = []

    def place(node: Node, level: int) -> None:
        key: PlaceKey = ("row", table, node.key)
        if node.children:
            runs = _runs(node.children)
            for number, run in enumerate(runs):
                # The label after a page break is the same label written again: it has no place of its own.
                span = sum(len(list(child.leaves())) for child in run)
                pending.append((Slot(node.text, 0, level, span, 1, key if number == 0 else None), span))
                for child in run:
                    place(child, level + 1)
            return
        at = len(rows)
        line: list[Slot] = []
        for slot, _ in pending:
            slot.row = at
            line.append(slot)
        pending.clear()
        if depth:
            line.append(Slot(node.text, at, level, 1, depth - level, key))
        for value in node.values:
            cell: PlaceKey | None = ("cell", table, node.key, value.column) if value.column else None
            column = depth + len([slot for slot in line if slot.column >= depth])
            line.append(Slot(value.text, at, column, key=cell))
        rows.append(line)

    for node in nodes:
        place(node, 0)


def _runs(children: list[Node]) -> list[list[Node]]:
    runs: list[list[Node]] = [[]]
    for child in children:
        if child.again and runs[-1]:
            runs.append([])
        runs[-1].append(child)
    return runs


def with_spare(shape: Grid, total_row: str) -> Grid:
    """The grid with a spare 0 before the last cell of the row of totals."""
    for slots in shape.rows:
        if any(slot.key == ("row", "three", total_row) for slot in slots):
            last = slots.pop()
            slots.append(Slot("0", last.row, last.column))
            last.column += 1
            slots.append(last)
    return shape


__all__ = ["Grid", "Slot", "combined", "four_in_one", "four_in_three", "grid", "whole", "with_spare"]
