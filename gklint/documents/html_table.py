"""HTML tables: rows of cells with spans to a grid, and telling tables that hold data from those that lay out a page."""

from __future__ import annotations

from collections.abc import Iterator

from gklint.documents.model import Cell, Located

BREAK, BLOCK, HEADING_END = 4, 5, 7
STRONG, PREFORMATTED = 1, 2
HEADING = 10
"""What a flow item is, besides text: a line break, the edge of a block, a heading's end, its start (plus the level).

Text is 0, plus ``STRONG``, plus ``PREFORMATTED``.
"""

# Telling layout from data.  Cells of a form hold a label or a figure; the longest labels are a sentence or two.
_SHORT = 60
_LONG = 200
_WHOLE_PAGE = 1000
_SURELY_DATA = 12


class RawCell:
    """A cell as written: its content as flow items, and the offset where a value would be typed if there is none."""

    __slots__ = ("colspan", "header", "items", "place", "rowspan", "text")

    def __init__(self, items: list[Item], place: int, header: bool) -> None:
        self.items = items
        self.place = place
        self.rowspan = 1
        """As written; 0 is to the end of the row group."""
        self.colspan = 1
        self.header = header
        self.text: Located
        """Its own text, without that of tables inside; known once the table is complete."""

    def tables(self) -> list[RawTable]:
        return [item for item in self.items if isinstance(item, RawTable)]

    def has_heading(self) -> bool:
        return any(not isinstance(item, RawTable) and item[0] > HEADING for item in self.items)


class RawTable:
    """A table as written.  Each row goes with the number of its row group, which its cells cannot span out of."""

    __slots__ = ("_foot", "_group", "_group_hidden", "_head", "end", "hidden", "in_row", "plain", "rows", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.rows: list[tuple[int, list[RawCell]]] = []
        self.in_row = False
        self.hidden = False
        """Whether the row that is open is not shown, and so is not in ``rows``."""
        self.plain = True
        """Whether no heading and no other table stands in it."""
        self._group = 0
        self._group_hidden = False
        self._head = -1
        self._foot = -1

    def open_group(self, name: str, hidden: bool) -> None:
        """Rows from here on are another group; the first head and the first foot are shown first and last."""
        self._group += 1
        self._group_hidden = hidden
        self.in_row = False
        if name == "thead" and self._head < 0:
            self._head = self._group
        elif name == "tfoot" and self._foot < 0:
            self._foot = self._group

    def open_row(self, hidden: bool) -> None:
        self.in_row = True
        self.hidden = hidden or self._group_hidden
        if not self.hidden:
            self.rows.append((self._group, []))

    def add(self, cell: RawCell) -> None:
        """Add a cell to the row that is open."""
        self.rows[-1][1].append(cell)

    def count(self) -> int:
        """The number of its cells."""
        return sum(len(row) for _, row in self.rows)

    def has_one_row(self) -> bool:
        """Whether one row and no other has cells."""
        return sum(1 for _, row in self.rows if row) == 1

    def has_one_column(self) -> bool:
        """Whether no row has more than one cell."""
        return all(len(row) <= 1 for _, row in self.rows)

    def arrange(self) -> None:
        """Put the rows in the order that a browser shows."""
        if self._head > 0 or self._foot > 0:
            self.rows.sort(key=lambda row: (row[0] == self._foot) - (row[0] == self._head))

    def cells(self) -> Iterator[RawCell]:
        for _, row in self.rows:
            yield from row


Item = tuple[int, int, int] | RawTable
"""A piece of a flow: what it is, and where it starts and ends in the source; or a table."""


class Budget:
    """How many grid positions spans may still fill in the document: a span of a thousand million must cost nothing."""

    __slots__ = ("left", "refused")

    def __init__(self, left: int) -> None:
        self.left = left
        self.refused = False
        """Whether there were ever too few left."""

    def take(self, positions: int) -> bool:
        """Use up that many, if there are as many left."""
        if positions > self.left:
            self.refused = True
            return False
        self.left -= positions
        return True


def build_grid(rows: list[tuple[int, list[RawCell]]], budget: Budget) -> list[list[Cell | None]]:
    """The rows with every spanning cell standing at each position that it covers.

    A span ends with its row group.  Rows without any cell are left out.
    """
    grid: list[list[Cell | None]] = []
    # Cells that go on in the rows below: column, cell, how many more rows.
    carried: list[tuple[int, Cell, int]] = []
    group = -1
    group_end = 0
    for index, (row_group, cells) in enumerate(rows):
        if row_group != group:
            group, carried = row_group, []
            group_end = index + 1
            while group_end < len(rows) and rows[group_end][0] == group:
                group_end += 1
        row: list[Cell | None] = []
        if carried:
            width = max(column for column, _, _ in carried) + 1
            if budget.take(width):
                row = [None] * width
                for column, cell, _ in carried:
                    row[column] = cell
                carried = [(column, cell, more - 1) for column, cell, more in carried if more > 1]
            else:
                carried = []
        cursor = 0
        for raw in cells:
            while cursor < len(row) and row[cursor] is not None:
                cursor += 1
            below = group_end - index
            rowspan = below if raw.rowspan == 0 else min(raw.rowspan, below)
            colspan = raw.colspan if raw.colspan == 1 or budget.take(raw.colspan - 1) else 1
            cell = Cell(raw.text, len(grid), cursor, rowspan, colspan, raw.header)
            for column in range(cursor, cursor + colspan):
                if column == len(row):
                    row.append(cell)
                elif row[column] is None:
                    row[column] = cell
                else:
                    continue  # overlaps a cell from above, which keeps the place
                if rowspan > 1:
                    carried.append((column, cell, rowspan - 1))
            cursor += colspan
        if row:
            grid.append(row)
    return grid


def is_layout(table: RawTable) -> bool:
    """Whether the table only lays out a page, so that its content should be read as text.

    A table of one column, or holding other tables or headings, is layout unless it looks like data all the same.
    """
    sizes = [len(text) for text in (cell.text.text for cell in table.cells())]
    count = len(sizes)
    if count <= 1:
        return True
    longest = max(sizes)
    one_row, one_column = table.has_one_row(), table.has_one_column()
    if table.plain:
        return is_layout_of_cells(count, longest, one_row, one_column)
    if longest > (_LONG if one_row else _WHOLE_PAGE):
        return True
    inner = [nested for cell in table.cells() for nested in cell.tables()]
    if not inner and not any(cell.has_heading() for cell in table.cells()):
        return one_column and longest > _SHORT
    if one_row or one_column or longest > _LONG:
        return True
    mostly_filled = count >= 4 and sum(0 < size <= _SHORT for size in sizes) * 2 >= count
    if inner:
        return not (len(inner) == 1 and mostly_filled and inner[0].count() <= count)
    return not (mostly_filled or count >= _SURELY_DATA)


def is_layout_of_cells(count: int, longest: int, one_row: bool, one_column: bool) -> bool:
    """The same of a table without headings and other tables inside, of so many cells and so long a text."""
    return count <= 1 or longest > (_LONG if one_row else _WHOLE_PAGE) or (one_column and longest > _SHORT)
