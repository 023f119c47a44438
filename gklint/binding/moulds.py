"""Binding remembered: what came of a stretch with grids, kept for the next one that differs in its numbers alone.

The reports of a form repeat the same labels in the same places; what was worked out for one holds for the next.  A
mould is the outcome of binding with the places of texts instead of the texts.  Two stretches share one if they are the
same but for the digits in cells, and where binding might look at the digits themselves they must be the same as well.
What a mould cannot say in full - surplus rows, labels that are parts of a cell - is bound anew each time.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gklint.binding.labels import fold
from gklint.binding.model import SEPARATOR, BoundTable
from gklint.binding.tokens import MAX_PIECES, MadeRows, Strip, Token, is_short
from gklint.binding.values import looks_numeric
from gklint.documents.model import Block, Heading, Located, Paragraph, Span, Table
from gklint.packs.model import CellType, Node, TableSpec
from gklint.picking import Pick, picker
from gklint.regex import lazy

if TYPE_CHECKING:
    from gklint.binding.layout import LabelIndex

MAX_MOULDS = 128
"""So many are kept for a pack; a mould takes up as much memory as a bound table."""
MAX_CELLS = 4000
"""A stretch with more cells is no part of a form: it will not come again."""
_MAX_TEXTS = 8192

_ANY = "0"
"""What every number is seen as."""
_NUMBER = lazy(r"[+-]?[0-9][0-9.,]*")
_FIGURE_LABEL = lazy(r"[-+.,0-9]+")

Place = tuple[int, int, int]
"""A text of a stretch: the number of its block, of the row or line in it, and of the grid column in that."""
Places = tuple[Place, ...]
"""A label: the texts that it is put together from, nearly always one."""


class MouldRow(NamedTuple):
    """A bound row without its texts."""

    path: str
    node: Node
    label: Places | None
    cells: list[tuple[str, Node, Node, CellType, Place]]
    readable: bool
    found: int
    wanted: int
    drift: bool
    order: int


class MouldColumn(NamedTuple):
    """A bound column without its texts."""

    path: str
    node: Node
    label: Places | None
    drift: bool
    order: int
    readable: bool
    found: int
    wanted: int


class Mould(NamedTuple):
    """A bound table without its texts."""

    spec: TableSpec
    shape: str
    found: bool
    head_read: bool
    place: Place | None
    rows: list[MouldRow]
    columns: list[MouldColumn]
    lines: list[Place]
    """One text for each line of the source that the table takes up, but for those in ``offsets``."""
    offsets: list[tuple[int, range | list[int]]]
    """For blocks with a skeleton: the block, and how far below its first line the lines are that are taken up."""
    as_form: bool
    """See `BoundTable.as_form`."""
    keys: list[tuple[str, str, str]]
    """Table, row and column of every cell; below, what each is read as, and its row and column in ``block``."""
    cells: list[tuple[Node, Node, CellType]]
    places: list[tuple[int, int]]
    block: int | None
    """The one block that all cells stand in, None if there are several or none."""
    pick: Pick | None
    """Takes the texts of all cells out of the block's figures and, behind those, ``constants``; None if it has no
    skeleton."""
    constants: list[str]


class Moulds:
    """The moulds of one pack, by what stretches look like.

    ``labels`` has every label of the pack's tables.
    """

    def __init__(self, labels: LabelIndex, columns: Iterable[Node]) -> None:
        self._labels = labels
        self._texts = _Texts(labels, columns)
        self._skeletons = self._texts.has_no_figures()
        self._moulds: dict[Hashable, list[Mould] | None] = {}

    def key(self, numbers: Sequence[int], blocks: list[Block]) -> Hashable:
        """What must be the same for two stretches to be bound alike; None for one that is not worth remembering.

        ``numbers`` are the tables that are looked for.
        """
        parts: list[Hashable] = [*numbers]
        cells = 0
        if len(self._texts) > _MAX_TEXTS:
            self._texts.clear()
        for block in blocks:
            if isinstance(block, Table):
                figures = block.figures() if self._skeletons else None
                if figures is not None:
                    parts.append(figures.skeleton)
                    continue
                cells += block.size()
                if cells > MAX_CELLS:
                    return None
                parts.append(block.signature(self._texts.__getitem__))
            elif isinstance(block, Heading):
                parts.append((block.text.text,))
            else:
                parts.append(tuple([line.text if is_short(line.text) else None for line in block.lines]))
        return tuple(parts)

    def strip_key(self, numbers: Sequence[int], strip: Strip) -> Hashable:
        """The same for rows of tokens."""
        cells = 0
        for row in strip.rows:
            cells += len(row.tokens)
            if cells > MAX_CELLS:
                return None
        if len(self._texts) > _MAX_TEXTS:
            self._texts.clear()
        parts: list[Hashable] = [*numbers, strip.bounded]
        for row in strip.rows:
            seen = [self._texts[token.text.text] for token in row.tokens]
            if row.tabbed:
                # Whether a surplus cell holds a zero may be looked at here.
                pairs = zip(seen, row.tokens, strict=True)
                seen = [one if one != _ANY or token.text.text == _ANY else "1" for one, token in pairs]
            ends = None
            if not strip.bounded:
                # Pieces that nothing separates may be parts of one label, and figures among them.
                ends = tuple([token.continues for token in row.tokens])
                self._keep_figures(row.tokens, seen)
            parts.append((row.width, row.grid, row.tabbed, ends, *seen))
        return tuple(parts)

    def _keep_figures(self, tokens: list[Token], seen: list[str]) -> None:
        """Put back the figures that could be parts of a label, together with the pieces before them."""
        beginnings = self._labels.beginnings
        begun: list[str] = []
        for number, token in enumerate(tokens):
            if begun and seen[number] == _ANY:
                seen[number] = token.text.text
            if not token.continues or not token.folded:
                begun = []
                continue
            begun = [longer for one in begun if (longer := one + token.folded) in beginnings]
            if not token.numeric and token.folded in beginnings:
                begun.append(token.folded)

    def strip_without_preface(self, strip: Strip) -> Strip:
        """The strip from the first row on that has a label, where what stands before cannot be a part of it."""
        if strip.bounded:
            for number, row in enumerate(strip.rows):
                if any(token.folded in self._labels.items for token in row.tokens):
                    if not number:
                        return strip
                    if isinstance(strip.rows, list):
                        return Strip(strip.rows[number:], True)
                    return Strip(MadeRows(partial(islice, strip.rows, number, None)), True)
        return strip

    def without_preface(self, blocks: list[Block]) -> list[Block]:
        """The blocks from the first on that could be of a table: prose in front of it is passed over, whatever it
        says."""
        for number, block in enumerate(blocks):
            if isinstance(block, Table) or any(map(self._means_something, _texts_in(block))):
                return blocks[number:]
        return []

    def _means_something(self, text: str) -> bool:
        return fold(text) in self._labels.items or looks_numeric(text.strip())

    def clear(self) -> None:
        """Forget all."""
        self._moulds.clear()

    def find(self, key: Hashable) -> list[Mould] | None:
        """The moulds of the tables in a stretch with this key, if one has been seen twice."""
        return self._moulds.get(key)

    def remember(
        self, key: Hashable, blocks: list[Block], bound: Sequence[tuple[BoundTable, Collection[int]]], missing: Span
    ) -> None:
        """Keep what came of a stretch, if its like has been seen before: most that come once never come again.

        ``missing`` is the place of a table of which there is nothing.
        """
        if key not in self._moulds:
            if len(self._moulds) >= 2 * MAX_MOULDS:
                self._moulds.clear()
            self._moulds[key] = None
            return
        places = _Places(blocks, skeletons=self._skeletons)
        try:
            self._moulds[key] = [_take(table, lines, places, missing) for table, lines in bound]
        except KeyError:
            # Something in it is no text of the stretch.
            self._moulds[key] = None


class _Texts(dict[str, str]):
    """Cells' texts by what they are to binding: themselves, but for numbers, which are all alike to it."""

    def __init__(self, labels: LabelIndex, columns: Iterable[Node]) -> None:
        self._labels = labels.items
        # A figure in a table's head is compared with the labels of columns, and is nothing like those without any.
        self._figures = {
            character
            for column in columns
            for node in column.walk()
            for text in (node.label.text, *node.label.accepts)
            for character in fold(text)
            if character.isdigit()
        }

    def has_no_figures(self) -> bool:
        """Whether all figures are numbers to binding, so that skeletons can be compared instead of texts."""
        return not self._figures and not any(map(_FIGURE_LABEL.fullmatch, self._labels))

    def __missing__(self, text: str) -> str:
        plain = (
            _NUMBER.fullmatch(text) is not None
            and looks_numeric(text)
            and fold(text) not in self._labels
            and self._figures.isdisjoint(text)
        )
        self[text] = seen = _ANY if plain else text
        return seen


