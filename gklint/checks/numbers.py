"""Numbers as they are written in messages and in cells."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from gklint.binding.model import BoundCell, BoundTable


def number_text(value: Fraction | Decimal | int) -> str:
    """A value as one would write it in a cell."""
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return str(fraction.numerator)
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return format(exact.normalize(), "f")


def cell_text(value: Fraction | Decimal | int, cell: BoundCell, table: BoundTable | None) -> str:
    """A value as one would write it in ``cell``: an amount has as many decimals as the cell had or its column has.

    A value that needs more decimals than that has those that it needs.
    """
    text = number_text(value)
    if cell.type.type != "amount":
        return text
    # What is written in another unit has the decimals of that one.
    decimals = _decimals(cell) if "unit" not in cell.slips else None
    if decimals is None and table is not None:
        beside = (row.cells.get(cell.column.path) for row in table.rows.values())
        counts = Counter(
            count
            for other in beside
            if other is not None and "unit" not in other.slips and (count := _decimals(other)) is not None
        )
        decimals = counts.most_common(1)[0][0] if counts else None
    written = len(text.partition(".")[2])
    if decimals is None or written >= decimals:
        return text
    return text + ("." if not written else "") + "0" * (decimals - written)


def _decimals(cell: BoundCell) -> int | None:
    """How many decimals a cell is written with, None if it holds no number."""
    if cell.value is None:
        return None
    exponent = cell.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
