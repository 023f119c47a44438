"""Numbers as they are written in messages and in cells."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.checks.numbers import cell_text, number_text
from tests.checks.farm import SALES, bound, draft


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-3, "-3"),
        (Decimal("1E+3"), "1000"),
        (Decimal("36.50"), "36.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 200), "-0.005"),
        (10**30, "1" + "0" * 30),
    ],
)
def test_numbers(value: Fraction | Decimal | int, text: str) -> None:
    assert number_text(value) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_a_decimal_is_written_exactly_and_as_short_as_it_can_be(value: Decimal) -> None:
    text = number_text(value)
    assert Decimal(text) == value
    assert text == text.strip()
    assert "E" not in text
    assert not text.startswith("-0") or text.startswith("-0.")
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize(
    ("amount", "value", "text"),
    [
        ("36.50", Fraction(7), "7.00"),
        ("36.50", Fraction(15, 2), "7.50"),
        ("36.50", Fraction(1, 8), "0.125"),
        ("36", Fraction(7), "7"),
        ("36", Fraction(15, 2), "7.5"),
        # A cell without a number of its own is written as most of its column.
        ("", Fraction(7), "7.0"),
        ("约36.50", Fraction(7), "7.0"),
        # In another unit the decimals are those of that one.
        ("365000元", Fraction(73, 2), "36.5"),
    ],
)
def test_an_amount_has_the_decimals_of_its_cell_or_its_column(amount: str, value: Fraction, text: str) -> None:
    table = bound(draft((SALES, f"| 产品销售 | {amount} | 4 | -1 |"))).table("accounts")
    assert table is not None
    cell = table.cell("sales", "amount")
    assert cell is not None
    assert cell_text(value, cell, table) == text


def test_a_count_has_no_decimals() -> None:
    table = bound(draft()).table("crops")
    assert table is not None
    cell = table.cell("oil", "spring")
    assert cell is not None
    assert cell_text(Fraction(7), cell, table) == "7"
    assert cell_text(Fraction(15, 2), cell, None) == "7.5"
