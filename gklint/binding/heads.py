"""Binding a table's head: which column of the document is which column of the form, and in what order values stand."""

from __future__ import annotations

from itertools import pairwise

from gklint.binding.align import align, in_order
from gklint.binding.labels import fold, likeness, spellings
from gklint.binding.layout import Layout
from gklint.binding.model import BoundColumn, Stray
from gklint.binding.recognise import LogicalRow, Word
from gklint.documents.model import Cell, Located, Span
from gklint.packs.model import Node
from gklint.records import dataclass, field

ALIKE = 0.5
"""From this likeness on, a head in the right place is the form's label, drifted."""


@dataclass(slots=True)
class Slot:
    """One column of values in the document; ``node`` is None for a column that the form does not have here."""

    node: Node | None
    column: int = -1
    """The grid column, -1 where there is no grid."""


@dataclass(slots=True)
class Head:
    """A head as bound.

    ``slots`` are the columns of values in the document's order; ``grid`` and ``width`` tell for which rows their grid
    positions hold.
    """

    columns: dict[str, BoundColumn] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    moved: list[BoundColumn] = field(default_factory=list)
    read: bool = True
    grid: int = -1
    width: int = 0


def headless(layout: Layout) -> Head:
    """The form's own columns, for a table whose head is lost."""
    head = Head(read=False)
    for order, leaf in enumerate(layout.column_leaves):
        head.columns[leaf.path] = BoundColumn(leaf, None, order=order)
        head.slots.append(Slot(leaf))
    return head


def _score(folded: str, node: Node, layout: Layout) -> float:
    """How well a head text fits a column: 3 for its label, alone or behind its groups', less for a damaged one."""
    names = spellings(node.label)
    if folded in names:
        return 3.0
    parent = layout.column_parents.get(node.path)
    while parent is not None:
        if any(folded.endswith(name) and folded.startswith(spellings(parent.label)) for name in names):
            return 3.0
        parent = layout.column_parents.get(parent.path)
    alike = likeness(folded, node.label)
    if alike >= ALIKE:
        return 2.0 * alike
    official = names[0]
    if len(folded) >= 2 and (official.startswith(folded) or folded.startswith(official)):
        return 1.0
    return 0.0


def _is_right(folded: str, node: Node, layout: Layout) -> bool:
    return _score(folded, node, layout) == 3.0


# --- grids ------------------------------------------------------------------------------------------------------------


def grid_head(rows: list[LogicalRow], data: list[LogicalRow], layout: Layout) -> Head | None:
    """The head of a grid from its head rows, by grid columns; None if there is no head in this grid.

    ``data`` are the table's rows in the same grid: their labels tell where the columns of values begin, and their
    values tell a column whose head is blank from padding.
    """
    rows = [row for row in rows if row.grid_row]
    if not rows:
        return None
    width = max(len(row.grid_row) for row in rows)
    first = _first_value_column(data, layout)
    skipped = {
        id(word.text)
        for row in rows
        for word in row.words
        if any(item.kind in ("caption", "text") for item in word.items)
        and not any(i.kind == "column" for i in word.items)
    }
    texts: list[tuple[int, Located]] = []
    seen: set[int] = set()
    for column in range(first, width):
        cell = _lowest(rows, column, skipped)
        if cell is None:
            if any(column < len(row.grid_row) and _filled(row.grid_row[column]) for row in data):
                top = next((row.grid_row[column] for row in reversed(rows) if column < len(row.grid_row)), None)
                texts.append((column, top.text if top is not None else rows[-1].place))
        elif id(cell) not in seen:
            seen.add(id(cell))
            texts.append((column, cell.text))
    head = _bind_leaves(texts, layout)
    if head is None:
        return None
    _bind_groups([word for row in rows for word in row.words], head, layout)
    head.grid = rows[-1].grid
    head.width = width
    return head


def _first_value_column(data: list[LogicalRow], layout: Layout) -> int:
    last = -1
    for row in data:
        if row.grid_row and row.words and (layout.rows == () or row.has("row")):
            label = row.words[-1].token
            last = max(last, label.column)
    return last + 1


def _lowest(rows: list[LogicalRow], column: int, skipped: set[int]) -> Cell | None:
    for row in reversed(rows):
        cell = row.grid_row[column] if column < len(row.grid_row) else None
        if cell is not None and cell.text.text and id(cell.text) not in skipped:
            return cell
    return None


def _filled(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text.text)


