"""A pack, loaded: the form of one report as sections, tables and identities.  Plain data, no file format, no behaviour
beyond walking its trees."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gklint.findings import Message, Severity
from gklint.packs.expressions import Comparison
from gklint.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Label:
    """The words that a form prints for a section, row or column, and the variants that are just as good."""

    text: str
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """A range of years, both ends included; None is open."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, year: int) -> bool:
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)

    def __str__(self) -> str:
        if self.first == self.last and self.first is not None:
            return str(self.first)
        return f"{self.first or ''}..{self.last or ''}"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies: every fact named must be known and be one of its values (a year may be given as a range)."""

    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    years: Years | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to be learnt of the report from its text.

    ``patterns`` are tried in order, each on the report's title and then on the text before the first section; the first
    group, or the group named like the fact, is the value.
    A fact with ``of`` is told from the value of another fact instead: the first of ``cases`` whose pattern is found in
    it; the case ``unknown`` means that the fact stays unknown.
    """

    name: str
    patterns: tuple[str, ...] = ()
    of: str | None = None
    cases: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class CellType:
    """What a cell may hold.

    ``type``: ``count`` (whole, not negative), ``signed`` (whole, with or without sign) or ``amount`` (decimal).
    ``blank``: ``zero`` (a blank stands for 0 and ought to be written), ``empty`` (may stay blank, counts as 0) or
    ``required`` (must be filled, stands for nothing).
    ``unit`` is the unit that the form prints; ``units`` maps each unit that may be written in the cell to its worth in
    ``unit`` (None where the form fixes no unit).  ``decimals`` is the largest number of decimal places, None for any.
    ``negative`` says whether an amount may be below zero.
    """

    type: str = "count"
    blank: str = "zero"
    unit: str | None = None
    units: tuple[tuple[str, Decimal], ...] = ()
    decimals: int | None = None
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A row or column of a table, or a group of them.

    ``path`` is the ids from the top joined by dots (``outcome.refused.secret``).  Only nodes without children carry
    values.  ``spare`` tells that published copies print one surplus empty or zero cell before the last column of this
    row.  ``optional`` nodes may be missing.
    """

    id: str
    path: str
    label: Label
    children: tuple[Node, ...] = ()
    cells: CellType | None = None
    spare: bool = False
    optional: bool = False

    def leaves(self) -> Iterator[Node]:
        """The nodes without children below this one, itself if it has none, in the form's order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the form's order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of the form.

    ``shapes`` lists the equivalent layouts, the official one first: ``grid`` (rows down, columns across), ``one-row``
    (the rows become groups of columns, all values in a single row without a label), ``transposed`` (rows across,
    columns down).  ``caption`` is a line or row above the head that tells which table this is; ``texts`` are other
    words that the form prints in the head and that carry no values.
    """

    id: str
    title: Message
    section: str | None
    columns: tuple[Node, ...]
    rows: tuple[Node, ...]
    cells: CellType
    caption: Label | None = None
    texts: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ("grid",)
    optional: bool = False
    extra_rows: bool = False
    """Whether rows that the form does not know are allowed."""

    def row_leaves(self) -> list[Node]:
        return [leaf for row in self.rows for leaf in row.leaves()]

    def column_leaves(self) -> list[Node]:
        return [leaf for column in self.columns for leaf in column.leaves()]

    def cell_type(self, row: Node, column: Node) -> CellType:
        """What the cell in ``row`` and ``column`` may hold: the column's word before the row's before the table's."""
        return column.cells or row.cells or self.cells


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section of the form: its number as printed (``一``), its title, whether something must stand under it.

    ``subheadings`` says whether the numbers of the headings below it are checked.
    """

    id: str
    number: str | None
    title: Label
    body: bool = True
    optional: bool = False
    subheadings: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation or inequality over cells.

    ``each`` is ``column``, ``row`` or None; ``over`` restricts it to the columns or rows of those paths (a group stands
    for its leaves).  ``at`` names the cell that a finding stands on, written like a reference in ``holds``.
    """

    code: str
    name: str
    table: str | None
    each: str | None
    over: tuple[str, ...]
    holds: Comparison
    severity: Severity
    message: Message
    at: str | None = None
    when: Condition | None = None
    title: Message | None = None
    """What the identity says, for lists of rules."""
    source: str | None = None
    """The document that the rule comes from."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Findings whose code starts with one of ``codes`` are at most of this severity where ``when`` holds."""

    when: Condition
    codes: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that an example must give."""

    code: str
    line: int
    column: int | None = None
    message: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A document, whole, and exactly the findings that it must give."""

    name: str
    format: str
    document: str
    findings: tuple[Expected, ...]
    line: int
    """Where the example stands in the pack's file."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One form of one report.

    ``report`` is the same word for all forms of one report.  ``title_text`` is the report's title as printed, without
    body and year; ``title_pattern`` finds the title of a report that the pack is for.
    """

    id: str
    title: Message
    lang: str
    report: str
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]
    identities: tuple[Identity, ...]
    source: str | None = None
    years: Years = field(default_factory=Years)
    title_text: Label | None = None
    title_pattern: str | None = None
    facts: tuple[Fact, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    examples: tuple[Example, ...] = ()
    path: str = ""
    """The file that it came from, for messages."""

    def table(self, table_id: str) -> TableSpec:
        return next(table for table in self.tables if table.id == table_id)
