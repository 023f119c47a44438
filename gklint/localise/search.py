"""The smallest sets of cells whose change lets all rows hold: implicit hitting sets over exact elimination.

A state is a set of cells that may change, with the rows solved for them.  Any row that is still broken without one of
these cells in it shows a *conflict*: whatever mends it must contain one of its other cells.  Branching on the smallest
conflict therefore visits every set that works, each once, without ever trying cells that no broken row speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from gklint.localise.bounds import Bounds, ContradictionError
from gklint.localise.system import Budget, Row, System, bits, eliminate
from gklint.records import dataclass


class State:
    """Cells that may change (``changed``) and the rows that differ from the system's by being solved for them."""

    __slots__ = ("changed", "pivots", "rows", "system")

    def __init__(self, system: System) -> None:
        self.system = system
        self.changed = 0
        self.pivots: dict[int, int] = {}
        """The row that each cell is solved by; a cell without one is open."""
        self.rows: dict[int, Row] = {}

    def extended(self, cell: int, budget: Budget) -> State:
        """The state with one more cell that may change."""
        state = State(self.system)
        state.changed = self.changed | 1 << cell
        state.pivots = dict(self.pivots)
        state.rows = dict(self.rows)
        solving = set(self.pivots.values())
        containing = [index for index, row in self.rows.items() if row.mask >> cell & 1]
        containing += [index for index in self.system.rows_of[cell] if index not in self.rows]
        pivot = -1
        best = (False, 0)
        for index in containing:
            row = self.row(index)
            if index not in solving and row.exact:
                rank = (row.broken, -len(row.terms))
                if pivot < 0 or rank > best:
                    pivot, best = index, rank
        for index in containing:
            row = self.row(index)
            if pivot >= 0 and index != pivot:
                budget.spend(3 + len(row.terms) // 4)
                row = eliminate(row, self.row(pivot), cell)
            state.rows[index] = row
        if pivot >= 0:
            state.pivots[cell] = pivot
        return state

    def row(self, index: int) -> Row:
        return self.rows[index] if index in self.rows else self.system.rows[index]

    def broken(self) -> list[Row]:
        """The rows that no changed cell can mend any more."""
        rows = [self.system.rows[index] for index in self.system.broken if index not in self.rows]
        solving = set(self.pivots.values())
        rows += [
            row
            for index, row in self.rows.items()
            if row.broken and not row.mask & self.changed and index not in solving
        ]
        return rows

    def conflict(self, budget: Budget) -> int | None:
        """Which other cells must take part because the changed ones leave their own bounds; None if they do not."""
        if len(self.pivots) < self.changed.bit_count():
            rows = [row for row in self.rows.values() if row.mask & self.changed]
            try:
                Bounds(self.system, self.changed, rows, budget)
            except ContradictionError:
                mask = 0
                for row in rows:
                    mask |= row.mask
                return mask & ~self.changed
            return None
        for cell, index in self.pivots.items():
            row = self.rows[index]
            change = _quotient(row, cell)
            if change is None:
                allowed = not self.system.whole[cell] and self._fraction_allowed(cell, row)
            else:
                allowed = self.system.allows(cell, change)
            if not allowed:
                return row.mask & ~self.changed
        return None

    def _fraction_allowed(self, cell: int, row: Row) -> bool:
        lower = self.system.lower[cell]
        assert row.low is not None  # a pivot is exact
        factor = row.terms[cell]
        return lower is None or (self.system.base[cell] - lower) * abs(factor) + row.low * (factor // abs(factor)) >= 0

    def values(self, budget: Budget) -> dict[int, tuple[Fraction | None, Fraction | None]]:
        """The value of each changed cell, from and to (None: open)."""
        system = self.system
        if len(self.pivots) == self.changed.bit_count():
            exact: dict[int, tuple[Fraction | None, Fraction | None]] = {}
            for cell, index in self.pivots.items():
                row = self.rows[index]
                assert row.low is not None  # a pivot is exact
                value = (system.base[cell] + Fraction(row.low, row.terms[cell])) / system.scale
                exact[cell] = (value, value)
            return exact
        rows = [row for row in self.rows.values() if row.mask & self.changed]
        bounds = Bounds(system, self.changed, rows, budget)
        ends = ((cell, bounds.low[cell], bounds.high[cell]) for cell in bits(self.changed))
        return {
            cell: (None if low is None else system.value(cell, low), None if high is None else system.value(cell, high))
            for cell, low, high in ends
        }


def _quotient(row: Row, cell: int) -> int | None:
    """The change that a solved row gives its cell; None if it is finer than the scale."""
    assert row.low is not None  # a pivot is exact
    quotient, rest = divmod(row.low, row.terms[cell])
    return None if rest else quotient


def started(system: System, cells: int, budget: Budget) -> State:
    """The state in which ``cells`` may change."""
    state = State(system)
    for cell in bits(cells):
        state = state.extended(cell, budget)
    return state


@dataclass(slots=True)
class Found:
    """The smallest extensions of a state that let all rows hold.  ``size``: how many cells were added."""

    size: int
    states: list[State]
    complete: bool
    """Whether these are all of that size."""


def smallest(start: State, allowed: int, sizes: Iterable[int], limit: int, budget: Budget) -> Found | None:
    """The smallest sets of ``allowed`` cells, of one of ``sizes`` (ascending), that mend ``start``.

    None if there is no such set.  Raises ExhaustedError.
    """
    for size in sizes:
        states: list[State] = []
        complete = _search(start, size, allowed & ~start.changed, states, limit, budget)
        if states:
            return Found(size, states, complete)
    return None


def _search(state: State, size: int, allowed: int, states: list[State], limit: int, budget: Budget) -> bool:
    budget.spend(10 + len(state.rows))
    broken = state.broken()
    if not broken:
        conflict = state.conflict(budget)
        if conflict is None:
            if len(states) == limit:
                return False
            states.append(state)
            return True
        conflict &= allowed
    else:
        masks = [row.mask & allowed for row in broken]
        if size == 1:
            conflict = allowed
            for mask in masks:
                conflict &= mask
        else:
            masks.sort(key=int.bit_count)
            conflict = masks[0]
            if _apart(masks, size):
                return True
    if not size:
        return True
    for cell in bits(conflict):
        if not _search(state.extended(cell, budget), size - 1, allowed, states, limit, budget):
            return False
        # Sets with this cell have all been seen.
        allowed &= ~(1 << cell)
    return True


def _apart(masks: list[int], size: int) -> bool:
    """Whether more than ``size`` of the masks share no cell, so that as many changes cannot do."""
    taken = count = 0
    for mask in masks:
        if not mask & taken:
            taken |= mask
            count += 1
    return count > size
