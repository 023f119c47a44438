"""Plain HTML tables, read by their skeletons: the tags without the texts between them.

The tables of a form have one skeleton in all of its reports.  What cells the tags make, with spans resolved, is worked
out once for each skeleton; of the next table with the same one only the texts are taken, and cells with their places
are made when somebody asks for them.

A table is plain if all its cells are closed and hold nothing but text in common markup.  Any other is read tag by tag,
which gives the same for plain ones as well.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from itertools import accumulate
from operator import add

from gklint.documents.html_attributes import IS_UNREAD, MAX_ROWSPAN, spans, styled
from gklint.documents.html_table import Budget, RawCell, RawTable, build_grid, is_layout_of_cells
from gklint.documents.html_text import SPECIAL
from gklint.documents.model import Cell, Located, MadeTable, Span
from gklint.documents.source import Source
from gklint.picking import picker
from gklint.regex import lazy

_OPEN, _CLOSE = "<table", "</table"
_TAG = lazy(
    r"""(/?)([a-zA-Z][a-zA-Z0-9:]*+)"""
    r"""((?:[ \t\n\r\f]++[a-zA-Z_:][a-zA-Z0-9_:.-]*+"""
    r"""(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"[^"<>]*+"|'[^'<>]*+'|[a-zA-Z0-9_%#.,:;-]++))?+)*+[ \t\n\r\f]*+)(/?)>"""
)
_CELLS = frozenset(("td", "th"))
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_COLUMNS = frozenset(("col", "colgroup"))
_MARKUP = frozenset(("a", "b", "div", "em", "font", "i", "o:p", "p", "small", "span", "strong", "sub", "sup", "u"))
_EMPTY = frozenset(("br", "col"))

_MAX_LAYOUTS = 128
# Longer skeletons and larger grids are no form's: they will not come again.
_MAX_SKELETON = 100_000
_MAX_POSITIONS = 20_000

LONG = 200_000
"""A table with so many characters, far beyond any form, is read some rows at a time."""

# A text in which `SPECIAL` finds something holds at least one of these.
_MAYBE_SPECIAL = ("&", "\n", "  ", "\xa0", "\t", "\r", "\f")


class _Tags:
    """Reads a skeleton tag by tag.  A text between tags has the number of the tag that it follows."""

    def __init__(self) -> None:
        self.table = RawTable(0)
        self.texts: list[int] = []
        """The number of each cell's text; of several the one that stands where a value would."""
        self.mixed: dict[int, tuple[int, int]] = {}
        """The cells that hold several texts: the numbers of their tags."""
        self.ended = False
        self._begun = -1
        self._name = ""
        self._place = 0
        self._inner_end = False
        self._several = False

    def read(self, number: int, written: str) -> bool:
        """Take a tag, written without its ``<``; whether the table is still plain."""
        tag = _TAG.fullmatch(written)
        if tag is None or self.ended:
            return False
        name = tag[2].lower()
        if tag[1]:
            if tag[3] or tag[4]:
                return False
            return self._end(name) if self._begun < 0 else self._end_inside(number, name)
        if (tag[4] and name not in _EMPTY) or (tag[3] and styled(written, *tag.span(3)) & IS_UNREAD):
            return False
        if self._begun >= 0:
            return self._start_inside(number, name)
        if name not in _CELLS:
            return self._start(number, name)
        if not self.table.in_row:
            self.table.open_row(False)
        cell = RawCell([], 0, name == "th")
        cell.rowspan, cell.colspan = spans(written, *tag.span(3))
        self.table.add(cell)
        self._begun = self._place = number
        self._name = name
        self._inner_end = self._several = False
        return True

    def _start(self, number: int, name: str) -> bool:
        if name == "tr":
            self.table.open_row(False)
        elif name in _GROUPS:
            self.table.open_group(name, False)
        else:
            return name in _COLUMNS or (name == "table" and number == 0)
        return True

    def _end(self, name: str) -> bool:
        if name == "tr":
            self.table.in_row = False
        elif name in _GROUPS:
            self.table.open_group("", False)
        elif name == "table":
            self.ended = True
        else:
            return name in _COLUMNS
        return True

    def _start_inside(self, number: int, name: str) -> bool:
        if name == "br":
            self._several = True
            return True
        if self._inner_end:
            self._several = True
        else:
            self._place = number
        return name in _MARKUP

    def _end_inside(self, number: int, name: str) -> bool:
        if name != self._name:
            self._inner_end = True
            return name in _MARKUP
        if self._several:
            self.mixed[len(self.texts)] = (self._begun, number)
        self.texts.append(self._place)
        self._begun = -1
        return True


class _Layout:
    """What the tags of a skeleton make.

    A table is taken as the texts behind its tags, which may be nothing; a text has the number of its tag.
    """

    __slots__ = (
        *("below", "cells", "grid", "mixed", "numbers", "one_column", "one_row", "positions", "rest", "shape"),
        *("tag_ends", "taken", "texts"),
    )

    def __init__(self, tags: list[str], read: _Tags, grid: list[list[Cell | None]], taken: int) -> None:
        self.tag_ends = list(accumulate([len(tag) + 1 for tag in tags]))
        """The length of all tags up to each, with it."""
        self.numbers = read.texts
        """For each cell the number of its text, in the order of the cells."""
        self.mixed = read.mixed
        inside = {number for first, last in read.mixed.values() for number in range(first, last)}.union(read.texts)
        self.texts = picker(read.texts)
        """Takes the cells' texts from all texts."""
        self.rest = picker([number for number in range(len(tags)) if number not in inside])
        """Takes the texts between cells."""
        self.one_row = read.table.has_one_row()
        self.one_column = read.table.has_one_column()
        order = {id(raw.text): number for number, raw in enumerate(read.table.cells())}
        self.grid = [[-1 if cell is None else order[id(cell.text)] for cell in row] for row in grid]
        """The number of the cell at each position, -1 for none."""
        own = {id(cell.text): cell for row in grid for cell in row if cell is not None}
        self.cells = [
            (cell.row, cell.column, cell.rowspan, cell.colspan, cell.header) for cell in map(own.__getitem__, order)
        ]
        self.positions = sum(map(len, grid))
        self.taken = taken
        """How many positions spans filled."""
        ends = [row + (cell.rowspan or MAX_ROWSPAN) for row, (_, cells) in enumerate(read.table.rows) for cell in cells]
        self.below = max(ends) - len(read.table.rows)
        """How many rows more than there are the cells would span."""
        # A string remembers its hash, which a tuple does not.
        self.shape = repr((self.grid, self.cells))


def _layout(tags: list[str]) -> _Layout | None:
    """The same, worked out."""
    read = _Tags()
    if not all(read.read(number, tag) for number, tag in enumerate(tags)):
        return None
    rows = read.table.rows[:]
    read.table.arrange()
    if not read.texts or not read.ended or read.table.rows != rows:
        return None
    for raw in read.table.cells():
        raw.text = Located("", 0, 0)
    budget = Budget(_MAX_POSITIONS)
    grid = build_grid(read.table.rows, budget)
    return None if budget.refused else _Layout(tags, read, grid, _MAX_POSITIONS - budget.left)


Content = Callable[[int, int, int], Located]
"""Reads the text of a cell from where its content begins and ends, and the place for a value if it shows nothing."""


class SkeletonTable(RawTable, ABC):
    """A table as written that is read by its skeleton."""

    __slots__ = ("taken",)

    taken: int
    """How many positions spans fill in it."""

    @abstractmethod
    def grid(self, source: Source, content: Content) -> SkeletonGrid:
        """The table as read."""


class SkeletonGrid(MadeTable, ABC):
    """Such a table as read."""

    __slots__ = ("certain",)

    certain: bool
    """Whether the place of every cell is known without its tags being read."""

    @abstractmethod
    def is_layout(self) -> bool:
        """Whether the table only lays out a page, so that its content should be read as text."""


class PlainTable(SkeletonTable):
    """A plain table: its layout, and the texts of which that says what they are."""

    __slots__ = ("layout", "texts")

    def __init__(self, start: int, end: int, layout: _Layout, texts: list[str]) -> None:
        super().__init__(start)
        self.end = end
        self.layout = layout
        self.texts = texts
        self.taken = layout.taken

    def count(self) -> int:
        return len(self.layout.numbers)

    def grid(self, source: Source, content: Content) -> PlainGrid:
        return PlainGrid(source, self, content)


class PlainTables:
    """Finds the plain tables of a text, up to an offset."""

    __slots__ = ("_close", "_end", "_text")

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._close = -1

    def at(self, start: int) -> SkeletonTable | None:
        """The plain table whose tag begins at ``start``."""
        text = self._text
        if not text.startswith(_OPEN, start):
            return None
        if self._close < start:
            # Looked for but once for all tables that begin before it.
            close = text.find(_CLOSE, start, self._end)
            self._close = self._end if close < 0 else close
        close = self._close
        if text.find(_OPEN, start + len(_OPEN), close) >= 0:
            return None
        end = text.find(">", close, self._end) + 1
        if not end:
            return None
        if end - start > LONG:
            from gklint.documents.html_long import long_table

            long = long_table(text, start, end)
            if long is not None:
                return long
        apart = take_apart(text[start:end])
        # A table of one cell is none, and only lays out a page.
        return PlainTable(start, end, *apart) if apart is not None and len(apart[0].numbers) > 1 else None


Apart = tuple[_Layout, list[str]]


def take_apart(table: str) -> Apart | None:
    """The layout of a table and the texts behind its tags; None if it is not plain."""
    # Split in front of each "<" and behind each ">".  If these take turns, so do tags, with their ">", and texts.
    pieces = table.replace(">", "><").split("<")
    if table.count(">") * 2 + 1 != len(pieces):
        return None
    layout = _known_layout(pieces[1::2])
    texts = pieces[2::2]
    return None if layout is None or "".join(layout.rest(texts)).strip() else (layout, texts)


_layouts: dict[str, _Layout | None] = {}


def _known_layout(tags: list[str]) -> _Layout | None:
    """The layout of a skeleton, None if that is no plain table's."""
    skeleton = "<".join(tags)
    if skeleton in _layouts:
        return _layouts[skeleton]
    layout = _layout(tags)
    if len(skeleton) <= _MAX_SKELETON and (layout is None or layout.positions <= _MAX_POSITIONS):
        if len(_layouts) >= _MAX_LAYOUTS:
            _layouts.clear()
        _layouts[skeleton] = layout
    return layout


class PlainGrid(SkeletonGrid):
    """A plain table as read."""

    __slots__ = (
        *("_begin", "_content", "_first", "_known", "_layout", "_lines", "_places", "_raw", "_source", "_spanning"),
        "_texts",
    )

    def __init__(self, source: Source, table: PlainTable, content: Content, first: int = 0) -> None:
        """``first`` is the number of the first row where the table is a part of a longer one."""
        self._source = source
        self._begin = table.start
        self._layout = layout = table.layout
        self._raw = table.texts
        self._content = content
        self._places: array[int] | None = None
        self._lines: list[int] | None = None
        self._known: dict[int, Located] = {}
        self._spanning: dict[int, Cell] = {}
        self._first = first
        self.certain = True
        self._texts = list(map(str.strip, layout.texts(table.texts)))
        together = "|".join(self._texts)
        special: list[int] = []
        if any(map(together.__contains__, _MAYBE_SPECIAL)):
            special = [number for number, text in enumerate(self._texts) if SPECIAL.search(text)]
        for number in (*special, *layout.mixed):
            self._known[number] = self._by_tags(number)
            self._texts[number] = self._known[number].text
        for number, (first, last) in layout.mixed.items():
            # Where a value stands among tags and entities that show nothing is told by these entities.
            if not self._texts[number] and "&" in "".join(table.texts[first:last]):
                self.certain = False
        self.span = Span(*source.place(table.start), *source.place(table.end))
        self.markup = "html"

    @property
    def height(self) -> int:
        return len(self._layout.grid)

    def row(self, index: int) -> list[Cell | None]:
        spanning, make = self._spanning, self._make_cell
        return [None if number < 0 else spanning.get(number) or make(number) for number in self._layout.grid[index]]

    def _make_cell(self, number: int) -> Cell:
        """A cell, made anew; one that spans is kept for its other places."""
        row, column, rowspan, colspan, header = self._layout.cells[number]
        cell = Cell(self._text(number), self._first + row, column, rowspan, colspan, header)
        if rowspan > 1 or colspan > 1:
            self._spanning[number] = cell
        return cell

    def is_layout(self) -> bool:
        layout = self._layout
        return is_layout_of_cells(len(self._texts), max(map(len, self._texts)), layout.one_row, layout.one_column)

    def has_one_column(self) -> bool:
        """Whether no row has more than one cell."""
        return self._layout.one_column

    def size(self) -> int:
        return self._layout.positions

    def texts(self) -> Iterable[str]:
        return self._texts

    def text_at(self, row: int, column: int) -> Located:
        return self._text(self._number(row, column))

    def line_at(self, row: int, column: int) -> int:
        lines = self._lines
        if lines is None:
            lines = self._lines = self._all_lines()
        # Asked for each line that a table takes up.
        number = self._layout.grid[row][column]
        return lines[number] if number >= 0 else lines[self._number(row, column)]

    def texts_at(self, places: Iterable[tuple[int, int]]) -> list[str]:
        texts, grid = self._texts, self._layout.grid
        return [texts[grid[row][column]] for row, column in places]

    def signature(self, seen_as: Callable[[str], str]) -> Hashable:
        return (self._layout.shape, *map(seen_as, self._texts))

    def _number(self, row: int, column: int) -> int:
        number = self._layout.grid[row][column]
        if number < 0:
            raise KeyError((row, column))
        return number

    def _text(self, number: int) -> Located:
        known = self._known.get(number)
        if known is not None:
            return known
        text = self._texts[number]
        if not text:
            return self._by_tags(number)
        behind = self._layout.numbers[number]
        offset = self._offsets()[behind] + self._raw[behind].index(text[0])
        line = bisect_right(self._source.starts, offset)
        return Located(text, line, offset - self._source.starts[line - 1] + 1)

    def _by_tags(self, number: int) -> Located:
        """The text of a cell, read tag by tag."""
        offsets, ends = self._offsets(), self._layout.tag_ends
        behind = self._layout.numbers[number]
        first, last = self._layout.mixed.get(number, (behind, behind + 1))
        return self._content(offsets[first], offsets[last] - (ends[last] - ends[last - 1]), offsets[behind])

    def _offsets(self) -> array[int]:
        """Where in the source the text behind each tag begins."""
        if self._places is None:
            before = accumulate(map(len, self._raw), initial=self._begin)
            self._places = array("q", map(add, self._layout.tag_ends, before))
        return self._places

    def _all_lines(self) -> list[int]:
        """The line of each cell's text."""
        offsets, starts, raw = self._offsets(), self._source.starts, self._raw
        return [
            bisect_right(starts, offsets[behind])
            if number not in self._known and raw[behind] == self._texts[number]
            else self._text(number).line
            for number, behind in enumerate(self._layout.numbers)
        ]
