"""Ordinal numbers in front of headings and labels: ``一、``, ``（二）``, ``3.``, ``IV.``, ``第五章``.

General typography, the same for every report; which number a section should have is the pack's business.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gklint.regex import lazy

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = "零〇一二三四五六七八九十百"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMERAL = rf"[{_CHINESE}]+|[0-9０-９]{{1,3}}|[IVXL]{{1,7}}(?![A-Za-z])"

_ORDINAL = lazy(
    rf"""\s*(?:
        (?P<open>[（(〔\[])\s*(?P<inner>{_NUMERAL})\s*(?P<close>[）)〕\]])[、.．:：]?
      | 第\s*(?P<ranked>[{_CHINESE}]+|[0-9０-９]{{1,3}})\s*(?P<rank>部分|章|节|条|款|项|篇)[、.．:：]?
      | (?P<circled>[{_CIRCLED}])[、.．]?
      | (?P<plain>{_NUMERAL})(?P<mark>\s*[、.．,，:：)）](?![0-9０-９]))
      | (?P<bare>[{_CHINESE}]+)(?=[\s\u3000])
    )\s*""",
    re.VERBOSE,
)
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


def parse_ordinal(text: str) -> Ordinal | None:
    """The ordinal that ``text`` begins with, None if it begins with none."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    shown = match[0].strip()
    if match["inner"]:
        value, numeral = _numeral(match["inner"])
        return Ordinal(value, f"（{numeral}）", shown, match.end())
    if match["ranked"]:
        value, numeral = _numeral(match["ranked"])
        return Ordinal(value, f"第{numeral}{match['rank']}", shown, match.end())
    if match["circled"]:
        return Ordinal(_CIRCLED.index(match["circled"]) + 1, "①", shown, match.end())
    if match["plain"]:
        value, numeral = _numeral(match["plain"])
        mark = match["mark"].strip().translate(_MARKS)
        return Ordinal(value, f"{numeral}{mark}", shown, match.end())
    value, numeral = _numeral(match["bare"])
    return Ordinal(value, numeral, shown, match.end())


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
