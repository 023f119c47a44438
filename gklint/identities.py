"""A pack's identities over the cells of a bound report: which cells they speak of, and whether they hold.

An identity over columns (or rows) is one `Instance` for each of them.  Instances depend on the pack alone and are
worked out once; a report only supplies values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction

from gklint.binding.model import BoundCell, BoundReport, State
from gklint.binding.values import Exact, exact
from gklint.findings import Message
from gklint.packs.expressions import (
    EvaluationError,
    Expression,
    Reference,
    compare,
    evaluate,
    linear,
)
from gklint.packs.model import CellType, Condition, Identity, Node, Pack, TableSpec
from gklint.packs.paths import expand, leaves_under
from gklint.records import dataclass

Key = tuple[str, str, str]
"""A cell: table id, row path, column path."""
Form = tuple[dict[Key, Exact], Exact]
"""A sum of cells with factors, and a constant."""


class Status(Enum):
    """How an identity ends."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "cannot be evaluated"


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """An identity at one row or column (``node``; None for an identity over single cells).

    ``keys`` are the cells of it in the order written.  ``left`` and ``right`` are the sides in linear form (factors by
    cell, constant), None for a side that has none.  ``subject`` is the cell that a finding stands on.
    """

    identity: Identity
    node: Node | None
    keys: tuple[Key, ...]
    left: Form | None
    right: Form | None
    subject: Key
    sums: tuple[tuple[Key, ...], tuple[Key, ...], Exact] | None = None
    """The cells of either side and a constant on the left, where cells are only added up; what is taken away on one
    side is added on the other."""

    @property
    def linear(self) -> bool:
        return self.left is not None and self.right is not None


@dataclass(slots=True)
class Outcome:
    """An instance as it ends for a report.  ``left`` and ``right`` are the values of the sides, None if not
    evaluated."""

    instance: Instance
    status: Status
    left: Exact | None = None
    right: Exact | None = None
    reason: Message | None = None
    """Why it cannot be evaluated."""


class _Resolver:
    """References of an identity at one row or column to cells."""

    def __init__(self, pack: Pack, identity: Identity, node: Node | None) -> None:
        self.tables = {table.id: table for table in pack.tables}
        self.identity = identity
        self.node = node

    def keys(self, reference: Reference) -> list[Key]:
        name = reference.table or self.identity.table
        assert name is not None
        table = self.tables[name]
        if reference.column is not None:
            rows = expand(reference.path, table.rows)
            columns = expand(reference.column, table.columns)
            return [(name, row.path, column.path) for row in rows for column in columns]
        assert self.node is not None
        if self.identity.each == "column":
            return [(name, row.path, self.node.path) for row in expand(reference.path, table.rows)]
        return [(name, self.node.path, column.path) for column in expand(reference.path, table.columns)]


_INSTANCES: dict[int, tuple[Pack, list[Instance]]] = {}


def instances(pack: Pack) -> list[Instance]:
    """All instances of all identities of a pack, in the pack's order; worked out on first use."""
    known = _INSTANCES.get(id(pack))
    if known is None or known[0] is not pack:
        known = (pack, list(_all_instances(pack)))
        _INSTANCES[id(pack)] = known
    return known[1]


def _all_instances(pack: Pack) -> Iterator[Instance]:
    for identity in pack.identities:
        for node in _each(pack, identity):
            resolver = _Resolver(pack, identity, node)
            keys: dict[Key, None] = {}
            for reference in _references(identity):
                keys.update(dict.fromkeys(resolver.keys(reference)))
            left = _exact_form(linear(identity.holds.left, resolver.keys))
            right = _exact_form(linear(identity.holds.right, resolver.keys))
            subject = _subject(identity, resolver, tuple(keys))
            yield Instance(identity, node, tuple(keys), left, right, subject, _sums(left, right))


def _sums(left: Form | None, right: Form | None) -> tuple[tuple[Key, ...], tuple[Key, ...], Exact] | None:
    if (
        left is None
        or right is None
        or any(factor not in (1, -1) for form in (left, right) for factor in form[0].values())
    ):
        return None
    sides: tuple[list[Key], list[Key]] = ([], [])
    for side, (terms, _) in enumerate((left, right)):
        for key, factor in terms.items():
            sides[side if factor == 1 else 1 - side].append(key)
    return tuple(sides[0]), tuple(sides[1]), left[1] - right[1]


def _exact_form(form: tuple[dict[Key, Exact], Exact] | None) -> Form | None:
    if form is None:
        return None
    return {key: exact(factor) for key, factor in form[0].items()}, exact(form[1])


def _references(identity: Identity) -> Iterator[Reference]:
    from gklint.packs.expressions import references

    yield from references(identity.holds)


def _each(pack: Pack, identity: Identity) -> Sequence[Node | None]:
    if identity.each is None:
        return [None]
    assert identity.table is not None
    table: TableSpec = pack.table(identity.table)
    tree = table.columns if identity.each == "column" else table.rows
    if identity.over:
        return leaves_under(identity.over, tree)
    return [leaf for node in tree for leaf in node.leaves()]


def _subject(identity: Identity, resolver: _Resolver, keys: tuple[Key, ...]) -> Key:
    """The cell named by ``at``, else a side that is a single cell, else the last cell."""
    sides: list[Expression] = [identity.holds.left, identity.holds.right]
    if identity.at is not None:
        path, bracket, column = identity.at.partition("[")
        table, colon, path = path.rpartition(":")
        named = resolver.keys(
            Reference(table if colon else None, path.strip(), column.rstrip("] ") if bracket else None)
        )
        if named:
            return named[0]
    for side in sides:
        if isinstance(side, Reference) and not side.wild:
            return resolver.keys(side)[0]
    return keys[-1]


