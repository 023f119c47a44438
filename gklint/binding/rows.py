"""Binding a table's rows: which row of the document is which row of the form, and which value stands in which
column."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from gklint.binding.align import align, in_order
from gklint.binding.heads import Head
from gklint.binding.labels import fold, likeness, spellings
from gklint.binding.layout import Layout
from gklint.binding.model import BoundRow, BoundTable, Stray
from gklint.binding.recognise import LogicalRow, Word
from gklint.binding.tokens import Token
from gklint.binding.values import is_mark, read_cell
from gklint.documents.model import Located
from gklint.packs.model import Node
from gklint.records import dataclass

ALIKE = 0.5
"""From this likeness on, a label in the right place is the form's, drifted."""
MAX_COMPARED = 1000
"""In a table with more rows than this, far beyond any form, rows are known by their exact labels only."""


@dataclass(slots=True, eq=False)
class Entry:
    """A row of the document with the row of the form that it is, as far as its label tells.

    ``group`` is the group whose label stands in the same row.  A ``surplus`` entry stands for many rows of a long table
    that differ in their texts alone, none of which is a row of the form, or not for the first time: it is there once
    for each of them, and ``row`` is the first.
    """

    row: LogicalRow
    node: Node | None
    group: Node | None
    label: Word | None = None
    surplus: bool = False

    @property
    def is_stray(self) -> bool:
        """Whether it is a row that the form does not have, rather than a line between rows."""
        return self.row.filled and bool(self.row.words or self.row.grid >= 0)

    @property
    def label_text(self) -> Located:
        """The row's own label or, if that is none of the form's, the last text that could be one."""
        if self.label is not None:
            return self.label.text
        if self.row.words:
            texts = [word.text for word in self.row.words if not any(item.kind == "row" for item in word.items)]
            return texts[-1] if texts else self.row.words[-1].text
        return self.row.values[0].text


@dataclass(slots=True)
class _Widths:
    """How the rows of a table are filled up.

    ``usual`` is their width, if nearly all share one and merged cells fill them up, else 0; ``front`` tells that blanks
    in front of the values are what merged label cells left, rather than that blanks behind them are padding.
    """

    usual: int
    front: bool = False


def bind_rows(table: BoundTable, layout: Layout, head: Head, entries: list[Entry]) -> None:
    """Fill ``table`` with rows and cells, strays and moved rows, and with the head's columns.

    The strays of surplus entries are there already.
    """
    table.stray_columns = list(head.strays)
    if layout.shape == "transposed":
        _bind_transposed(table, layout, head, entries)
        return
    table.columns = dict(head.columns)
    table.moved_columns = list(head.moved)
    if not layout.rows:
        _bind_single(table, layout, head, entries)
        return
    drifted = _match_unknown(layout, entries)
    widths = _usual_width(entries, len(head.slots))
    rows: dict[str, BoundRow] = {}
    table.rows = rows
    found: list[BoundRow] = []
    for order, entry in enumerate(entries):
        if entry.surplus:
            continue
        if entry.node is None:
            if entry.is_stray:
                table.stray_rows.append(Stray(entry.label_text, entry.group))
            continue
        label = entry.label_text
        if entry.node.path in rows:
            table.stray_rows.append(Stray(label, entry.node))
            continue
        bound = BoundRow(entry.node, label, drift=entry in drifted, order=order)
        values = _values(entry, head, widths)
        _fill(bound, values, head, layout, table, entry)
        rows[entry.node.path] = bound
        found.append(bound)
    positions = {leaf.path: number for number, leaf in enumerate(layout.row_leaves)}
    kept = in_order([positions[row.node.path] for row in found])
    table.moved_rows = [row for number, row in enumerate(found) if number not in kept]


# --- labels -----------------------------------------------------------------------------------------------------------