class TokenTable(Table):
    """Rows of tokens as a table: its texts are the tokens'."""

    __slots__ = ("_rows",)

    def __init__(self, strip: Strip) -> None:
        self._rows = [row.tokens for row in strip.rows]
        super().__init__([], Span(1, 1, 1, 1), "tokens")

    def tokens(self) -> Iterable[tuple[int, int, Located]]:
        """Each token's row, its number in that, and its text."""
        for number, row in enumerate(self._rows):
            for position, token in enumerate(row):
                yield number, position, token.text

    def text_at(self, row: int, column: int) -> Located:
        return self._rows[row][column].text

    def extent(self) -> tuple[int, int]:
        """The first and the last line of its texts, of which there is at least one."""
        rows = [row for row in self._rows if row]
        return rows[0][0].text.line, rows[-1][-1].text.span().end_line


class _Places:
    """Where in a stretch a text stands."""

    def __init__(self, blocks: list[Block], *, skeletons: bool) -> None:
        self.blocks = blocks
        self._skeletons = skeletons
        self.by_text: dict[int, Place] = {}
        self.by_span: dict[Span, Place] = {}
        self.by_line: dict[int, Place] = {}
        self._texts: list[tuple[Place, Located]] = []
        for number, block in enumerate(blocks):
            for row, column, text in _texts_of(block):
                place = (number, row, column)
                span = text.span()
                self.by_text[id(text)] = place
                self.by_span[span] = place
                self.by_line.setdefault(span.line, place)
                self._texts.append((place, text))

    def has_skeleton(self, number: int) -> bool:
        """Whether a block is compared by its skeleton."""
        block = self.blocks[number]
        return self._skeletons and isinstance(block, Table) and block.figures() is not None

    def pieces(self, text: Located) -> Places:
        """The places of the texts that a label is made of.  Raises KeyError if it is made of something else."""
        place = self.by_text.get(id(text))
        if place is not None:
            return (place,)
        begin = next((n for n, (_, one) in enumerate(self._texts) if one.text and one.runs[0] == text.runs[0]), None)
        if begin is None:
            raise KeyError(text.text)
        for end in range(begin + 2, begin + MAX_PIECES + 1):
            pieces = self._texts[begin:end]
            whole = Located.join([one for _, one in pieces])
            if whole.text == text.text and whole.runs == text.runs:
                return tuple([place for place, _ in pieces])
        raise KeyError(text.text)


