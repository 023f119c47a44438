"""Ordinal numbers in front of headings and labels: ``一、``, ``（二）``, ``3.``, ``IV.``, ``第五章``.

General typography, the same for every report; which number a section should have is the pack's business.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gklint.regex import lazy

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = "零〇一二三四五六七八九十百"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ASCII_DIGITS = "0123456789"
_WIDE_DIGITS = "０１２３４５６７８９"
_RANKS = ("部分", "章", "节", "条", "款", "项", "篇")
_OPENING = "（(〔["
_CLOSING = "）)〕]"
_BEGINNINGS = frozenset(f"{_OPENING}第{_CIRCLED}{_CHINESE}{_ASCII_DIGITS}{_WIDE_DIGITS}IVXL")
"""What an ordinal begins with; it spares most lines the rest."""
_LOST = lazy(rf"\s*(?:[）)][、.．]?|[（(]\s*[）)]|[（(]\s*(?P<half>[{_CHINESE}]+)(?![{_CHINESE}）)]))\s*")


class Ordinal(NamedTuple):
    """A number in front of a text.

    ``value`` is None if the number is lost (``)title``); ``style`` is the way it is written, with ``1``, ``一``, ``I``
    or ``①`` for the numeral: ``一、``, ``（一）``, ``1.``, ``第一章``.  Half and full width are the same style.
    ``text`` is what stands in the source, without white space at its ends; ``length`` counts the white space too.
    """

    value: int | None
    style: str
    text: str
    length: int


def parse_chinese(numeral: str) -> int | None:
    """The value of a Chinese numeral below 1000, ``None`` if it is none: ``十二`` is 12, ``二十`` is 20."""
    total = 0
    digit = 0
    seen = False
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
            seen = True
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
            seen = True
        else:
            return None
    return total + digit if seen else None


def _parse_roman(numeral: str) -> int:
    total = 0
    for index, letter in enumerate(numeral):
        value = _ROMAN[letter]
        following = _ROMAN[numeral[index + 1]] if index + 1 < len(numeral) else 0
        total += -value if value < following else value
    return total


def _numeral(text: str) -> tuple[int | None, str]:
    if text[0] in _CHINESE:
        return parse_chinese(text), "一"
    if text[0] in _ROMAN:
        return _parse_roman(text), "I"
    return int(text), "1"


@lru_cache(maxsize=4096)
def parse_ordinal(text: str) -> Ordinal | None:
    """The ordinal that ``text`` begins with, None if it begins with none."""
    if not text:
        return None
    start = 0 if text[0] in _BEGINNINGS else _behind_space(text, 0)
    first = text[start : start + 1]
    if first not in _BEGINNINGS or not first:
        return None
    if first in _OPENING:
        return _bracketed(text, start)
    if first == "第":
        return _ranked(text, start)
    if first in _CIRCLED:
        end = start + 1 + (text[start + 1 : start + 2] in ("、", ".", "．"))
        return _ordinal(text, start, end, _CIRCLED.index(first) + 1, "①")
    end = _behind_numeral(text, start)
    if end < 0:
        return None
    mark = _behind_space(text, end)
    sign = text[mark : mark + 1]
    if sign and sign in "、.．,，:：)）" and not _is_digit(text[mark + 1 : mark + 2]):
        value, numeral = _numeral(text[start:end])
        return _ordinal(text, start, mark + 1, value, f"{numeral}{sign.translate(_MARKS)}")
    if first in _CHINESE and mark > end:
        value, numeral = _numeral(text[start:end])
        return _ordinal(text, start, end, value, numeral)
    return None


def _bracketed(text: str, start: int) -> Ordinal | None:
    begin = _behind_space(text, start + 1)
    end = _behind_numeral(text, begin)
    if end < 0:
        return None
    close = _behind_space(text, end)
    if text[close : close + 1] not in (*_CLOSING,):
        return None
    value, numeral = _numeral(text[begin:end])
    return _ordinal(text, start, _behind_mark(text, close + 1), value, f"（{numeral}）")


def _ranked(text: str, start: int) -> Ordinal | None:
    begin = _behind_space(text, start + 1)
    end = _behind_numeral(text, begin)
    if end < 0 or text[begin] in _ROMAN:
        return None
    at = _behind_space(text, end)
    for rank in _RANKS:
        if text.startswith(rank, at):
            value, numeral = _numeral(text[begin:end])
            return _ordinal(text, start, _behind_mark(text, at + len(rank)), value, f"第{numeral}{rank}")
    return None


def _ordinal(text: str, start: int, end: int, value: int | None, style: str) -> Ordinal:
    return Ordinal(value, style, text[start:end], _behind_space(text, end))


def _behind_space(text: str, index: int) -> int:
    while text[index : index + 1].isspace():
        index += 1
    return index


def _behind_mark(text: str, index: int) -> int:
    return index + (text[index : index + 1] in ("、", ".", "．", ":", "："))


def _is_digit(character: str) -> bool:
    return bool(character) and (character in _ASCII_DIGITS or character in _WIDE_DIGITS)


def _behind_numeral(text: str, start: int) -> int:
    """The end of the numeral that begins at ``start``: Chinese, up to three digits, or Roman; -1 if none does."""
    end = start
    first = text[start : start + 1]
    if not first:
        return -1
    if first in _CHINESE:
        while text[end : end + 1] and text[end] in _CHINESE:
            end += 1
        return end
    if _is_digit(first):
        while _is_digit(text[end : end + 1]) and end < start + 3:
            end += 1
        return end
    if first in _ROMAN:
        while text[end : end + 1] and text[end] in _ROMAN and end < start + 7:
            end += 1
        following = text[end : end + 1]
        return -1 if following.isascii() and following.isalpha() else end
    return -1


_MARKS = str.maketrans("．,:)", ".，：）")


def parse_lost(text: str) -> Ordinal | None:
    """What is left of a damaged bracketed ordinal (``)``, ``（）``, ``（三``) at the beginning of ``text``."""
    match = _LOST.match(text)
    if match is None:
        return None
    half = match["half"]
    return Ordinal(parse_chinese(half) if half else None, "（一）", match[0].strip(), match.end())


def format_like(value: int, style: str) -> str:
    """The ordinal ``value`` in ``style`` (``（一）``, ``1.`` …), as a form would print it."""
    if style == "①":
        return _CIRCLED[value - 1] if value <= len(_CIRCLED) else f"（{value}）"
    numeral = str(value) if "1" in style else to_roman(value) if "I" in style else to_chinese(value)
    return re.sub("[一1I]", numeral, style, count=1)


def to_chinese(value: int) -> str:
    """A number from 1 to 999 as Chinese numerals."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def to_roman(value: int) -> str:
    """A number from 1 to 89 as Roman numerals."""
    text = ""
    for worth, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= worth:
            text += letters
            value -= worth
    return text
