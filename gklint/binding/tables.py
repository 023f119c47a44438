"""Binding tables: finding a pack's tables, their rows and their values in a stretch of a document."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from itertools import pairwise, starmap
from operator import le
from typing import NamedTuple

from gklint.binding.casting import cast
from gklint.binding.heads import Head, Slot, flat_head, grid_head, headless
from gklint.binding.layout import Item, Layout, PackIndex
from gklint.binding.model import BoundTable, Strays
from gklint.binding.moulds import TokenTable
from gklint.binding.recognise import LogicalRow, logical_rows
from gklint.binding.rows import MAX_COMPARED, Entry, bind_rows
from gklint.binding.tokens import Strip, Token, block_rows, flat_rows
from gklint.documents.model import Block, Located, Span, Table
from gklint.documents.source import Source
from gklint.records import dataclass, field

MAX_HEAD_ROWS = 60
"""A head is no longer than this: what follows it without values is text."""


@dataclass(slots=True)
class Stretch:
    """A part of the document in which tables are looked for: blocks, or the lines of a flattened table.

    ``end_line`` is the line of the ``source`` that follows it.
    """

    source: Source
    blocks: list[Block]
    lines: list[Located]
    end_line: int
    place: Span

    @property
    def has_grids(self) -> bool:
        return any(isinstance(block, Table) for block in self.blocks)


class Found(NamedTuple):
    """A bound table (``table.found`` False where there is nothing of it) and the lines of the source that it takes
    up."""

    table: BoundTable
    lines: Collection[int]


@dataclass(slots=True)
class _Draft:
    """What has been gathered of one table before its labels are judged."""

    layout: Layout
    heads: list[LogicalRow] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    pointer: int = -1
    place: Span | None = None
    rows: int = 0
    """How many entries have a row of the form."""
    taken: set[str] = field(default_factory=set)
    """The paths of those rows."""
    surplus: dict[Hashable, Entry] = field(default_factory=dict)
    """The entries that stand for many rows, by what those have in common."""
    strays: Strays = field(default_factory=Strays)
    """Those rows, as far as they are any."""
    far: array[int] = field(default_factory=lambda: array("l"))
    """The lines of those rows, in order."""


def bind_tables(index: PackIndex, numbers: list[int], stretch: Stretch) -> list[Found]:
    """Bind the pack's tables with these numbers in a stretch: for each number a bound table and its lines."""
    if not stretch.has_grids:
        return bind_flat_tables(index, numbers, stretch)
    blocks = index.moulds.without_preface(stretch.blocks)
    key = index.moulds.key(numbers, blocks)
    moulds = index.moulds.find(key)
    if moulds is not None:
        return [Found(*bound) for bound in cast(moulds, blocks, stretch.place)]
    found = _bind_strip(index, numbers, block_rows(blocks), stretch)
    if key is not None:
        index.moulds.remember(key, blocks, found, stretch.place)
    return found


def bind_flat_tables(index: PackIndex, numbers: list[int], stretch: Stretch) -> list[Found]:
    """The same, looking only at lines of text: also for tables that a stretch with grids holds as text."""
    strip = index.moulds.strip_without_preface(flat_rows(stretch.lines, stretch.end_line))
    key = index.moulds.strip_key(numbers, strip)
    moulds = index.moulds.find(key)
    if moulds is not None:
        return [Found(*bound) for bound in cast(moulds, [TokenTable(strip)], stretch.place)]
    found = _bind_strip(index, numbers, strip, stretch)
    if key is not None:
        index.moulds.remember(key, [TokenTable(strip)], found, stretch.place)
    return found


def _bind_strip(index: PackIndex, numbers: list[int], strip: Strip, stretch: Stretch) -> list[Found]:
    layouts = [_choose_shape(index, number, strip) for number in numbers]
    labels = index.labels(layouts)
    drafts = [_Draft(layout, strays=Strays(stretch.source.lines)) for layout in layouts]
    _gather(logical_rows(strip, labels, layouts), drafts)
    bound = [(_bind_draft(draft, stretch.place), draft) for draft in drafts]
    return [Found(table, _lines(draft) if table.found else set()) for table, draft in bound]


def _lines(draft: _Draft) -> Collection[int]:
    """The lines of the source on which a table's words and values stand."""
    rows = [*draft.heads, *(entry.row for entry in draft.entries if not entry.surplus)]
    lines = {line for row in rows for line in _lines_of(row)}
    return _Lines(lines, draft.far) if draft.far else lines


def _lines_of(row: LogicalRow) -> Iterator[int]:
    for word in row.words:
        if word.token.text.pieces is None:
            yield word.token.text.line
        else:
            span = word.text.span()
            yield from range(span.line, span.end_line + 1)
    for value in row.values:
        yield value.text.line


