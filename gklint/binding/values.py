"""What a table cell holds: a number, a blank, a mark that stands for nothing, or something that is none of these."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gklint.binding.model import BoundCell, State
from gklint.documents.model import Located
from gklint.packs.model import CellType, Node
from gklint.regex import lazy

Exact = int | Fraction
"""An exact number."""

_MARKS = frozenset(
    (
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "－",
        "–",
        "―",
        "─",
        "／",
        "无",
        "空",
        "n/a",
        "na",
        "nil",
        "none",
        "*",
        "…",
        "……",
        "×",
        "〇",
    )
)
_NUMBER = lazy(r"([+\-−]?)\s*(\d{1,3}(?:\s\d{3})+(?!\d)|\d+(?:[,，]\d+)*)?(?:([.．])(\d*))?")
_THOUSANDS = lazy(r"\d{1,3}(?:([,，\s])\d{3})(?:\1\d{3})*")
_MINUS = str.maketrans({"－": "-", "−": "-", "﹣": "-", "＋": "+", "﹢": "+", "．": ".", "，": ","})
# Not all that Unicode holds compatible with digits: a raised figure behind a number is a footnote's.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | _MINUS

MAX_DIGITS = 40
"""A longer number is no count or amount of any report."""


def exact(value: Exact | Decimal) -> Exact:
    """The same number as an int if it is whole (far faster to add), else as a Fraction."""
    whole = int(value)
    return whole if whole == value else Fraction(value)


def is_mark(text: str) -> bool:
    """Whether a stripped text is a sign that people write for "nothing"."""
    return text.lower() in _MARKS


def looks_numeric(text: str) -> bool:
    """Whether a stripped text could be the content of a value cell: blank, a mark, or digits with at most a short
    unit."""
    if not text:
        return True
    if len(text) > MAX_DIGITS:
        return False
    if text.isascii() and text.isdigit():
        return True
    if is_mark(text):
        return True
    plain = text.translate(_MINUS)
    match = _NUMBER.match(plain)
    if match is None or not match[2] or (match[3] and not match[4]):
        return False
    return len(plain) - match.end() <= 3


_number = lru_cache(maxsize=4096)(Decimal)


def read_cell(row: Node, column: Node, type_: CellType, text: Located) -> BoundCell:
    """The cell as bound: its state, its value in the form's unit, and what is formally wrong with it."""
    raw = text.text
    if raw.isascii() and raw.isdigit() and len(raw) <= MAX_DIGITS:
        return BoundCell(row, column, type_, text, State.NUMBER, _number(raw))
    if not raw:
        return BoundCell(row, column, type_, text, State.BLANK, None)
    if is_mark(raw):
        return BoundCell(row, column, type_, text, State.MARK, None)
    value, slips = _read_number(raw, type_)
    if value is None:
        return BoundCell(row, column, type_, text, State.INVALID, None, slips)
    return BoundCell(row, column, type_, text, State.NUMBER, value, slips)


def _read_number(raw: str, type_: CellType) -> tuple[Decimal | None, tuple[str, ...]]:
    """Value and slips of a text that is not plain ASCII digits; the value is None if it is no number of this type."""
    if len(raw) > MAX_DIGITS:
        return None, ()
    slips: list[str] = []
    if not raw.isascii() and any(
        unicodedata.decimal(character, None) is not None and not character.isascii() for character in raw
    ):
        slips.append("full-width")
    text = raw.translate(_HALF_WIDTH).strip()
    match = _NUMBER.match(text)
    if match is None or not match[2]:
        return None, ()
    sign, whole, point, fraction = match.groups()
    if not whole.isdigit():
        if not _THOUSANDS.fullmatch(whole):
            return None, ()
        slips.append("thousands")
    unit = text[match.end() :].strip()
    if point and not fraction:
        return None, ()
    digits = "".join(filter(str.isdigit, whole))
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    if sign == "-" or sign == "−":
        value = -value
    if unit:
        worth = dict(type_.units).get(unit)
        if worth is None:
            return None, ()
        if worth != 1 and type_.unit is not None:
            slips.append("unit")
        value *= worth
    # What is meant where no sign may be is the magnitude.
    if type_.type == "amount":
        if type_.decimals is not None and len(fraction or "") > type_.decimals:
            slips.append("decimals")
        if sign == "+" or (value < 0 and not type_.negative):
            slips.append("sign")
            value = abs(value)
    else:
        if fraction:
            slips.append("decimals")
            if value != value.to_integral_value():
                return None, tuple(slips)
        if type_.type == "count" and sign:
            slips.append("sign")
            value = abs(value)
    return value, tuple(slips)
