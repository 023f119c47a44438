"""What the constraints say of unknown cells: intervals narrowed until nothing moves, and exact elimination."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from gklint.localise.system import Budget, Row, System, bits, eliminate

_VISITS = 30
"""How often a row is looked at again: intervals may otherwise creep for ever (x == y + 1, y == x + 1)."""
_ROUNDS = 4


class ContradictionError(Exception):
    """The unknown cells have no values.  ``uses``: the constraints that rule them out."""

    def __init__(self, uses: int) -> None:
        super().__init__(uses)
        self.uses = uses


class Bounds:
    """For each unknown cell the interval of its change, and the constraints that each end follows from.

    Sound, not complete: an interval may be wider than the truth, never narrower.
    """

    __slots__ = ("budget", "high", "low", "rows", "rows_of", "system", "unknown", "why_high", "why_low")

    def __init__(self, system: System, unknown: int, rows: Iterable[Row], budget: Budget) -> None:
        """Raises ContradictionError and ExhaustedError."""
        self.system = system
        self.budget = budget
        self.unknown = unknown
        self.low: dict[int, int | None] = {}
        self.high: dict[int, int | None] = {}
        self.why_low: dict[int, int] = {}
        self.why_high: dict[int, int] = {}
        self.rows: list[tuple[Row, list[tuple[int, int]]]] = []
        self.rows_of: dict[int, list[int]] = {}
        for cell in bits(unknown):
            lower = system.lower[cell]
            low = None if lower is None else lower - system.base[cell]
            self.low[cell] = low if low is None else self._rounded(cell, low, up=True)
            self.high[cell] = None
            self.why_low[cell] = self.why_high[cell] = 0
            self.rows_of[cell] = []
        self.add(rows)

    def add(self, rows: Iterable[Row]) -> None:
        """Takes more rows in and narrows.  Raises ContradictionError and ExhaustedError."""
        first = len(self.rows)
        for row in rows:
            self.budget.spend(1 + len(row.terms))
            own = [(cell, coefficient) for cell, coefficient in row.terms.items() if self.unknown >> cell & 1]
            if not own and row.broken:
                raise ContradictionError(row.uses)
            for cell, _ in own:
                self.rows_of[cell].append(len(self.rows))
            self.rows.append((row, own))
        self._narrow(range(first, len(self.rows)))

    def fixed(self, cell: int) -> bool:
        return self.low[cell] is not None and self.low[cell] == self.high[cell]

    def why(self, cell: int) -> int:
        return self.why_low[cell] | self.why_high[cell]

    def _rounded(self, cell: int, change: int, *, up: bool) -> int:
        """The nearest change that gives a whole value, where the cell wants one."""
        if not self.system.whole[cell]:
            return change
        scale = self.system.scale
        value = self.system.base[cell] + change
        value = -(-value // scale) if up else value // scale
        return value * scale - self.system.base[cell]

    def _narrow(self, start: Iterable[int]) -> None:
        queue = deque(start)
        waiting = set(queue)
        visits: dict[int, int] = {}
        while queue:
            index = queue.popleft()
            waiting.discard(index)
            visits[index] = visits.get(index, 0) + 1
            if visits[index] > _VISITS:
                continue
            row, own = self.rows[index]
            self.budget.spend(1 + len(own))
            for cell in self._visit(row, own):
                for other in self.rows_of[cell]:
                    if other not in waiting:
                        waiting.add(other)
                        queue.append(other)

    def _visit(self, row: Row, own: list[tuple[int, int]]) -> list[int]:
        """Narrows the cells of one row; returns those that moved."""
        moved: list[int] = []
        if row.high is not None:
            self._push(own, 1, row.high, row.uses, moved)
        if row.low is not None:
            self._push(own, -1, -row.low, row.uses, moved)
        return moved

    def _push(self, own: list[tuple[int, int]], sign: int, limit: int, uses: int, moved: list[int]) -> None:
        """Narrows by ``sum(sign * coefficient * change) <= limit``."""
        low, high = self.low, self.high
        least = 0
        open_cell = -1
        for cell, coefficient in own:
            bound = low[cell] if coefficient * sign > 0 else high[cell]
            if bound is None:
                if open_cell >= 0:
                    return
                open_cell = cell
            else:
                least += coefficient * sign * bound
        if open_cell < 0 and least > limit:
            raise ContradictionError(self._why(own, sign, uses))
        why = 0
        for cell, coefficient in own:
            if open_cell not in (-1, cell):
                continue
            factor = coefficient * sign
            if factor > 0:
                bound = low[cell]
                rest = limit - least + (0 if bound is None else factor * bound)
                new = self._rounded(cell, rest // factor if self.system.whole[cell] else -(-rest // factor), up=False)
                now = high[cell]
                if now is None or new < now:
                    why = why or self._why(own, sign, uses)
                    high[cell] = new
                    self.why_high[cell] = why
                    moved.append(cell)
            else:
                bound = high[cell]
                rest = limit - least + (0 if bound is None else factor * bound)
                new = self._rounded(cell, -(rest // -factor), up=True) if self.system.whole[cell] else rest // factor
                now = low[cell]
                if now is None or new > now:
                    why = why or self._why(own, sign, uses)
                    low[cell] = new
                    self.why_low[cell] = why
                    moved.append(cell)
        for cell in moved:
            self._check(cell)

    def _why(self, own: list[tuple[int, int]], sign: int, uses: int) -> int:
        """The constraints that a row's least sum follows from, the row's own taken in."""
        for cell, coefficient in own:
            uses |= self.why_low[cell] if coefficient * sign > 0 else self.why_high[cell]
        return uses

    def _check(self, cell: int) -> None:
        low, high = self.low[cell], self.high[cell]
        if low is not None and high is not None and low > high:
            raise ContradictionError(self.why(cell))


def derive(system: System, unknown: int, budget: Budget) -> Bounds:
    """What the constraints say of the ``unknown`` cells, all others staying as they are.

    Raises ContradictionError if there are no values for them, ExhaustedError if the budget does not do.
    """
    bounds = Bounds(system, unknown, system.rows, budget)
    for _ in range(_ROUNDS):
        open_cells = 0
        for cell in bits(unknown):
            if not bounds.fixed(cell):
                open_cells |= 1 << cell
        if not open_cells:
            break
        rows = _echelon(bounds, open_cells, budget)
        if not rows:
            break
        bounds.add(rows)
        if all(not bounds.fixed(cell) for cell in bits(open_cells)):
            break
    return bounds


def _echelon(bounds: Bounds, open_cells: int, budget: Budget) -> list[Row]:
    """The exact rows over the cells still open, each solved for a cell of its own; only rows that are news."""
    pending: list[Row] = []
    for row in bounds.system.rows:
        if row.exact and row.mask & open_cells:
            pending.append(_restricted(bounds, row, open_cells))
    solved: list[tuple[int, Row]] = []
    # The shortest row first keeps the others short.
    pending.sort(key=lambda row: len(row.terms))
    for row in pending:
        for cell, pivot in solved:
            if cell in row.terms:
                budget.spend(len(row.terms) + len(pivot.terms))
                row = eliminate(row, pivot, cell)
        if not row.terms:
            if row.broken:
                raise ContradictionError(row.uses)
            continue
        own = min(row.terms, key=lambda cell: (len(bounds.rows_of[cell]), cell))
        for index, (cell, other) in enumerate(solved):
            if own in other.terms:
                budget.spend(len(row.terms) + len(other.terms))
                solved[index] = (cell, eliminate(other, row, own))
        solved.append((own, row))
    return [row for _, row in solved if row.uses.bit_count() > 1]


def _restricted(bounds: Bounds, row: Row, open_cells: int) -> Row:
    """``row`` over the open cells only, the others at their changes."""
    shift, uses = 0, row.uses
    terms = {}
    for cell, coefficient in row.terms.items():
        if open_cells >> cell & 1:
            terms[cell] = coefficient
        elif bounds.unknown >> cell & 1:
            change = bounds.low[cell]
            assert change is not None  # it is fixed
            shift += coefficient * change
            uses |= bounds.why(cell)
    assert row.low is not None  # only exact rows are solved
    value = row.low - shift
    return Row(terms, value, value, row.mask & open_cells, uses)