class _Lines(Collection[int]):
    """The lines of a long table: those of the rows that are kept, and of the others in order."""

    __slots__ = ("_far", "_kept")

    def __init__(self, kept: set[int], far: array[int]) -> None:
        self._kept = kept
        # Rows follow one another, but what stands in them need not.
        self._far = far if all(starmap(le, pairwise(far))) else array("l", sorted(far))

    def __iter__(self) -> Iterator[int]:
        yield from self._kept
        yield from self._far

    def __len__(self) -> int:
        return len(self._kept) + len(self._far)

    def __contains__(self, line: object) -> bool:
        if line in self._kept:
            return True
        if not isinstance(line, int):
            return False
        number = bisect_left(self._far, line)
        return number < len(self._far) and self._far[number] == line


# --- shapes -----------------------------------------------------------------------------------------------------------


def _choose_shape(index: PackIndex, number: int, strip: Strip) -> Layout:
    """The shape of a table that the document uses, told by how often and where its column labels stand."""
    layouts = index.layouts[number]
    if len(layouts) == 1:
        return layouts[0]
    shapes = {layout.shape: layout for layout in layouts}
    first = layouts[0]
    grid = shapes.get("grid") or shapes.get("transposed") or first
    labels = index.labels([grid])
    seen: Counter[str] = Counter()
    leading: Counter[str] = Counter()
    for row in strip.rows:
        numbers = any(token.numeric and not token.blank for token in row.tokens)
        led = False
        for token in row.tokens:
            for item in labels.items.get(token.folded, ()) if token.folded else ():
                if item.node is None or item.node.children:
                    continue
                seen[f"{item.kind}:{item.node.path}"] += 1
                if strip.bounded and numbers and not led:
                    leading[item.kind] += 1
                    led = True
                break
    columns = [count for key, count in seen.items() if key.startswith("column:")]
    if leading["row"] > leading["column"]:
        return shapes.get("transposed" if grid.shape == "transposed" else "grid", first)
    if leading["column"] > leading["row"] and "transposed" in shapes and grid.shape == "grid":
        return shapes["transposed"]
    if "one-row" in shapes and ((columns and max(columns) >= 2) or not leading):
        return shapes["one-row"] if columns and (max(columns) >= 2 or first.shape == "one-row") else first
    return first if not columns else grid


# --- gathering --------------------------------------------------------------------------------------------------------


def _gather(rows: Iterable[LogicalRow], drafts: list[_Draft]) -> None:
    """Give each logical row to the table that it belongs to, going through the stretch once."""
    current = -1
    for row in rows:
        items = row.items
        if not items:
            _gather_unknown(row, drafts, current)
            continue
        if row.has("row") and not _is_head(row, len(drafts)):
            current = _pick_table([item for item in items if item.kind == "row"], drafts, current, heads=False)
            _gather_data(row, drafts[current], current)
            continue
        captions = [item for item in items if item.kind == "caption"]
        current = _pick_table(captions or items, drafts, current, heads=True)
        draft = drafts[current]
        draft.place = draft.place or row.place.span()
        if draft.rows and draft.entries and draft.entries[-1].row.grid == row.grid:
            # The head again after a page break: nothing new.
            continue
        draft.heads.append(row)
        if not draft.layout.rows and row.values and not row.grid_row and (row.filled or not row.closed):
            draft.entries.append(Entry(LogicalRow([], row.values, len(row.values), closed=row.closed), None, None))


def _is_head(row: LogicalRow, tables: int) -> bool:
    """Whether a row is a head although a word in it is a row's label as well, in this table or another (``合计``)."""
    if row.filled or len(row.words) < 2:
        return False
    known = [word for word in row.words if word.items]
    return len(known) >= 2 and any(
        all(any(item.table == table and item.kind != "row" for item in word.items) for word in known)
        for table in range(tables)
    )


def _pick_table(items: list[Item], drafts: list[_Draft], current: int, *, heads: bool) -> int:
    """The table meant by some items: the current one, else the next one that can be meant, else an earlier one.

    A head that could belong to a table which already has rows belongs rather to a later table without any.
    """
    if len(items) == 1 and not heads:
        return items[0].table
    counts = Counter([item.table for item in items])
    most = max(counts.values())
    tables = sorted(table for table, count in counts.items() if count == most)
    if heads:
        fresh = [table for table in tables if table >= current and not drafts[table].rows]
        if fresh and (current not in tables or drafts[current].rows):
            return fresh[0]
    if current in tables:
        return current
    later = [table for table in tables if table > current]
    return later[0] if later else tables[-1]