def _bind_leaves(texts: list[tuple[int, Located]], layout: Layout) -> Head | None:
    """Align head texts, in the order of their columns, with the form's columns."""
    leaves = layout.column_leaves
    folded = [fold(text.text) for _, text in texts]
    if len(folded) == len(leaves) and all(
        text in spellings(leaf.label) for text, leaf in zip(folded, leaves, strict=True)
    ):
        pairs = [(index, index) for index in range(len(leaves))]
    else:
        pairs = align(len(folded), len(leaves), lambda i, j: _score(folded[i], leaves[j], layout))
        if not pairs:
            return None
        pairs = _substitutes(pairs, len(folded), len(leaves))
    head = Head()
    bound: dict[int, Node] = {}
    for i, j in pairs:
        bound[i] = leaves[j]
    taken = {node.path for node in bound.values()}
    moved: set[int] = set()
    for i, name in enumerate(folded):
        if i not in bound:
            other = next((leaf for leaf in leaves if leaf.path not in taken and _is_right(name, leaf, layout)), None)
            if other is not None:
                bound[i] = other
                taken.add(other.path)
                moved.add(i)
    strays: set[Span] = set()
    for i, (column, text) in enumerate(texts):
        node = bound.get(i)
        head.slots.append(Slot(node, column))
        if node is None:
            twin = next((leaf for leaf in leaves if _is_right(folded[i], leaf, layout)), None)
            if text.text and text.span() not in strays:
                # A label that spans several columns, or several rows of the head, is one stray.
                strays.add(text.span())
                head.strays.append(Stray(text, twin))
            continue
        found = BoundColumn(node, text, drift=not _is_right(folded[i], node, layout), order=i)
        head.columns[node.path] = found
        if i in moved:
            head.moved.append(found)
    return head


def _substitutes(pairs: list[tuple[int, int]], found: int, expected: int) -> list[tuple[int, int]]:
    """The pairs and, wherever exactly one text and one column are left over between neighbours, those two."""
    result = list(pairs)
    fences = [(-1, -1), *pairs, (found, expected)]
    for (i, j), (k, m) in pairwise(fences):
        if k - i == 2 and m - j == 2:
            result.append((i + 1, j + 1))
    return sorted(result)


def _bind_groups(words: list[Word], head: Head, layout: Layout) -> None:
    """Add the columns' groups: those found by their label, and a drifted one in place of the only one that is
    missing."""
    groups = [node for column in layout.columns for node in column.walk() if node.children]
    if not groups:
        return
    known: set[str] = set()
    for word in words:
        for item in word.items:
            if item.kind == "column" and item.node is not None and item.node.children and item.node.path not in known:
                known.add(item.node.path)
                head.columns.setdefault(item.node.path, BoundColumn(item.node, word.text, order=-1))
                break
    unknown = [word for word in words if not word.items and len(word.folded) >= 2]
    for group in groups:
        if group.path in known:
            continue
        best = max(unknown, key=lambda word: likeness(word.folded, group.label), default=None)
        if best is not None and likeness(best.folded, group.label) >= 0.6:
            unknown.remove(best)
            head.columns[group.path] = BoundColumn(group, best.text, drift=True, order=-1)
            head.strays = [stray for stray in head.strays if stray.label is not best.text]


# --- flattened tables -------------------------------------------------------------------------------------------------


def _by_level(nodes: tuple[Node, ...]) -> list[Node]:
    """Head cells as a grid prints them: each level of groups in a line, a column without groups in the first."""
    result: list[Node] = []
    level = list(nodes)
    while level:
        result.extend(level)
        level = [child for node in level for child in node.children]
    return result


def _reading_orders(layout: Layout) -> list[list[Node]]:
    """The orders in which the labels of a flattened head may come."""
    by_level = _by_level(layout.columns)
    depth_first = [node for column in layout.columns for node in column.walk()]
    leaves = layout.column_leaves
    groups_first = [node for node in by_level if node.children] + leaves
    orders: list[list[Node]] = []
    for order in (by_level, groups_first, depth_first, leaves):
        if order not in orders:
            orders.append(order)
    return orders


def flat_head(rows: list[LogicalRow], counts: list[int], layout: Layout) -> Head:
    """The head of a flattened table from the words of its head rows.

    ``counts`` are the numbers of values of the table's rows: they decide whether an unknown word is a column of its own
    or noise, and whether a label that is missing from the head has lost its column or only its name.
    """
    words = [
        word
        for row in rows
        for word in row.words
        if not word.items or any(item.kind == "column" for item in word.items)
    ]
    words = [word for word in words if not _is_prose(word)]
    if not any(item.kind == "column" for word in words for item in word.items):
        return headless(layout)
    order, pairs = _best_order(words, layout)
    bound: dict[int, Node] = {i: order[j] for i, j in pairs}
    taken = {node.path for node in bound.values()}
    pieces = _lost_pieces(words, bound)
    moved: set[int] = set()
    spare: list[int] = []
    for i, word in enumerate(words):
        if i in bound or i in pieces:
            continue
        other = next((node for node in order if node.path not in taken and word.folded in spellings(node.label)), None)
        if other is not None:
            bound[i] = other
            taken.add(other.path)
            moved.add(i)
        else:
            spare.append(i)
    return _assemble(words, bound, moved, spare, set(pieces.values()), counts, layout)


def _is_prose(word: Word) -> bool:
    return not word.items and (len(word.folded) > 24 or not word.folded)


