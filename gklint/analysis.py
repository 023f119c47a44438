"""What the identities say of a report's cells: which hold, what its blanks must be, which cells are wrong.

The glue between binding and localisation: bound cells become variables, the pack's identities linear constraints.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from gklint.binding.model import BoundCell, BoundReport, State
from gklint.binding.values import Exact, exact
from gklint.findings import Severity
from gklint.identities import (
    CellMap,
    Instance,
    Key,
    Outcome,
    Status,
    applies,
    blank_value,
    default_value,
    instances,
    judge,
    sums_hold,
    surely_holds,
)
from gklint.picking import Pick, picker
from gklint.records import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gklint.localise import Constraint, Fault, Variable


class Filling(NamedTuple):
    """The value that an empty cell should have (None if nothing says so) and whether the identities prove it."""

    value: Fraction | None
    proven: bool


@dataclass(slots=True)
class Analysis:
    """The identities of one report, judged.

    ``broken`` are the instances that apply and do not hold, with blanks taken as what they should be; ``faults`` are
    the groups of broken identities with their repairs.
    """

    report: BoundReport
    broken: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fillings: dict[Key, Filling] = field(default_factory=dict)
    _values: dict[Key, Exact] | None = None
    _cells: CellMap | None = None

    @property
    def values(self) -> dict[Key, Exact]:
        """The numbers used: what is written, and what blanks have been found to stand for."""
        if self._values is None:
            self._values = _written(self.report)
        return self._values

    @property
    def cells(self) -> CellMap:
        """Every bound cell of the report."""
        if self._cells is None:
            self._cells = CellMap(self.report)
        return self._cells

    def judge(self, active: list[Instance]) -> None:
        """See which of the instances are broken by the values as they are now."""
        self.broken = [
            outcome
            for instance in active
            if not surely_holds(instance, self.values)
            and (outcome := judge(instance, self.values, self.report)).status is Status.BROKEN
        ]

    def filling(self, key: Key) -> Filling:
        """What the empty cell ``key`` should hold."""
        known = self.fillings.get(key)
        if known is not None:
            return known
        cell = self.cells[key]
        return Filling(default_value(cell) if cell.state is not State.INVALID else None, proven=False)

    def as_written(self) -> Analysis:
        """The same with every blank that is left open taken as what it stands for by the form."""
        values = dict(self.values)
        for key, cell in _doubtful_cells(self.report):
            if key not in values and cell.state is not State.INVALID:
                value = default_value(cell)
                if value is not None:
                    values[key] = exact(value)
        return replace(self, _values=values) if len(values) > len(self.values) else self


def analyse(report: BoundReport) -> Analysis:
    """Judge every identity of the report's pack; localise what is broken, derive what is blank."""
    analysis = Analysis(report)
    if _holds_plainly(report):
        return analysis
    active, absent = instances_of(report)
    if absent:
        analysis.values.update(dict.fromkeys(absent, 0))
    blanks = {key: cell for key, cell in _doubtful_cells(report) if cell.value is None}
    if blanks:
        if not _are_plainly_empty(analysis, active, blanks):
            _fill_blanks(analysis, active, blanks)
        return analysis
    analysis.judge(active)
    if any(is_hard(outcome.instance) for outcome in analysis.broken):
        _localise(analysis, active)
    return analysis


def instances_of(report: BoundReport) -> tuple[list[Instance], set[Key]]:
    """The instances that concern a report, and the cells that it may leave out and does: each stands for 0."""
    active = [instance for instance in instances(report.pack) if applies(instance, report)]
    absent = set(_left_out(report))
    if absent:
        # What says nothing but that 0 is 0 is no identity of this report.
        active = [instance for instance in active if not absent.issuperset(instance.keys)]
    return active, absent


def _doubtful_cells(report: BoundReport) -> Iterator[tuple[Key, BoundCell]]:
    """The cells of the tables that are not known to hold numbers alone."""
    for table in report.tables:
        if table.numbers() is None:
            for row in table.doubtful_rows():
                for cell in row.cells.values():
                    yield (table.spec.id, cell.row.path, cell.column.path), cell


def _written(report: BoundReport) -> dict[Key, Exact]:
    """The numbers that stand in cells."""
    values: dict[Key, Exact] = {}
    for table in report.tables:
        numbers = table.numbers()
        if numbers is not None:
            values.update(zip(numbers.keys, numbers.values, strict=True))
            continue
        for row_path, column_path, value in table.values():
            values[(table.spec.id, row_path, column_path)] = exact(value)
    return values


_Sum = tuple[Instance, Pick, Pick, Exact]
"""An instance over sums of cells: what takes each side's cells out of the values, and what is added to the left one."""