def _gather_data(row: LogicalRow, draft: _Draft, table: int) -> None:
    layout = draft.layout
    draft.place = draft.place or row.place.span()
    group = None
    leaf_items: list[Item] = []
    label = None
    for word in row.words:
        nodes = [item for item in word.items if item.kind == "row" and item.table == table]
        leaves = [item for item in nodes if item.node is not None and not item.node.children]
        if leaves:
            leaf_items, label = leaves, word
        elif nodes:
            group = nodes[0].node
            if nodes[0].order > draft.pointer:
                draft.pointer = nodes[0].order
    if not leaf_items:
        unknown = [word for word in row.words if not word.items]
        if unknown or row.filled:
            _add(Entry(row, None, group), draft)
        return
    inside = [item for item in leaf_items if group is not None and _below(item, group.path)]
    choices = inside or leaf_items
    ahead = [item for item in choices if item.order > draft.pointer]
    free = [item for item in choices if item.node is not None and item.node.path not in draft.taken]
    chosen = (ahead or free or choices)[0]
    draft.pointer = max(draft.pointer, chosen.order) if ahead else draft.pointer
    _add(Entry(row, chosen.node, layout.parents.get(chosen.node.path) if chosen.node else None, label), draft)
    draft.rows += 1
    if chosen.node is not None:
        draft.taken.add(chosen.node.path)


def _below(item: Item, path: str) -> bool:
    return item.node is not None and item.node.path.startswith(path + ".")


def _gather_unknown(row: LogicalRow, drafts: list[_Draft], current: int) -> None:
    """A row without any label of the form: a row that it does not know, values without a label, or a word in the
    head."""
    if current < 0:
        return
    draft = drafts[current]
    single = not draft.layout.rows
    if row.values and (row.filled or (single and draft.heads)) and _same_table(row, draft):
        if single and draft.entries:
            return
        if not row.words or len(row.values) > 1 or row.grid >= 0:
            _add(Entry(row, None, None), draft)
    elif (
        row.words
        and 0 < len(draft.heads) < MAX_HEAD_ROWS
        and not draft.entries
        and (row.grid < 0 or row.grid == draft.heads[-1].grid)
    ):
        draft.heads.append(row)


def _add(entry: Entry, draft: _Draft) -> None:
    """Add a row to a table.  Of surplus rows of a long one only what matters is kept."""
    row, node = entry.row, entry.node
    new = node is not None and node.path not in draft.taken
    if new or draft.layout.shape != "grid" or len(draft.entries) <= MAX_COMPARED:
        draft.entries.append(entry)
        return
    # No label is compared any more in so many rows: all that matters is where something stands in them.
    key = (
        *(row.grid, row.width, row.closed, row.tabbed),
        None if node is None else node.path,
        None if entry.group is None else entry.group.path,
        tuple([(word.token.column, any(item.kind == "row" for item in word.items)) for word in row.words]),
        tuple([value.blank for value in row.values]),
        tuple([cell is not None and bool(cell.text.text) for cell in row.grid_row]),
    )
    known = draft.surplus.get(key)
    if known is None:
        known = draft.surplus[key] = entry
        entry.surplus = True
    draft.entries.append(known)
    if node is not None:
        draft.strays.add_far(entry.label_text, node)
    elif entry.is_stray:
        draft.strays.add_far(entry.label_text, entry.group)
    draft.far.extend(sorted(set(_lines_of(row))))


def _same_table(row: LogicalRow, draft: _Draft) -> bool:
    """Whether an unknown row stands in the same grid as the table, or, without grids, is as wide as its rows."""
    last = draft.entries[-1].row if draft.entries else draft.heads[-1] if draft.heads else None
    if row.grid >= 0 or (last is not None and last.grid >= 0):
        return last is not None and last.grid == row.grid
    return True


# --- judging ----------------------------------------------------------------------------------------------------------


def _bind_draft(draft: _Draft, place: Span) -> BoundTable:
    layout = draft.layout
    table = BoundTable(layout.spec, layout.shape, False, draft.place or place)
    words = [word for row in draft.heads for word in row.words if any(item.kind == "column" for item in word.items)]
    if not draft.entries and len(words) < 2:
        return table
    if not draft.rows and layout.rows and not words:
        return table
    table.found = True
    head = _bind_head(draft)
    table.head_read = head.read
    table.stray_rows = draft.strays
    bind_rows(table, layout, head, draft.entries)
    return table


def _bind_head(draft: _Draft) -> Head:
    layout = draft.layout
    rows = [entry.row for entry in draft.entries]
    grids = [row.grid for row in draft.heads if row.grid_row]
    if grids:
        grid = grids[-1]
        head = grid_head(
            [row for row in draft.heads if row.grid == grid], [row for row in rows if row.grid == grid], layout
        )
        return head or headless(layout)
    known = [
        entry.row.values
        for entry in draft.entries
        if entry.row.filled and (not layout.rows or (entry.node is not None and not entry.node.spare))
    ]
    # Blanks at the ends of a row may be padding or merged labels: a column is there if values stand in it.
    counts = [len(values) - _blanks(values) - _blanks(values[::-1]) for values in known]
    return flat_head(draft.heads, counts, layout)


def _blanks(values: list[Token]) -> int:
    """How many blanks stand in front of the first value that is not blank."""
    return next((number for number, value in enumerate(values) if not value.blank), len(values))


__all__ = ["Found", "Slot", "Stretch", "bind_flat_tables", "bind_tables"]
