"""What the identities say of a report's cells: which hold, what its blanks must be, which cells are wrong.

The glue between binding and localisation: bound cells become variables, the pack's identities linear constraints.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, cast

from gklint.binding.model import BoundCell, BoundReport, State
from gklint.findings import Severity
from gklint.identities import (
    Exact,
    Instance,
    Key,
    Outcome,
    Status,
    applies,
    cells_by_key,
    default_value,
    exact,
    instances,
    judge,
    surely_holds,
)
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
    the groups of broken identities with their repairs.  ``values`` are the numbers used.
    """

    report: BoundReport
    values: dict[Key, Exact]
    broken: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fillings: dict[Key, Filling] = field(default_factory=dict)
    _cells: dict[Key, BoundCell] | None = None

    @property
    def cells(self) -> dict[Key, BoundCell]:
        """Every bound cell of the report; of most reports nobody asks for them."""
        if self._cells is None:
            self._cells = cells_by_key(self.report)
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
        for key, cell in self.cells.items():
            if key not in values and cell.state is not State.INVALID:
                value = default_value(cell)
                if value is not None:
                    values[key] = exact(value)
        return replace(self, values=values) if len(values) > len(self.values) else self


def analyse(report: BoundReport) -> Analysis:
    """Judge every identity of the report's pack; localise what is broken, derive what is blank."""
    values: dict[Key, Exact] = {}
    empty = False
    for table in report.tables:
        numbers = table.numbers()
        if numbers is not None:
            values.update(numbers)
            continue
        for row_path, row in table.rows.items():
            for column_path, cell in row.cells.items():
                if cell.value is not None:
                    values[(table.spec.id, row_path, column_path)] = exact(cell.value)
                else:
                    empty = True
    left_out = set(_left_out(report))
    values.update(dict.fromkeys(left_out, 0))
    known = instances(report.pack)
    active = [instance for instance in known if instance.identity.when is None or applies(instance, report)]
    if left_out:
        # What says nothing but that 0 is 0 is no identity of this report.
        active = [instance for instance in active if not left_out.issuperset(instance.keys)]
    analysis = Analysis(report, values)
    if empty:
        _fill_blanks(analysis, active)
        return analysis
    analysis.judge(active)
    if any(is_hard(outcome.instance) for outcome in analysis.broken):
        _localise(analysis, active)
    return analysis


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


def _fill_blanks(analysis: Analysis, active: list[Instance]) -> None:
    """Find out what the blanks should be, then judge with those values."""
    _localise(analysis, active)
    for key, cell in analysis.cells.items():
        if key not in analysis.values:
            value = analysis.filling(key).value
            if value is not None and (cell.state is not State.INVALID):
                analysis.values[key] = exact(value)
    analysis.judge(active)


def _localise(analysis: Analysis, active: list[Instance]) -> None:
    from gklint.localise import Blank, solve

    cells = analysis.cells
    constraints: list[Constraint] = []
    involved: set[Key] = set()
    for instance in _in_question(analysis, active):
        if (
            instance.linear
            and instance.identity.holds.operator in _RELATIONS
            and all(key in cells or key in analysis.values for key in instance.keys)
        ):
            constraints.append(_constraint(instance, cells))
            involved.update(key for key in instance.keys if key in cells)
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


def _constraint(instance: Instance, cells: dict[Key, BoundCell]) -> Constraint:
    from gklint.localise import Constraint

    assert instance.left is not None
    assert instance.right is not None
    terms = {key: Fraction(factor) for key, factor in instance.left[0].items()}
    for key, factor in instance.right[0].items():
        terms[key] = terms.get(key, Fraction(0)) - factor
    holds = instance.identity.holds
    return Constraint(
        instance,
        tuple((key, factor) for key, factor in terms.items() if factor and key in cells),
        Fraction(instance.left[1] - instance.right[1]),
        _RELATIONS[holds.operator],
        Fraction(holds.tolerance),
        is_hard(instance),
    )


def _variables(analysis: Analysis, involved: set[Key]) -> list[Variable]:
    from gklint.localise import Variable

    variables: list[Variable] = []
    for table in analysis.report.tables:
        for row_path, row in table.rows.items():
            keys = [(table.spec.id, row_path, column_path) for column_path in row.cells]
            for number, key in enumerate(keys):
                if key not in involved:
                    continue
                cell = analysis.cells[key]
                neighbours = tuple(keys[beside] for beside in (number - 1, number + 1) if 0 <= beside < len(keys))
                counted = cell.type.type == "count" or (cell.type.type == "amount" and not cell.type.negative)
                variables.append(
                    Variable(
                        key,
                        Fraction(analysis.values[key]) if key in analysis.values else None,
                        cell.text.text,
                        Fraction(0) if counted else None,
                        cell.type.type != "amount",
                        default_value(cell) if cell.state is not State.INVALID else None,
                        neighbours,
                    )
                )
    return variables
