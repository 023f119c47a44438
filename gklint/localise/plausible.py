"""How a wrong number may have come about: what makes one repair a plainer slip than another of the same size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from unicodedata import normalize

from gklint.localise.model import Cause, Variable

UNEXPLAINED = 5
"""The cost of a change that looks like no slip."""
BLANK = 1
ERASED = 2
"""What it costs more to take a number away (put 0) than to correct it."""
_COSTS = {
    Cause.TRANSPOSED: 1,
    Cause.DOUBLED: 1,
    Cause.SIGN: 1,
    Cause.SCALED: 1,
    Cause.DROPPED: 2,
    Cause.INSERTED: 2,
    # These fit many a wrong candidate by chance: to be off by a little is to differ in one digit.
    Cause.MISTYPED: 4,
    Cause.COPIED: 4,
    Cause.ADDEND: 4,
}
_SINGLE_DIGIT = 4
"""A slip that turns one digit into any other, or one into two, tells nothing."""
TELLING = 2
"""The cost up to which a cause speaks for the repair."""
_PAIR = 2
_DECIMALS = 20
_BITS = 256
"""Beyond numbers of this size nobody slips by one digit (and Python refuses to print them)."""


def digits(value: Fraction, decimals: int) -> str | None:
    """``abs(value)`` as digits without the point, with so many decimals; None if it has more."""
    scaled = abs(value) * 10**decimals
    return str(scaled.numerator) if scaled.denominator == 1 and scaled.numerator.bit_length() <= _BITS else None


def decimals_of(text: str, value: Fraction) -> int:
    """The number of decimals that ``text`` has, or that ``value`` needs."""
    _, point, rest = normalize("NFKC", text).partition(".")
    count = 0
    for character in rest if point else "":
        if not character.isdigit():
            break
        count += 1
    while count < _DECIMALS and (value * 10**count).denominator != 1:
        count += 1
    return min(count, _DECIMALS)


def slip(written: str, meant: str) -> Cause | None:
    """The slip of the pen that turns the digits ``meant`` into ``written``."""
    if len(written) == len(meant):
        differing = [index for index, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
        if len(differing) == 1:
            return Cause.MISTYPED
        if len(differing) == 2:
            first, second = differing
            swapped = written[first] == meant[second] and written[second] == meant[first]
            return Cause.TRANSPOSED if second == first + 1 and swapped else None
        return None
    if len(written) == len(meant) + 1:
        index = _surplus(written, meant)
        if index is None:
            return None
        # Of equal digits side by side the surplus one is the last.
        return Cause.DOUBLED if index and written[index] == written[index - 1] else Cause.INSERTED
    if len(written) + 1 == len(meant) and _surplus(meant, written) is not None:
        return Cause.DROPPED
    return None


def _surplus(longer: str, shorter: str) -> int | None:
    """The index of the one digit that ``longer`` has more."""
    index = next((i for i, digit in enumerate(shorter) if longer[i] != digit), len(shorter))
    return index if longer[index + 1 :] == shorter[index:] else None


def judged(
    cell: Variable, value: Fraction | None, addends: Iterable[Fraction], numbers: Mapping[object, Fraction]
) -> tuple[Cause | None, int]:
    """The likeliest cause that ``cell`` holds what it does instead of ``value``, and its cost.

    ``addends`` are the other numbers of the broken identities, ``numbers`` all numbers by key.
    """
    if cell.written is None:
        return Cause.BLANK, BLANK
    if value is None:
        return None, UNEXPLAINED
    extra = ERASED if value == 0 else 0
    cause, cost = _single(cell, cell.written, value, addends, numbers)
    return cause, cost + extra


def _single(
    cell: Variable, written: Fraction, value: Fraction, addends: Iterable[Fraction], numbers: Mapping[object, Fraction]
) -> tuple[Cause | None, int]:
    if written == -value:
        return Cause.SIGN, _COSTS[Cause.SIGN]
    if written and value and _power_of_ten(written / value):
        return Cause.SCALED, _COSTS[Cause.SCALED]
    decimals = decimals_of(cell.text, written)
    before, after = digits(written, decimals), digits(value, decimals)
    if before is not None and after is not None and (written < 0) == (value < 0):
        found = slip(before, after)
        if found is not None:
            plain = min(len(before), len(after)) == 1
            return found, _SINGLE_DIGIT if plain else _COSTS[found]
    if written and any(numbers.get(key) == written for key in cell.neighbours):
        return Cause.COPIED, _COSTS[Cause.COPIED]
    off = abs(written - value)
    # Ones are everywhere: to be off by one tells nothing.
    if off > 1 and any(abs(addend) == off for addend in addends):
        return Cause.ADDEND, _COSTS[Cause.ADDEND]
    return None, UNEXPLAINED


def _power_of_ten(ratio: Fraction) -> bool:
    ratio = abs(ratio)
    larger = ratio if ratio > 1 else 1 / ratio
    if larger.denominator != 1 or larger == 1 or larger > 10**8:
        return False
    text = str(larger.numerator)
    return text[0] == "1" and not text[1:].strip("0")


def paired(cells: Sequence[Variable], values: Sequence[Fraction | None]) -> tuple[Cause, int] | None:
    """The one slip behind a change of two cells that stand side by side, if there is one."""
    first, second = cells
    if second.key not in first.neighbours and first.key not in second.neighbours:
        return None
    before = [Fraction(0) if cell.written is None else cell.written for cell in cells]
    if before[0] != values[1] or before[1] != values[0]:
        return None
    return (Cause.EXCHANGED if all(before) else Cause.MOVED), _PAIR
