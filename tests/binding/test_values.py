"""What a cell holds: texts and what they are as counts, signed counts and amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.binding.model import BoundCell, State
from gklint.binding.values import is_mark, looks_numeric, read_cell
from gklint.documents.model import Located
from gklint.packs.model import CellType, Label, Node

COUNT = CellType()
SIGNED = CellType("signed")
AMOUNT = CellType("amount", unit="万元", units=(("万元", Decimal(1)), ("元", Decimal("0.0001"))), decimals=2)
NEGATIVE = CellType("amount", negative=True)
UNITLESS = CellType("amount", units=(("元", Decimal(1)), ("万元", Decimal(10000))))
ROW, COLUMN = Node("row", "row", Label("行")), Node("column", "column", Label("列"))


def read(text: str, type_: CellType) -> BoundCell:
    return read_cell(ROW, COLUMN, type_, Located(text, 3, 7))


@pytest.mark.parametrize(
    ("text", "type_", "value", "slips"),
    [
        ("5", COUNT, "5", ()),
        ("007", COUNT, "7", ()),
        ("0", AMOUNT, "0", ()),
        ("５", COUNT, "5", ("full-width",)),
        ("1,234", COUNT, "1234", ("thousands",)),
        ("1，234，567", COUNT, "1234567", ("thousands",)),
        ("1 234", COUNT, "1234", ("thousands",)),
        ("12\u00a0345", COUNT, "12345", ("thousands",)),
        ("１，２３４", COUNT, "1234", ("full-width", "thousands")),
        ("-5", COUNT, "5", ("sign",)),
        ("－5", COUNT, "5", ("sign",)),
        ("٣", COUNT, "3", ("full-width",)),
        ("+5", COUNT, "5", ("sign",)),
        ("- 5", COUNT, "5", ("sign",)),
        ("5.0", COUNT, "5.0", ("decimals",)),
        ("-5.0", COUNT, "5.0", ("decimals", "sign")),
        ("-5", SIGNED, "-5", ()),
        ("−5", SIGNED, "-5", ()),
        ("+5", SIGNED, "5", ()),
        ("＋５", SIGNED, "5", ("full-width",)),
        ("36.5", AMOUNT, "36.5", ()),
        ("36．5", AMOUNT, "36.5", ()),
        ("36.505", AMOUNT, "36.505", ("decimals",)),
        ("-36.5", AMOUNT, "36.5", ("sign",)),
        ("-36.5", NEGATIVE, "-36.5", ()),
        ("+36.5", NEGATIVE, "36.5", ("sign",)),
        ("36.123456", NEGATIVE, "36.123456", ()),
        ("36.5万元", AMOUNT, "36.5", ()),
        ("36.5 万元", AMOUNT, "36.5", ()),
        ("380元", AMOUNT, "0.038", ("unit",)),
        ("38,000元", AMOUNT, "3.8", ("thousands", "unit")),
        # Where the form names no unit, none is another one.
        ("3万元", UNITLESS, "30000", ()),
        ("3元", UNITLESS, "3", ()),
    ],
)
def test_numbers(text: str, type_: CellType, value: str, slips: tuple[str, ...]) -> None:
    cell = read(text, type_)
    assert (cell.state, cell.value, cell.slips) == (State.NUMBER, Decimal(value), slips)


@pytest.mark.parametrize("type_", [COUNT, SIGNED, AMOUNT])
@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", State.BLANK),
        ("/", State.MARK),
        ("—", State.MARK),
        ("无", State.MARK),
        ("N/A", State.MARK),
        ("×", State.MARK),
        ("约5", State.INVALID),
        ("5个", State.INVALID),
        ("5亿元", State.INVALID),
        ("5-", State.INVALID),
        ("--5", State.INVALID),
        ("5.", State.INVALID),
        (".5", State.INVALID),
        ("1,23", State.INVALID),
        ("1,2345", State.INVALID),
        ("1,234 567", State.INVALID),
        ("1 23", State.INVALID),
        ("1 2345", State.INVALID),
        ("5 7", State.INVALID),
        ("五", State.INVALID),
        ("③", State.INVALID),
        ("12¹", State.INVALID),
        ("½", State.INVALID),
        ("1e3", State.INVALID),
        ("0x1F", State.INVALID),
        ("9" * 41, State.INVALID),
        ("NaN", State.INVALID),
        ("Infinity", State.INVALID),
    ],
)
def test_what_is_no_number(text: str, state: State, type_: CellType) -> None:
    cell = read(text, type_)
    assert (cell.state, cell.value) == (state, None)


@pytest.mark.parametrize(("text", "type_"), [("5.5", COUNT), ("-5.5", SIGNED)])
def test_a_part_of_a_count_is_no_number_and_says_why(text: str, type_: CellType) -> None:
    cell = read(text, type_)
    assert (cell.state, cell.value, cell.slips) == (State.INVALID, None, ("decimals",))


def test_a_unit_is_none_where_the_form_has_none() -> None:
    assert read("5元", COUNT).state is State.INVALID


def test_a_cell_knows_its_place() -> None:
    cell = read("5", COUNT)
    assert (cell.span.line, cell.span.column, cell.span.end_column) == (3, 7, 8)
    assert (cell.row, cell.column, cell.type) == (ROW, COLUMN, COUNT)


@given(st.integers(0, 10**29))
def test_whole_numbers_are_read_exactly(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        cell = read(text, COUNT)
        assert cell.value == number
        assert cell.slips == (("thousands",) if "," in text else ())
    assert read(f"{number:,}".replace(",", " "), COUNT).value == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_amounts_are_read_exactly(number: Decimal) -> None:
    cell = read(f"{number:f}", NEGATIVE)
    assert cell.value == number
    assert cell.slips == ()


@given(st.text(max_size=50))
def test_any_text_is_something(text: str) -> None:
    text = text.strip()
    for type_ in (COUNT, SIGNED, AMOUNT, UNITLESS):
        cell = read(text, type_)
        assert (cell.state is State.NUMBER) == (cell.value is not None)
        assert (cell.state is State.BLANK) == (not text)
        assert cell.value is None or type_.negative or type_.type == "signed" or cell.value >= 0
        if cell.state is State.NUMBER and type_ is not UNITLESS and type_ is not AMOUNT:
            assert looks_numeric(text)


@pytest.mark.parametrize(
    "text", ["", "5", "1,234", "-5", "36.5", "36.5万元", "5件", "/", "无", "５", "+6", "1 234", "5个月"]
)
def test_what_could_be_a_value(text: str) -> None:
    assert looks_numeric(text)


@pytest.mark.parametrize("text", ["约5", "5个工作日以内", "自然人", "3.", "一", "9" * 41, "第5项"])
def test_what_could_not(text: str) -> None:
    assert not looks_numeric(text)


@pytest.mark.parametrize("sign", ["", "+"])
def test_the_longest_number_has_forty_characters(sign: str) -> None:
    longest = sign + "9" * (40 - len(sign))
    assert looks_numeric(longest)
    assert read(longest, SIGNED).value == Decimal(longest)
    assert read(f"{longest}9", SIGNED).state is State.INVALID


def test_marks() -> None:
    assert all(is_mark(text) for text in ("/", "-", "——", "无", "NA", "nil"))
    assert not any(is_mark(text) for text in ("", "0", "没有", "+", "---"))
