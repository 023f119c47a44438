"""A bound report: for each section, row and column that a pack names, the place in the document that is it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from gklint.documents.model import Located, Span
from gklint.documents.source import Source
from gklint.packs.model import CellType, Node, Pack, SectionSpec, TableSpec
from gklint.records import dataclass, field

SEPARATOR = "/"
"""Between a row path and a column path in the columns of a table laid out as one row."""


class State(Enum):
    """What a cell holds."""

    NUMBER = "number"
    BLANK = "blank"
    MARK = "mark"
    """A sign that stands for nothing: ``/``, ``—``, ``无``."""
    INVALID = "invalid"
    """Something that is not a number."""


@dataclass(slots=True)
class BoundCell:
    """One value of a table.  ``value`` is None unless ``state`` is NUMBER; ``text`` is stripped, zero-width if
    blank."""

    row: Node
    column: Node
    type: CellType
    text: Located
    state: State
    value: Decimal | None
    slips: tuple[str, ...] = ()
    """What is formally wrong with a readable number: ``full-width``, ``thousands``, ``sign``, ``decimals``,
    ``unit``."""

    @property
    def span(self) -> Span:
        return self.text.span()


@dataclass(slots=True)
class BoundRow:
    """A row of the form in the document.

    ``cells`` is by column path, empty if the row cannot be read: then ``found`` is the number of value cells that stand
    there and ``wanted`` the number that should.
    """

    node: Node
    label: Located | None
    cells: dict[str, BoundCell] = field(default_factory=dict)
    readable: bool = True
    found: int = 0
    wanted: int = 0
    drift: bool = False
    """Whether the label is neither the official one nor an accepted variant."""
    order: int = 0
    """Position among the rows found, in the document's order."""


@dataclass(slots=True)
class BoundColumn:
    """A column of the form in the document; ``label`` is None where the head gives none (it was lost with the grid).

    Where columns are printed below one another, one may be unreadable as a row may be: see `BoundRow`.
    """

    node: Node
    label: Located | None
    drift: bool = False
    order: int = 0
    readable: bool = True
    found: int = 0
    wanted: int = 0


@dataclass(slots=True)
class Stray:
    """A row or column that the form does not know, or that stands there twice (``node`` is the one it repeats)."""

    label: Located
    node: Node | None = None


class Strays:
    """The surplus rows of a table, in order.

    There may be very many: of those that are added with ``add_far``, a label that stands as it is in one of the
    source's ``lines`` is kept as its place alone.
    """

    __slots__ = ("_far", "_kept", "_lines", "_near", "_nodes")

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self._lines = lines
        self._near: list[Stray] = []
        self._nodes: list[Node | None] = []
        # Line, column and length of each label; of one that has no such place, the line is 0.
        self._far = array("l")
        self._kept: dict[int, Located] = {}

    def append(self, stray: Stray) -> None:
        """Add a row."""
        self._near.append(stray)

    def add_far(self, label: Located, node: Node | None) -> None:
        """Add a row that comes behind all those that are added otherwise."""
        line, column, length = label.line, label.column, len(label.text)
        if label.pieces is not None or self._lines[line - 1][column - 1 : column - 1 + length] != label.text:
            self._kept[len(self._nodes)] = label
            line = 0
        self._far.extend((line, column, length))
        self._nodes.append(node)

    def __iter__(self) -> Iterator[Stray]:
        yield from self._near
        far = iter(self._far)
        for number, (node, line, column, length) in enumerate(zip(self._nodes, far, far, far, strict=True)):
            if line:
                yield Stray(Located(self._lines[line - 1][column - 1 : column - 1 + length], line, column), node)
            else:
                yield Stray(self._kept[number], node)

    def __len__(self) -> int:
        return len(self._near) + len(self._nodes)


class Numbers(NamedTuple):
    """Numbers with the table, row and column of each.  Tables that look alike share one list of keys."""

    keys: list[tuple[str, str, str]]
    values: Sequence[int | Fraction]