def _match_unknown(layout: Layout, entries: list[Entry]) -> set[Entry]:
    """Find the form's row for entries whose label is damaged: by likeness, or as the only one left in its place."""
    drifted: set[Entry] = set()
    if len(entries) > MAX_COMPARED:
        return drifted
    unknown = [entry for entry in entries if entry.node is None and (entry.row.values or entry.row.words)]
    doubtful = set(unknown)
    taken = {entry.node.path for entry in entries if entry.node is not None}
    missing = {leaf.path for leaf in layout.row_leaves if leaf.path not in taken}
    if not unknown or not missing:
        return drifted
    leaves = layout.row_leaves
    number = {leaf.path: index for index, leaf in enumerate(leaves)}
    texts = [_unknown_text(entry) for entry in entries]

    def score(i: int, j: int) -> float:
        entry = entries[i]
        if entry.node is not None:
            return 10.0 if number[entry.node.path] == j else 0.0
        leaf = leaves[j]
        if leaf.path not in missing or not texts[i]:
            return 0.0
        if entry.group is not None and not leaf.path.startswith(entry.group.path + "."):
            return 0.0
        alike = _row_likeness(texts[i], leaf, layout)
        return 2.0 * alike if alike >= ALIKE else 0.0

    pairs = align(len(entries), len(leaves), score)
    fences = [(-1, -1), *pairs, (len(entries), len(leaves))]
    for (i, j), (k, m) in pairwise(fences):
        between = [n for n in range(i + 1, k) if entries[n] in doubtful]
        # A row that may be missing leaves no gap to fill.
        gap = [n for n in range(j + 1, m) if leaves[n].path in missing and not leaves[n].optional]
        if len(between) == 1 and len(gap) == 1 and entries[between[0]].row.values:
            entry, leaf = entries[between[0]], leaves[gap[0]]
            if entry.group is None or leaf.path.startswith(entry.group.path + "."):
                pairs.append((between[0], gap[0]))
    for i, j in pairs:
        if entries[i].node is None:
            entries[i].node = leaves[j]
            drifted.add(entries[i])
            missing.discard(leaves[j].path)
    for entry in unknown:
        if entry.node is None and missing:
            text = _unknown_text(entry)
            best = max((leaves[number[path]] for path in missing), key=lambda leaf: _row_likeness(text, leaf, layout))
            if _row_likeness(text, best, layout) >= 0.75:
                entry.node = best
                drifted.add(entry)
                missing.discard(best.path)
    return drifted


def _unknown_text(entry: Entry) -> str:
    words = [word for word in entry.row.words if not any(item.kind == "row" for item in word.items)]
    return "".join(word.folded for word in words[-2:]) if words else ""


def _row_likeness(text: str, leaf: Node, layout: Layout) -> float:
    """How alike a text is to a row's label, alone or behind the label of its group."""
    if not text:
        return 0.0
    best = likeness(text, leaf.label)
    parent = layout.parents.get(leaf.path)
    if parent is not None:
        joined = fold(parent.label.text) + fold(leaf.label.text)
        if len(text) > len(spellings(leaf.label)[0]):
            best = max(best, likeness(text, type(leaf.label)(joined)))
    return best


# --- values -----------------------------------------------------------------------------------------------------------


def _usual_width(entries: list[Entry], wanted: int) -> _Widths:
    rows = [entry.row for entry in entries if len(entry.row.values) > wanted and entry.row.filled]
    before = sum(row.values[0].blank and not row.values[-1].blank for row in rows)
    behind = sum(row.values[-1].blank and not row.values[0].blank for row in rows)
    if not any(row.values[0].blank for row in rows):
        # Merged label cells leave nothing behind them here: a row may be shorter by those.
        return _Widths(0)
    widths = Counter(entry.row.width for entry in entries if entry.row.closed)
    if not widths:
        return _Widths(0, before > behind)
    width, count = widths.most_common(1)[0]
    return _Widths(width if count * 5 >= sum(widths.values()) * 3 and count > 2 else 0, before > behind)


def _values(entry: Entry, head: Head, widths: _Widths) -> list[Located] | None:
    """One text for each slot of the head, None if the row cannot be read so."""
    row = entry.row
    wanted = len(head.slots)
    if row.grid >= 0 and row.grid == head.grid and row.width == head.width and len(row.grid_row) == row.width:
        return _grid_values(row, head)
    values = row.values
    usual = head.width if row.grid >= 0 and row.grid == head.grid else widths.usual if row.closed else 0
    if usual and row.width < usual and values and values[0].blank and not values[-1].blank:
        # Shorter than the others and with blanks in front: a cell is lost, and which one cannot be told.
        return None
    if len(values) == wanted:
        return [value.text for value in values]
    spare = row.tabbed and entry.node is not None and entry.node.spare
    # A row that is wider than the others has the spare cell; else blanks in front may have been label cells.
    spares = ((1, 0) if 0 < usual < row.width else (0, 1)) if spare else (0,)
    trimmed = _trim(values, wanted, spares=spares, front=widths.front)
    return [value.text for value in trimmed] if trimmed is not None else None


def _grid_values(row: LogicalRow, head: Head) -> list[Located] | None:
    result: list[Located] = []
    seen: set[int] = set()
    labels = {id(word.text) for word in row.words}
    for slot in head.slots:
        cell = row.grid_row[slot.column]
        if cell is None or id(cell) in seen or (cell.text.text and id(cell.text) in labels):
            return None
        seen.add(id(cell))
        result.append(cell.text)
    return result