class _Plan(NamedTuple):
    """How to judge a pack's identities over some lists of keys: what takes the sides of each sum out of the values."""

    keys: list[list[Key]]
    sums: list[_Sum]
    """All instances."""
    complete: bool
    """Whether these are all of the pack's."""
    parts: list[Pick]
    """Of those that say, in any report, that some cells add up to one: the cells, and the one."""
    totals: Pick
    others: list[_Sum]
    """The instances that say something else."""


_PLANS: dict[tuple[int, ...], _Plan] = {}
_MAX_PLANS = 256


def _holds_plainly(report: BoundReport) -> bool:
    """Whether all cells are there, hold plain numbers, and all identities hold.  That is the usual case, and can be
    told from the numbers in their order; False decides nothing."""
    keys: list[list[Key]] = []
    values: list[Exact] = []
    for table in report.tables:
        numbers = table.numbers()
        if numbers is None or not table.as_form:
            return False
        keys.append(numbers.keys)
        values.extend(numbers.values)
    plan = _plan(report, keys)
    if not plan.complete:
        return False
    # The totals are compared all at once; only where one of them is wrong each is looked at.
    totals_hold = tuple(map(sum, [part(values) for part in plan.parts])) == plan.totals(values)
    for instance, left, right, constant in plan.others if totals_hold else plan.sums:
        one, other = sum(left(values), constant), sum(right(values))
        if one == other and instance.identity.holds.operator in _RELATIONS:
            continue
        if not sums_hold(instance, one, other) and applies(instance, report):
            return False
    return True


def _plan(report: BoundReport, keys: list[list[Key]]) -> _Plan:
    """The plan for tables that have these keys, worked out once."""
    name = (id(report.pack), *map(id, keys))
    known = _PLANS.get(name)
    if known is not None and all(mine is theirs for mine, theirs in zip(known.keys, keys, strict=True)):
        return known
    places = {key: place for place, key in enumerate(chain.from_iterable(keys))}
    sums: list[_Sum] = []
    others: list[_Sum] = []
    parts: list[Pick] = []
    totals: list[int] = []
    known_instances = instances(report.pack)
    for instance in known_instances:
        if instance.sums is not None and all(key in places for key in instance.keys):
            sides = [[places[key] for key in side] for side in instance.sums[:2]]
            left, right = map(picker, sides)
            sums.append((instance, left, right, instance.sums[2]))
            part, total = (left, sides[1]) if len(sides[1]) == 1 else (right, sides[0])
            identity = instance.identity
            # What holds on a condition alone may well be broken.
            if len(total) == 1 and not instance.sums[2] and identity.holds.operator == "==" and identity.when is None:
                parts.append(part)
                totals.extend(total)
            else:
                others.append(sums[-1])
    if len(_PLANS) >= _MAX_PLANS:
        _PLANS.clear()
    plan = _PLANS[name] = _Plan(keys, sums, len(sums) == len(known_instances), parts, picker(totals), others)
    return plan


def _left_out(report: BoundReport) -> Iterator[Key]:
    """The cells of optional rows and columns that a table leaves out: each stands for 0."""
    for table in report.tables:
        if not table.found or table.as_form:
            continue
        rows, columns = table.spec.row_leaves(), table.spec.column_leaves()
        for row in rows:
            if row.optional and row.path not in table.rows:
                yield from ((table.spec.id, row.path, column.path) for column in columns)
        if table.head_read and table.shape != "one-row":
            for column in columns:
                if column.optional and column.path not in table.columns:
                    yield from ((table.spec.id, row.path, column.path) for row in rows)


def is_hard(instance: Instance) -> bool:
    """Whether an identity, if broken, proves that a number is wrong: an error in linear form."""
    return (
        instance.linear
        and instance.identity.severity is Severity.ERROR
        and instance.identity.holds.operator in _RELATIONS
    )


_RELATIONS = {"==": "==", "<=": "<=", ">=": ">="}


def _are_plainly_empty(analysis: Analysis, active: list[Instance], blanks: dict[Key, BoundCell]) -> bool:
    """Whether all blanks must be what they stand for by the form: each by an identity of which it is the only blank.

    Then they are filled in, and the identities judged.  That is what localisation would find out; False decides
    nothing.
    """
    values = dict(analysis.values)
    for key, cell in blanks.items():
        value = default_value(cell) if cell.state is not State.INVALID else None
        if value is None:
            return False
        values[key] = exact(value)
    proven: set[Key] = set()
    for instance in active:
        if not is_hard(instance) or any(key not in values for key in instance.keys):
            continue
        if not surely_holds(instance, values):
            return False
        holds = instance.identity.holds
        inside = [key for key in instance.keys if key in blanks]
        if len(inside) == 1 and holds.operator == "==" and not holds.tolerance:
            assert instance.sums is not None  # it surely holds
            if (inside[0] in instance.sums[0]) != (inside[0] in instance.sums[1]):
                proven.add(inside[0])
    if len(proven) < len(blanks):
        return False
    analysis.fillings = {key: Filling(Fraction(values[key]), proven=True) for key in blanks}
    analysis.values.update((key, values[key]) for key in blanks)
    analysis.judge(active)
    return True