def _best_order(words: list[Word], layout: Layout) -> tuple[list[Node], list[tuple[int, int]]]:
    folded = [word.folded for word in words]
    orders = _reading_orders(layout)
    for order in orders:
        if len(order) == len(folded) and all(
            text in spellings(node.label) for text, node in zip(folded, order, strict=True)
        ):
            return order, [(index, index) for index in range(len(order))]
    best: tuple[float, list[Node], list[tuple[int, int]]] | None = None
    for order in orders:
        pairs = align(len(folded), len(order), lambda i, j, order=order: _score(folded[i], order[j], layout))  # type: ignore[misc]
        missing = len(order) - len(pairs)
        total = sum(_score(folded[i], order[j], layout) for i, j in pairs) - 0.1 * missing
        if best is None or total > best[0]:
            best = (total, order, pairs)
    assert best is not None
    return best[1], best[2]


def _lost_pieces(words: list[Word], bound: dict[int, Node]) -> dict[int, int]:
    """Words that are the rest of a label cut in two over rows of the head: index of the piece → index of its
    beginning."""
    pieces: dict[int, int] = {}
    for start, node in bound.items():
        text = words[start].folded
        official = spellings(node.label)[0]
        if text == official or not official.startswith(text):
            continue
        rest = official[len(text) :]
        for i in range(start + 1, len(words)):
            if i not in bound and i not in pieces and words[i].folded == rest:
                pieces[i] = start
                break
    return pieces


def _assemble(
    words: list[Word],
    bound: dict[int, Node],
    moved: set[int],
    spare: list[int],
    whole: set[int],
    counts: list[int],
    layout: Layout,
) -> Head:
    head = Head()
    position = {node.path: i for i, node in bound.items()}
    found = [leaf for leaf in layout.column_leaves if leaf.path in position]
    usual = max(set(counts), key=counts.count) if counts else len(layout.column_leaves)
    lost = [leaf for leaf in layout.column_leaves if leaf.path not in position]
    # Where the values are all there, a label without a column of its own has only lost its name.
    present = found if lost and usual < len(layout.column_leaves) else layout.column_leaves
    unknown = _columns_among(spare, words, usual - len(present), bound, layout)
    for i, node in bound.items():
        drift = i not in whole and not _is_right(words[i].folded, node, layout)
        column = BoundColumn(node, words[i].text, drift=drift, order=i)
        head.columns[node.path] = column
        if i in moved:
            head.moved.append(column)
    for leaf in present:
        if leaf.path not in position:
            head.columns[leaf.path] = BoundColumn(leaf, None, drift=True, order=-1)
    head.slots = [Slot(node) for node in _leaf_order(layout.columns, position, {leaf.path for leaf in present})]
    for i in sorted(unknown):
        twin = next((node for node in layout.column_leaves if words[i].folded in spellings(node.label)), None)
        head.strays.append(Stray(words[i].text, twin))
        before = next((bound[k] for k in range(i - 1, -1, -1) if k in bound), None)
        head.slots.insert(_place_after(head.slots, before), Slot(None))
    for i in spare:
        if i not in unknown:
            twin = next((node for node in layout.column_leaves if words[i].folded in spellings(node.label)), None)
            if twin is not None:
                head.strays.append(Stray(words[i].text, twin))
    return head


def _columns_among(
    spare: list[int], words: list[Word], count: int, bound: dict[int, Node], layout: Layout
) -> list[int]:
    """Which ``count`` of the spare words are columns of their own: first those that repeat a label, then those behind a
    column of the form, the rest is noise in front of the head."""
    if count <= 0 or not spare:
        return []
    names = {name for leaf in layout.column_leaves for name in spellings(leaf.label)}
    first = min(bound, default=0)
    return sorted(spare, key=lambda i: (words[i].folded not in names, i < first, i))[:count]


def _leaf_order(nodes: tuple[Node, ...], position: dict[str, int], present: set[str]) -> list[Node]:
    """The leaves in the order in which the document has them: siblings by the place of their labels."""
    known = {node.path: _first_place(node, position) for node in nodes}
    ordered = list(nodes)
    found = [int(place) for place in known.values() if place != float("inf")]
    if len(in_order(found)) != len(found):
        ordered.sort(key=lambda node: known[node.path])
    result: list[Node] = []
    for node in ordered:
        if node.children:
            result.extend(_leaf_order(node.children, position, present))
        elif node.path in present:
            result.append(node)
    return result


def _first_place(node: Node, position: dict[str, int]) -> float:
    """The place of a label, or of the first one below it that has one."""
    if node.path in position:
        return position[node.path]
    return min((_first_place(child, position) for child in node.children), default=float("inf"))


def _place_after(slots: list[Slot], node: Node | None) -> int:
    if node is None:
        return 0
    below = {leaf.path for leaf in node.leaves()}
    places = [index for index, slot in enumerate(slots) if slot.node is not None and slot.node.path in below]
    return max(places, default=len(slots) - 1) + 1