def _trim(values: list[Token], wanted: int, *, spares: tuple[int, ...], front: bool) -> list[Token] | None:
    """Take away what is no value: blanks left by merged label cells in front, padding behind, a known spare cell.

    ``front`` decides where both could be: the blanks in front go first.  ``spares`` are the numbers of spare cells that
    are possible, the likeliest first.
    """
    surplus = len(values) - wanted
    if surplus <= 0:
        return None
    lead = next((index for index, value in enumerate(values) if not value.blank), len(values))
    trail = next((index for index, value in enumerate(reversed(values)) if not value.blank), len(values))
    if lead == len(values):
        return values[:wanted]
    for spare in spares:
        if lead + trail < surplus - spare:
            continue
        many = surplus - spare
        before = min(lead, many) if front else many - min(trail, many)
        kept = values[before : len(values) - (many - before)]
        if not spare:
            return kept
        if len(kept) >= 2 and (kept[-2].blank or kept[-2].text.text in ("0", "０")):
            return [*kept[:-2], kept[-1]]
    return None


def _fill(
    bound: BoundRow, values: list[Located] | None, head: Head, layout: Layout, table: BoundTable, entry: Entry
) -> None:
    bound.wanted = len(head.slots)
    if values is None:
        bound.readable = False
        bound.found = _count(entry.row.values)
        return
    bound.found = len(values)
    spec, row, cells = table.spec, bound.node, bound.cells
    for slot, text in zip(head.slots, values, strict=True):
        column = slot.node
        if column is not None:
            # A grid's columns go by their own paths.
            cells[column.path] = read_cell(row, column, column.cells or row.cells or spec.cells, text)


def _count(values: list[Token]) -> int:
    """How many cells a reader would count: padding at the end is none."""
    count = len(values)
    while count and values[count - 1].blank:
        count -= 1
    return count or len(values)


# --- shapes other than the grid ---------------------------------------------------------------------------------------


def _bind_single(table: BoundTable, layout: Layout, head: Head, entries: list[Entry]) -> None:
    """The shape ``one-row``: the row of values without a label becomes the form's rows."""
    spec = table.spec
    leaves = {leaf.path: leaf for leaf in spec.row_leaves()}
    columns = {leaf.path: leaf for leaf in spec.column_leaves()}
    entry = next((entry for entry in entries if entry.row.values or entry.row.words), None)
    values: list[Located] | None = None
    if entry is not None:
        values = _values(entry, head, _Widths(0))
        if values is None and not entry.row.grid_row:
            values = _pick_numbers(entry, head)
    rows: dict[str, BoundRow] = {}
    for slot_number, slot in enumerate(head.slots):
        if slot.node is None:
            continue
        row_path, column_path = layout.key(None, slot.node)
        row = rows.get(row_path)
        if row is None:
            row = rows[row_path] = BoundRow(leaves[row_path], None, order=len(rows))
            row.wanted = len(head.slots)
            row.readable = values is not None
            row.found = len(values) if values is not None else _count(entry.row.values) if entry is not None else 0
        if values is not None:
            row.cells[column_path] = read_cell(
                row.node, columns[column_path], spec.cell_type(row.node, columns[column_path]), values[slot_number]
            )
        elif entry is not None and row.label is None:
            row.label = entry.row.place
    if entry is not None:
        table.rows = rows


def _pick_numbers(entry: Entry, head: Head) -> list[Located] | None:
    """The values of a row that has texts among them, if they are as many as wanted."""
    cells = [value.text for value in entry.row.values if value.numeric or is_mark(value.text.text)]
    return cells if len(cells) == len(head.slots) else None


def _bind_transposed(table: BoundTable, layout: Layout, head: Head, entries: list[Entry]) -> None:
    """The shape ``transposed``: bind as a grid, then exchange rows and columns."""
    from gklint.binding.model import BoundColumn

    drifted = _match_unknown(layout, entries)
    widths = _usual_width(entries, len(head.slots))
    spec = table.spec
    rows: dict[str, BoundRow] = {}
    table.rows = rows
    for path, column in head.columns.items():
        rows[path] = BoundRow(column.node, column.label, drift=column.drift, order=column.order)
    table.moved_rows = [rows[column.node.path] for column in head.moved]
    for order, entry in enumerate(entries):
        label = entry.label_text
        if entry.node is None or entry.node.path in table.columns:
            if entry.row.filled:
                table.stray_columns.append(Stray(label, entry.node))
            continue
        column = BoundColumn(entry.node, label, drift=entry in drifted, order=order, wanted=len(head.slots))
        table.columns[entry.node.path] = column
        values = _values(entry, head, widths)
        if values is None:
            column.readable = False
            column.found = _count(entry.row.values)
            continue
        column.found = len(values)
        for slot, text in zip(head.slots, values, strict=True):
            if slot.node is not None:
                type_ = spec.cell_type(slot.node, entry.node)
                rows[slot.node.path].cells[entry.node.path] = read_cell(slot.node, entry.node, type_, text)
    positions = {leaf.path: number for number, leaf in enumerate(layout.row_leaves)}
    columns = [bound for path, bound in table.columns.items() if path in positions]
    kept = in_order([positions[column.node.path] for column in columns])
    table.moved_columns = [column for number, column in enumerate(columns) if number not in kept]