def _texts_in(block: Heading | Paragraph) -> list[str]:
    return [block.text.text] if isinstance(block, Heading) else [line.text for line in block.lines]


def _texts_of(block: Block) -> Iterable[tuple[int, int, Located]]:
    if isinstance(block, TokenTable):
        yield from block.tokens()
    elif isinstance(block, Table):
        for index, row in enumerate(block.rows):
            for column, cell in enumerate(row):
                if cell is not None and cell.row == index and cell.column == column:
                    yield index, column, cell.text
    elif isinstance(block, Heading):
        yield 0, 0, block.text.strip()
    else:
        for index, line in enumerate(block.lines):
            yield index, 0, line.strip()


def _take(table: BoundTable, lines: Collection[int], places: _Places, missing: Span) -> Mould:
    """The mould of a bound table.  Raises KeyError if a text of it is none of the stretch's."""
    if table.stray_rows or table.stray_columns or table.moved_rows or table.moved_columns:
        raise KeyError
    by_text = places.by_text

    def place(text: Located | None) -> Places | None:
        return None if text is None else places.pieces(text)

    rows = [
        MouldRow(
            path,
            row.node,
            place(row.label),
            [(key, cell.row, cell.column, cell.type, by_text[id(cell.text)]) for key, cell in row.cells.items()],
            row.readable,
            row.found,
            row.wanted,
            row.drift,
            row.order,
        )
        for path, row in table.rows.items()
    ]
    columns = [
        MouldColumn(path, one.node, place(one.label), one.drift, one.order, one.readable, one.found, one.wanted)
        for path, one in table.columns.items()
    ]
    cells = [(row.path, *cell) for row in rows for cell in row.cells]
    blocks = {cell[-1][0] for cell in cells}
    block = blocks.pop() if len(blocks) == 1 else None
    where = [(row, column) for *_, (_, row, column) in cells]
    pick: Pick | None = None
    constants: list[str] = []
    if block is not None and places.has_skeleton(block):
        pick, constants = _picker(places.blocks[block], where)
    taken = [places.by_line[line] for line in lines]
    offsets: dict[int, list[int]] = {}
    for number, row, column in taken:
        if places.has_skeleton(number):
            table_block = places.blocks[number]
            assert isinstance(table_block, Table)
            offsets.setdefault(number, []).append(table_block.line_at(row, column) - table_block.span.line)
    return Mould(
        table.spec,
        table.shape,
        table.found,
        table.head_read,
        places.by_span[table.place] if table.place is not missing else None,
        rows,
        columns,
        [one for one in taken if one[0] not in offsets],
        [(number, _in_short(below)) for number, below in offsets.items()],
        _is_as_form(table),
        [(table.spec.id, row, column) for row, column, *_ in cells],
        [(row, column, type_) for _, _, row, column, type_, _ in cells],
        where,
        block,
        pick,
        constants,
    )


