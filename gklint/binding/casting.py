"""Bound tables made from moulds: what was worked out for a stretch before, with the texts of the one at hand.

Of most tables only the numbers are looked at; rows, columns, labels and lines are made when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gklint.binding.model import BoundColumn, BoundRow, BoundTable, Numbers, State, Strays
from gklint.binding.moulds import Mould, MouldColumn, MouldRow, Place, Places, TokenTable
from gklint.binding.values import MAX_DIGITS, Exact, exact, read_cell
from gklint.documents.figures import whole_values
from gklint.documents.model import Block, Heading, Located, Span, Table
from gklint.packs.model import CellType

if TYPE_CHECKING:
    from decimal import Decimal


def cast(moulds: Iterable[Mould], blocks: list[Block], missing: Span) -> list[tuple[BoundTable, Collection[int]]]:
    """The tables of a stretch as its moulds have them, with the lines that each takes up.

    ``missing`` is where a table should stand that is not there.
    """
    return [(CastTable(mould, blocks, missing), _lines(mould, blocks)) for mould in moulds]


def _lines(mould: Mould, blocks: list[Block]) -> Collection[int]:
    """The lines that a table takes up."""
    if len(mould.offsets) == 1 and not mould.lines:
        number, below = mould.offsets[0]
        if isinstance(below, range):
            first = _first_line(blocks[number])
            return range(first + below.start, first + below.stop)
    return CastLines(mould, blocks)


class CastLines(Collection[int]):
    """The lines that a table takes up, worked out when somebody asks for one: mostly nothing else is near them."""

    __slots__ = ("_blocks", "_known", "_mould", "_within")

    def __init__(self, mould: Mould, blocks: list[Block]) -> None:
        self._mould = mould
        self._blocks = blocks
        self._known: set[int] | None = None
        self._within: range | None = None

    @property
    def within(self) -> range:
        """The lines from the first of the blocks in which the table stands to the last."""
        if self._within is None:
            self._within = self._reach()
        return self._within

    def _reach(self) -> range:
        numbers = {number for number, _, _ in self._mould.lines}.union([number for number, _ in self._mould.offsets])
        if not numbers:
            return range(0)
        extents = [_extent(self._blocks[number]) for number in numbers]
        return range(min(first for first, _ in extents), max(last for _, last in extents) + 1)

    def _all(self) -> set[int]:
        if self._known is None:
            self._known = {_line_at(self._blocks, place) for place in self._mould.lines}
            for number, below in self._mould.offsets:
                self._known.update(map(_first_line(self._blocks[number]).__add__, below))
        return self._known

    def __iter__(self) -> Iterator[int]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __contains__(self, line: object) -> bool:
        return line in self._all()


def _extent(block: Block) -> tuple[int, int]:
    """The first and the last line of a block."""
    if isinstance(block, TokenTable):
        return block.extent()
    if isinstance(block, Table):
        return block.span.line, block.span.end_line
    texts = [block.text] if isinstance(block, Heading) else block.lines
    return texts[0].line, texts[-1].span().end_line


def _first_line(block: Block) -> int:
    assert isinstance(block, Table)
    return block.span.line


def _text_at(blocks: list[Block], place: Place) -> Located:
    number, row, column = place
    block = blocks[number]
    if isinstance(block, Table):
        return block.text_at(row, column)
    return (block.text if isinstance(block, Heading) else block.lines[row]).strip()


def _line_at(blocks: list[Block], place: Place) -> int:
    number, row, column = place
    block = blocks[number]
    return block.line_at(row, column) if isinstance(block, Table) else _text_at(blocks, place).line


class _Rows(Mapping[str, BoundRow]):
    """The rows of a table by their paths, each made when it is asked for."""

    __slots__ = ("_blocks", "_made", "_waiting")

    def __init__(self, rows: Iterable[MouldRow], blocks: list[Block]) -> None:
        self._blocks = blocks
        self._waiting = {row.path: row for row in rows}
        self._made: dict[str, BoundRow] = {}

    def __getitem__(self, path: str) -> BoundRow:
        row = self._made.get(path)
        if row is None:
            row = self._made[path] = _cast_row(self._waiting[path], self._blocks)
        return row

    def get(self, path: str, default: Any = None) -> Any:
        return self[path] if path in self._waiting else default

    def __contains__(self, path: object) -> bool:
        return path in self._waiting

    def __iter__(self) -> Iterator[str]:
        return iter(self._waiting)

    def __len__(self) -> int:
        return len(self._waiting)


_NO_STRAYS = Strays()
"""Of all tables with a mould: what has surplus rows gets none."""


class CastTable(BoundTable):
    """A table bound by its mould; its place, rows and columns are made when somebody asks for them."""

    __slots__ = ("_blocks", "_mould", "_numbers")

    def __init__(self, mould: Mould, blocks: list[Block], missing: Span) -> None:
        # No call of the base class: it would make what is made later here.
        self.spec = mould.spec
        self.shape = mould.shape
        self.found = mould.found
        self.head_read = mould.head_read
        self.stray_rows = _NO_STRAYS
        self.stray_columns = []
        self.moved_rows = []
        self.moved_columns = []
        if mould.place is None:
            self.place = missing
        self._mould = mould
        self._blocks = blocks
        self._numbers = self._read_numbers()

    def __getattr__(self, name: str) -> object:
        # Only what is not there yet is looked for here.
        if name == "place":
            assert self._mould.place is not None
            self.place = _text_at(self._blocks, self._mould.place).span()
            return self.place
        if name == "rows":
            self.rows = _Rows(self._mould.rows, self._blocks)
            return self.rows
        if name == "columns":
            self.columns = {one.path: _cast_column(one, self._blocks) for one in self._mould.columns}
            return self.columns
        raise AttributeError(name)

    @property
    def as_form(self) -> bool:
        return self._mould.as_form

    def numbers(self) -> Numbers | None:
        return self._numbers

    def written(self) -> Iterator[tuple[str, list[tuple[str, CellType, State, str]]]]:
        if self._numbers is None:
            yield from super().written()
            return
        # Numbers alone: nobody need look at the cells.
        texts = iter(self._texts())
        for row in self._mould.rows:
            if row.cells:
                yield row.path, [(path, type_, State.NUMBER, next(texts)) for path, _, _, type_, _ in row.cells]

    def doubtful_rows(self) -> Iterator[BoundRow]:
        if self._mould.block is None:
            yield from super().doubtful_rows()
            return
        texts, start = self._texts(), 0
        for row in self._mould.rows:
            end = start + len(row.cells)
            if not all(map(_is_plain, texts[start:end])):
                yield self.rows[row.path]
            start = end

    def values(self) -> Iterator[tuple[str, str, Decimal | int]]:
        mould = self._mould
        if mould.block is None:
            yield from super().values()
            return
        for text, cell, (_, row, column) in zip(self._texts(), mould.cells, mould.keys, strict=True):
            value = int(text) if _is_plain(text) else read_cell(*cell, Located(text, 0, 0)).value
            if value is not None:
                yield row, column, value

    def _texts(self) -> Sequence[str]:
        """The texts of all cells, which stand in one block."""
        mould = self._mould
        assert mould.block is not None
        block = self._blocks[mould.block]
        assert isinstance(block, Table)
        if mould.pick is None:
            return block.texts_at(mould.places)
        figures = block.figures()
        assert figures is not None
        return mould.pick([*figures.figures, *mould.constants])

    def _read_numbers(self) -> Numbers | None:
        mould = self._mould
        if mould.block is None:
            return None
        if mould.pick is not None and not mould.constants:
            block = self._blocks[mould.block]
            assert isinstance(block, Table)
            figures = block.figures()
            if figures is not None and figures.values is not None:
                return Numbers(mould.keys, mould.pick(figures.values))
        texts = self._texts()
        values = whole_values(texts)
        if values is not None:
            return Numbers(mould.keys, values)
        numbers: list[Exact] = []
        for text, cell in zip(texts, mould.cells, strict=True):
            if _is_plain(text):
                numbers.append(int(text))
                continue
            read = read_cell(*cell, Located(text, 0, 0))
            if read.value is None or read.slips:
                return None
            numbers.append(exact(read.value))
        return Numbers(mould.keys, numbers)


def _is_plain(text: str) -> bool:
    """Whether a cell's text is a number of digits alone."""
    return text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS


def _cast_label(places: Places | None, blocks: list[Block]) -> Located | None:
    return None if places is None else Located.join([_text_at(blocks, place) for place in places])


def _cast_row(row: MouldRow, blocks: list[Block]) -> BoundRow:
    cells = {
        path: read_cell(node, column, type_, _text_at(blocks, place)) for path, node, column, type_, place in row.cells
    }
    label = _cast_label(row.label, blocks)
    return BoundRow(row.node, label, cells, row.readable, row.found, row.wanted, row.drift, row.order)


def _cast_column(one: MouldColumn, blocks: list[Block]) -> BoundColumn:
    label = _cast_label(one.label, blocks)
    return BoundColumn(one.node, label, one.drift, one.order, one.readable, one.found, one.wanted)
