"""HTML to a document: headings, paragraphs and tables in reading order, as a browser would show them."""

from __future__ import annotations

from gklint.documents.html_flow import Flow, is_blank
from gklint.documents.html_plain import SkeletonTable
from gklint.documents.html_table import (
    BLOCK,
    BREAK,
    HEADING,
    HEADING_END,
    PREFORMATTED,
    STRONG,
    Budget,
    Item,
    RawTable,
    build_grid,
    is_layout,
)
from gklint.documents.html_text import TextBuilder
from gklint.documents.model import Block, Document, Gap, Heading, Located, Paragraph, Span, Table
from gklint.documents.source import Source
from gklint.regex import lazy

_MAX_SPAN_POSITIONS = 2_000_000
# A "heading" longer than this is a page that has all its text inside of one.
_MAX_HEADING = 300

_WIDE_BLANKS = lazy("[ \t\r\n\f]*([\xa0\u3000]+)")
_LINE_END = lazy(r"\r\n|\n|\r")


def read(source: Source) -> Document:
    """Read an HTML page, or a part of one, into a `Document`; anything is read somehow, as browsers do."""
    reader = _Reader(source)
    flow = Flow(source.text, 0, len(source.text))
    title = None if flow.title is None else reader.title(*flow.title)
    return Document(source, "html", reader.blocks(flow.items), title)


def read_fragment(source: Source, start: int, end: int) -> list[Block]:
    """Read the HTML from offset ``start`` to ``end`` of a source's text; positions are those of the whole source."""
    return _Reader(source).blocks(Flow(source.text, start, end).items)


class _Lines:
    """Collects the lines of paragraphs."""

    __slots__ = ("_blocks", "_builder", "kept", "paragraph")

    def __init__(self, builder: TextBuilder, blocks: list[Block]) -> None:
        self._builder = builder
        self._blocks = blocks
        self.paragraph = Paragraph([], True)
        self.kept = False
        """Whether the line's white space is as it is to stay."""

    def end_line(self) -> None:
        """End the line; one that is blank ends the paragraph."""
        line = None
        if self._builder:
            line = self._builder.finish() if self.kept else self._builder.finish().strip()
        self.kept = False
        if line is None or not line.text.strip():
            self.end_paragraph()
        else:
            self.paragraph.lines.append(line)

    def end_paragraph(self) -> None:
        """End the paragraph and the line in it."""
        if self._builder:
            self.end_line()
        if self.paragraph.lines:
            self._blocks.append(self.paragraph)
        self.paragraph = Paragraph([], True)


