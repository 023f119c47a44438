"""Long plain HTML tables, read some rows at a time, so that hardly anything of them is kept.

A long table is cut wherever no cell spans from one row to the next.  Each part, nearly always one row, is read by its
skeleton like a plain table, and again each time that somebody asks for its cells.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable

from gklint.documents.html_plain import Apart, Content, PlainGrid, PlainTable, SkeletonGrid, SkeletonTable, take_apart
from gklint.documents.html_table import is_layout_of_cells
from gklint.documents.model import Cell, Span
from gklint.documents.source import Source
from gklint.regex import lazy

_ROW, _ROW_END = "<tr", "</tr>"
_HEAD = "<thead"
_BEFORE, _BEHIND = "<table>", "</table>"
"""What makes a table of a part."""
_MAX_ROWS = 1000
"""Longer parts are no gain."""
_ANY_ROW = "<tr><td></td></tr>"
# Between parts: white space and the tags of groups.  A foot is not among them, since it would be moved.
_GAP = lazy(r"(?:[ \t\n\r\f]++|</?(?:col|colgroup|tbody|thead)(?![a-z])[^<>]*+>)*+")


class LongTable(SkeletonTable):
    """A long plain table: where its parts begin and end."""

    __slots__ = ("cell_count", "ends", "starts")

    def __init__(self, start: int, end: int) -> None:
        super().__init__(start)
        self.end = end
        self.starts = array("q")
        self.ends = array("q")
        self.taken = 0
        self.cell_count = 0

    def count(self) -> int:
        return self.cell_count

    def grid(self, source: Source, content: Content) -> LongGrid:
        return LongGrid(source, self, content)


def long_table(text: str, start: int, end: int) -> LongTable | None:
    """The table that stands from ``start`` to ``end``; None if it is not plain or cannot be cut."""
    table = LongTable(start, end)
    position = text.index(">", start, end) + 1
    closing = text.rindex("<", position, end) if position < end else position
    if take_apart(text[start:position] + _ANY_ROW + text[closing:end]) is None:
        return None
    while True:
        gap = _GAP.match(text, position, closing)
        assert gap is not None
        if "<" in gap[0]:
            # A head behind other rows would be moved.
            moved = _HEAD in gap[0] and len(table.starts) > 0
            if moved or take_apart(_BEFORE + gap[0] + _ANY_ROW + _BEHIND) is None:
                return None
        position = gap.end()
        if position == closing:
            break
        part = _part_end(text, position, closing, table)
        if part is None:
            return None
        table.starts.append(position)
        table.ends.append(part)
        position = part
    return table if len(table.starts) > 1 else None


def _part_end(text: str, start: int, closing: int, table: LongTable) -> int | None:
    """Where the part that begins at ``start`` ends; None if it is not plain."""
    if not text.startswith(_ROW, start):
        return None
    end, rows, reach = start, 0, 1
    while rows < reach:
        row = end
        end = text.find(_ROW_END, row, closing) + len(_ROW_END)
        apart = _apart(text, row, end) if text.count(_ROW, row, end) == 1 else None
        if apart is None or rows == _MAX_ROWS:
            return None
        rows += 1
        reach = max(reach, rows + apart[0].below)
    whole = _apart(text, start, end)
    if whole is None:
        return None
    table.taken += whole[0].taken
    table.cell_count += len(whole[0].numbers)
    return end


def _apart(text: str, start: int, end: int) -> Apart | None:
    """A part that stands from ``start`` to ``end``, taken apart as a table of its own."""
    return take_apart(_BEFORE + text[start:end] + _BEHIND)


class LongGrid(SkeletonGrid):
    """A long table as read."""

    __slots__ = ("_content", "_firsts", "_is_layout", "_last", "_size", "_source", "_table")

    def __init__(self, source: Source, table: LongTable, content: Content) -> None:
        self._source = source
        self._table = table
        self._content = content
        self._firsts = array("q", [0])
        """The number of the first row of each part, and behind them the number of rows."""
        self._last: tuple[int, PlainGrid] | None = None
        self._size = 0
        self.certain = True
        self.span = Span(*source.place(table.start), *source.place(table.end))
        self.markup = "html"
        longest, one_column = 0, True
        for number in range(len(table.starts)):
            part = self._part(number)
            self._firsts.append(self._firsts[-1] + part.height)
            self._size += part.size()
            self.certain = self.certain and part.certain
            longest = max(longest, *map(len, part.texts()), 0)
            one_column = one_column and part.has_one_column()
        self._is_layout = is_layout_of_cells(self._size, longest, False, one_column)

    def is_layout(self) -> bool:
        return self._is_layout

    @property
    def height(self) -> int:
        return self._firsts[-1]

    def row(self, index: int) -> list[Cell | None]:
        number = bisect_right(self._firsts, index) - 1
        return self._part(number).row(index - self._firsts[number])

    def size(self) -> int:
        return self._size

    def texts(self) -> Iterable[str]:
        for number in range(len(self._table.starts)):
            yield from self._part(number).texts()

    def _part(self, number: int) -> PlainGrid:
        """A part of the table.  The last one is kept, so that cells that span rows stay the same."""
        if self._last is None or self._last[0] != number:
            start, end = self._table.starts[number], self._table.ends[number]
            apart = _apart(self._source.text, start, end)
            assert apart is not None
            table = PlainTable(start - len(_BEFORE), end, *apart)
            self._last = number, PlainGrid(self._source, table, self._content, self._firsts[number])
        return self._last[1]
