"""Which cell is wrong: error localisation after Fellegi and Holt, for any set of linear identities.

Official statistics ask for the *smallest* set of values whose change lets all edits hold.  `solve` finds it exactly for
one and two wrong cells of a connected set of identities, within a bound on work for more, and tells what is proven from
what is merely likely.  Blanks are unknowns first: what the identities say of them is derived, and a report whose blanks
all stand for what the form says has no fault.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from gklint.localise.diagnose import Component
from gklint.localise.model import (
    Blank,
    Cause,
    Change,
    Constraint,
    Diagnosis,
    Fault,
    Filling,
    Reason,
    Repair,
    Variable,
    Verdict,
)
from gklint.localise.system import Budget, System, base_value

__all__ = [
    "BUDGET",
    "Blank",
    "Cause",
    "Change",
    "Constraint",
    "Diagnosis",
    "Fault",
    "Filling",
    "Reason",
    "Repair",
    "Variable",
    "Verdict",
    "solve",
]

BUDGET = 400_000
"""The steps that one connected set of identities may take, of well under a microsecond each."""
_RELATIONS = ("==", "<=", ">=")


def solve(variables: Iterable[Variable], constraints: Iterable[Constraint], *, budget: int = BUDGET) -> Diagnosis:
    """The faults of the written cells, and the values of the blanks.

    Cells that no hard constraint connects are judged apart.  A cell in no hard constraint is never at fault; if blank
    it is ``EXPECTED`` or ``UNKNOWN``.  ``budget`` bounds the work for each connected set in steps, so that the answer
    does not depend on the clock.

    Raises ValueError for a key that is given twice or that a constraint names and no variable has, and for a relation
    other than ``==``, ``<=`` and ``>=``.
    """
    cells: dict[Hashable, Variable] = {}
    for variable in variables:
        if variable.key in cells:
            raise ValueError(f"two variables have the key {variable.key!r}")
        cells[variable.key] = variable
    hard: list[Constraint] = []
    soft: dict[Hashable, list[Constraint]] = {}
    for constraint in constraints:
        if constraint.relation not in _RELATIONS:
            raise ValueError(f"constraint {constraint.name!r}: {constraint.relation!r} is not one of == <= >=")
        for key, _ in constraint.terms:
            if key not in cells:
                raise ValueError(f"constraint {constraint.name!r} is over {key!r}, which is no variable")
            if not constraint.hard:
                soft.setdefault(key, []).append(constraint)
        if constraint.hard:
            hard.append(constraint)
    numbers = {key: base_value(cell) for key, cell in cells.items()}
    faults: list[Fault] = []
    fillings: dict[Hashable, Filling] = {}
    for component in _components(cells, hard):
        fault, filled = Component(component, soft, numbers, Budget(budget)).diagnose()
        if fault is not None:
            faults.append(fault)
        fillings.update((filling.key, filling) for filling in filled)
    blanks = tuple(fillings.get(key) or _unconnected(cell) for key, cell in cells.items() if cell.written is None)
    return Diagnosis(tuple(faults), blanks)


def _unconnected(cell: Variable) -> Filling:
    return Filling(cell.key, Blank.UNKNOWN if cell.default is None else Blank.EXPECTED, cell.default)


def _components(cells: dict[Hashable, Variable], constraints: Iterable[Constraint]) -> list[System]:
    """The connected sets of constraints, in the order of their first constraint."""
    parent: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    alone: list[Constraint] = []
    joined: list[Constraint] = []
    for constraint in constraints:
        if not constraint.terms:
            alone.append(constraint)
            continue
        joined.append(constraint)
        first = constraint.terms[0][0]
        parent.setdefault(first, first)
        top = root(first)
        for key, _ in constraint.terms:
            if key in parent:
                parent[root(key)] = top
            else:
                parent[key] = top
    groups: dict[Hashable, list[Constraint]] = {}
    for constraint in joined:
        groups.setdefault(root(constraint.terms[0][0]), []).append(constraint)
    members: dict[Hashable, list[Variable]] = {top: [] for top in groups}
    for key, cell in cells.items():
        if key in parent:
            members[root(key)].append(cell)
    systems = [System([], [constraint]) for constraint in alone]
    systems += [System(members[top], group) for top, group in groups.items()]
    return systems
