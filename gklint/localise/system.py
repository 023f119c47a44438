"""A connected set of constraints in whole numbers: the common ground of searching and of deriving.

All values are multiplied by one scale and all coefficients of a row by one factor, so that everything is an ``int``:
exact and several times faster than fractions.  Rows speak of *changes* against the base (the written values, blanks as
the form says), so that a row whose interval holds 0 is a constraint that holds as things stand.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from gklint.localise.model import Constraint, Variable
from gklint.records import dataclass

_LARGEST_FINENESS = 10**6


class ExhaustedError(Exception):
    """The budget is used up."""


class Budget:
    """So many steps, a step being about one term of one row: a bound on time that does not depend on the clock."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Raises ExhaustedError when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise ExhaustedError


@dataclass(slots=True)
class Row:
    """``low <= sum(coefficient * change) <= high`` (None: open).

    ``mask`` has the bits of its cells, ``uses`` those of the constraints that it was made from.
    """

    terms: dict[int, int]
    low: int | None
    high: int | None
    mask: int
    uses: int

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def broken(self) -> bool:
        """Whether it does not hold when nothing is changed."""
        return (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def eliminate(row: Row, pivot: Row, cell: int) -> Row:
    """``row`` with ``cell`` replaced by what ``pivot``, an exact row, says of it."""
    factor = pivot.terms[cell]
    share = row.terms[cell] if factor > 0 else -row.terms[cell]
    factor = abs(factor)
    terms = dict(row.terms) if factor == 1 else {key: value * factor for key, value in row.terms.items()}
    mask = row.mask | pivot.mask
    for key, value in pivot.terms.items():
        value = terms.get(key, 0) - value * share
        if value:
            terms[key] = value
        else:
            terms.pop(key, None)
            mask &= ~(1 << key)
    assert pivot.low is not None  # a pivot is exact
    offset = pivot.low * share
    low = None if row.low is None else row.low * factor - offset
    high = None if row.high is None else row.high * factor - offset
    if factor > 1:
        common = gcd(*terms.values(), *(bound for bound in (low, high) if bound is not None))
        if common > 1:
            terms = {key: value // common for key, value in terms.items()}
            low = None if low is None else low // common
            high = None if high is None else high // common
    return Row(terms, low, high, mask, row.uses | pivot.uses)


class System:
    """One connected component: its cells numbered, its constraints as rows."""

    __slots__ = (
        "base",
        "blanks",
        "broken",
        "cells",
        "free",
        "lower",
        "names",
        "number",
        "rows",
        "rows_of",
        "scale",
        "whole",
    )

    def __init__(self, cells: Sequence[Variable], constraints: Sequence[Constraint]) -> None:
        self.cells = cells
        self.number: dict[Hashable, int] = {cell.key: index for index, cell in enumerate(cells)}
        self.names = [constraint.name for constraint in constraints]
        values = [base_value(cell) for cell in cells]
        rows = [_whole(constraint) for constraint in constraints]
        self.scale = _scale(values, cells, rows)
        self.base = [_times(value, self.scale) for value in values]
        self.lower = [None if cell.lower is None else _times(cell.lower, self.scale) for cell in cells]
        self.whole = [cell.integral for cell in cells]
        self.blanks = sum(1 << index for index, cell in enumerate(cells) if cell.written is None)
        self.free = sum(1 << index for index, cell in enumerate(cells) if cell.written is None and cell.default is None)
        self.rows: list[Row] = []
        self.rows_of: list[list[int]] = [[] for _ in cells]
        for index, (constraint, whole) in enumerate(zip(constraints, rows, strict=True)):
            self._add(index, constraint.relation, whole)
        self.broken = [index for index, row in enumerate(self.rows) if row.broken]

    def _add(self, index: int, relation: str, whole: _Whole) -> None:
        number, base, rows_of = self.number, self.base, self.rows_of
        numbered: dict[int, int] = {}
        total = _times(whole.constant, self.scale)
        mask = 0
        for key, coefficient in whole.terms.items():
            cell = number[key]
            numbered[cell] = coefficient
            total += coefficient * base[cell]
            mask |= 1 << cell
            rows_of[cell].append(index)
        tolerance = _times(whole.tolerance, self.scale)
        low = None if relation == "<=" else -total - tolerance
        high = None if relation == ">=" else -total + tolerance
        self.rows.append(Row(numbered, low, high, mask, 1 << index))

    def rebased(self, changes: dict[int, int]) -> None:
        """Takes the scaled ``changes`` into the base: from now on they are how things stand."""
        for cell, change in changes.items():
            self.base[cell] += change
            for index in self.rows_of[cell]:
                row = self.rows[index]
                shift = row.terms[cell] * change
                low = None if row.low is None else row.low - shift
                high = None if row.high is None else row.high - shift
                self.rows[index] = Row(row.terms, low, high, row.mask, row.uses)
        self.broken = [index for index, row in enumerate(self.rows) if row.broken]

    def value(self, cell: int, change: int) -> Fraction:
        return Fraction(self.base[cell] + change, self.scale)

    def allows(self, cell: int, change: int) -> bool:
        """Whether the changed value is within the cell's own bounds."""
        value = self.base[cell] + change
        lower = self.lower[cell]
        return (lower is None or value >= lower) and not (self.whole[cell] and value % self.scale)

    def names_of(self, uses: int) -> tuple[Hashable, ...]:
        return tuple(self.names[index] for index in bits(uses))


def base_value(cell: Variable) -> Fraction:
    """The value of a cell as things stand: what is written or, for a blank, what the form says, if nothing 0."""
    if cell.written is not None:
        return cell.written
    return _ZERO if cell.default is None else cell.default


_ZERO = Fraction(0)


def _times(value: Fraction, scale: int) -> int:
    return value.numerator * (scale // value.denominator)


class _Whole(NamedTuple):
    """A constraint times the least number that makes its coefficients whole."""

    terms: dict[Hashable, int]
    constant: Fraction
    tolerance: Fraction


_KNOWN: dict[int, tuple[Constraint, _Whole]] = {}
_MAX_KNOWN = 4096


def _whole(constraint: Constraint) -> _Whole:
    """The constraint made whole, worked out once: those of a pack come again with every report."""
    known = _KNOWN.get(id(constraint))
    if known is not None and known[0] is constraint:
        return known[1]
    factor = 1
    for _, coefficient in constraint.terms:
        if coefficient.denominator != 1:
            factor = lcm(factor, coefficient.denominator)
    terms: dict[Hashable, int] = {}
    for key, coefficient in constraint.terms:
        terms[key] = terms.get(key, 0) + coefficient.numerator * (factor // coefficient.denominator)
    terms = {key: coefficient for key, coefficient in terms.items() if coefficient}
    if len(_KNOWN) >= _MAX_KNOWN:
        _KNOWN.clear()
    whole = _Whole(terms, constraint.constant * factor, constraint.tolerance * factor)
    _KNOWN[id(constraint)] = (constraint, whole)
    return whole


def _scale(values: Sequence[Fraction], cells: Sequence[Variable], rows: Sequence[_Whole]) -> int:
    """The common denominator of everything, finer by the coefficients so that most quotients stay whole."""
    denominators = {value.denominator for value in values}
    denominators.update(cell.lower.denominator for cell in cells if cell.lower is not None)
    coefficients: set[int] = set()
    for whole in rows:
        denominators.add(whole.constant.denominator)
        denominators.add(whole.tolerance.denominator)
        coefficients.update(whole.terms.values())
    fineness = 1
    for coefficient in set(map(abs, coefficients)) - {1}:
        finer = lcm(fineness, coefficient)
        if finer <= _LARGEST_FINENESS:
            fineness = finer
    return lcm(*denominators) * fineness
