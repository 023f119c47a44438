"""What is asked and what is answered: cells as variables, identities as linear constraints, and the diagnosis."""

from __future__ import annotations

from collections.abc import Hashable
from enum import StrEnum
from fractions import Fraction

from gklint.records import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A cell.

    ``written`` is None for a blank; ``text`` is the number's text as written, for judging slips of the pen.  A value
    that is put in anew is at least ``lower`` and, with ``integral``, whole; a written value that breaks its own bounds
    is left to other checks as long as the identities hold.  ``default`` is what the form says that a blank stands for,
    None if for nothing.  ``neighbours`` are the cells beside it, where its value may have been set by mistake.
    """

    key: Hashable
    written: Fraction | None
    text: str = ""
    lower: Fraction | None = None
    integral: bool = False
    default: Fraction | None = None
    neighbours: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """``sum(coefficient * value) + constant  relation  0``, give or take ``tolerance``.

    ``relation`` is ``==``, ``<=`` or ``>=``.  Only hard constraints call for a repair; the others help to choose
    between repairs that are equally small.
    """

    name: Hashable
    terms: tuple[tuple[Hashable, Fraction], ...]
    constant: Fraction = Fraction(0)
    relation: str = "=="
    tolerance: Fraction = Fraction(0)
    hard: bool = True


class Verdict(StrEnum):
    """How sure the diagnosis of a fault is."""

    PROVEN = "proven"
    """No other change of so few cells lets the identities hold, whatever stands in the blanks."""
    LIKELY = "likely"
    """One repair is the only small one, or is the plainest slip among the small ones."""
    UNDECIDED = "undecided"
    """Several repairs are as good as each other, or none was found (``Fault.reason`` says which)."""


class Reason(StrEnum):
    """Why a fault is not proven."""

    NONE = ""
    SEVERAL = "several"
    """Several repairs of the same size let the identities hold."""
    BLANKS = "blanks"
    """The blanks, were they not what the form says, leave room for another explanation; without any repair: they cannot
    all be what the form says, and it is open which are not."""
    LARGE = "large"
    """More than two cells would have to change."""
    SEARCH = "search"
    """The search was given up: no repair was found within its bounds, or not every one of that size was looked at."""
    IMPOSSIBLE = "impossible"
    """No change of cells can let the identities hold."""


class Cause(StrEnum):
    """How a wrong value may have come about."""

    TRANSPOSED = "transposed"
    """Two adjacent digits are swapped."""
    DOUBLED = "doubled"
    """A digit was written twice."""
    INSERTED = "inserted"
    """A digit too many."""
    DROPPED = "dropped"
    """A digit is missing."""
    MISTYPED = "mistyped"
    """One digit is another."""
    SIGN = "sign"
    """The sign is lost or stands where none belongs."""
    SCALED = "scaled"
    """A power of ten too large or too small: a unit or the decimal point."""
    COPIED = "copied"
    """It is the number of a neighbouring cell."""
    ADDEND = "addend"
    """It is off by exactly another number of a broken identity: one left out or counted twice."""
    EXCHANGED = "exchanged"
    """Two neighbouring cells have each other's value."""
    MOVED = "moved"
    """The value stands in the neighbouring cell."""
    BLANK = "blank"
    """A blank that does not stand for what the form says."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a repair puts into one cell.

    ``value`` is None where the identities do not fix it; it is then anything from ``low`` to ``high`` (None: open).
    ``evidence`` names the broken constraints that the cell is part of.
    """

    key: Hashable
    written: Fraction | None
    value: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    evidence: tuple[Hashable, ...] = ()
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells whose change lets all identities of the fault hold; ``cost`` orders repairs, the most plausible lowest."""

    changes: tuple[Change, ...]
    cost: int

    @property
    def keys(self) -> frozenset[Hashable]:
        return frozenset(change.key for change in self.changes)


@dataclass(frozen=True, slots=True)
class Fault:
    """Broken hard constraints that hang together, and what would mend them.

    ``constraints`` are broken as things stand (blanks taken as what the form says); ``repairs`` are the smallest ones,
    best first, and, unless ``reason`` is ``SEARCH``, all of them.  The repair meant by ``PROVEN`` and ``LIKELY`` is the
    first.
    """

    constraints: tuple[Hashable, ...]
    verdict: Verdict
    repairs: tuple[Repair, ...]
    reason: Reason = Reason.NONE


class Blank(StrEnum):
    """What is known of a blank."""

    PROVEN = "proven"
    """The identities leave no other value, whatever the other blanks are."""
    LIKELY = "likely"
    """It cannot be what the form says; this is its value if the other blanks are, or if a likely repair is right."""
    EXPECTED = "expected"
    """Nothing fixes it; what the form says agrees with everything."""
    UNKNOWN = "unknown"
    """Nothing fixes it and nothing is expected, or a fault leaves it open."""


@dataclass(frozen=True, slots=True)
class Filling:
    """The value for a blank, how it is known, and the constraints that say so."""

    key: Hashable
    status: Blank
    value: Fraction | None
    evidence: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The faults of the written cells and the values of the blanks, both in the order of the input."""

    faults: tuple[Fault, ...]
    blanks: tuple[Filling, ...]
