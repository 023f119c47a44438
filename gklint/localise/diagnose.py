"""From cells and identities to faults, repairs and the values of blanks: one connected component at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

from gklint.localise.bounds import Bounds, ContradictionError, derive
from gklint.localise.model import (
    Blank,
    Cause,
    Change,
    Constraint,
    Fault,
    Filling,
    Reason,
    Repair,
    Variable,
    Verdict,
)
from gklint.localise.plausible import TELLING, judged, paired
from gklint.localise.search import State, smallest, started
from gklint.localise.system import Budget, ExhaustedError, System, bits
from gklint.records import dataclass, field

PROVABLE = 2
"""The largest number of wrong cells that a unique repair may be called proven for."""
LARGEST = 6
"""The largest number of cells that a repair is looked for."""
_LIMIT = 256
"""How many repairs of one size are listed before it is certain enough that nothing is certain."""
_CHEAP_BLANKS = 2
"""So few blanks are sooner other than the form says than a written number is wrong."""
_EXTRA_BLANKS = 2
_MARGIN = 2
"""How much plainer the best repair must be than the next to be called likely."""
_SOFT = 3
"""What a soft constraint broken more or less counts: to mend one speaks for a repair without any slip."""
_PLAIN = 1
"""The cost up to which a slip is so plain that it stands against blanks as well."""


@dataclass(slots=True)
class _Sets:
    """Sets of cells that mend a component, as found so far."""

    states: list[State] = field(default_factory=list)
    complete: bool = True


class Component:
    """One component under diagnosis."""

    def __init__(
        self,
        system: System,
        soft: Mapping[Hashable, Sequence[Constraint]],
        numbers: Mapping[Hashable, Fraction],
        budget: Budget,
    ) -> None:
        """``soft``: the constraints that are not hard, by each of their cells; ``numbers``: the value of every cell."""
        self.system = system
        self.soft = soft
        self.numbers = numbers
        self.budget = budget
        self.start = State(system)
        self.contradictions: list[tuple[int, int]] = []
        """Cells of constraints that contradict each other, and the cells that were free to change when they did."""

    def diagnose(self) -> tuple[Fault | None, list[Filling]]:
        """The fault, if there is one, and what the blanks are."""
        if not self.system.broken and not self.system.blanks:
            return None, []
        try:
            self.start = started(self.system, self.system.free, self.budget)
            if not self.start.broken() and self.start.conflict(self.budget) is None:
                return None, self._fillings(Blank.PROVEN)
            return self._mended()
        except ExhaustedError:
            return self._given_up()

    # --- blanks -----------------------------------------------------------------------------------------------------

    def _derived(self) -> Bounds | None:
        """What follows for the blanks from how things stand; None if that was too much work or contradicts itself."""
        try:
            return derive(self.system, self.system.blanks, self.budget)
        except (ContradictionError, ExhaustedError):
            return None

    def _fillings(
        self, certainty: Blank, bounds: Bounds | None = None, needed: Mapping[int, Change] | None = None
    ) -> list[Filling]:
        """The blanks where the written values (or a repair, taken into the base) are right.

        ``certainty`` is what a derived value may be called, ``needed`` the blanks that the repair fills.
        """
        if not self.system.blanks:
            return []
        bounds = bounds or self._derived()
        fillings = []
        for cell in bits(self.system.blanks):
            variable = self.system.cells[cell]
            if bounds is not None and bounds.fixed(cell):
                change = bounds.low[cell]
                assert change is not None  # it is fixed
                value = self.system.value(cell, change)
                fillings.append(Filling(variable.key, certainty, value, self.system.names_of(bounds.why(cell))))
            elif needed and cell in needed:
                change_ = needed[cell]
                status = Blank.UNKNOWN if change_.value is None else Blank.LIKELY
                fillings.append(Filling(variable.key, status, change_.value, change_.evidence))
            else:
                fillings.append(_expected(variable))
        return fillings

    def _unsettled(self, touched: int, repairs: Sequence[Repair] = ()) -> list[Filling]:
        """The blanks beside a fault that is not settled; ``touched`` are those that it is about."""
        offers: dict[Hashable, list[Change]] = {}
        for repair in repairs:
            for change in repair.changes:
                offers.setdefault(change.key, []).append(change)
        fillings = []
        for cell in bits(self.system.blanks):
            variable = self.system.cells[cell]
            if not touched >> cell & 1:
                fillings.append(_expected(variable))
                continue
            offered = offers.get(variable.key, [])
            values = {change.value for change in offered}
            if offered and len(offered) == len(repairs) and len(values) == 1 and None not in values:
                fillings.append(Filling(variable.key, Blank.LIKELY, offered[0].value, offered[0].evidence))
            else:
                fillings.append(Filling(variable.key, Blank.UNKNOWN, None))
        return fillings

    # --- repairs ----------------------------------------------------------------------------------------------------

    def _mended(self) -> tuple[Fault | None, list[Filling]]:
        system, budget = self.system, self.budget
        bounds: Bounds | None = None
        by_blanks = _Sets()
        if system.blanks:
            try:
                bounds = derive(system, system.blanks, budget)
            except ContradictionError as error:
                self._learned(error.uses, 0)
            else:
                start = started(system, system.free | _forced(bounds), budget)
                by_blanks = self._search(start, system.blanks, range(_EXTRA_BLANKS + 1))
        if by_blanks.states:
            return self._by_blanks(by_blanks, bounds)
        sets = self._search(self.start, -1, range(1, PROVABLE + 1))
        if not sets.states and bounds is not None:
            return self._blanks_open(bounds)
        if not sets.states and self.contradictions:
            sets = self._beside_blanks()
        if not sets.states:
            sets = self._search(self.start, -1, range(PROVABLE + 1, LARGEST + 1))
        if not sets.states:
            return self._unmendable()
        return self._settled(sets)

    def _search(self, start: State, allowed: int, sizes: Iterable[int]) -> _Sets:
        allowed &= (1 << len(self.system.cells)) - 1
        found = smallest(start, allowed, sizes, _LIMIT, self.budget)
        return _Sets() if found is None else _Sets(found.states, found.complete)

    def _by_blanks(self, sets: _Sets, bounds: Bounds | None) -> tuple[Fault | None, list[Filling]]:
        """The written numbers can all stand if some blanks are not what the form says."""
        system = self.system
        count = (sets.states[0].changed & ~system.free).bit_count()
        rivals = self._search(self.start, ~system.blanks, (1,)) if count > _CHEAP_BLANKS else _Sets()
        complete = sets.complete and rivals.complete
        # To take the one number away that asks for the blanks would mend everything, and help nobody.
        against = [repair for repair in self._repairs(rivals.states) if not _erases(repair)]
        repairs = sorted([*self._repairs(sets.states), *against], key=lambda repair: repair.cost)
        best = repairs[0]
        if against:
            plain = best.cost <= _PLAIN and any(change.written is not None for change in best.changes)
            verdict = Verdict.LIKELY if plain and complete and _stands_out(repairs) else Verdict.UNDECIDED
            return self._fault(verdict, repairs, Reason.BLANKS if complete else Reason.SEARCH)
        if complete and (len(repairs) == 1 or _stands_out(repairs)):
            needed = {system.number[change.key]: change for change in best.changes}
            return None, self._fillings(Blank.PROVEN, bounds, needed)
        return self._fault(Verdict.UNDECIDED, repairs, Reason.SEVERAL if complete else Reason.SEARCH)

    def _blanks_open(self, bounds: Bounds) -> tuple[Fault, list[Filling]]:
        """The written numbers can stand, but many blanks are not what the form says and it is open which."""
        system = self.system
        names = tuple(system.names[index] for index in system.broken)
        touched = _forced(bounds)
        for index in system.broken:
            touched |= system.rows[index].mask
        fillings = []
        for filling in self._fillings(Blank.PROVEN, bounds):
            if filling.status is not Blank.PROVEN and touched >> system.number[filling.key] & 1:
                filling = Filling(filling.key, Blank.UNKNOWN, None)
            fillings.append(filling)
        return Fault(names, Verdict.UNDECIDED, (), Reason.BLANKS), fillings

    def _beside_blanks(self) -> _Sets:
        """One written cell is wrong and more than one blank is not what the form says."""
        system = self.system
        sets = _Sets()
        for freed in self._unrefuted(0, 1):
            unknown = freed | system.blanks
            forced = _forced(derive(system, unknown, self.budget))
            start = started(system, system.free | freed | forced, self.budget)
            found = self._search(start, system.blanks, range(_EXTRA_BLANKS))
            sets.states += found.states
            sets.complete = sets.complete and found.complete
        if sets.states:
            size = min(state.changed.bit_count() for state in sets.states)
            sets.states = [state for state in sets.states if state.changed.bit_count() == size]
        return sets

    def _unrefuted(self, freed: int, depth: int, excluded: int = 0) -> list[int]:
        """The smallest sets of written cells that the constraints do not rule out as the wrong ones.

        They are ``freed`` and up to ``depth`` more; ``excluded`` cells take no part.
        """
        contradiction = self._contradiction(freed)
        if contradiction is None:
            return [freed]
        survivors: list[int] = []
        if depth:
            for cell in bits(contradiction & ~(self.system.blanks | freed | excluded)):
                survivors += self._unrefuted(freed | 1 << cell, depth - 1, excluded)
                # Sets with this cell have all been seen.
                excluded |= 1 << cell
        return survivors

    def _contradiction(self, freed: int) -> int | None:
        """The cells of constraints that cannot all hold, whatever blanks and ``freed`` cells are; None if none show.

        What ruled out one set of cells rules out every other that has no further cell in those constraints.
        """
        fitting = [cells for cells, known in self.contradictions if not freed & cells & ~known]
        if fitting:
            return min(fitting, key=int.bit_count)
        try:
            derive(self.system, freed | self.system.blanks, self.budget)
        except ContradictionError as error:
            return self._learned(error.uses, freed)
        return None

    def _learned(self, uses: int, freed: int) -> int:
        cells = 0
        for index in bits(uses):
            cells |= self.system.rows[index].mask
        self.contradictions.append((cells, freed))
        return cells

    def _settled(self, sets: _Sets) -> tuple[Fault | None, list[Filling]]:
        repairs = self._repairs(sets.states)
        if not sets.complete:
            return self._fault(Verdict.UNDECIDED, repairs, Reason.SEARCH)
        state = sets.states[0]
        if len(repairs) > 1:
            # With many cells in play there is always some set that looks like slips of the pen.
            likely = len(repairs[0].changes) <= PROVABLE and _stands_out(repairs)
            return self._fault(Verdict.LIKELY if likely else Verdict.UNDECIDED, repairs, Reason.SEVERAL)
        # What a blank holds that stands for nothing is no change.
        if (state.changed & ~self.system.free).bit_count() > PROVABLE:
            return self._fault(Verdict.LIKELY, repairs, Reason.LARGE)
        if any(change.value is None for change in repairs[0].changes):
            return self._fault(Verdict.LIKELY, repairs, Reason.SEVERAL)
        if self.system.blanks and not self._certain(state):
            return self._fault(Verdict.LIKELY, repairs, Reason.BLANKS)
        return self._fault(Verdict.PROVEN, repairs, Reason.NONE)

    def _certain(self, state: State) -> bool:
        """Whether ``state`` and its values are the only explanation of its size whatever stands in the blanks."""
        system = self.system
        if not self.contradictions or state.changed & system.blanks:
            return False
        try:
            if self._unrefuted(0, state.changed.bit_count()) != [state.changed]:
                return False
            bounds = derive(system, state.changed | system.blanks, self.budget)
        except (ContradictionError, ExhaustedError):
            return False
        return all(bounds.fixed(cell) for cell in bits(state.changed))

    def _unmendable(self) -> tuple[Fault | None, list[Filling]]:
        try:
            derive(self.system, (1 << len(self.system.cells)) - 1, self.budget)
        except ContradictionError:
            return self._fault(Verdict.UNDECIDED, [], Reason.IMPOSSIBLE)
        return self._given_up()

    def _given_up(self) -> tuple[Fault | None, list[Filling]]:
        broken = self.system.broken
        if not broken:
            return None, self._unsettled(self.system.free)
        return self._fault(Verdict.UNDECIDED, [], Reason.SEARCH)

    # --- saying it ---------------------------------------------------------------------------------------------------

    def _fault(self, verdict: Verdict, repairs: list[Repair], reason: Reason) -> tuple[Fault, list[Filling]]:
        system = self.system
        names = tuple(system.names[index] for index in system.broken)
        fault = Fault(names, verdict, tuple(repairs), reason)
        if verdict is not Verdict.UNDECIDED:
            needed = {system.number[change.key]: change for change in repairs[0].changes}
            fillings = self._fillings_mended(Blank(verdict.value), needed)
            if fillings is not None:
                return fault, fillings
        touched = system.free
        for repair in repairs:
            for key in repair.keys:
                touched |= 1 << system.number[key]
        if not repairs:
            for index in system.broken:
                touched |= system.rows[index].mask
        return fault, self._unsettled(touched, repairs)

    def _fillings_mended(self, certainty: Blank, needed: Mapping[int, Change]) -> list[Filling] | None:
        """The blanks once the repair is made; None if its values are open."""
        system = self.system
        changes = {}
        for cell, change in needed.items():
            if change.value is None:
                return None
            scaled = change.value * system.scale
            if scaled.denominator != 1:
                return None
            changes[cell] = scaled.numerator - system.base[cell]
        system.rebased(changes)
        return self._fillings(certainty, None, needed)

    def _repairs(self, states: Iterable[State]) -> list[Repair]:
        """As repairs, the most plausible first."""
        repairs: dict[int, Repair] = {}
        for state in states:
            if state.changed not in repairs:
                repairs[state.changed] = self._repair(state)
        return sorted(repairs.values(), key=lambda repair: repair.cost)

    def _repair(self, state: State) -> Repair:
        system = self.system
        intervals = state.values(self.budget)
        cells = [cell for cell in bits(state.changed) if not (system.free >> cell & 1)]
        values = [low if low == high else None for low, high in (intervals[cell] for cell in cells)]
        pair = paired([system.cells[cell] for cell in cells], values) if len(cells) == 2 else None
        total = 0
        changes = []
        for cell, value in zip(cells, values, strict=True):
            variable = system.cells[cell]
            cause: Cause | None
            if pair is None:
                cause, cost = judged(variable, value, self._addends(cell), self.numbers)
            else:
                cause, cost = pair
            total = cost if pair is not None else total + cost
            low, high = intervals[cell]
            evidence = self._evidence(cell)
            changes.append(Change(variable.key, variable.written, value, low, high, evidence, cause))
        return Repair(tuple(changes), total + self._soft_cost(changes))

    def _evidence(self, cell: int) -> tuple[Hashable, ...]:
        system = self.system
        own = tuple(system.names[index] for index in system.rows_of[cell] if system.rows[index].broken)
        return own or tuple(system.names[index] for index in system.broken)

    def _addends(self, cell: int) -> list[Fraction]:
        """The other written numbers of the broken constraints that the cell is in."""
        system = self.system
        mask = 0
        for index in system.rows_of[cell]:
            if system.rows[index].broken:
                mask |= system.rows[index].mask
        written = (system.cells[other].written for other in bits(mask & ~(1 << cell)))
        return [value for value in written if value is not None]

    def _soft_cost(self, changes: Sequence[Change]) -> int:
        """How many more soft constraints are broken after the repair than before, times their weight."""
        new = {change.key: change.value for change in changes if change.value is not None}
        touched = {id(soft): soft for key in new for soft in self.soft.get(key, ())}
        difference = 0
        for soft in touched.values():
            difference += _is_broken(soft, self.numbers, new) - _is_broken(soft, self.numbers, {})
        return difference * _SOFT


def _forced(bounds: Bounds) -> int:
    """The cells that cannot stay as they are."""
    mask = 0
    for cell in bits(bounds.unknown):
        low, high = bounds.low[cell], bounds.high[cell]
        if (low is not None and low > 0) or (high is not None and high < 0):
            mask |= 1 << cell
    return mask


def _erases(repair: Repair) -> bool:
    return any(change.value == 0 for change in repair.changes)


def _stands_out(repairs: Sequence[Repair]) -> bool:
    best, second = repairs[0], repairs[1]
    return best.cost <= TELLING * len(best.changes) and second.cost - best.cost >= _MARGIN


def _expected(variable: Variable) -> Filling:
    if variable.default is None:
        return Filling(variable.key, Blank.UNKNOWN, None)
    return Filling(variable.key, Blank.EXPECTED, variable.default)


def _is_broken(
    constraint: Constraint, numbers: Mapping[Hashable, Fraction], changed: Mapping[Hashable, Fraction]
) -> bool:
    total = constraint.constant
    for key, coefficient in constraint.terms:
        total += coefficient * (changed[key] if key in changed else numbers[key])
    if constraint.relation != "<=" and total < -constraint.tolerance:
        return True
    return constraint.relation != ">=" and total > constraint.tolerance