def _fill_blanks(analysis: Analysis, active: list[Instance], blanks: dict[Key, BoundCell]) -> None:
    """Find out what the blanks should be, then judge with those values."""
    _localise(analysis, active)
    for key, cell in blanks.items():
        value = analysis.filling(key).value
        if value is not None and cell.state is not State.INVALID:
            analysis.values[key] = exact(value)
    analysis.judge(active)


def _localise(analysis: Analysis, active: list[Instance]) -> None:
    from gklint.localise import Blank, solve

    present = analysis.cells.present
    known = present | analysis.values.keys()
    constraints: list[Constraint] = []
    involved: set[Key] = set()
    for instance in _in_question(analysis, active):
        if instance.linear and instance.identity.holds.operator in _RELATIONS and known.issuperset(instance.keys):
            constraints.append(_constraint(instance, present))
            involved.update(instance.keys)
    involved &= present
    variables = _variables(analysis, involved)
    diagnosis = solve(variables, constraints)
    analysis.faults = list(diagnosis.faults)
    for filling in diagnosis.blanks:
        key = cast(Key, filling.key)
        analysis.fillings[key] = Filling(filling.value, filling.status is Blank.PROVEN)


def _in_question(analysis: Analysis, active: list[Instance]) -> Iterator[Instance]:
    """The instances that a chain of shared cells joins to a broken one or to a cell without a number."""
    open_ = {id(instance) for instance in active if not surely_holds(instance, analysis.values)}
    if len(open_) < len(active):
        by_key: dict[Key, list[Instance]] = {}
        for instance in active:
            for key in instance.keys:
                by_key.setdefault(key, []).append(instance)
        ahead = [instance for instance in active if id(instance) in open_]
        while ahead:
            for key in ahead.pop().keys:
                for other in by_key.pop(key, ()):
                    if id(other) not in open_:
                        open_.add(id(other))
                        ahead.append(other)
    return (instance for instance in active if id(instance) in open_)


_CONSTRAINTS: dict[int, Constraint] = {}
"""By instance, of which each names the instance that it was made of."""


def _constraint(instance: Instance, present: set[Key]) -> Constraint:
    """The instance as a constraint; cells that are not there count as 0."""
    known = _CONSTRAINTS.get(id(instance))
    if known is None or known.name is not instance:
        if len(_CONSTRAINTS) >= _MAX_CONSTRAINTS:
            _CONSTRAINTS.clear()
        known = _CONSTRAINTS[id(instance)] = _whole_constraint(instance)
    if present.issuperset(instance.keys):
        return known
    return replace(known, terms=tuple((key, factor) for key, factor in known.terms if key in present))


_MAX_CONSTRAINTS = 10_000


def _whole_constraint(instance: Instance) -> Constraint:
    from gklint.localise import Constraint

    assert instance.left is not None
    assert instance.right is not None
    terms = {key: Fraction(factor) for key, factor in instance.left[0].items()}
    for key, factor in instance.right[0].items():
        terms[key] = terms.get(key, Fraction(0)) - factor
    holds = instance.identity.holds
    return Constraint(
        instance,
        tuple((key, factor) for key, factor in terms.items() if factor),
        Fraction(instance.left[1] - instance.right[1]),
        _RELATIONS[holds.operator],
        Fraction(holds.tolerance),
        is_hard(instance),
    )


def _variables(analysis: Analysis, involved: set[Key]) -> list[Variable]:
    from gklint.localise import Variable

    variables: list[Variable] = []
    rows = {key[:2] for key in involved}
    get = analysis.values.get
    for table in analysis.report.tables:
        for row_path, cells in table.written():
            if (table.spec.id, row_path) not in rows:
                continue
            keys = [(table.spec.id, row_path, column_path) for column_path, *_ in cells]
            for number, (key, (_, type_, state, text)) in enumerate(zip(keys, cells, strict=True)):
                if key not in involved:
                    continue
                value = get(key)
                variables.append(
                    Variable(
                        key,
                        None if value is None else _fraction(value),
                        text,
                        _ZERO if type_.type == "count" or (type_.type == "amount" and not type_.negative) else None,
                        type_.type != "amount",
                        blank_value(type_) if state is not State.INVALID else None,
                        (*keys[max(number - 1, 0) : number], *keys[number + 1 : number + 2]),
                    )
                )
    return variables


_ZERO = Fraction(0)
_fraction = lru_cache(maxsize=4096)(Fraction)