class CellMap(Mapping[Key, BoundCell]):
    """Every bound cell of a report."""

    __slots__ = ("_present", "_tables")

    def __init__(self, report: BoundReport) -> None:
        self._tables = {table.spec.id: table for table in report.tables}
        self._present: set[Key] | None = None

    @property
    def present(self) -> set[Key]:
        """The keys."""
        if self._present is None:
            self._present = set()
            for table_id, table in self._tables.items():
                numbers = table.numbers()
                if numbers is not None:
                    self._present.update(numbers.keys)
                else:
                    self._present.update([(table_id, row, one[0]) for row, cells in table.written() for one in cells])
        return self._present

    def __getitem__(self, key: Key) -> BoundCell:
        table_id, row, column = key
        return self._tables[table_id].rows[row].cells[column]

    def __contains__(self, key: object) -> bool:
        return key in self.present

    def __iter__(self) -> Iterator[Key]:
        for table_id, table in self._tables.items():
            yield from ((table_id, row, one[0]) for row, cells in table.written() for one in cells)

    def __len__(self) -> int:
        return len(self.present)


def default_value(cell: BoundCell) -> Fraction | None:
    """What a blank or a mark stands for by the form, None if for nothing."""
    return blank_value(cell.type)


def blank_value(type_: CellType) -> Fraction | None:
    """The same for all cells of a type."""
    return _ZERO if type_.blank in ("zero", "empty") else None


_ZERO = Fraction(0)


def applies(instance: Instance, report: BoundReport) -> bool:
    """Whether the condition of the instance's identity holds for the report; an unknown fact makes it not hold."""
    return condition_holds(instance.identity.when, report)


def condition_holds(condition: Condition | None, report: BoundReport) -> bool:
    """Whether a pack's condition holds for a report; a fact that is not known makes it not hold."""
    if condition is None:
        return True
    if condition.years is not None and (report.year is None or report.year not in condition.years):
        return False
    return all(report.facts.get(name) in values for name, values in condition.facts)


def surely_holds(instance: Instance, values: Mapping[Key, Exact]) -> bool:
    """Whether an instance holds, as far as that can be told with a sum or two: False decides nothing."""
    if instance.sums is None:
        return False
    get = values.__getitem__
    try:
        left, right = sum(map(get, instance.sums[0]), instance.sums[2]), sum(map(get, instance.sums[1]))
    except KeyError:
        return False
    return sums_hold(instance, left, right)


def sums_hold(instance: Instance, left: Exact, right: Exact) -> bool:
    """Whether an instance surely holds if its sides are these: its tolerance is not looked at."""
    operator = instance.identity.holds.operator
    if left == right:
        return operator in ("==", "<=", ">=")
    return operator in ("<=", "<") if left < right else operator in (">=", ">")


def judge(instance: Instance, values: Mapping[Key, Exact], report: BoundReport) -> Outcome:
    """How an instance ends, given the values of cells (blanks as far as something is known of them)."""
    for key in instance.keys:
        if key not in values:
            return Outcome(instance, Status.UNKNOWN, reason=_reason(key, report))
    left: Exact
    right: Exact
    try:
        if instance.left is not None and instance.right is not None:
            left, right = _total(instance.left, values), _total(instance.right, values)
        else:
            resolver = _Resolver(report.pack, instance.identity, instance.node)
            left = evaluate(
                instance.identity.holds.left, lambda reference: [values[key] for key in resolver.keys(reference)]
            )
            right = evaluate(
                instance.identity.holds.right, lambda reference: [values[key] for key in resolver.keys(reference)]
            )
    except EvaluationError as error:
        return Outcome(instance, Status.UNKNOWN, reason=Message(f"无法计算：{error.message}", error.message))
    holds = instance.identity.holds
    if left == right and holds.operator in ("==", "<=", ">="):
        return Outcome(instance, Status.HOLDS, left, right)
    status = Status.HOLDS if compare(holds, Fraction(left), Fraction(right)) else Status.BROKEN
    return Outcome(instance, status, left, right)


def _total(form: Form, values: Mapping[Key, Exact]) -> Exact:
    total = form[1]
    for key, factor in form[0].items():
        value = values[key]
        total += value if factor == 1 else value * factor
    return total


def _reason(key: Key, report: BoundReport) -> Message:
    table_id, row_path, column_path = key
    table = report.table(table_id)
    if table is None or not table.found:
        return Message("表格缺失", "the table is missing")
    row = table.rows.get(row_path)
    name = next((leaf.label.text for leaf in table.spec.row_leaves() if leaf.path == row_path), row_path)
    if row is None:
        return Message(f"缺少“{name}”行", f"row “{name}” is missing")
    if not row.readable:
        return Message(f"“{name}”行无法读取", f"row “{name}” cannot be read")
    column = next((leaf.label.text for leaf in table.spec.column_leaves() if leaf.path == column_path), column_path)
    cell = table.cell(row_path, column_path)
    found = table.columns.get(column_path)
    if found is not None and not found.readable:
        return Message(f"“{column}”列无法读取", f"column “{column}” cannot be read")
    if cell is None:
        return Message(f"缺少“{column}”列", f"column “{column}” is missing")
    if cell.state is State.BLANK:
        return Message(f"“{name}”行“{column}”为空", f"row “{name}”, column “{column}” is blank")
    return Message(
        f"“{name}”行“{column}”不是数：{cell.text.text[:20]}",
        f"row “{name}”, column “{column}” is not a number: {cell.text.text[:20]}",
    )