@dataclass(slots=True)
class BoundTable:
    """A table of the form in the document, or its absence (``found`` False)."""

    spec: TableSpec
    shape: str
    found: bool
    place: Span
    """Where it begins or, if it is missing, where it should stand."""
    rows: Mapping[str, BoundRow] = field(default_factory=dict)
    columns: dict[str, BoundColumn] = field(default_factory=dict)
    stray_rows: Strays = field(default_factory=Strays)
    stray_columns: list[Stray] = field(default_factory=list)
    moved_rows: list[BoundRow] = field(default_factory=list)
    """The smallest set of rows whose move would put the rows in the form's order."""
    moved_columns: list[BoundColumn] = field(default_factory=list)
    head_read: bool = True
    """Whether a head was found at all; without one, columns are neither missing nor wrong, values go by their order."""

    @property
    def as_form(self) -> bool:
        """Whether it is known to have all rows and columns of the form, by their labels, in order, and no others."""
        return False

    def numbers(self) -> Numbers | None:
        """The number in each cell, if all are written as the form wants them and that is known without looking at each;
        None says nothing."""
        return None

    def doubtful_rows(self) -> Iterator[BoundRow]:
        """The rows that have cells; some may be left out that are known to hold plain numbers."""
        return (row for row in self.rows.values() if row.cells)

    def values(self) -> Iterator[tuple[str, str, Decimal | int]]:
        """The path of the row and of the column of each cell that holds a number, and the number."""
        for path, row in self.rows.items():
            for column, cell in row.cells.items():
                if cell.value is not None:
                    yield path, column, cell.value

    def written(self) -> Iterator[tuple[str, list[tuple[str, CellType, State, str]]]]:
        """The rows that have cells: their paths, and of each cell its column's path, its type, its state and its
        text."""
        for path, row in self.rows.items():
            if row.cells:
                yield path, [(column, cell.type, cell.state, cell.text.text) for column, cell in row.cells.items()]

    def cell(self, row: str, column: str) -> BoundCell | None:
        """The cell of a row path and a column path; None if that row is missing or cannot be read."""
        bound = self.rows.get(row)
        return bound.cells.get(column) if bound is not None else None


@dataclass(slots=True)
class SubHeading:
    """A numbered heading below a section: the number as read (None if it is lost) and the style of its numbering."""

    text: Located
    number: int | None
    style: str


@dataclass(slots=True)
class BoundSection:
    """A section of the form in the document; ``heading`` is None if it is missing."""

    spec: SectionSpec
    heading: Located | None
    number: str | None = None
    """The number as written with its punctuation (``1、``), None if there is none."""
    lead: int = 0
    """How many characters of the heading the number takes up, with the white space behind it."""
    number_right: bool = True
    title_right: bool = True
    empty: bool = False
    moved: bool = False
    gap: Span = Span(1, 1, 1, 1)
    """Where a section that is missing should stand."""
    repeats: list[Located] = field(default_factory=list)
    """Further headings of the same section."""
    subheadings: list[SubHeading] = field(default_factory=list)

    @property
    def title(self) -> Located | None:
        """The heading without its number."""
        return self.heading[self.lead :].strip() if self.heading is not None and self.lead else self.heading

    @property
    def place(self) -> Span:
        """The heading or, if the section is missing, where it should stand."""
        return self.heading.span() if self.heading is not None else self.gap


@dataclass(slots=True)
class BoundReport:
    """A document's ``source`` and ``format`` with the pack that applies to it and everything that the pack names in it.

    ``facts`` holds what was learnt (``year``, ``body``, ``level`` …) by name, as text.
    """

    source: Source
    format: str
    pack: Pack
    facts: Mapping[str, str]
    sections: list[BoundSection]
    tables: list[BoundTable]
    year: int | None = None
    year_span: Span | None = None
    right_pack: Pack | None = None
    """The form of the same report that the year asks for, where that is another one."""
    title: Located | None = None
    title_right: bool = True
    foreign_labels: frozenset[str] = frozenset()
    """Where ``right_pack`` is set: the folded labels that only the form in use has."""

    def table(self, table_id: str) -> BoundTable | None:
        return next((table for table in self.tables if table.spec.id == table_id), None)