def _in_short(offsets: list[int]) -> range | list[int]:
    """Some lines of a table, as a range if there is at most one missing: no text stands on a delimiter row."""
    first, last = min(offsets), max(offsets)
    return range(first, last + 1) if last - first <= len(set(offsets)) else offsets


def _picker(block: Block, where: list[tuple[int, int]]) -> tuple[Pick | None, list[str]]:
    """See ``pick`` and ``constants`` of a mould."""
    assert isinstance(block, Table)
    indices = {place: index for index, place in enumerate(block.figure_places())}
    count = len(indices)
    constants: list[str] = []
    for place in where:
        if place not in indices:
            indices[place] = count + len(constants)
            constants.extend(block.texts_at([place]))
    return picker([indices[place] for place in where]), constants


def _is_as_form(table: BoundTable) -> bool:
    spec = table.spec
    if not (table.found and table.head_read):
        return False
    wanted = [leaf.path for leaf in spec.column_leaves()]
    if table.shape == "one-row":
        wanted = [f"{leaf.path}{SEPARATOR}{path}" for leaf in spec.row_leaves() for path in wanted]
    return (
        all(leaf.path in table.rows for leaf in spec.row_leaves())
        and all(path in table.columns for path in wanted)
        and all(row.readable and not row.drift for row in table.rows.values())
        and all(column.readable and not column.drift for column in table.columns.values())
    )
