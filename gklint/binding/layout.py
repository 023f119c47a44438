"""The shapes that a table of a form may take, and an index of every label that can stand in it."""

from __future__ import annotations

from gklint.binding.labels import fold, spellings
from gklint.binding.model import SEPARATOR
from gklint.binding.moulds import Moulds
from gklint.packs.model import Node, Pack, TableSpec
from gklint.records import dataclass, field, replace


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """What a label may be: ``kind`` is ``row``, ``column``, ``caption`` or ``text``; ``node`` is None for the last two.

    ``order`` is the place of a row or column in its tree, in the form's reading order.
    """

    table: int
    kind: str
    node: Node | None
    order: int


@dataclass(slots=True, eq=False)
class Layout:
    """A table in one shape: rows that are printed below one another and columns that are printed side by side.

    ``rows`` is empty for the shape ``one-row``, whose single row of values has no label.
    """

    spec: TableSpec
    shape: str
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    row_leaves: list[Node] = field(default_factory=list)
    column_leaves: list[Node] = field(default_factory=list)
    row_nodes: list[Node] = field(default_factory=list)
    parents: dict[str, Node] = field(default_factory=dict)
    """The group of each row, by the row's path."""
    column_parents: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.row_leaves = [leaf for row in self.rows for leaf in row.leaves()]
        self.column_leaves = [leaf for column in self.columns for leaf in column.leaves()]
        self.row_nodes = [node for row in self.rows for node in row.walk()]
        self.parents = {child.path: node for node in self.row_nodes for child in node.children}
        self.column_parents = {
            child.path: node for column in self.columns for node in column.walk() for child in node.children
        }

    def key(self, row: Node | None, column: Node) -> tuple[str, str]:
        """The form's row path and column path of a position of this shape."""
        if self.shape == "one-row":
            row_path, column_path = column.path.split(SEPARATOR)
            return row_path, column_path
        assert row is not None
        return (column.path, row.path) if self.shape == "transposed" else (row.path, column.path)


def make_layout(spec: TableSpec, shape: str) -> Layout:
    """``spec`` in ``shape`` (one of ``spec.shapes``)."""
    if shape == "grid":
        return Layout(spec, shape, spec.rows, spec.columns)
    if shape == "transposed":
        return Layout(spec, shape, spec.columns, spec.rows)
    return Layout(spec, shape, (), tuple(_unroll(row, spec.columns) for row in spec.rows))


def _unroll(row: Node, columns: tuple[Node, ...]) -> Node:
    if row.children:
        return replace(row, children=tuple(_unroll(child, columns) for child in row.children))
    return replace(row, children=tuple(_prefix(column, row.path) for column in columns))


def _prefix(column: Node, path: str) -> Node:
    children = tuple(_prefix(child, path) for child in column.children)
    return replace(column, path=f"{path}{SEPARATOR}{column.path}", children=children)


class LabelIndex:
    """Every label of some tables, folded, with what it may be; and every beginning of one, for labels cut in two."""

    def __init__(self, layouts: list[Layout]) -> None:
        self.items: dict[str, list[Item]] = {}
        self.whole: set[str] = set()
        """The labels alone, without those behind their groups'."""
        self.beginnings: set[str] = set()
        """Every beginning of one of ``whole``."""
        for table, layout in enumerate(layouts):
            self._add_tree(table, "row", layout.rows, 0, "")
            self._add_tree(table, "column", layout.columns, 0, "")
            spec = layout.spec
            if spec.caption is not None:
                for text in spellings(spec.caption):
                    self._add(text, Item(table, "caption", None, 0))
            for text in spec.texts:
                self._add(fold(text), Item(table, "text", None, 0))

    def _add_tree(self, table: int, kind: str, nodes: tuple[Node, ...], order: int, above: str) -> int:
        for node in nodes:
            item = Item(table, kind, node, order)
            order += 1
            for text in spellings(node.label):
                self._add(text, item)
                if above and not node.children:
                    self._add(above + text, item, compound=True)
            official = fold(node.label.text)
            if node.children:
                below = order
                order = self._add_tree(table, kind, node.children, below, official)
                if above:
                    self._add_joined(table, kind, node.children, below, above + official)
        return order

    def _add_joined(self, table: int, kind: str, nodes: tuple[Node, ...], order: int, above: str) -> None:
        """Leaves with the labels of two groups in front, as in a flat table's only label column."""
        for node in nodes:
            if not node.children:
                self._add(above + fold(node.label.text), Item(table, kind, node, order), compound=True)
            order += sum(1 for _ in node.walk())

    def _add(self, text: str, item: Item, *, compound: bool = False) -> None:
        if not text:
            return
        known = self.items.setdefault(text, [])
        if not any(
            other.table == item.table and other.node is item.node and other.kind == item.kind for other in known
        ):
            known.append(item)
        if not compound:
            self.whole.add(text)
            for end in range(1, len(text)):
                self.beginnings.add(text[:end])


class PackIndex:
    """What binding needs of a pack, worked out once: layouts by table and shape, and label indexes by choice of
    shapes."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.layouts = [[make_layout(spec, shape) for shape in spec.shapes] for spec in pack.tables]
        self._indexes: dict[tuple[tuple[int, str], ...], LabelIndex] = {}
        every = [layout for layouts in self.layouts for layout in layouts]
        self.moulds = Moulds(self.labels(every), [column for layout in every for column in layout.columns])
        """What tables of this pack looked like so far."""

    def labels(self, layouts: list[Layout]) -> LabelIndex:
        """The index of some tables' labels; ``Item.table`` counts in that list."""
        key = tuple((id(layout.spec), layout.shape) for layout in layouts)
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = LabelIndex(layouts)
        return index


_INDEXES: dict[int, PackIndex] = {}


def pack_index(pack: Pack) -> PackIndex:
    """The index of a loaded pack, made on first use and kept as long as the process runs."""
    index = _INDEXES.get(id(pack))
    if index is None or index.pack is not pack:
        index = _INDEXES[id(pack)] = PackIndex(pack)
    return index