class _Reader:
    """Makes blocks of the flow of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._builder = TextBuilder(source)
        self._budget = Budget(_MAX_SPAN_POSITIONS)

    def title(self, start: int, end: int) -> Located:
        """The title that stands from ``start`` to ``end``."""
        return self._joined([(0, start, end)], start)

    def blocks(self, items: list[Item]) -> list[Block]:
        """The blocks that the items make."""
        blocks: list[Block] = []
        self._blocks(items, blocks)
        return blocks

    def _blocks(self, items: list[Item], blocks: list[Block]) -> None:
        """Add what the items make to ``blocks``."""
        builder = self._builder
        lines = _Lines(builder, blocks)
        index = 0
        while index < len(items):
            item = items[index]
            index += 1
            if isinstance(item, RawTable):
                lines.end_paragraph()
                self._table(item, blocks)
                continue
            kind, start, end = item
            if kind <= STRONG | PREFORMATTED:
                if lines.paragraph.strong and not kind & STRONG and not is_blank(self._text[start:end]):
                    lines.paragraph.strong = False
                if not kind & PREFORMATTED:
                    builder.add(start, end)
                    continue
                for match in _LINE_END.finditer(self._text, start, end):
                    builder.add_preformatted(start, match.start())
                    lines.kept = True
                    lines.end_line()
                    start = match.end()
                lines.kept = True
                builder.add_preformatted(start, end)
            elif kind == BREAK:
                lines.end_line()
            else:
                lines.end_paragraph()
                if kind > HEADING:
                    stop = self._heading_end(items, index)
                    text = self._joined(items[index:stop], start)
                    if len(text.text) <= _MAX_HEADING:
                        index = stop
                        if text:
                            blocks.append(Heading(text, kind - HEADING))
        lines.end_paragraph()

    def _heading_end(self, items: list[Item], index: int) -> int:
        """Where the heading's content that starts at ``index`` ends; one that is not closed is a single block."""
        first_block_end = None
        text_seen = False
        for position in range(index, len(items)):
            item = items[position]
            if isinstance(item, RawTable) or item[0] > HEADING:
                return position if first_block_end is None else first_block_end
            kind, start, end = item
            if kind == HEADING_END:
                return position
            if kind == BLOCK and text_seen and first_block_end is None:
                first_block_end = position
            elif kind < BREAK and not text_seen:
                text_seen = not is_blank(self._text[start:end])
        return len(items) if first_block_end is None else first_block_end

    def _joined(self, items: list[Item], place: int) -> Located:
        """The items' text on one line, without that of tables; if there is none, an empty one at ``place``."""
        builder = self._builder
        if len(items) == 1:
            item = items[0]
            simple = builder.simple(item[1], item[2]) if not isinstance(item, RawTable) and item[0] < BREAK else None
            if simple is not None:
                return simple
        for item in items:
            if isinstance(item, RawTable):
                continue
            kind, start, end = item
            if kind < BREAK:
                builder.add(start, end)
            else:
                builder.gap(start, end)
        text = builder.finish().strip() if builder else None
        return text if text else self._gap(items, place)

    def _gap(self, items: list[Item], place: int) -> Located:
        """The place for a value where nothing is shown; entities that stand for blanks give way to it."""
        find = self._source.place
        for item in items:
            if isinstance(item, RawTable) or item[0] >= BREAK:
                continue
            written = self._text[item[1] : item[2]]
            shown = written.strip(" \t\n\r\f")
            if shown:
                start = item[1] + written.index(shown)
                return Gap(*find(place), cover=Span(*find(start), *find(start + len(shown))))
        # Blanks that are written as characters are in no item.
        blanks = _WIDE_BLANKS.match(self._text, place)
        if blanks is not None:
            return Gap(*find(place), cover=Span(*find(blanks.start(1)), *find(blanks.end(1))))
        return self._builder.empty(place)

    def _content(self, start: int, end: int, place: int) -> Located:
        """The text of a cell's content that stands from ``start`` to ``end``, with the ``place`` for a value."""
        return self._joined(Flow(self._text, start, end).items, place)

    def _by_tags(self, table: SkeletonTable) -> RawTable:
        """The table read once more, tag by tag."""
        _, read = Flow(self._text, table.start, table.end, by_skeleton=False).items
        assert isinstance(read, RawTable)
        return read

    def _table(self, table: RawTable, blocks: list[Block]) -> None:
        """Add a table to ``blocks``, or if it only lays out a page, what it holds."""
        if isinstance(table, SkeletonTable):
            plain = table.grid(self._source, self._content)
            if plain.certain and not plain.is_layout() and self._budget.take(table.taken):
                blocks.append(plain)
                return
            table = self._by_tags(table)
        table.arrange()
        for cell in table.cells():
            cell.text = self._joined(cell.items, cell.place)
        if is_layout(table):
            for cell in table.cells():
                self._blocks(cell.items, blocks)
            table.rows = []
            return
        # A heading in a row of its own above the figures is a heading all the same.
        first = 0
        while (
            not table.plain
            and first < len(table.rows) - 1
            and len(row := table.rows[first][1]) == 1
            and row[0].has_heading()
        ):
            self._blocks(row[0].items, blocks)
            first += 1
        grid = build_grid(table.rows[first:], self._budget)
        if grid:
            place = self._source.place
            blocks.append(Table(grid, Span(*place(table.start), *place(table.end)), "html"))
        if not table.plain:
            for _, cells in table.rows[first:]:
                for cell in cells:
                    for nested in cell.tables():
                        self._table(nested, blocks)
        table.rows = []
